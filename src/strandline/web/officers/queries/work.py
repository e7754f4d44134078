"""Tasks, visits and inspections: what is due, what is overdue, where nobody was for a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from strandline.web.officers.models import InspectionEvent, Task, TaskState, Visit
from strandline.web.officers.queries.allocations import OPEN, caseload_urns
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTotals:
    """The tasks in numbers, for the front page."""

    due: int
    overdue: int
    mine: int
    mine_overdue: int


def tasks(*, by: Actor, which: str = "open", mine: bool = False, urn: int | None = None) -> QuerySet[Task]:
    """Tasks in reach: `open`, `overdue` or `settled`; `mine` keeps those given to the person or of their caseload."""
    today = timezone.localdate()
    rows = Task.objects.for_actor(by).select_related("school", "assigned_to", "event", "settled_by")
    conditions = {
        "open": Q(state=TaskState.OPEN),
        "overdue": Q(state=TaskState.OPEN, due_on__lt=today),
        "settled": ~Q(state=TaskState.OPEN),
    }
    rows = rows.filter(conditions.get(which, conditions["open"]))
    if mine:
        rows = rows.filter(_mine(by, today=today))
    if urn is not None:
        rows = rows.filter(school=urn)
    return rows.order_by("-settled_on", "-pk") if which == "settled" else rows.order_by("due_on", "school__name", "pk")


def task_totals(*, by: Actor) -> TaskTotals:
    """The tasks in numbers. Two queries."""
    today = timezone.localdate()
    late, mine = Q(due_on__lt=today), _mine(by, today=today)
    rows = Task.objects.for_actor(by).filter(state=TaskState.OPEN)
    return TaskTotals(
        **rows.aggregate(
            due=Count("pk"),
            overdue=Count("pk", filter=late),
            mine=Count("pk", filter=mine),
            mine_overdue=Count("pk", filter=mine & late),
        )
    )


def special_without_visit(*, by: Actor, on: date | None = None) -> QuerySet[School]:
    """The special schools, academies too, that nobody visited in the twelve months to a day (WAR-31)."""
    day = on or timezone.localdate()
    recent = Visit.objects.filter(school=OuterRef("pk"), visited_on__gt=day - YEAR, visited_on__lte=day)
    rows = School.objects.for_actor(by).filter(sector="special", status__in=OPEN).exclude(legal_form="independent")
    return rows.filter(~Exists(recent)).annotate(last_visit=Max("visits__visited_on")).order_by("last_visit", "name")


def visits_of(*, by: Actor, urn: int) -> QuerySet[Visit]:
    """The log of visits to a school, latest first."""
    return Visit.objects.for_actor(by).filter(school=urn).select_related("letter", "recorded_by")


def inspections_of(*, by: Actor, urn: int) -> QuerySet[InspectionEvent]:
    """The inspections of a school that were noted, with their tasks."""
    return InspectionEvent.objects.for_actor(by).filter(school=urn).prefetch_related("tasks")


def _mine(by: Actor, *, today: date) -> Q:
    urns = caseload_urns(user_id=by.user.pk, authority=by.authority, on=today)
    return Q(assigned_to=by.user) | Q(assigned_to__isnull=True, school__in=urns)
