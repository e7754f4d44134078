"""Casework: work with no concern, concerns with their narrative, statutory notices, and who authorised what."""
