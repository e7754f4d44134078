"""Bands of a measure over authorities: about a fifth each, equal values together, lowest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LETTERS = "ABCDE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Banded:
    """Which band each authority falls into. Missing: an authority without a value is in no band."""

    values: Mapping[str, float]
    band: Mapping[str, str]

    @property
    def codes(self) -> tuple[str, ...]:
        """The bands that hold anyone, lowest first."""
        return tuple(letter for letter in LETTERS if letter in self.band.values())

    def of(self, key: str) -> str | None:
        """Give the band of one authority."""
        return self.band.get(key)

    def members(self, code: str) -> tuple[str, ...]:
        """Give the authorities of a band, highest value first."""
        inside = [key for key, band in self.band.items() if band == code]
        return tuple(sorted(inside, key=lambda key: (-self.values[key], key)))

    def range(self, code: str) -> tuple[float, float]:
        """Give the lowest and the highest value of a band."""
        values = [self.values[key] for key in self.members(code)]
        return min(values), max(values)


def fifths(values: Mapping[str, float | None]) -> Banded:
    """Lay known values in five bands by rank; equal values take the band of the lowest of them."""
    known = {key: value for key, value in values.items() if value is not None}
    ordered = sorted(known.values())
    first_position = {value: position for position, value in reversed(list(enumerate(ordered)))}
    size = len(ordered)
    raw = {key: first_position[value] * len(LETTERS) // size for key, value in known.items()}
    used = sorted(set(raw.values()))
    band = {key: LETTERS[used.index(number)] for key, number in raw.items()}
    return Banded(values=known, band=band)
