"""Inspections and the tasks that they bring; tasks of one's own; the log of visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from strandline.kernel.dates import add_working_days, bank_holidays_england
from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.officers.models import InspectionEvent, Task, TaskState, Visit
from strandline.web.officers.queries import officer_of
from strandline.web.officers.work import TaskKind, task_title, visit_title, work
from strandline.web.people import scope
from strandline.web.people.models import User
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Document, Intake, School, SharedPart, Snapshot
from strandline.web.schools.sharing import shares


class NotATask(UserError):
    """The task cannot be changed in this way."""


@transaction.atomic
def announce(*, by: Actor, school: School, inspected_on: date, event: str = "") -> InspectionEvent:
    """Note an inspection of which the authority was told: attendance (maintained) and reading (all) become tasks."""
    known = _same(school.urn, inspected_on)
    if known is not None:
        raise NotATask(
            f"An inspection of {school.name} on {known.inspected_on:%-d %B %Y} is noted already",
            what_to_do="Its tasks stand on the page of the school",
        )
    made = InspectionEvent.objects.create(
        school=school, inspected_on=inspected_on, event=event.strip(), announced_by=by.user
    )
    _make_tasks(made, school=school)
    after = {"inspected_on": inspected_on, "event": made.event}
    audit.record(by=by, action="officers.inspection_announced", subject=made, after=after, school_urn=school.urn)
    return made


@transaction.atomic
def note_inspections(*, by: Actor | None, run_id: str, authority: int | None = None) -> int:
    """
    Note the inspections that a run tells of and nobody has noted: those of the last months before its day.

    `authority` narrows. Gives how many events are new. A second time changes nothing.
    """
    made = 0
    with scope.everywhere("a run may hold schools of every authority"):
        of = Q(run_id=run_id) if authority is None else Q(run_id=run_id, authority=authority)
        for intake in Intake.objects.filter(of).order_by("authority"):
            events = [_noted(intake, snapshot, told) for snapshot, told in _told(intake)]
            fresh = [event for event in events if event is not None]
            made += len(fresh)
            if fresh:
                after = {"run": run_id, "events": len(fresh), "tasks": Task.objects.filter(event__in=fresh).count()}
                audit.record(
                    by=by, action="officers.inspections_noted", subject=intake, after=after, authority=intake.authority
                )
    return made


@transaction.atomic
def add_task(
    *, by: Actor, school: School, title: str, due_on: date, assigned_to: User | None = None, kind: str = "other"
) -> Task:
    """Add a task of one's own; without a person it falls to the school's named officer."""
    row = Task.objects.create(school=school, kind=kind, title=title.strip(), due_on=due_on, assigned_to=assigned_to)
    after = {"title": row.title, "due_on": due_on, "person": assigned_to.name if assigned_to else ""}
    audit.record(by=by, action="officers.task_added", subject=row, after=after, school_urn=school.urn)
    return row


@transaction.atomic
def settle_task(*, by: Actor, task_pk: int, version: int, state: TaskState, on: date, note: str = "") -> Task:
    """Mark a task as done, or as not needed with the reason. Raises: StaleRecord, NotATask."""
    row = opened(Task.objects.for_actor(by), pk=task_pk, version=version)
    if row.state != TaskState.OPEN or state is TaskState.OPEN:
        raise NotATask("The task is settled already", what_to_do="Add a new one if there is more to do")
    if state is TaskState.NOT_NEEDED and not note.strip():
        raise NotATask("A task that is not needed says why", what_to_do="Write the reason")
    keep(row, state=state, settled_on=on, settled_by=by.user, note=note.strip())
    action = "officers.task_done" if state is TaskState.DONE else "officers.task_not_needed"
    after = {"title": row.title, "state": state, "note": row.note, "on": on}
    audit.record(by=by, action=action, subject=row, after=after, school_urn=row.school_id)
    return row


@transaction.atomic
def assign_task(*, by: Actor, task_pk: int, version: int, person: User) -> Task:
    """Give a task to a person. Raises: StaleRecord, NotATask."""
    row = opened(Task.objects.for_actor(by), pk=task_pk, version=version)
    if row.state != TaskState.OPEN:
        raise NotATask("The task is settled already", what_to_do="Add a new one if there is more to do")
    before = {"person": row.assigned_to.name if row.assigned_to else ""}
    keep(row, assigned_to=person)
    after = {"person": person.name, "title": row.title}
    audit.record(
        by=by, action="officers.task_assigned", subject=row, before=before, after=after, school_urn=row.school_id
    )
    return row


@transaction.atomic
def log_visit(
    *,
    by: Actor,
    school: School,
    kind: str,
    visited_on: date,
    visitor: str,
    note: str = "",
    authority_action: str = "",
    letter: Document | None = None,
) -> Visit:
    """Log a visit; one by an inspector says what the authority did (WAR-49)."""
    if kind not in work().visits:
        raise NotATask("There is no such kind of visit", what_to_do="Choose one of the list")
    if kind == "hmi_monitoring" and not authority_action.strip():
        raise NotATask("A visit by an inspector says what the authority did", what_to_do="Write it, or “none needed”")
    if note.strip() and not shares(school, SharedPart.VISITS, on=visited_on):
        raise NotATask(
            f"{school.name} has not agreed that notes of visits are kept",
            what_to_do="Log the visit without a note, or record the agreement on the page of the school",
        )
    row = Visit.objects.create(
        school=school,
        kind=kind,
        visited_on=visited_on,
        visitor=visitor.strip(),
        note=note.strip(),
        authority_action=authority_action.strip(),
        letter=letter,
        recorded_by=by.user,
    )
    after = {"kind": visit_title(kind), "visited_on": visited_on, "visitor": row.visitor}
    audit.record(by=by, action="officers.visit_logged", subject=row, after=after, school_urn=school.urn)
    return row


def _told(intake: Intake) -> Iterator[tuple[Snapshot, dict[str, str]]]:
    """The inspections of the last months before the day of the run, as its snapshots tell them."""
    since = (intake.as_at - timedelta(days=work().look_back_days)).isoformat()
    rows = Snapshot.objects.filter(intake=intake).select_related("school").only("history", "school")
    for snapshot in rows.iterator(chunk_size=500):
        for told in snapshot.history.get("inspections", ()):
            if since <= told.get("inspected_on", "") <= intake.as_at.isoformat():
                yield snapshot, told


def _noted(intake: Intake, snapshot: Snapshot, told: dict[str, str]) -> InspectionEvent | None:
    day = date.fromisoformat(told["inspected_on"])
    known = _same(snapshot.school_id, day)
    if known is not None:
        if known.intake_id is None:
            known.intake, known.published_on = intake, intake.known_on
            known.save(update_fields=["intake", "published_on"])
            _start_reading(known)
        return None
    made = InspectionEvent.objects.create(
        school_id=snapshot.school_id,
        inspected_on=day,
        event=told.get("event", ""),
        intake=intake,
        published_on=intake.known_on,
    )
    _make_tasks(made, school=snapshot.school)
    return made


def _same(urn: int, day: date) -> InspectionEvent | None:
    margin = timedelta(days=work().same_within_days)
    rows = InspectionEvent.objects.filter(school=urn, inspected_on__range=(day - margin, day + margin))
    return rows.order_by("pk").first()


def _make_tasks(event: InspectionEvent, *, school: School) -> None:
    officer = officer_of(school.urn, on=timezone.localdate())
    Task.objects.bulk_create(
        Task(
            school=school,
            kind=kind.key,
            title=task_title(kind.key),
            due_on=_due(kind, event),
            assigned_to_id=officer,
            event=event,
        )
        for kind in work().tasks.values()
        if kind.asked_of(maintained=school.maintained)
    )


def _start_reading(event: InspectionEvent) -> None:
    """The report of an announced inspection is out: its reading is due from now."""
    for kind in work().tasks.values():
        if kind.due == "publication":
            due_on = _due(kind, event)
            Task.objects.filter(event=event, kind=kind.key, state=TaskState.OPEN).update(due_on=due_on)


def _due(kind: TaskKind, event: InspectionEvent) -> date:
    start = event.inspected_on if kind.due == "inspection" else (event.published_on or event.inspected_on)
    if not kind.working_days:
        return start
    holidays = bank_holidays_england(start.year) | bank_holidays_england(start.year + 1)
    return add_working_days(start, kind.working_days, bank_holidays=holidays)
