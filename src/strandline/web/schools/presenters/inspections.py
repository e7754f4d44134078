"""
Inspections in four eras, each in its own words; no grade is carried from one into another.

Overall grades with "satisfactory" (to August 2012), overall grades with "requires improvement" (to September 2024),
judgements without an overall grade (to November 2025), report cards (since).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from strandline.catalogue.inspection import REPORT_CARD_AREAS
from strandline.web.design.figures import Source
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.schools.models import Intake
from strandline.web.schools.presenters.figures import source
from strandline.web.schools.queries.record import Record
from strandline.web.schools.wording import long_day, short_date, words

SATISFACTORY: Final = ("Outstanding", "Good", "Satisfactory", "Inadequate")
REQUIRES_IMPROVEMENT: Final = ("Outstanding", "Good", "Requires improvement", "Inadequate")
JUDGEMENTS: Final = {
    "quality_of_education": "Quality of education",
    "behaviour_attitudes": "Behaviour and attitudes",
    "personal_development": "Personal development",
    "leadership_management": "Leadership and management",
    "early_years": "Early years",
    "sixth_form": "Sixth form",
}
CARD_AREAS: Final = {name: text.replace(", where applicable", "") for name, text in REPORT_CARD_AREAS.items()}
EVENTS: Final = {
    "graded": "Graded",
    "ungraded": "Ungraded",
    "report_card": "Report card",
    "monitoring": "Monitoring",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EraSpec:
    """A time of inspecting: its frameworks, the words of its four grades, what it judged."""

    key: str
    title: str
    note: str
    frameworks: tuple[str, ...]
    grades: tuple[str, ...] = ()
    overall: bool = False
    judgements: Mapping[str, str] = ()  # type: ignore[assignment]


ERAS: Final = (
    EraSpec(
        key="report-cards",
        title="Report cards, from 10 November 2025",
        note="Each area is judged by itself on five standards, safeguarding met or not met. There is no overall grade.",
        frameworks=("R6",),
        judgements=CARD_AREAS,
    ),
    EraSpec(
        key="judgements",
        title="Judgements without an overall grade, September 2024 to November 2025",
        note="Four grades from outstanding to inadequate for each judgement. There is no overall grade.",
        frameworks=("R5",),
        grades=REQUIRES_IMPROVEMENT,
        judgements=JUDGEMENTS,
    ),
    EraSpec(
        key="requires-improvement",
        title="Overall grades with “requires improvement”, September 2012 to September 2024",
        note="Four overall grades: outstanding, good, requires improvement, inadequate.",
        frameworks=("R2", "R3", "R4"),
        grades=REQUIRES_IMPROVEMENT,
        overall=True,
        judgements=JUDGEMENTS,
    ),
    EraSpec(
        key="satisfactory",
        title="Overall grades with “satisfactory”, to August 2012",
        note="Four overall grades: outstanding, good, satisfactory, inadequate.",
        frameworks=("R1",),
        grades=SATISFACTORY,
        overall=True,
        judgements=JUDGEMENTS,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """One era of a school: its table, or None where the school was not inspected under it, and its sources."""

    key: str
    title: str
    note: str
    table: Table | None
    sources: tuple[Source, ...]


def eras(seen: Record) -> tuple[Era, ...]:
    """The four eras, the latest first, each with the inspections that were known on the day."""
    told = seen.history.get("inspections", ())
    return tuple(_era(spec, [one for one in told if one["framework"] in spec.frameworks], seen) for spec in ERAS)


def _era(spec: EraSpec, told: Sequence[Mapping[str, Any]], seen: Record) -> Era:
    if not told or seen.snapshot is None:
        return Era(key=spec.key, title=spec.title, note=spec.note, table=None, sources=())
    judged = {name: text for name, text in spec.judgements.items() if any(name in one for one in told)}
    marks = tags(seen)
    parts = frozenset(
        name
        for name, there in (
            ("safeguarding", any("rc_safeguarding" in one or "safeguarding_effective" in one for one in told)),
            ("marks", any(map(marks, told))),
        )
        if there
    )
    table = Table(
        caption=f"Inspections: {spec.title[:1].lower()}{spec.title[1:]}",
        caption_hidden=True,
        columns=tuple(_columns(spec, judged, parts=parts)),
        rows=[_row(spec, one, judged=judged, parts=parts, said=marks(one)) for one in told],
        key=f"inspections-{spec.key}",
        wide=len(judged) > 5,
    )
    return Era(
        key=spec.key, title=spec.title, note=spec.note, table=table, sources=_sources(told, seen.snapshot.intake)
    )


def _columns(spec: EraSpec, judged: Mapping[str, str], *, parts: frozenset[str]) -> Iterable[Column]:
    yield Column(heading="First day", kind="date", header=True)
    yield Column(heading="Published", kind="date")
    yield Column(heading="Kind")
    if spec.overall:
        yield Column(heading="Overall effectiveness")
    for text in judged.values():
        yield Column(heading=text)
    if "safeguarding" in parts:
        yield Column(heading="Safeguarding")
    yield Column(heading="Category of concern")
    if "marks" in parts:
        yield Column(heading="School at the time", kind="words")


def _row(spec: EraSpec, one: Mapping[str, Any], *, judged: Mapping[str, str], parts: frozenset[str], said: str) -> Row:
    cells: list[Cell | str] = [
        Cell(text=short_date(one["inspected_on"]), sort=one["inspected_on"]),
        short_date(one.get("report_on")) or Cell(missing="Not recorded"),
        Cell(text=EVENTS.get(one["event"], words(one["event"])), hint=one.get("ungraded_outcome", "")),
    ]
    if spec.overall:
        cells.append(overall(one, spec))
    cells += [_judgement(one, name, spec) for name in judged]
    if "safeguarding" in parts:
        cells.append(_safeguarding(one))
    cells.append(_concern(one))
    if "marks" in parts:
        cells.append(said)
    return Row(cells=cells)


def overall(one: Mapping[str, Any], spec: EraSpec) -> Cell | str:
    """The overall grade in its era's word; where there is none, what the publisher printed."""
    grade = one.get("overall_grade")
    if grade is not None:
        return str(spec.grades[grade - 1])
    if one["event"] != "graded":
        return Cell(missing="No grade is given")
    return Cell(missing="Not judged", mark=one.get("overall_token", ""))


