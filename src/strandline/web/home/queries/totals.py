"""What waits and what is overdue, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from strandline.web.concerns import queries as concerns
from strandline.web.decisions.models import Scheme
from strandline.web.decisions.queries import queue
from strandline.web.decisions.queries.queue import Waiting
from strandline.web.intelligence import queries as intelligence
from strandline.web.officers import queries as officers
from strandline.web.officers.models import Allocation, Task, TaskState
from strandline.web.officers.queries import TaskTotals
from strandline.web.officers.queries.allocations import running
from strandline.web.people.roles import Module
from strandline.web.people.scope import Actor
from strandline.web.strategies import queries as strategies
from strandline.web.strategies.queries import Share
from strandline.web.triggers import queries as triggers


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Everything that a person of the service is shown in numbers; None where the role does not see it."""

    scheme: Scheme | None
    waiting: Waiting
    triggers: triggers.Totals | None
    tasks: TaskTotals | None
    concerns: concerns.Totals | None
    without_officer: int
    to_review: int
    share: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """An officer, the schools that they are named for, and their tasks that are overdue."""

    name: str
    schools: int
    overdue: int


def totals(actor: Actor, *, on: date) -> Totals:
    """What waits and what is overdue. A fixed number of queries."""
    run = queue.latest_run(actor)
    return Totals(
        scheme=queue.adopted(actor),
        waiting=queue.waiting(actor, run, on=on),
        triggers=triggers.front_page(by=actor) if actor.can(Module.TRIGGERS) else None,
        tasks=officers.task_totals(by=actor) if actor.can(Module.OFFICERS) else None,
        concerns=concerns.front_page(by=actor, on=on) if actor.can(Module.CONCERNS) else None,
        without_officer=officers.uncovered(by=actor) if actor.can(Module.OFFICERS) else 0,
        to_review=intelligence.totals(by=actor).to_review if actor.can(Module.INTELLIGENCE) else 0,
        share=strategies.acknowledged_share(actor) if actor.can(Module.PUBLICATION) else None,
    )


def caseloads(actor: Actor, *, on: date) -> tuple[Caseload, ...]:
    """The officers with their schools and overdue tasks, the most overdue first. Three queries."""
    late = Q(state=TaskState.OPEN, due_on__lt=on)
    named = Allocation.objects.for_actor(actor).filter(running(on))
    school_of = dict(named.values_list("school_id", "officer_id"))
    overdue: dict[int, int] = {}
    rows_late = Task.objects.for_actor(actor).filter(late).order_by()
    for urn, person, number in rows_late.values_list("school_id", "assigned_to").annotate(Count("pk")):
        whose = person or school_of.get(urn)
        if whose is not None:
            overdue[whose] = overdue.get(whose, 0) + number
    rows = [
        Caseload(name=person.name, schools=schools, overdue=overdue.get(person.pk, 0))
        for person, schools in officers.caseloads(by=actor, on=on)
    ]
    return tuple(sorted(rows, key=lambda each: (-each.overdue, -each.schools, each.name)))
