"""Differences, gaps between groups, changes over time and NI 92 (formulas F11, F12, F14, F16)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from statistics import median

from strandline.kernel.errors import UserError
from strandline.kernel.rounding import round_half_up


class CannotCompare(UserError):
    """A difference, change or gap has no meaning with the figures given."""


class Trend(StrEnum):
    """What a gap did between two years."""

    CLOSING = "closing"
    WIDENING = "widening"
    STABLE = "stable"
    UNKNOWN = "unknown"


def difference_points(local: float, national: float, *, places: int = 1) -> Decimal:
    """
    Give local − national in percentage points, computed on decimal text so that 74.4 − 81 is −6.6.

    Source: F12.
    """
    return round_half_up(_exact(local) - _exact(national), places=places)


def gap_points(*, comparator: float | None, group: float | None, places: int = 1) -> Decimal | None:
    """
    Give comparator − group in percentage points.

    Missing: None when either side is missing; a suppressed group never counts as 0.
    Source:  F16.
    """
    if comparator is None or group is None:
        return None
    return round_half_up(_exact(comparator) - _exact(group), places=places)


def gap_trend(
    earlier: float | Decimal | None, later: float | Decimal | None, *, stable_within_points: float = 1.0
) -> Trend:
    """Say whether a gap closes or widens; changes smaller than `stable_within_points` are stable."""
    if earlier is None or later is None:
        return Trend.UNKNOWN
    change = abs(_exact(later)) - abs(_exact(earlier))
    if abs(change) < _exact(stable_within_points):
        return Trend.STABLE
    return Trend.CLOSING if change < 0 else Trend.WIDENING


def change_percent(first: float, last: float, *, places: int = 1) -> Decimal:
    """
    Give (last ÷ first − 1) × 100.

    Source: F14.
    Raises: CannotCompare when the first figure is zero.
    """
    if first == 0:
        raise CannotCompare(
            f"No percentage change can be given from 0 to {last:g}.",
            what_to_do="Show both figures instead.",
        )
    return round_half_up((_exact(last) / _exact(first) - 1) * 100, places=places)


def lowest_fifth_gap(scores: Sequence[float], *, places: int = 1) -> Decimal:
    """
    Give NI 92 from the scores of all children: the median against the mean of the lowest 20 %.

    Source: F11. The lowest fifth is the floor of n ÷ 5 children, at least one.
    Raises: CannotCompare when there are fewer than five children or the median is not positive.
    """
    if len(scores) < 5:
        raise CannotCompare(f"{len(scores)} scores have no lowest fifth.", what_to_do="Give at least five scores.")
    lowest = sorted(scores)[: len(scores) // 5]
    mean = sum((_exact(score) for score in lowest), Decimal(0)) / len(lowest)
    return lowest_fifth_gap_from(median_all=float(median(scores)), mean_lowest=float(mean), places=places)


def lowest_fifth_gap_from(*, median_all: float, mean_lowest: float, places: int = 1) -> Decimal:
    """Give NI 92 from its two published parts: (median − mean of the lowest 20 %) ÷ median × 100."""
    if median_all <= 0:
        raise CannotCompare(f"A median of {median_all:g} cannot be a base.", what_to_do="Check the scores.")
    return round_half_up((_exact(median_all) - _exact(mean_lowest)) / _exact(median_all) * 100, places=places)


def _exact(value: float | Decimal) -> Decimal:
    return Decimal(str(value))
