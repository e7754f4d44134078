"""What happened, in order: from the register, inspections, categories, and what other rooms add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.urls import reverse

from strandline.web.design.parts import Event, Tag
from strandline.web.design.tables import Column, Row, Table
from strandline.web.schools.models import CategorySpell
from strandline.web.schools.presenters.inspections import ERAS, EVENTS, tags, trust_joined
from strandline.web.schools.presenters.listing import mark_of
from strandline.web.schools.queries.record import Record
from strandline.web.schools.wording import long_day, words

CHANGES = {
    "name": "Name",
    "trust_name": "Trust",
    "legal_form": "Legal form",
    "federation_name": "Federation",
    "diocese": "Diocese",
    "status": "Status",
}


def timeline(
    seen: Record, *, spells: Sequence[CategorySpell], lines: Sequence[Mapping[str, Any]], others: Iterable[Event]
) -> list[Event]:
    """Everything dated up to the day, the latest first; on one day, what was known first comes last."""
    events = [
        *_register(seen),
        *_inspections(seen),
        *_changes(lines),
        *_categories(spells),
        *(event for event in others if not event.iso or event.iso <= seen.on.isoformat()),
    ]
    return sorted(events, key=lambda event: event.iso, reverse=True)


def _register(seen: Record) -> Iterator[Event]:
    facts = seen.facts
    if facts.get("opened_on"):
        yield _event(facts["opened_on"], "The school opened", by="register")
    if facts.get("closed_on") and facts["closed_on"] <= seen.on.isoformat():
        yield _event(facts["closed_on"], "The school closed", by="register")
    for one in seen.history.get("predecessors", ()):
        name = one.get("name") or f"URN {one['predecessor']}"
        closed = f" It closed on {long_day(one['closed_on'])}." if "closed_on" in one else ""
        if "linked_on" in one:
            yield _event(
                one["linked_on"],
                f"Took the place of {name}",
                by="register",
                text=f"URN {one['predecessor']} before, URN {seen.school.urn} after.{closed}",
                tag=Tag(text="Predecessor"),
            )
    trust, joined = trust_joined(seen)
    if joined is not None:
        yield _event(joined.isoformat(), f"Joined {trust}", by="register", tag=Tag(text="Trust"))


def _inspections(seen: Record) -> Iterator[Event]:
    said = tags(seen)
    for one in seen.history.get("inspections", ()):
        spec = next(era for era in ERAS if one["framework"] in era.frameworks)
        grade = one.get("overall_grade")
        outcome = f": {spec.grades[grade - 1].lower()}" if grade is not None and spec.overall else ""
        parts = [one.get("ungraded_outcome", ""), said(one)]
        concern = one.get("category_of_concern", "none")
        if concern != "none":
            parts.insert(0, f"Category of concern: {words(concern).lower()}")
        yield _event(
            one["inspected_on"],
            f"{EVENTS.get(one['event'], words(one['event']))} inspection{outcome}"
            if one["event"] != "report_card"
            else "Inspection with a report card",
            by="inspectorate",
            text=". ".join(part for part in parts if part),
            href=f"{reverse('schools:section', args=[seen.school.urn, 'inspections'])}#inspections-{spec.key}",
        )


def _changes(lines: Sequence[Mapping[str, Any]]) -> Iterator[Event]:
    """What one register had that the one before had not; the day is that of the later one."""
    for before, after in pairwise(lines):
        for field, label in CHANGES.items():
            if before[field] != after[field]:
                yield _event(
                    after["intake__as_at"].isoformat(),
                    f"{label} changed",
                    by="register",
                    text=f"Before: {_said(field, before[field])}. After: {_said(field, after[field])}.",
                    tag=Tag(text=label),
                )


def _said(field: str, value: str) -> str:
    return (words(value) if field in ("legal_form", "status") else value) or "none"


def _categories(spells: Iterable[CategorySpell]) -> Iterator[Event]:
    for spell in spells:
        yield _event(
            spell.published_on.isoformat(),
            f"Category {spell.code} published",
            by="local authority",
            text=spell.title,
            tag=Tag(text="Category"),
        )


def _event(iso: str, title: str, **more: Any) -> Event:
    return Event(on=long_day(iso), iso=iso, title=title, **more)


def category_table(spells: Sequence[CategorySpell], *, on: str) -> Table | None:
    """The categories shown so far, the latest first."""
    if not spells:
        return None
    return Table(
        caption="Categories published",
        caption_hidden=True,
        columns=(
            Column(heading="From", kind="date", header=True),
            Column(heading="To", kind="date"),
            Column(heading="Category", kind="words"),
            Column(heading="Under"),
        ),
        rows=[
            Row(
                cells=[
                    long_day(spell.published_on),
                    long_day(spell.superseded_on)
                    if spell.superseded_on and spell.superseded_on.isoformat() <= on
                    else "in force",
                    mark_of(
                        {"code": spell.code, "title": spell.title, "words": spell.words, "step": spell.step}
                    ).html(),
                    spell.scheme,
                ]
            )
            for spell in spells
        ],
        key="categories",
    )
