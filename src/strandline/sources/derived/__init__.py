"""Third-party trims and extracts of official files, as kinds of their own, never taken for the original."""
