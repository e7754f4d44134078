"""Inspections: the inspectorate's management information in each of its layouts, and a history of grades."""