def _judgement(one: Mapping[str, Any], name: str, spec: EraSpec) -> Cell | str:
    value = one.get(name)
    if value is None:
        return Cell(missing="Not judged")
    return words(value) if isinstance(value, str) else spec.grades[value - 1]


def _safeguarding(one: Mapping[str, Any]) -> Cell | str:
    if "rc_safeguarding" in one:
        return words(str(one["rc_safeguarding"]))
    if "safeguarding_effective" in one:
        return "Effective" if one["safeguarding_effective"] else "Not effective"
    return Cell(missing="Not recorded")


def _concern(one: Mapping[str, Any]) -> Cell | str:
    value = one.get("category_of_concern")
    if value is None:
        return Cell(missing="Not recorded")
    return "None" if value == "none" else words(value)


def _sources(told: Iterable[Mapping[str, Any]], intake: Intake) -> tuple[Source, ...]:
    """The releases of which the run knew; an inspection of an older file is named by its release alone."""
    releases = {release["release_id"]: release for release in intake.releases}
    found = {}
    for one in told:
        name = one["release_id"]
        found[name] = source(releases[name]) if name in releases else Source(title="Inspection history", release=name)
    return tuple(found.values())


def tags(seen: Record) -> Any:
    """What says of an inspection whose it was: of a predecessor, before or after the school joined its trust."""
    names = {one["predecessor"]: one.get("name", "") for one in seen.history.get("predecessors", ())}
    trust, joined = trust_joined(seen)

    def said(one: Mapping[str, Any]) -> str:
        parts = []
        if one["at_urn"] != seen.school.urn:
            name = names.get(one["at_urn"], "")
            known = f"{name} (URN {one['at_urn']})" if name else f"URN {one['at_urn']}"
            parts.append(f"Of the predecessor {known}" if one["at_urn"] > 0 else "Of a predecessor that is not named")
        if joined is not None:
            when = "Before" if date.fromisoformat(one["inspected_on"]) < joined else "After"
            parts.append(f"{when} joining {trust} on {long_day(joined)}")
        return ". ".join(parts)

    return said


def trust_joined(seen: Record) -> tuple[str, date | None]:
    """The school's trust and the day it joined: as the register says, else the day the academy opened."""
    memberships = [
        one
        for one in seen.history.get("trusts", ())
        if "trust" in one.get("group_type", "").lower() and "joined_on" in one
    ]
    if memberships:
        latest = max(memberships, key=lambda one: one["joined_on"])
        return latest["group_name"], date.fromisoformat(latest["joined_on"])
    name, opened = seen.facts.get("trust_name"), seen.facts.get("opened_on")
    if name and opened and seen.facts.get("academy"):
        return name, date.fromisoformat(opened)
    return "", None


def latest(seen: Record) -> Mapping[str, str] | None:
    """The latest inspection in a sentence of its own era; None where none is on record."""
    told = seen.history.get("inspections", ())
    if not told:
        return None
    one = max(told, key=lambda each: each["inspected_on"])
    spec = next(era for era in ERAS if one["framework"] in era.frameworks)
    grade = one.get("overall_grade")
    outcome = spec.grades[grade - 1] if grade is not None and spec.overall else "No overall grade"
    if one["event"] == "report_card":
        outcome = "Report card"
    elif one["event"] != "graded":
        outcome = one.get("ungraded_outcome") or EVENTS.get(one["event"], words(one["event"]))
    return {"outcome": outcome, "on": long_day(one["inspected_on"]), "era": spec.title, "whose": tags(seen)(one)}
