"""Rounding as the papers print it: half up, never half to even."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal


def round_half_up(value: float | Decimal, *, places: int = 0) -> Decimal:
    """Round 2.5 to 3 and -2.5 to -3; a float is read as it prints, so 0.285 at two places is 0.29."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percentage(part: int | float, whole: int | float, *, places: int = 0) -> Decimal:
    """
    The share of `whole` that `part` is, 0–100, rounded half up.

    Raises: ZeroDivisionError when there is no whole to take a share of; callers say "none" instead.
    """
    share = Decimal(100) * Decimal(repr(part)) / Decimal(repr(whole))
    return round_half_up(share, places=places)


def percentages(counts: Sequence[int]) -> tuple[Decimal, ...]:
    """Whole-number percentages of the sum of `counts`; they need not add to 100 (print the sum beside them)."""
    whole = sum(counts)
    return tuple(percentage(count, whole) for count in counts)
