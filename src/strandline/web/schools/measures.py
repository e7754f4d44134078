"""The results that may be given ahead, and what a number of each may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from strandline.catalogue import FEATURES, Group
from strandline.catalogue.feature import Feature
from strandline.kernel.units import Unit

STAGES: Final = {"ks2": ("Key stage 2", Group.KS2), "ks4": ("Key stage 4", Group.KS4)}
YEARS_AHEAD: Final = 3
LIMITS: Final[Mapping[Unit, tuple[float, float, str]]] = {
    Unit.PERCENT: (0, 100, "A percentage lies between 0 and 100"),
    Unit.PROGRESS_POINTS: (-30, 30, "A progress score lies between −30 and 30"),
    Unit.SCALED_POINTS: (80, 120, "A scaled score lies between 80 and 120"),
    Unit.ATTAINMENT_POINTS: (0, 100, "An Attainment 8 score lies between 0 and 100"),
}
MEASURES: Final[Mapping[str, Feature]] = {
    name: feature
    for name, feature in FEATURES.items()
    if feature.unit in LIMITS and any(feature.group is group for _, group in STAGES.values())
}
"""Results features of the latest year that are neither a count of pupils nor about the release."""


def stage_of(measure: str) -> str:
    """`ks2` or `ks4`."""
    return measure[:3]


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The measures for a list to choose from, by key stage."""
    return [
        (title, [(name, feature.meaning) for name, feature in MEASURES.items() if feature.group is group])
        for title, group in STAGES.values()
    ]


def year_words(year: int) -> str:
    """`2016/17`."""
    return f"{year - 1}/{year % 100:02d}"


def published_words(measure: str, year: int) -> str:
    """Why no figure can be given ahead any more."""
    title = STAGES[stage_of(measure)][0].lower()
    return f"The {title} results of {year_words(year)} have been published: nothing is given ahead for them any more"
