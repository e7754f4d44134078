"""Ranks among authorities or schools, the band that a rank falls into, and majorities (formulas F10, F13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strandline.kernel.errors import UserError


class NoSuchRank(UserError):
    """A rank, a band size or a number of votes is outside what can exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A place in a table. `shared_with` counts the others at the same place; `of` is how many were ranked."""

    key: str
    value: float
    place: int
    shared_with: int
    of: int

    @property
    def words(self) -> str:
        """The place as printed: "3rd of 11", "joint 3rd of 11"."""
        joint = "joint " if self.shared_with else ""
        return f"{joint}{ordinal(self.place)} of {self.of}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A named stretch of places, `first` to `last` inclusive."""

    name: str
    first: int
    last: int


def ranks(values: Mapping[str, float | None], *, high_is_good: bool = True) -> tuple[Rank, ...]:
    """
    Rank what has a value, best first; equal values share the better place.

    Missing: a key whose value is None is not ranked and not counted in `of`.
    """
    known = {key: value for key, value in values.items() if value is not None}
    ordered = sorted(known.items(), key=lambda item: (-item[1] if high_is_good else item[1], item[0]))
    rows: list[Rank] = []
    for position, (key, value) in enumerate(ordered, start=1):
        place = rows[-1].place if rows and rows[-1].value == value else position
        shared = sum(1 for other in known.values() if other == value) - 1
        rows.append(Rank(key=key, value=value, place=place, shared_with=shared, of=len(known)))
    return tuple(rows)


def band_number(place: int, *, size: int) -> int:
    """
    Give the number of the band that holds `place`, when bands of `size` places are laid end to end.

    Source: F10, ceiling(rank ÷ 30).
    """
    if place < 1 or size < 1:
        raise NoSuchRank(f"There is no place {place} in bands of {size}.", what_to_do="Places begin at 1.")
    return -(-place // size)


def band(place: int, *, bands: Sequence[Band]) -> Band:
    """Give the band that holds `place`. Raises NoSuchRank when none does."""
    for one in bands:
        if one.first <= place <= one.last:
            return one
    raise NoSuchRank(
        f"Place {place} lies in none of the {len(bands)} bands.",
        what_to_do="Extend the bands of the strategy or check the rank.",
    )


def majority(votes: int) -> int:
    """
    Give how many of `votes` carry a motion.

    Source: F13, floor(votes ÷ 2) + 1.
    """
    if votes < 1:
        raise NoSuchRank(f"A board with {votes} votes cannot decide.", what_to_do="Enter the board's members.")
    return votes // 2 + 1


def ordinal(number: int) -> str:
    """Give 1st, 2nd, 3rd, 4th … 11th, 12th, 13th … 21st."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
