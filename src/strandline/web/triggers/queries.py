"""Reading the register: every query starts from the actor's schools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from strandline.web.people.scope import Actor
from strandline.web.triggers.models import WANTED, Entry, Occasion, Referral, Scan, State, TriggerDecision

NO_DECISION = (State.OPEN, State.DEFERRED)
STANDINGS: Mapping[str, str] = {
    "overdue": "Overdue",
    "none": "No decision yet",
    "waiting": "Waiting for approval",
    "act": "Act",
    "not_act": "Not act",
    "deferred": "Deferred",
    "ended": "No longer met",
    "ended_undecided": "Ended without a decision",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What narrows the register; empty is everything that is still met."""

    standings: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    text: str = ""
    urn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The register in four numbers, for the front page."""

    no_decision: int
    overdue: int
    waiting: int
    met: int


def standing(name: str, *, on: date) -> Q:
    """The condition behind a standing: overdue and the rest depend on the day."""
    wanting = Q(state=State.OPEN) | Q(state=State.DEFERRED, due_on__lt=on)
    return {
        "overdue": Q(state__in=WANTED, due_on__lt=on),
        "none": wanting,
        "waiting": Q(state=State.WAITING),
        "act": Q(state=State.ACT),
        "not_act": Q(state=State.NOT_ACT),
        "deferred": Q(state=State.DEFERRED, due_on__gte=on),
        "ended": Q(state=State.ENDED),
        "ended_undecided": Q(state=State.ENDED, ended_undecided=True),
    }[name]


def register(*, by: Actor, asked: Asked) -> QuerySet[Entry]:
    """The register, what is most overdue first; two queries, whatever the length."""
    rows = Entry.objects.for_actor(by).select_related("school")
    rows = rows.filter(_narrowed(asked)) if asked.standings else rows.exclude(state=State.ENDED)
    if asked.triggers:
        rows = rows.filter(trigger__in=asked.triggers)
    if asked.urn:
        rows = rows.filter(school=asked.urn)
    if asked.text:
        rows = rows.filter(school__name__icontains=asked.text)
    return rows.prefetch_related(_latest_decisions()).order_by("due_on", "school__name", "pk")


def counts(*, by: Actor) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many entries each standing and each trigger has, for the filters. Two queries."""
    today = timezone.localdate()
    rows = Entry.objects.for_actor(by)
    totals = {name: Count("pk", filter=standing(name, on=today)) for name in STANDINGS}
    per_trigger = rows.exclude(state=State.ENDED).order_by().values_list("trigger").annotate(Count("pk"))
    return rows.aggregate(**totals), dict(per_trigger)


def front_page(*, by: Actor) -> Totals:
    """The register in four numbers: blanks and overdue ones are flagged. One query."""
    today = timezone.localdate()
    return Totals(
        **Entry.objects.for_actor(by).aggregate(
            no_decision=Count("pk", filter=standing("none", on=today)),
            overdue=Count("pk", filter=standing("overdue", on=today)),
            waiting=Count("pk", filter=standing("waiting", on=today)),
            met=Count("pk", filter=~Q(state=State.ENDED)),
        )
    )


def blanks(*, by: Actor, most: int = 10) -> QuerySet[Entry]:
    """The entries without a decision, the most overdue first."""
    rows = Entry.objects.for_actor(by).filter(standing("none", on=timezone.localdate()))
    return rows.select_related("school").order_by("due_on", "school__name")[:most]


def of_school(*, by: Actor, urn: int) -> QuerySet[Entry]:
    """Every trigger that a school meets or met, with its latest decisions."""
    return register(by=by, asked=Asked(urn=urn, standings=tuple(STANDINGS)))


def entry(*, by: Actor, pk: int) -> Entry:
    """One entry with its whole history. Raises: Entry.DoesNotExist outside the scope."""
    occasions = Prefetch("occasions", queryset=Occasion.objects.select_related("intake").order_by("-as_at", "-pk"))
    return (
        Entry.objects.for_actor(by).select_related("school").prefetch_related(occasions, _latest_decisions()).get(pk=pk)
    )


def latest_scans(*, by: Actor) -> list[Scan]:
    """What the newest run that can meet each trigger said of it."""
    found: dict[str, Scan] = {}
    rows = Scan.objects.for_actor(by).select_related("intake").order_by("intake__as_at", "pk")
    for scan in rows:
        found[scan.trigger] = scan
    return list(found.values())


def waiting_for(*, by: Actor) -> QuerySet[TriggerDecision]:
    """The decisions that the person may approve: not their own."""
    rows = TriggerDecision.objects.for_actor(by).filter(stage=TriggerDecision.Stage.PROPOSED)
    return (
        rows.exclude(decided_by=by.user).select_related("entry__school", "decided_by").order_by("entry__due_on", "pk")
    )


def _narrowed(asked: Asked) -> Q:
    today = timezone.localdate()
    whole = Q(pk__in=())
    for name in asked.standings:
        whole |= standing(name, on=today)
    return whole


def _latest_decisions() -> Prefetch[str, QuerySet[TriggerDecision], str]:
    rows = TriggerDecision.objects.select_related("decided_by", "settled_by").order_by("-pk")
    return Prefetch("decisions", queryset=rows)


def referrals(*, by: Actor, which: str = "open", urn: int | None = None) -> QuerySet[Referral]:
    """Letters to regulators in reach: `open` (not sent, or not answered), `overdue`, `answered`, or `all` (HAL-08)."""
    rows = Referral.objects.for_actor(by).select_related("school", "written_by")
    conditions = {
        "open": Q(answered_on__isnull=True),
        "overdue": Q(answered_on__isnull=True, answer_due_on__lt=timezone.localdate()),
        "answered": Q(answered_on__isnull=False),
    }
    rows = rows.filter(conditions.get(which, Q()))
    return rows.filter(school=urn) if urn is not None else rows


def referral_counts(*, by: Actor) -> Mapping[str, int]:
    """How many letters are open and how many answers are overdue. One query."""
    open_ = Q(answered_on__isnull=True)
    late = open_ & Q(answer_due_on__lt=timezone.localdate())
    rows = Referral.objects.for_actor(by)
    return rows.aggregate(
        open=Count("pk", filter=open_), overdue=Count("pk", filter=late), answered=Count("pk", filter=~open_)
    )
