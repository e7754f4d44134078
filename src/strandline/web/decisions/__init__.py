"""Decisions: what the rules propose, what people decide, publish, explain and answer for."""
