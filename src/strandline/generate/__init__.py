"""Whole authorities that never were, in the official layouts: seeded, plausible, and without a real person's name."""

from strandline.generate.demonstration import Generated, generate
from strandline.generate.plan import Authority

__all__ = ["Authority", "Generated", "generate"]
