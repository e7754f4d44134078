"""What every part of a pack carries: where it was written and what it is cited from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from strandline.kernel.citations import Citation

Scalar: TypeAlias = float | str | bool | date
ALL = ("all",)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A line of a pack's file, as an editor opens it: `warwickshire-2013/rules.yaml:12`."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A part of a pack. Two parts are equal when they say the same, wherever they stand."""

    citations: tuple[Citation, ...] = ()
    place: Place = field(default=Place(), compare=False, repr=False)

    @property
    def citation(self) -> Citation | None:
        """The citation that is shown; further ones stand beside it."""
        return self.citations[0] if self.citations else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForCategories(Cited):
    """A part that applies to some categories, or to all."""

    categories: tuple[str, ...] = ALL

    def covers(self, category: str) -> bool:
        """True where `category` is one of those meant."""
        return self.categories == ALL or category in self.categories
