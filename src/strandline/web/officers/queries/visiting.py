"""How visits to schools stand: overdue, planned, none by policy of the strategy, or none planned (WAR-51)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from strandline.kernel.errors import StrandlineError
from strandline.runs.visiting import VisitsGiven, visits_given
from strandline.web.decisions import places
from strandline.web.decisions.queries import standing as categories
from strandline.web.decisions.queries.standing import Standing
from strandline.web.officers.models import Task, TaskState, Visit
from strandline.web.officers.queries.allocations import caseload_urns, schools_of
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

VISIT = "visit"
"""The kind of task that plans a visit."""


class VisitState(StrEnum):
    """How visits to a school stand. No visit by policy is neither overdue nor forgotten."""

    OVERDUE = "overdue"
    PLANNED = "planned"
    NO_VISIT = "no_visit"
    NONE_PLANNED = "none_planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitStanding:
    """
    How visits to one school stand on a day.

    `given` is what the strategy says for its published category; None where there is no category or no such strategy.
    """

    state: VisitState
    due_on: date | None
    last_on: date | None
    category: str
    given: VisitsGiven | None


def schools_to_visit(*, by: Actor, mine: bool = False) -> QuerySet[School]:
    """The open schools in reach, or those of the person's caseload."""
    rows = schools_of(by)
    if mine:
        urns = caseload_urns(user_id=by.user.pk, authority=by.authority, on=timezone.localdate())
        rows = rows.filter(urn__in=urns)
    return rows.order_by("name", "urn")


def visit_standings(*, by: Actor, schools: Iterable[School]) -> Mapping[int, VisitStanding]:
    """How visits to each of the schools stand. Three queries, however many schools."""
    today, rows = timezone.localdate(), {school.urn: school for school in schools}
    planned = Task.objects.for_actor(by).filter(school__in=rows, kind=VISIT, state=TaskState.OPEN).order_by()
    due: Mapping[int, date] = dict(planned.values_list("school").annotate(Min("due_on")))
    seen = Visit.objects.for_actor(by).filter(Q(visited_on__lte=today), school__in=rows).order_by()
    last: Mapping[int, date] = dict(seen.values_list("school").annotate(Max("visited_on")))
    decided = categories.published(by, on=today).filter(school__in=rows)
    placed = {each.decision.school_id: each for each in categories.standings(decided, on=today)}
    return {
        urn: _standing(school, due_on=due.get(urn), last_on=last.get(urn), placed=placed.get(urn), today=today)
        for urn, school in rows.items()
    }


def _standing(
    school: School, *, due_on: date | None, last_on: date | None, placed: Standing | None, today: date
) -> VisitStanding:
    given = _given(school, placed, today=today)
    if due_on is not None:
        state = VisitState.OVERDUE if due_on < today else VisitState.PLANNED
    else:
        state = VisitState.NO_VISIT if given and given.none_by_policy else VisitState.NONE_PLANNED
    category = placed.label if placed else ""
    return VisitStanding(state=state, due_on=due_on, last_on=last_on, category=category, given=given)


def _given(school: School, placed: Standing | None, *, today: date) -> VisitsGiven | None:
    if placed is None or not placed.code:
        return None
    known: dict[str, bool | str] = {
        "special": school.sector == "special",
        "maintained": school.maintained,
        "academy": school.legal_form.startswith(("academy", "free_school", "university_technical", "studio")),
        "legal_form": school.legal_form,
        "sector": school.sector,
    }
    pack = placed.decision.proposal.run.pack
    try:
        return visits_given(places.home(), which=pack, as_at=today, category=placed.code, school={**known})
    except StrandlineError:
        return None  # the pack is no longer there: nothing can be said of its policy
