"""The schools and people that these tests work with."""

from __future__ import annotations

from fakes.four_schools import head, officer, schools

__all__ = ["head", "officer", "schools"]
