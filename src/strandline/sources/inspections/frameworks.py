"""
The inspection frameworks R1 to R6, by the date of the inspection.

No grade is ever carried from one framework into another: "satisfactory" was not re-labelled "requires
improvement", and a report card has no overall grade at all.

Source: Education Act 2005, section 5; Ofsted inspection frameworks 2009 to 2025, as dated in the national rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Framework(StrEnum):
    """A regime of school inspection in England."""

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"
    R6 = "R6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """When a framework applied, the words of its four grades, and its categories of concern."""

    framework: Framework
    first_day: date | None
    last_day: date | None
    words: tuple[str, ...]
    overall_grade: bool
    categories_of_concern: tuple[str, ...]

    def __contains__(self, day: date) -> bool:
        after_start = self.first_day is None or day >= self.first_day
        return after_start and (self.last_day is None or day <= self.last_day)


_SATISFACTORY = ("outstanding", "good", "satisfactory", "inadequate")
_REQUIRES_IMPROVEMENT = ("outstanding", "good", "requires_improvement", "inadequate")
_SERIOUS = ("serious_weaknesses", "special_measures")

REGIMES: tuple[Regime, ...] = (
    Regime(
        framework=Framework.R1,
        first_day=None,
        last_day=date(2012, 8, 31),
        words=_SATISFACTORY,
        overall_grade=True,
        categories_of_concern=("notice_to_improve", "special_measures"),
    ),
    Regime(
        framework=Framework.R2,
        first_day=date(2012, 9, 1),
        last_day=date(2015, 8, 31),
        words=_REQUIRES_IMPROVEMENT,
        overall_grade=True,
        categories_of_concern=_SERIOUS,
    ),
    Regime(
        framework=Framework.R3,
        first_day=date(2015, 9, 1),
        last_day=date(2019, 8, 31),
        words=_REQUIRES_IMPROVEMENT,
        overall_grade=True,
        categories_of_concern=_SERIOUS,
    ),
    Regime(
        framework=Framework.R4,
        first_day=date(2019, 9, 1),
        last_day=date(2024, 9, 1),
        words=_REQUIRES_IMPROVEMENT,
        overall_grade=True,
        categories_of_concern=_SERIOUS,
    ),
    Regime(
        framework=Framework.R5,
        first_day=date(2024, 9, 2),
        last_day=date(2025, 11, 9),
        words=_REQUIRES_IMPROVEMENT,
        overall_grade=False,
        categories_of_concern=_SERIOUS,
    ),
    Regime(
        framework=Framework.R6,
        first_day=date(2025, 11, 10),
        last_day=None,
        words=("exceptional", "strong_standard", "expected_standard", "needs_attention", "urgent_improvement"),
        overall_grade=False,
        categories_of_concern=("requires_significant_improvement", "special_measures"),
    ),
)


def regime_on(inspected_on: date) -> Regime:
    """The regime in force on the first day of an inspection."""
    return next(regime for regime in REGIMES if inspected_on in regime)


def framework_on(inspected_on: date) -> Framework:
    """The framework in force on the first day of an inspection."""
    return regime_on(inspected_on).framework
