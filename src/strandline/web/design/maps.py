"""A map of schools without tiles: where the places come from, what the marks mean, and the same places as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from strandline.web.design.marks import CategoryMark

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
