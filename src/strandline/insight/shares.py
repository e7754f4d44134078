"""Whole-number percentages of counts, with the exact value and the sum shown (formula F1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from strandline.kernel.errors import UserError
from strandline.kernel.rounding import percentage, round_half_up


class NotACount(UserError):
    """A count in a table of shares is negative, or the whole is zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One row of a table of shares. `percent` is rounded half up, `exact` is not rounded."""

    label: str
    count: int
    of: int
    percent: Decimal
    exact: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """A table of shares with its total and with what rounding did to the sum."""

    rows: tuple[Share, ...]
    total: int
    percent_sum: Decimal
    places: int

    @property
    def adds_up(self) -> bool:
        """Whether the rounded percentages add to 100 exactly."""
        return self.percent_sum == 100

    @property
    def rounding_note(self) -> str:
        """A sentence on the sum, empty when there is nothing to say."""
        if self.total == 0 or self.adds_up:
            return ""
        return f"The percentages add to {self.percent_sum}, not 100, because each is rounded."


def percent_of(count: int, *, of: int, places: int = 0) -> Decimal:
    """
    Give 100 × count ÷ of, rounded half up.

    Units:  per cent of `of`.
    Raises: NotACount when there is nothing to be a share of.
    """
    if of <= 0 or count < 0:
        raise NotACount(
            f"No percentage can be given of {count} out of {of}",
            what_to_do="Show the count alone and say that nothing was in the base",
        )
    return percentage(count, of, places=places)


def shares(counts: Mapping[str, int], *, places: int = 0) -> Shares:
    """
    Give each count its percentage of the total, in the order given.

    Missing: an empty table, or one of zeros, gives rows without a base: percent 0 of 0.
    Raises:  NotACount for a negative count.
    """
    if any(count < 0 for count in counts.values()):
        raise NotACount(f"A count is negative: {dict(counts)}", what_to_do="Count again")
    total = sum(counts.values())
    rows = tuple(_share(label, count, total=total, places=places) for label, count in counts.items())
    percent_sum = sum((row.percent for row in rows), Decimal(0))
    return Shares(rows=rows, total=total, percent_sum=percent_sum, places=places)


def _share(label: str, count: int, *, total: int, places: int) -> Share:
    exact = Decimal(100) * count / total if total else Decimal(0)
    return Share(label=label, count=count, of=total, percent=round_half_up(exact, places=places), exact=exact)
