"""What is true of a generated authority, before it is written into anybody's layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from strandline.kernel.dates import easter_sunday

DAYS_TO_PUBLISH = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """
    One inspection: graded (with `overall`), graded without an overall grade (`judgements` only), or a report card.

    `judgements` and `card` go by the stored names of the inspections table.
    """

    on: date
    overall: int | None = None
    judgements: Mapping[str, int] = field(default_factory=dict)
    concern: str = ""
    card: Mapping[str, str] = field(default_factory=dict)
    safeguarding: str = ""

    @property
    def published_on(self) -> date:
        """About four weeks after the visit."""
        return self.on + timedelta(days=DAYS_TO_PUBLISH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One year of results of a key stage: the publisher's field names and what is printed, marks included."""

    stage: str
    year: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """One school, as a register words it."""

    urn: int
    number: int
    name: str
    establishment_type: str
    type_group: str
    phase: str
    sector: str
    low_age: int
    high_age: int
    pupils: int
    easting: int
    northing: int
    fsm_percent: float
    religious_character: str = "Does not apply"
    diocese: str = "Not applicable"
    opened_on: date | None = None
    closed_on: date | None = None
    trust: tuple[int, str] | None = None
    predecessor: int | None = None
    inspections: tuple[Inspection, ...] = ()
    results: tuple[Results, ...] = ()

    @property
    def infant(self) -> bool:
        """Has no pupils at the end of key stage 2."""
        return self.high_age < 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A whole authority on a day."""

    key: str
    code: int
    name: str
    region: str
    register_day: date
    as_at: date
    pack: str
    schools: tuple[School, ...]


def school_day(day: date) -> date:
    """The first day on or after `day` on which schools are plausibly open."""
    while _closed(day):
        day += timedelta(days=1)
    return day


def _closed(day: date) -> bool:
    easter = easter_sunday(day.year)
    holidays = (
        (date(day.year, 7, 21), date(day.year, 9, 5)),
        (date(day.year, 12, 18), date(day.year, 12, 31)),
        (date(day.year, 1, 1), date(day.year, 1, 6)),
        (easter - timedelta(days=5), easter + timedelta(days=9)),
        (date(day.year, 10, 22), date(day.year, 10, 31)),
    )
    return day.weekday() > 4 or any(first <= day <= last for first, last in holidays)
