"""A made-up shire: six schools, a small strategy with dated values and a judgement, in a home of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fakes.stores import FakeStore

AS_AT = date(2012, 12, 1)
PACK = Path(__file__).with_name("shire.yaml").read_text(encoding="utf-8")
SCHOOLS: Mapping[int, Mapping[str, Any]] = {
    100001: {"school_name": "Alder Primary", "pupils_on_roll": 210},
    100002: {"school_name": "=Brook Primary", "pupils_on_roll": 90},
    100003: {"school_name": "Calder Primary", "pupils_on_roll": 300},
    100004: {"school_name": "Dene Primary", "pupils_on_roll": 250},
    100005: {"school_name": "Elm Primary", "pupils_on_roll": None},
    100006: {"school_name": "Fern School", "establishment_type": "Other independent school", "pupils_on_roll": 40},
}
GRADES = {100001: 2, 100002: 2, 100003: 3, 100004: 4}


def shire(
    home: Path,
    *,
    grades: Mapping[int, int] = GRADES,
    pack: str = PACK,
    schools: Mapping[int, Mapping[str, Any]] = SCHOOLS,
    registered: date = date(2012, 9, 1),
    later: Mapping[int, int] | None = None,
) -> FakeStore:
    """The shire's register, inspections and strategy below `home`; `later` are the grades of a year later."""
    folder = home / "packs" / "shire-2012"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(pack, encoding="utf-8")
    store = FakeStore(Path(mkdtemp(dir=home)))
    rows = [_row(urn, changes) for urn, changes in schools.items()]
    store.add_register(*rows, as_at=registered)
    store.add_inspections(
        *(_inspection(urn, grade, date(2012, 3, 14)) for urn, grade in grades.items()), published=date(2012, 10, 1)
    )
    if later:
        store.add_inspections(
            *(_inspection(urn, grade, date(2013, 10, 2)) for urn, grade in later.items()), published=date(2013, 11, 1)
        )
    return store


def _row(urn: int, changes: Mapping[str, Any]) -> dict[str, Any]:
    usual = {
        "urn": urn,
        "laestab": 9_370_000 + urn % 10_000,
        "la_code": 937,
        "la_name": "Shire",
        "region": "West Midlands",
        "establishment_type": "Community school",
        "phase": "Primary",
        "status": "Open",
        "statutory_low_age": 4,
        "statutory_high_age": 11,
        "religious_character": "Does not apply",
        "easting": 430_000.0,
        "northing": 260_000.0,
    }
    return usual | dict(changes)


def _inspection(urn: int, grade: int, day: date) -> dict[str, Any]:
    return {
        "urn": urn,
        "inspected_urn": urn,
        "inspection_number": f"{urn}-{day.isoformat()}",
        "inspected_on": day,
        "published_on": day,
        "overall_grade": grade,
    }
