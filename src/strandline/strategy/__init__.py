"""A strategy as data: read from YAML, checked, compared, and never executed as text."""
