"""Codes and values as people read them."""

from __future__ import annotations

from datetime import date
from typing import Any

from strandline.catalogue import FEATURES, Kind
from strandline.kernel.dates import long_date
from strandline.kernel.missing import WORDS, MissingReason
from strandline.kernel.rounding import round_half_up
from strandline.kernel.units import Unit

SHORT = {
    "university_technical_college": "University technical college (UTC)",
    "post_16": "Post-16",
    "rc_post_16": "Post-16",
}
STATES = {
    "decided": "Decided by the rules",
    "undecided": "Undecided: a figure is missing",
    "needs_judgement": "Needs a judgement",
    "out_of_scope": "Outside the strategy",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PLACES = {
    Unit.PERCENT: 1,
    Unit.PROGRESS_POINTS: 2,
    Unit.SCALED_POINTS: 1,
    Unit.ATTAINMENT_POINTS: 1,
}


def words(code: str) -> str:
    """`voluntary_aided` → Voluntary aided."""
    return SHORT.get(code) or code.replace("_", " ").capitalize()


def phase_words(phase: str, *, sector: str) -> str:
    """The phase of a school; where the register gives none, as of a special school, what kind of school it is."""
    return words(sector if phase in ("", "not_applicable") else phase) or "Not known"


def short_date(value: date | str | None) -> str:
    """A date for a table: 30 Apr 2013."""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def long_day(value: date | str | None) -> str:
    """A date for a sentence: 30 April 2013."""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return long_date(day) if day else ""


def number(value: float, *, places: int = 0, sign: bool = False) -> str:
    """A number for people: thousands apart, rounded half up, a true minus."""
    rounded = round_half_up(value, places=places)
    text = f"{abs(rounded):,.{places}f}"
    if rounded < 0:
        return f"−{text}"
    return f"+{text}" if sign and rounded > 0 else text


def shown(feature: str, value: Any) -> str:
    """The value of a feature as text with its unit."""
    asked = FEATURES[feature]
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if asked.kind is Kind.DATE:
        return long_day(value)
    if asked.kind is Kind.CODE:
        return words(str(value))
    if asked.kind is Kind.TEXT or asked.unit in (Unit.NONE, Unit.YEARS):
        return str(value)
    if asked.unit in (Unit.POUNDS, Unit.POUNDS_PER_PUPIL):
        text = number(abs(value))
        return f"−£{text}" if value < 0 else f"£{text}"
    places = PLACES.get(asked.unit, 0)
    if asked.unit is Unit.PERCENT and float(value).is_integer():
        places = 0
    return f"{number(value, places=places, sign=asked.unit is Unit.PROGRESS_POINTS)}{asked.unit.suffix}"


def why_missing(reason: str) -> str:
    """The reason for which a figure is not there, as a sentence's beginning."""
    text = WORDS[MissingReason(reason)] if reason in list(MissingReason) else "not known"
    return text[:1].upper() + text[1:]
