"""Figures and measures in words, as sentences and tables print them."""

from __future__ import annotations

import re
from datetime import date

from strandline.catalogue import FEATURES, Kind
from strandline.kernel.dates import AcademicYear, long_date
from strandline.kernel.units import Unit
from strandline.strategy.model import Scalar
from strandline.strategy.names import RESULTS, Known, Role

GRADES = {1: "outstanding", 2: "good", 4: "inadequate"}
FRAMEWORKS = {
    "R1": "the framework to August 2012",
    "R2": "the framework of September 2012",
    "R3": "the framework of September 2015",
    "R4": "the framework of September 2019",
    "R5": "the framework of September 2024, without an overall grade",
    "R6": "the framework of November 2025, with report cards",
}
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def figure(value: Scalar | None, *, unit: Unit = Unit.NONE, kind: Kind = Kind.NUMBER) -> str:
    """`62 %`, `£20`, `−2.5`, `30 April 2013`, `special measures`; a dash for what is not there."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, str):
        return value.replace("_", " ") if kind is Kind.CODE else value
    text = f"{value:,.10g}" if unit is not Unit.YEARS else f"{value:.0f}"
    text = text.replace("-", "\N{MINUS SIGN}")
    return f"£{text}" if unit in (Unit.POUNDS, Unit.POUNDS_PER_PUPIL) else f"{text}{unit.suffix}"


def known_figure(known: Known, value: Scalar | None) -> str:
    """The value of a name, in its unit."""
    if known.name.endswith("inspection_framework") and isinstance(value, str):
        return FRAMEWORKS.get(value, value)
    return figure(value, unit=known.unit, kind=known.kind)


def is_grade(known: Known) -> bool:
    """Whether a name stands for one of the four grades of a graded inspection."""
    return known.role is Role.FEATURE and known.name.endswith("_grade")


def measure(name: str) -> str:
    """What a feature measures, to stand in a sentence: `level 4 or above in both English and maths`."""
    feature = FEATURES[name]
    meaning = re.sub(r"\s*\([^)]*\)", "", feature.meaning)
    meaning = re.sub(r"^(one year|two years) before the latest: ", "", meaning)
    meaning = re.split(r", (?:of (?!disadvantaged)|where |as |if |1 )|; |: ", meaning)[0].strip()
    words = meaning if meaning[1:2].isupper() or meaning[:8] == "Progress" else meaning[0].lower() + meaning[1:]
    return words + ("", ", one year earlier", ", two years earlier")[feature.years_back]


def title(known: Known, meaning: str = "") -> str:
    """What a name stands for, to head a row: the catalogue's meaning, the pack's title, or the name."""
    if known.role is Role.FEATURE:
        return FEATURES[known.name].meaning
    return meaning or known.name.replace("_", " ")


def results_year(name: str, clocks: dict[str, int | None]) -> str:
    """` in 2011/12`, for a feature that has a results year; nothing for others."""
    feature = FEATURES.get(name)
    if feature is None or feature.group not in RESULTS:
        return ""
    latest = clocks.get(f"{feature.group.value[:3]}_results_year")
    return f" in {AcademicYear(latest - feature.years_back)}" if latest is not None else ""


def number_word(count: int) -> str:
    """`one` to `ten`, then digits."""
    return SMALL[count] if count < len(SMALL) else str(count)


def listed(parts: list[str], *, last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""
