"""Bringing what a run, or the desk itself, found into the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from strandline.kernel.dates import add_working_days, bank_holidays_england
from strandline.runs.record import Run
from strandline.web import audit
from strandline.web.people import scope
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Intake, School
from strandline.web.triggers.definitions import Definition, definitions
from strandline.web.triggers.desk import DESK
from strandline.web.triggers.met import Found, triggers_in
from strandline.web.triggers.models import Entry, Occasion, Scan, State

DECIDED = (State.ACT, State.NOT_ACT)
CHANGED = (
    "state", "due_on", "first_met_on", "last_met_on", "ended_on", "ended_undecided", "times_opened", "evidence",
    "same_evidence", "version",
)  # fmt: skip
AT_ONCE = 500


@transaction.atomic
def register_run(*, by: Actor | None, run: Run, found: tuple[Found, ...] | None = None) -> tuple[Scan, ...]:
    """
    Bring a run that was taken in into the register, once for each authority; a second time changes nothing.

    `found`: what `triggers_in` read of the run, where it was read already.

    A school that meets a trigger for the first time is opened. One that was decided is opened again by a later run; so
    is one whose deferral has passed or whose evidence is new. One that a later run finds no longer met is ended.
    """
    with scope.everywhere("a run may hold schools of every authority"):
        intakes = list(Intake.objects.filter(run_id=run.run_id, trigger_scans__isnull=True).order_by("pk"))
        if not intakes:
            return ()
        found = triggers_in(run) if found is None else found
        return tuple(scan for intake in intakes for scan in _register(by=by, intake=intake, found=found))


@transaction.atomic
def register_desk(*, authority: int | None = None, on: date | None = None) -> int:
    """Bring what the desk notices by itself (overrides that have expired) into the register. Gives how many opened."""
    day = on or timezone.localdate()
    opened = 0
    with scope.everywhere("the desk looks at every school each day"):
        for definition in definitions().values():
            if not definition.desk:
                continue
            met = DESK[definition.desk](on=day, authority=authority)
            for place in sorted(set(School.objects.values_list("la", flat=True)) if authority is None else {authority}):
                opened += _register_desk(definition, met=met, authority=place, day=day)
    return opened


@dataclass(slots=True)
class _Tally:
    """What changed, to be written in a few statements."""

    made: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    occasions: list[Occasion] = field(default_factory=list)
    reopened: int = 0
    ended: int = 0

    def write(self) -> None:
        Entry.objects.bulk_create(self.made, batch_size=AT_ONCE)
        Entry.objects.bulk_update(self.changed, CHANGED, batch_size=100)
        for occasion in self.occasions:
            occasion.entry_id = occasion.entry.pk
        Occasion.objects.bulk_create(self.occasions, batch_size=AT_ONCE)

    @property
    def said(self) -> dict[str, int]:
        return {"opened": len(self.made), "reopened": self.reopened, "ended": self.ended}


def _register(*, by: Actor | None, intake: Intake, found: tuple[Found, ...]) -> list[Scan]:
    here = set(School.objects.filter(lines__intake=intake).values_list("urn", flat=True))
    rows = Entry.objects.select_for_update(of=("self",)).filter(school__lines__intake=intake)
    known = {(row.school_id, row.trigger): row for row in rows}
    tally = _Tally()
    scans = []
    for each in found:
        met = {urn: evidence for urn, evidence in each.met.items() if urn in here}
        for urn, evidence in sorted(met.items()):
            entry = known.get((urn, each.definition.key))
            _meet(tally, entry, urn=urn, definition=each.definition, evidence=evidence, intake=intake)
        for urn in sorted(each.not_met & here):
            entry = known.get((urn, each.definition.key))
            if entry is not None:
                _end(tally, entry, day=intake.as_at)
        scans.append(
            Scan(
                authority=intake.authority,
                intake=intake,
                trigger=each.definition.key,
                met=len(met),
                not_met=len(each.not_met & here),
                unknown=sorted(each.unknown & here),
            )
        )
    tally.write()
    Scan.objects.bulk_create(scans)
    after = {"run": intake.run_id, "as_at": intake.as_at, **tally.said}
    audit.record(by=by, action="triggers.run_registered", subject=intake, after=after, authority=intake.authority)
    return scans


def _register_desk(definition: Definition, *, met: Mapping[int, Mapping[str, Any]], authority: int, day: date) -> int:
    here = set(School.objects.filter(la=authority, urn__in=met).values_list("urn", flat=True))
    rows = Entry.objects.select_for_update().filter(trigger=definition.key, school__la=authority)
    known = {(row.school_id, row.trigger): row for row in rows}
    tally = _Tally()
    for urn in sorted(here):
        entry = known.get((urn, definition.key))
        if entry is not None and entry.evidence == met[urn] and entry.state != State.ENDED:
            continue  # the same matter as yesterday
        _meet(tally, entry, urn=urn, definition=definition, evidence=met[urn], day=day)
    for (urn, _), entry in known.items():
        if urn not in here:
            _end(tally, entry, day=day)
    if tally.made or tally.changed:
        tally.write()
        subject = ("triggers.definition", definition.key)
        audit.record(by=None, action="triggers.desk_registered", subject=subject, after=tally.said, authority=authority)
    return len(tally.made) + tally.reopened


def _meet(
    tally: _Tally,
    entry: Entry | None,
    *,
    urn: int,
    definition: Definition,
    evidence: Mapping[str, Any],
    intake: Intake | None = None,
    day: date | None = None,
) -> None:
    as_at = intake.as_at if intake else (day or timezone.localdate())
    known_on = intake.known_on if intake else as_at
    if entry is None:
        entry = Entry(
            school_id=urn,
            trigger=definition.key,
            due_on=_due(definition, known_on),
            first_met_on=as_at,
            last_met_on=as_at,
            evidence=dict(evidence),
        )
        tally.made.append(entry)
        opened = True
    else:
        opened = _again(entry, definition=definition, evidence=evidence, as_at=as_at, known_on=known_on)
        tally.reopened += opened
        tally.changed.append(entry)
    tally.occasions.append(
        Occasion(entry=entry, intake=intake, as_at=as_at, known_on=known_on, evidence=dict(evidence), opened=opened)
    )


def _again(entry: Entry, *, definition: Definition, evidence: Mapping[str, Any], as_at: date, known_on: date) -> bool:
    """Note that the trigger is met again; True where that opens the entry for a new decision."""
    entry.version += 1
    if as_at < entry.last_met_on:
        entry.first_met_on = min(entry.first_met_on, as_at)
        return False
    later, same = as_at > entry.last_met_on, dict(evidence) == entry.evidence
    entry.last_met_on, entry.evidence = as_at, dict(evidence)
    opens = {
        State.ENDED: True,
        State.ACT: later or not same,
        State.NOT_ACT: later or not same,
        State.DEFERRED: not same or entry.due_on < known_on,
    }.get(State(entry.state), False)
    if opens:
        entry.same_evidence = same and entry.state != State.ENDED
        entry.state, entry.ended_on, entry.ended_undecided = State.OPEN, None, False
        entry.due_on = _due(definition, known_on)
        entry.times_opened += 1
    return opens


def _end(tally: _Tally, entry: Entry, *, day: date) -> None:
    """End an entry that a later run finds no longer met; one that waits for approval is settled first."""
    if entry.state in (State.ENDED, State.WAITING) or day < entry.last_met_on:
        return
    entry.ended_undecided = entry.state == State.OPEN
    entry.state, entry.ended_on = State.ENDED, day
    entry.version += 1
    tally.ended += 1
    tally.changed.append(entry)


def _due(definition: Definition, known_on: date) -> date:
    holidays = bank_holidays_england(known_on.year) | bank_holidays_england(known_on.year + 1)
    return add_working_days(known_on, definition.working_days, bank_holidays=holidays)
