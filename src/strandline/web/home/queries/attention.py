"""
Which schools want attention, why, and who is on it: gathered from the rooms that know.

A school stands on the list for a reason that can be said in a sentence. The order is that of the reasons, then of how
many there are; no score is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum

from django.db.models import Max

from strandline.web.concerns import queries as concerns
from strandline.web.concerns.casework import notice_title
from strandline.web.concerns.models import Case
from strandline.web.concerns.models import Kind as CaseKind
from strandline.web.decisions.models import Challenge, Decision, DeskRun, Kind, Proposal, Reply, State
from strandline.web.decisions.models.correspondence import Outcome
from strandline.web.decisions.queries import queue
from strandline.web.decisions.queries.standing import Standing, in_force, standings
from strandline.web.intelligence.models import Item, Weight
from strandline.web.officers.models import Allocation, Task, TaskState
from strandline.web.officers.queries.allocations import running
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School
from strandline.web.triggers.models import WANTED, Entry
from strandline.web.triggers.models import State as TriggerState

ENDS_SOON = timedelta(days=30)
MOST_CONCERN = 3 / 4
"""The part of the strategy's scale of steps above which a category counts as one of most concern."""


class Why(IntEnum):
    """Why a school stands on the list, the most pressing first."""

    TRIGGER_OVERDUE = 1
    NOTICE_OVERDUE = 2
    OVERRIDE_ENDED = 3
    CONCERN_OVERDUE = 4
    TASK_OVERDUE = 5
    CATEGORY = 6
    CONCERN = 7
    PROPOSED = 8
    TRIGGER_OPEN = 9
    CHALLENGED = 10
    REPLIED = 11
    OVERRIDE_ENDS = 12
    HEARD = 13

    @property
    def is_late(self) -> bool:
        """Whether the reason is that something should have been done by now."""
        return self <= Why.TASK_OVERDUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason: what it is about, the day that belongs to it, and the number of the record behind it."""

    why: Why
    about: str = ""
    on: date | None = None
    pk: int | None = None


@dataclass(slots=True, kw_only=True)
class Wanting:
    """A school with its reasons, its category and its named officer. `proposed`: the category is the rules' own."""

    urn: int
    name: str
    reasons: list[Reason] = field(default_factory=list)
    code: str = ""
    label: str = ""
    step: int | None = None
    proposed: bool = False
    officer: str = ""

    @property
    def order(self) -> tuple[int, int, int, str]:
        """The most pressing reason first, then the most reasons, then the category of most concern, then the name."""
        return min(each.why for each in self.reasons), -len(self.reasons), -(self.step or 0), self.name


def attention(actor: Actor, *, on: date, urns: frozenset[int] | None = None) -> tuple[Wanting, ...]:
    """
    The schools that want attention, the most pressing first; `urns` keeps those of a caseload.

    What a role does not see gives no reason. A fixed number of queries.
    """
    found: dict[int, Wanting] = {}
    run = queue.latest_run(actor)
    asked = _Asked(on=on, run=run, concern=_concern(run))
    for urn, name, reason in _reasons(actor, asked, urns=urns):
        found.setdefault(urn, Wanting(urn=urn, name=name)).reasons.append(reason)
    _categorise(actor, found, on=on, run=run)
    _name_officers(actor, found, on=on)
    for each in found.values():
        each.reasons.sort(key=lambda reason: (reason.why, reason.on or date.max))
    return tuple(sorted(found.values(), key=lambda each: each.order))


def schools_of(actor: Actor, urns: frozenset[int], *, on: date) -> tuple[Wanting, ...]:
    """The schools of a caseload, all of them, with their categories: those that want nothing as well."""
    rows = School.objects.for_actor(actor).filter(urn__in=urns).values_list("urn", "name")
    found = {urn: Wanting(urn=urn, name=name) for urn, name in rows}
    _categorise(actor, found, on=on, run=queue.latest_run(actor))
    return tuple(sorted(found.values(), key=lambda each: each.name))


