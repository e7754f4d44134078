"""Activity by priority, and officer time by core responsibility: what is untagged is counted and named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from strandline.kernel.dates import AcademicYear
from strandline.kernel.errors import StrandlineError
from strandline.runs.priorities import Priority, priorities_of
from strandline.web.decisions import places
from strandline.web.officers.models import PriorityTag, Responsibility, Task, TaskState, Visit
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Intake

NOT_NEEDED = Q(state=TaskState.NOT_NEEDED)
TASK_DAY = Coalesce("settled_on", "due_on")
"""A task counts on the day on which it was done; while it is not, on the day by which it is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Tasks and visits under one priority; `pack` is the strategy, empty for what is not tagged."""

    pack: str
    number: int | None
    title: str
    tasks: int
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """
    Hours under one core responsibility; `tag` empty for what is not tagged.

    `share` is the percentage of all hours of tagged work. Missing: None for untagged work and where no hours are kept.
    """

    tag: str
    title: str
    hours: Decimal
    items: int
    without_hours: int
    share: Decimal | None


def priorities_for(by: Actor) -> tuple[str, tuple[Priority, ...]]:
    """The strategy of the authority's newest run by name, and its priorities; none without a run."""
    rows = Intake.objects.filter(authority=by.authority).order_by("-as_at", "-pk")
    pack = rows.values_list("pack", flat=True).first()
    if not pack:
        return "", ()
    try:
        return pack, priorities_of(places.home(), which=pack)
    except StrandlineError:
        return pack, ()  # the pack is no longer there


def years_of_work(*, by: Actor, on: date) -> list[AcademicYear]:
    """The academic years that have a task or a visit, and that of the day; the latest first."""
    ends = [AcademicYear.containing(on).ends_in]
    for told in (
        Task.objects.for_actor(by).aggregate(first=Min(TASK_DAY), last=Max(TASK_DAY)),
        Visit.objects.for_actor(by).aggregate(first=Min("visited_on"), last=Max("visited_on")),
    ):
        ends += [AcademicYear.containing(day).ends_in for day in told.values() if day]
    return [AcademicYear(end) for end in range(max(ends), min(ends) - 1, -1)]


def activity_by_priority(*, by: Actor, year: AcademicYear | None = None) -> list[Activity]:
    """
    Every priority of the strategy with its tagged tasks and visits, earlier strategies' tags, what is untagged.

    Of one academic year, or of all time.
    """
    pack, known = priorities_for(by)
    tasks_then, visits_then = _tasks(by, year), _visits(by, year)
    rows = PriorityTag.objects.for_actor(by).filter(Q(task__in=tasks_then) | Q(visit__in=visits_then)).order_by()
    counted = rows.values_list("pack", "number", "title").annotate(Count("task"), Count("visit"))
    told = {(name, number, title): (tasks, visits) for name, number, title, tasks, visits in counted}
    wanted = [(pack, each.number, each.title) for each in known]
    wanted += sorted(set(told) - set(wanted))
    made = [
        Activity(
            pack=key[0], number=key[1], title=key[2], tasks=told.get(key, (0, 0))[0], visits=told.get(key, (0, 0))[1]
        )
        for key in wanted
    ]
    tasks = tasks_then.filter(priorities__isnull=True).count()
    visits = visits_then.filter(priorities__isnull=True).count()
    return [*made, Activity(pack="", number=None, title="Not tagged", tasks=tasks, visits=visits)]


def time_by_responsibility(*, by: Actor, year: AcademicYear | None = None) -> list[Time]:
    """The three responsibilities and what is untagged, with hours and the share of the tagged hours."""
    sums: dict[str, list[Decimal]] = {}
    for rows in (_tasks(by, year), _visits(by, year)):
        told = rows.order_by().values_list("responsibility")
        for tag, hours, items, kept in told.annotate(Sum("hours"), Count("pk"), Count("hours")):
            before = sums.setdefault(tag, [Decimal(0), Decimal(0), Decimal(0)])
            sums[tag] = [before[0] + (hours or 0), before[1] + items, before[2] + items - kept]
    whole = sum((told[0] for tag, told in sums.items() if tag), Decimal(0))
    named: Mapping[str, str] = {**dict(Responsibility.choices), "": "Not tagged"}
    return [_time(tag, title, sums.get(tag, [Decimal(0)] * 3), whole=whole) for tag, title in named.items()]


def _tasks(by: Actor, year: AcademicYear | None) -> QuerySet[Task]:
    rows = Task.objects.for_actor(by).exclude(NOT_NEEDED)
    return rows.alias(day=TASK_DAY).filter(day__range=(year.first_day, year.last_day)) if year else rows


def _visits(by: Actor, year: AcademicYear | None) -> QuerySet[Visit]:
    rows = Visit.objects.for_actor(by)
    return rows.filter(visited_on__range=(year.first_day, year.last_day)) if year else rows


def _time(tag: str, title: str, told: list[Decimal], *, whole: Decimal) -> Time:
    share = 100 * told[0] / whole if tag and whole else None
    return Time(tag=tag, title=title, hours=told[0], items=int(told[1]), without_hours=int(told[2]), share=share)
