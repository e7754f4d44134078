"""The register as a list, its filters, and one entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from strandline.catalogue import FEATURES
from strandline.kernel.units import Unit
from strandline.web.design.filters import FilterGroup, Filters, Option
from strandline.web.design.parts import EmptyState, Event, SummaryRow, Tag
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.people.roles import Role
from strandline.web.triggers.definitions import Definition, definitions, title_of
from strandline.web.triggers.models import Entry, Outcome, Scan, State, TriggerDecision
from strandline.web.triggers.queries import STANDINGS, Asked

CHECKBOX = (
    '<div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes">'
    '<div class="govuk-checkboxes__item">'
    '<input class="govuk-checkboxes__input" type="checkbox" name="chosen" id="chosen-{0}" value="{0}:{1}">'
    '<label class="govuk-label govuk-checkboxes__label" for="chosen-{0}">'
    '<span class="govuk-visually-hidden">{2}</span></label></div></div>'
)
RULE_STARTS = {"rc": "report card: ", "ks2": "key stage 2, ", "ks4": "key stage 4, ", "rise": "RISE: "}


def day(value: date) -> str:
    """A date as people write it: 30 April 2013."""
    return date_format(value, "j F Y")


def tag_of(entry: Entry, *, today: date) -> Tag:
    """Where an entry stands: overdue in words and colour, never by colour alone."""
    late = entry.due_on < today
    if entry.state == State.OPEN:
        return Tag(text="No decision yet, overdue" if late else "No decision yet", kind="late" if late else "due")
    if entry.state == State.WAITING:
        return Tag(
            text="Waiting for approval, overdue" if late else "Waiting for approval", kind="late" if late else "due"
        )
    if entry.state == State.DEFERRED:
        return (
            Tag(text="Deferral over, overdue", kind="late") if late else Tag(text=f"Deferred until {day(entry.due_on)}")
        )
    if entry.state == State.ENDED:
        undecided = entry.ended_undecided
        return (
            Tag(text="Ended without a decision", kind="late") if undecided else Tag(text="No longer met", kind="done")
        )
    return Tag(text=entry.get_state_display(), kind="done")


def tag_html(tag: Tag) -> str:
    """A tag inside a cell."""
    return format_html('<strong class="desk-tag desk-tag--{}">{}</strong>', tag.kind, tag.text)


def register_table(entries: Iterable[Entry], *, may_act: bool, narrowed: bool) -> Table:
    """The register: one row for each school and trigger."""
    today = timezone.localdate()
    columns = (
        *((Column(heading="Choose", hidden_heading=True),) if may_act else ()),
        Column(heading="School", header=True),
        Column(heading="Trigger", kind="words"),
        Column(heading="Met", kind="date"),
        Column(heading="Decision"),
        Column(heading="Due", kind="date"),
        Column(heading="Reason and approver", kind="words"),
    )
    rows = [_row(entry, today=today, may_act=may_act) for entry in entries]
    empty = EmptyState(
        title="Nothing matches" if narrowed else "No school meets a trigger",
        text="Take a filter away." if narrowed else "The register fills when a run is taken to the desk.",
    )
    return Table(caption="Trigger register", caption_hidden=True, columns=columns, rows=rows, empty=empty, wide=True)


def _row(entry: Entry, *, today: date, may_act: bool) -> Row:
    name = entry.school.name
    choosable = may_act and entry.state in (State.OPEN, State.DEFERRED, State.ACT, State.NOT_ACT)
    box = format_html(CHECKBOX, entry.pk, entry.version, f"{name}: {title_of(entry.trigger)}") if choosable else ""
    changed = "met again on the same evidence" if entry.same_evidence else ""
    if entry.state == State.OPEN and entry.times_opened > 1 and not entry.same_evidence:
        changed = "opened again on new evidence"
    latest = _latest(entry)
    return Row(
        cells=(
            *((Cell(text=box),) if may_act else ()),
            Cell(text=name, hint=f"URN {entry.school_id}"),
            Cell(text=title_of(entry.trigger), href=reverse("triggers:entry", args=[entry.pk]), hint=_kind(entry)),
            Cell(text=day(entry.last_met_on), sort=entry.last_met_on.isoformat()),
            Cell(text=tag_html(tag_of(entry, today=today))),
            Cell(text=day(entry.due_on), sort=entry.due_on.isoformat())
            if entry.state in (State.OPEN, State.WAITING, State.DEFERRED)
            else Cell(missing="nothing due"),
            Cell(text=_shortened(latest.reason), hint=_people(latest)) if latest else Cell(missing="no decision yet"),
        ),
        changed=changed,
    )


def _kind(entry: Entry) -> str:
    known = definitions().get(entry.trigger)
    return known.kind.words if known else ""


def _latest(entry: Entry) -> TriggerDecision | None:
    told = [each for each in entry.decisions.all() if each.stage != TriggerDecision.Stage.RETURNED]
    return told[0] if told else None


def _shortened(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:159].rstrip()}…"


def _people(decision: TriggerDecision) -> str:
    said = f"{decision.get_outcome_display()}, {day(decision.decided_on)}, {decision.decided_by.name}"
    return f"{said}; approved by {decision.settled_by.name}" if decision.settled_by else f"{said}; not approved yet"


def filters(
    *, asked: Asked, query: QueryDict, standings: Mapping[str, int], triggers: Mapping[str, int], found: int
) -> Filters:
    """The filters with their counts."""
    known = [*definitions(), *(key for key in sorted(triggers) if key not in definitions())]
    return Filters(
        groups=(
            FilterGroup(
                name="standing",
                legend="Decision",
                options=tuple(
                    Option(value=name, label=words, count=standings.get(name, 0), chosen=name in asked.standings)
                    for name, words in STANDINGS.items()
                ),
            ),
            FilterGroup(
                name="trigger",
                legend="Trigger",
                options=tuple(
                    Option(value=key, label=title_of(key), count=triggers.get(key, 0), chosen=key in asked.triggers)
                    for key in known
                    if triggers.get(key) or key in asked.triggers
                ),
            ),
        ),
        query=query.urlencode(),
        search=asked.text,
        search_label="School",
        found="1 entry" if found == 1 else f"{found} entries",
    )


def summary(entry: Entry) -> list[SummaryRow]:
    """What is known of an entry, before its history."""
    known = definitions().get(entry.trigger)
    rows = [
        SummaryRow(label="School", value=_school(entry), hint=f"URN {entry.school_id}"),
        SummaryRow(label="Trigger", value=title_of(entry.trigger), hint=known.kind.words if known else ""),
        SummaryRow(label="Source", value=known.source)
        if known
        else SummaryRow(label="Source", missing="no longer in the list of triggers"),
        SummaryRow(label="First met", value=day(entry.first_met_on)),
        SummaryRow(label="Last met", value=day(entry.last_met_on)),
    ]
    if entry.state in (State.OPEN, State.WAITING, State.DEFERRED):
        rows.append(SummaryRow(label="Decision due", value=day(entry.due_on)))
    if entry.ended_on:
        rows.append(SummaryRow(label="No longer met", value=f"by the run as at {day(entry.ended_on)}"))
    rows += [
        SummaryRow(label=_feature(name), value=_value(name, value), hint="evidence")
        for name, value in entry.evidence.items()
    ]
    return rows


def _school(entry: Entry) -> SafeString:
    address = reverse("schools:school", args=[entry.school_id])
    return format_html('<a class="govuk-link" href="{}">{}</a>', address, entry.school.name)


def history(entry: Entry) -> list[Event]:
    """Everything that happened to an entry, latest first."""
    told: list[tuple[str, int, Event]] = []
    for occasion in entry.occasions.all():
        title = "Met, and opened for a decision" if occasion.opened else "Met again; the entry stood as it was"
        run = f"in the run as at {day(occasion.as_at)} ({occasion.intake.pack_title})" if occasion.intake else ""
        evidence = "; ".join(f"{_feature(name)}: {_value(name, value)}" for name, value in occasion.evidence.items())
        told.append(
            (
                occasion.known_on.isoformat(),
                0,
                Event(on=day(occasion.known_on), iso=occasion.known_on.isoformat(), title=title, by=run, text=evidence),
            )
        )
    for decision in entry.decisions.all():
        told.append((decision.decided_on.isoformat(), 1, _decided(decision)))
        if decision.settled_on:
            told.append((decision.settled_on.isoformat(), 2, _settled(decision)))
    if entry.ended_on:
        tag = Tag(text="Ended without a decision", kind="late") if entry.ended_undecided else None
        on = entry.ended_on
        told.append((on.isoformat(), 3, Event(on=day(on), iso=on.isoformat(), title="No longer met", tag=tag)))
    return [event for _, _, event in sorted(told, key=lambda each: each[:2], reverse=True)]


def _decided(decision: TriggerDecision) -> Event:
    until = f" {day(decision.until)}" if decision.until else ""
    outcome = "Defer until" if decision.outcome == Outcome.DEFER else decision.get_outcome_display()
    parts = [decision.reason, *([f"What will be done: {decision.action}"] if decision.action else [])]
    return Event(
        on=day(decision.decided_on),
        iso=decision.decided_on.isoformat(),
        title=f"Proposed: {outcome.lower()}{until}",
        by=_by(decision.decided_by.name, decision.decided_role),
        text=" ".join(parts),
    )


def _settled(decision: TriggerDecision) -> Event:
    approved = decision.stage == TriggerDecision.Stage.APPROVED
    on = decision.settled_on
    return Event(
        on=day(on) if on else "",
        iso=on.isoformat() if on else "",
        title="Approved" if approved else "Returned",
        by=_by(decision.settled_by.name if decision.settled_by else "", decision.settled_role),
        text=decision.settled_reason,
        tag=Tag(text="In force", kind="done") if approved else None,
    )


def _by(name: str, role: str) -> str:
    return f"{name} ({Role(role).words.lower()})" if role else name


def _feature(name: str) -> str:
    known = FEATURES.get(name)
    words = known.meaning if known else name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _value(name: str, value: Any) -> str:
    known = FEATURES.get(name)
    unit = " %" if known and known.unit is Unit.PERCENT else ""
    if isinstance(value, str):
        try:
            return day(date.fromisoformat(value))
        except ValueError:
            return value.replace("_", " ")
    return f"{value:g}{unit}" if isinstance(value, float) else f"{value}{unit}"


def waiting_table(decisions: Iterable[TriggerDecision]) -> Table:
    """The decisions that wait for this person's approval."""
    columns = (
        Column(heading="Choose", hidden_heading=True),
        Column(heading="School", header=True),
        Column(heading="Trigger", kind="words"),
        Column(heading="Proposed"),
        Column(heading="Reason", kind="words"),
        Column(heading="By", kind="words"),
    )
    rows = [
        Row(
            cells=(
                Cell(text=format_html(CHECKBOX, one.pk, one.version, f"Approve for {one.entry.school.name}")),
                Cell(text=one.entry.school.name),
                Cell(text=title_of(one.entry.trigger), href=reverse("triggers:entry", args=[one.entry_id])),
                one.get_outcome_display() if not one.until else f"Defer until {day(one.until)}",
                Cell(text=_shortened(one.reason), hint=_shortened(one.action)),
                Cell(text=one.decided_by.name, hint=day(one.decided_on)),
            )
        )
        for one in decisions
    ]
    empty = EmptyState(
        title="Nothing waits for your approval", text="What you proposed yourself, another person approves."
    )
    return Table(
        caption="Waiting for approval", caption_hidden=True, columns=columns, rows=rows, empty=empty, wide=True
    )