Found = Iterable[tuple[int, str, Reason]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The day, the latest run, and the step above which a category counts as one of most concern."""

    on: date
    run: DeskRun | None
    concern: float


def _concern(run: DeskRun | None) -> float:
    top = run.categories.aggregate(top=Max("step"))["top"] if run else None
    return (top or 0) * MOST_CONCERN


def _reasons(actor: Actor, asked: _Asked, *, urns: frozenset[int] | None) -> Found:
    for sees, rows in (
        (Module.TRIGGERS, _triggers),
        (Module.CONCERNS, _concerns),
        (Module.DECISIONS, _categories),
        (Module.MODERATION, _proposals),
        (Module.MODERATION, _overrides),
        (Module.OFFICERS, _tasks),
        (Module.MODERATION, _written),
        (Module.INTELLIGENCE, _heard),
    ):
        if actor.can(sees):
            for urn, name, reason in rows(actor.under((sees, Level.SEES)), asked):
                if urns is None or urn in urns:
                    yield urn, name, reason


def _triggers(actor: Actor, asked: _Asked) -> Found:
    from strandline.web.triggers.definitions import title_of

    rows = Entry.objects.for_actor(actor).filter(state__in=WANTED).select_related("school")
    for row in rows.only("state", "due_on", "trigger", "school__name"):
        late = row.due_on < asked.on
        if late or row.state == TriggerState.OPEN:
            why = Why.TRIGGER_OVERDUE if late else Why.TRIGGER_OPEN
            yield row.school_id, row.school.name, Reason(why=why, about=title_of(row.trigger), on=row.due_on, pk=row.pk)


def _concerns(actor: Actor, asked: _Asked) -> Found:
    """Open concerns; and notices of which nobody has found whether they are met."""
    rows = Case.objects.for_actor(actor).filter(kind=CaseKind.CONCERN, closed_on__isnull=True).select_related("school")
    for row in rows.only("title", "concern_since", "review_by", "school__name"):
        late = row.review_by is not None and row.review_by < asked.on
        why, day = (Why.CONCERN_OVERDUE, row.review_by) if late else (Why.CONCERN, row.concern_since)
        yield row.school_id, row.school.name, Reason(why=why, about=row.title, on=day, pk=row.pk)
    for notice in concerns.notices_late(by=actor, on=asked.on):
        school, title = notice.case.school, notice_title(notice.power)
        yield school.pk, school.name, Reason(why=Why.NOTICE_OVERDUE, about=title, on=notice.comply_by, pk=notice.pk)


def _categories(actor: Actor, asked: _Asked) -> Found:
    """Published categories at the upper end of the strategy's scale; an ended override counts as the rules say."""
    rows = Decision.objects.for_actor(actor).filter(in_force(asked.on)).select_related("proposal")
    fields = ("kind", "label", "category", "step", "expires_on", "published_on", "school_id")
    mine = ("school_name", "label", "category", "step", "state")
    every = standings(rows.only(*fields, *(f"proposal__{name}" for name in mine)), on=asked.on)
    for each in every:
        if asked.concern and (each.step or 0) > asked.concern:
            decision = each.decision
            reason = Reason(why=Why.CATEGORY, about=each.label, on=decision.published_on, pk=decision.pk)
            yield decision.school_id, decision.proposal.school_name, reason


def _proposals(actor: Actor, asked: _Asked) -> Found:
    """What the rules propose and nobody has settled: categories of most concern only."""
    run = asked.run
    if run is None or not actor.is_of_the_service:
        return
    rows = queue.unsettled(actor, run).filter(step__gt=asked.concern)
    for row in rows.only("school_id", "school_name", "label", "step"):
        yield row.school_id, row.school_name, Reason(why=Why.PROPOSED, about=row.label, on=run.as_at, pk=row.pk)


def _overrides(actor: Actor, asked: _Asked) -> Found:
    rows = Decision.objects.for_actor(actor).filter(
        state=State.PUBLISHED, kind=Kind.OVERRIDDEN, expires_on__lte=asked.on + ENDS_SOON
    )
    for row in rows.select_related("proposal").only("school_id", "expires_on", "label", "proposal__school_name"):
        ended = row.expires_on is not None and row.expires_on < asked.on
        why = Why.OVERRIDE_ENDED if ended else Why.OVERRIDE_ENDS
        yield row.school_id, row.proposal.school_name, Reason(why=why, about=row.label, on=row.expires_on, pk=row.pk)


def _tasks(actor: Actor, asked: _Asked) -> Found:
    rows = Task.objects.for_actor(actor).filter(state=TaskState.OPEN, due_on__lt=asked.on).select_related("school")
    for row in rows.only("title", "due_on", "school__name"):
        yield row.school_id, row.school.name, Reason(why=Why.TASK_OVERDUE, about=row.title, on=row.due_on, pk=row.pk)


def _written(actor: Actor, asked: _Asked) -> Found:
    del asked
    about = ("decision__school_id", "decision__proposal__school_name")
    challenges = Challenge.objects.for_actor(actor).filter(outcome=Outcome.OPEN).values_list(*about, "raised_at", "pk")
    for urn, name, at, pk in challenges:
        yield urn, name, Reason(why=Why.CHALLENGED, on=at.date(), pk=pk)
    replies = Reply.objects.for_actor(actor).filter(answer="").values_list(*about, "at", "pk")
    for urn, name, at, pk in replies:
        yield urn, name, Reason(why=Why.REPLIED, on=at.date(), pk=pk)


def _heard(actor: Actor, asked: _Asked) -> Found:
    from strandline.web.intelligence.kinds import kinds

    rows = Item.objects.for_actor(actor).filter(closed_on__isnull=True, review_by__gte=asked.on, weight=Weight.HEAVY)
    for row in rows.select_related("school").only("kind", "happened_on", "school__name"):
        about = kinds()[row.kind].title if row.kind in kinds() else row.kind
        yield row.school_id, row.school.name, Reason(why=Why.HEARD, about=about, on=row.happened_on, pk=row.pk)


def _categorise(actor: Actor, found: Mapping[int, Wanting], *, on: date, run: DeskRun | None) -> None:
    """Give each school its published category; to the service, the proposed one where none is published."""
    rows = Decision.objects.for_actor(actor).filter(in_force(on), school__in=list(found)).select_related("proposal")
    for standing in standings(rows, on=on):
        _set(found[standing.decision.school_id], standing)
    if not actor.is_of_the_service:
        return
    waiting = [urn for urn, each in found.items() if not each.code]
    proposals = Proposal.objects.for_actor(actor).filter(run=run, school__in=waiting).exclude(category="")
    for urn, code, label, step in proposals.values_list("school_id", "category", "label", "step"):
        each = found[urn]
        each.code, each.label, each.step, each.proposed = code, label, step, True


def _set(school: Wanting, standing: Standing) -> None:
    school.code, school.label, school.step = standing.code, standing.label, standing.step


def _name_officers(actor: Actor, found: Mapping[int, Wanting], *, on: date) -> None:
    if not actor.can(Module.OFFICERS):
        return
    rows = Allocation.objects.for_actor(actor).filter(running(on), school__in=list(found))
    for urn, name in rows.values_list("school_id", "officer__name"):
        found[urn].officer = name
