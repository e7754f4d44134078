"""What filters and their counts are, however they were counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strandline.web.schools.queries.listing import Schools

MOST_OPTIONS = 25
OF_THE_SERVICE = ("state", "proposed")
ORDER = (
    "category",
    "sector",
    "form",
    "state",
    "proposed",
    "officer",
    "trust",
    "diocese",
    "consortium",
    "watch",
    "list",
)
Option = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A filter: (value, label, how many) for each option, the most first."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Every filter with its counts, and how many schools all of them together leave."""

    facets: tuple[Facet, ...]
    total: int


def in_order(schools: Schools, facets: Mapping[str, Sequence[Option]], *, total: int) -> Counts:
    """The filters that the person may see, in the order of the page."""
    seen = (name for name in ORDER if _is_seen(name, schools))
    return Counts(facets=tuple(Facet(name=name, options=tuple(facets[name])) for name in seen), total=total)


def _is_seen(name: str, schools: Schools) -> bool:
    if name in OF_THE_SERVICE:
        return schools.sees_proposals
    return name != "category" or schools.sees_categories