def definitions_table(scans: Iterable[Scan]) -> Table:
    """Every trigger of the file, with what the newest run said of it."""
    told = {scan.trigger: scan for scan in scans}
    columns = (
        Column(heading="Trigger", header=True),
        Column(heading="Whose"),
        Column(heading="Met where", kind="words"),
        Column(heading="Source"),
        Column(heading="Decision due within"),
        Column(heading="Newest run"),
    )
    rows = [
        Row(
            cells=(
                each.title,
                each.kind.words,
                _where(each),
                each.source,
                f"{each.working_days} working days",
                Cell(text=_said(told[each.key])) if each.key in told else Cell(missing="in no run yet"),
            )
        )
        for each in definitions().values()
    ]
    return Table(caption="Triggers", caption_hidden=True, columns=columns, rows=rows, wide=True)


def _where(each: Definition) -> str:
    if each.desk:
        return "the desk notices it day by day"
    parts = [f"the rule “{_rule_words(rule)}” is met" for rule in each.rules]
    parts += [
        f"the {name.replace('_', ' ')} is {' or '.join(values).replace('_', ' ')}"
        for name, values in each.facts.items()
    ]
    parts += [f"the category is {code}" for code in each.categories]
    packs = "" if "*" in each.packs else f", under {', '.join(pack.replace('-', ' ').title() for pack in each.packs)}"
    return f"{', or '.join(parts)}{packs}"


def _rule_words(name: str) -> str:
    """The name of a rule as words: `rc_special_measures` is `Report card: special measures`."""
    first, _, rest = name.partition("_")
    said = f"{RULE_STARTS[first]}{rest}" if first in RULE_STARTS else name
    said = said.replace("_", " ")
    return said[:1].upper() + said[1:]


def _said(scan: Scan) -> str:
    unknown = f"; {len(scan.unknown)} cannot be said, a figure is missing" if scan.unknown else ""
    base = scan.met + scan.not_met + len(scan.unknown)
    return f"{scan.met} of {base} schools met it{unknown} ({day(scan.intake.as_at)})"
