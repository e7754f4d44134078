"""Whole authorities that never were, in the official layouts: seeded, plausible, and without a real person's name."""
