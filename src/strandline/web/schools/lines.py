"""From a run's record of a school to the desk's columns."""

from __future__ import annotations

from datetime import date
from typing import Any

from strandline.runs.school_records import SchoolRecord
from strandline.web.schools.grid import longitude_latitude
from strandline.web.schools.words import words_of

Record = dict[str, Any]
NOTHING_SAID = frozenset({"does not apply", "not applicable", "none", "unknown", "not recorded"})
TEXTS = {
    "region": 60,
    "establishment_type": 100,
    "federation_name": 300,
    "religious_character": 100,
    "ward": 100,
    "district": 100,
}
"""Texts as the register words them, and how long the desk's columns are."""
FIGURES = (
    "pupils_on_roll",
    "capacity",
    "absence_percent",
    "ks2_rwm_expected",
    "ks4_attainment8",
    "ks4_progress8",
)


def school_of(record: SchoolRecord) -> Record:
    """The columns of `School` that a run tells."""
    facts = record.facts
    return {
        "urn": record.urn,
        "laestab": facts.get("laestab"),
        "name": facts.get("school_name") or f"URN {record.urn}",
        "la": facts.get("la") or 0,
        "la_name": _text(facts, "la_name", 100),
        "phase": facts.get("phase", ""),
        "sector": facts.get("sector", ""),
        "legal_form": facts.get("legal_form", ""),
        "maintained": bool(facts.get("maintained")),
        "status": facts.get("status", ""),
        "trust_uid": trust_key(facts),
        "trust_name": _text(facts, "trust_name", 300),
        "diocese": _text(facts, "diocese", 100),
        "postcode": _text(facts, "postcode", 10),
    }


def line_of(record: SchoolRecord, *, school: Record, consortium: str) -> Record:
    """The columns of `Line`: those of the school, and what lists show besides."""
    facts = record.facts
    longitude, latitude = _place(facts)
    return {
        **school,
        **{name: _text(facts, name, longest) for name, longest in TEXTS.items()},
        **{name: facts.get(name) for name in FIGURES},
        "fsm_percent": facts.get("fsm_percent", facts.get("register_fsm_percent")),
        "school": record.urn,
        "sort_name": " ".join(words_of(school["name"]))[:300],
        "opened_on": _day(facts.get("opened_on")),
        "consortium": consortium,
        "longitude": longitude,
        "latitude": latitude,
        "inspected_on": _day(_last_inspected(facts)),
        "inspection_words": inspection_words(facts),
        "proposed_category": record.category[:60],
        "proposed_state": record.state,
        "proposed_reason": record.reason,
    }


def trust_key(facts: Record) -> str:
    """The trust's group number; its name where a register gives no number."""
    return str(facts.get("trust_uid") or "") or _text(facts, "trust_name", 100)


def inspection_words(facts: Record) -> str:
    """The latest full inspection in a few words of its own framework; nothing converted."""
    card, graded = facts.get("report_card_date"), facts.get("inspection_date")
    if card and (not graded or card >= graded):
        return "Report card"
    wording = facts.get("inspection_wording")
    if wording and wording != "not_judged":
        return str(wording).replace("_", " ").capitalize()
    return "No overall grade" if graded else ""


def _last_inspected(facts: Record) -> date | None:
    days = [day for day in (facts.get("report_card_date"), facts.get("inspection_date")) if day]
    return max(days) if days else None


def _text(facts: Record, name: str, longest: int) -> str:
    text = str(facts.get(name) or "").strip()
    return "" if text.lower() in NOTHING_SAID else text[:longest]


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _place(facts: Record) -> tuple[float | None, float | None]:
    easting, northing = facts.get("easting"), facts.get("northing")
    if not easting or not northing:
        return None, None
    return longitude_latitude(easting=easting, northing=northing)
