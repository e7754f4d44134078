"""What changed since last week, counted room by room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from strandline.web.concerns.models import Case, Notice
from strandline.web.decisions.models import Challenge, Decision, DeskRun, Kind, Reply
from strandline.web.decisions.models.deciding import SHOWN
from strandline.web.officers.models import InspectionEvent, Task, TaskState
from strandline.web.people.roles import Module
from strandline.web.people.scope import Actor
from strandline.web.strategies.models import Receipt
from strandline.web.triggers.models import Occasion

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How much of each kind since a day; `run_as_at` is the day of the latest run that was taken in since."""

    since: date
    run_as_at: date | None
    published: int
    more_concern: int
    less_concern: int
    overridden: int
    triggers_met: int
    concerns: int
    notices: int
    inspections: int
    replies: int
    challenges: int
    tasks_done: int
    acknowledged: int


def changes(actor: Actor, *, on: date) -> Changes:
    """What changed in the week before a day. A fixed number of queries."""
    since = on - WEEK
    moment = timezone.make_aware(datetime.combine(since, time.min))
    decided = Decision.objects.for_actor(actor).filter(state__in=SHOWN, published_on__gte=since)
    moved = Decision.objects.for_actor(actor).filter(superseded_on__gte=since, superseded_by__isnull=False)
    totals = decided.aggregate(published=Count("pk"), overridden=Count("pk", filter=Q(kind=Kind.OVERRIDDEN)))
    ways = moved.aggregate(
        more_concern=Count("pk", filter=Q(superseded_by__step__gt=F("step"))),
        less_concern=Count("pk", filter=Q(superseded_by__step__lt=F("step"))),
    )
    run = DeskRun.objects.for_actor(actor).filter(made_at__gte=moment).order_by("-made_at").first()
    return Changes(
        since=since,
        run_as_at=run.as_at if run else None,
        **totals,
        **ways,
        triggers_met=_triggers(actor, since=since),
        concerns=_concerns(actor, moment=moment),
        notices=_notices(actor, since=since),
        inspections=_inspections(actor, moment=moment),
        replies=Reply.objects.for_actor(actor).filter(at__gte=moment).count(),
        challenges=Challenge.objects.for_actor(actor).filter(raised_at__gte=moment).count(),
        tasks_done=_done(actor, since=since),
        acknowledged=Receipt.objects.for_actor(actor).filter(acknowledged_at__gte=moment).count(),
    )


def _triggers(actor: Actor, *, since: date) -> int:
    if not actor.can(Module.TRIGGERS):
        return 0
    return Occasion.objects.for_actor(actor).filter(opened=True, known_on__gte=since).count()


def _concerns(actor: Actor, *, moment: datetime) -> int:
    """Concerns by the moment at which they were recorded, whatever day was given for them."""
    if not actor.can(Module.CONCERNS):
        return 0
    return Case.objects.for_actor(actor).filter(concern_noted_at__gte=moment).count()


def _notices(actor: Actor, *, since: date) -> int:
    if not actor.can(Module.CONCERNS):
        return 0
    return Notice.objects.for_actor(actor).filter(issued_on__gte=since).count()


def _inspections(actor: Actor, *, moment: datetime) -> int:
    if not actor.can(Module.OFFICERS):
        return 0
    return InspectionEvent.objects.for_actor(actor).filter(noted_at__gte=moment).count()


def _done(actor: Actor, *, since: date) -> int:
    if not actor.can(Module.OFFICERS):
        return 0
    return Task.objects.for_actor(actor).filter(state=TaskState.DONE, settled_on__gte=since).count()
