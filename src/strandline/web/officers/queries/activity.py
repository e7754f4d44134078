"""Activity by priority, and officer time by core responsibility: what is untagged is counted and named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from strandline.kernel.errors import StrandlineError
from strandline.runs.priorities import Priority, priorities_of
from strandline.web.decisions import places
from strandline.web.officers.models import PriorityTag, Responsibility, Task, TaskState, Visit
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Intake

NOT_NEEDED = Q(state=TaskState.NOT_NEEDED)


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


def activity_by_priority(*, by: Actor) -> list[Activity]:
    """Every priority of the strategy with its tagged tasks and visits, earlier strategies' tags, what is untagged."""
    pack, known = priorities_for(by)
    rows = PriorityTag.objects.for_actor(by).exclude(task__state=TaskState.NOT_NEEDED).order_by()
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
    tasks = Task.objects.for_actor(by).exclude(NOT_NEEDED).filter(priorities__isnull=True).count()
    visits = Visit.objects.for_actor(by).filter(priorities__isnull=True).count()
    return [*made, Activity(pack="", number=None, title="Not tagged", tasks=tasks, visits=visits)]


def time_by_responsibility(*, by: Actor) -> list[Time]:
    """The three responsibilities and what is untagged, with hours and the share of the tagged hours."""
    sums: dict[str, list[Decimal]] = {}
    for rows in (Task.objects.for_actor(by).exclude(NOT_NEEDED), Visit.objects.for_actor(by)):
        told = rows.order_by().values_list("responsibility")
        for tag, hours, items, kept in told.annotate(Sum("hours"), Count("pk"), Count("hours")):
            before = sums.setdefault(tag, [Decimal(0), Decimal(0), Decimal(0)])
            sums[tag] = [before[0] + (hours or 0), before[1] + items, before[2] + items - kept]
    whole = sum((told[0] for tag, told in sums.items() if tag), Decimal(0))
    named: Mapping[str, str] = {**dict(Responsibility.choices), "": "Not tagged"}
    return [_time(tag, title, sums.get(tag, [Decimal(0)] * 3), whole=whole) for tag, title in named.items()]


def _time(tag: str, title: str, told: list[Decimal], *, whole: Decimal) -> Time:
    share = 100 * told[0] / whole if tag and whole else None
    return Time(tag=tag, title=title, hours=told[0], items=int(told[1]), without_hours=int(told[2]), share=share)
