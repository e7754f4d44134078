"""A map of schools without tiles: where the places come from, what the marks mean, and the same places as a list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from strandline.web.design.marks import CategoryMark

LONGEST_SIGN = 3
Shape = Literal["circle", "square", "diamond", "triangle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """A category as the legend shows it, with how many schools have it."""

    mark: CategoryMark
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeEntry:
    """What a shape stands for: primary schools are circles."""

    shape: Shape
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A school in the list beside the map."""

    urn: int
    name: str
    href: str
    mark: CategoryMark
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolMap:
    """
    A map and its list.

    `places_href` answers with GeoJSON: points with properties urn, name, href, code, words, step, state, shape; areas
    with kind "boundary" and name. Units: British National Grid metres, as the register gives them (`grid`), or degrees.
    """

    key: str
    title: str
    places_href: str
    places: tuple[Place, ...]
    legend: tuple[LegendEntry, ...]
    shapes: tuple[ShapeEntry, ...] = ()
    coordinates: Literal["grid", "degrees"] = "grid"
    not_placed: str = ""

    @property
    def signs(self) -> dict[str, str]:
        """What stands in each code's mark on the map: the code, or where codes are words, its number in the legend."""
        codes = list(dict.fromkeys(entry.mark.code for entry in self.legend if entry.mark.code))
        if all(len(code) <= LONGEST_SIGN for code in codes):
            return {code: code for code in codes}
        return {code: str(number) for number, code in enumerate(codes, start=1)}

    @property
    def signs_json(self) -> str:
        """The same for the script."""
        return json.dumps(self.signs)

    @property
    def entries(self) -> tuple[tuple[LegendEntry, str], ...]:
        """The legend with each entry's number; without where the marks hold the codes themselves."""
        signs = self.signs
        return tuple(
            (entry, sign if (sign := signs.get(entry.mark.code, "")) != entry.mark.code else "")
            for entry in self.legend
        )
