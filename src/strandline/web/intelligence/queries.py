"""Reading local intelligence: every query, count and search starts from what the person may know of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from strandline.web.intelligence.feeding import Declared, JudgementInput, inputs_from
from strandline.web.intelligence.kinds import kinds
from strandline.web.intelligence.models import Item
from strandline.web.intelligence.reach import Sharing
from strandline.web.people import scope
from strandline.web.people.scope import Actor

STANDINGS: Mapping[str, str] = {"in_use": "In use", "aged": "To be reviewed", "closed": "Closed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What narrows the list; empty is everything that is not closed."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    subject_access: bool = False
    urn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the person may know of, in numbers."""

    in_use: int
    to_review: int


def standing(name: str, *, on: date) -> Q:
    """The condition behind a standing."""
    return {
        "in_use": Q(closed_on__isnull=True, review_by__gte=on),
        "aged": Q(closed_on__isnull=True, review_by__lt=on),
        "closed": Q(closed_on__isnull=False),
    }[name]


def items(*, by: Actor, asked: Asked) -> QuerySet[Item]:
    """The items that the person may know of, the newest first. One query."""
    today = timezone.localdate()
    rows: QuerySet[Item] = Item.objects.for_actor(by).select_related("school", "written_by")
    if asked.standings:
        whole = Q(pk__in=())
        for name in asked.standings:
            whole |= standing(name, on=today)
        rows = rows.filter(whole)
    else:
        rows = rows.filter(closed_on__isnull=True)
    if asked.kinds:
        rows = rows.filter(kind__in=asked.kinds)
    if asked.levels:
        rows = rows.filter(sharing__in=asked.levels)
    if asked.subject_access:
        rows = rows.filter(subject_access=True)
    if asked.urn is not None:
        rows = rows.filter(school=asked.urn)
    if asked.text:
        rows = rows.filter(
            Q(text__icontains=asked.text) | Q(school__name__icontains=asked.text) | Q(source__icontains=asked.text)
        )
    return rows.order_by("-happened_on", "-pk")


def counts(*, by: Actor) -> tuple[Mapping[str, int], Mapping[str, int], Mapping[int, int]]:
    """How many items each standing, kind and level has, of those that the person may know of. Three queries."""
    today = timezone.localdate()
    rows = Item.objects.for_actor(by)
    by_standing = rows.aggregate(**{name: Count("pk", filter=standing(name, on=today)) for name in STANDINGS})
    open_rows = rows.filter(closed_on__isnull=True).order_by()
    by_kind = dict(open_rows.values_list("kind").annotate(Count("pk")))
    by_level = dict(open_rows.values_list("sharing").annotate(Count("pk")))
    return by_standing, by_kind, by_level


def of_school(*, by: Actor, urn: int) -> QuerySet[Item]:
    """What the person may know of one school that is not closed."""
    return items(by=by, asked=Asked(urn=urn))


def outside_findings(*, by: Actor) -> QuerySet[Item]:
    """What inspections and peer reviews found and nobody has closed, the oldest first. One query."""
    found = [each.key for each in kinds().values() if each.outside]
    rows = Item.objects.for_actor(by).filter(kind__in=found, closed_on__isnull=True)
    return rows.select_related("school").order_by("happened_on", "pk")


def totals(*, by: Actor) -> Totals:
    """What the person may know of, in numbers, for the front page. One query."""
    today = timezone.localdate()
    return Totals(
        **Item.objects.for_actor(by).aggregate(
            in_use=Count("pk", filter=standing("in_use", on=today)),
            to_review=Count("pk", filter=standing("aged", on=today)),
        )
    )


def judgement_inputs(
    *, authority: int, declared: Declared, on: date | None = None, urn: int | None = None
) -> tuple[JudgementInput, ...]:
    """
    What the authority's items say on judgements that a pack declares: rows for a run as at a day, whoever asks for it.

    Counted are the items that were recorded by the day, not yet closed and not aged out on it. Items of the team are
    left out. The reason tells no more than that there is local intelligence. Of several on one matter the newest
    counts.
    """
    day = on or timezone.localdate()
    with scope.everywhere("a run counts what the service holds, whoever asks for it"):
        rows = Item.objects.filter(_counting(day), school__la=authority)
        if urn is not None:
            rows = rows.filter(school=urn)
        return inputs_from(rows.order_by("school_id", "happened_on", "pk"), declared=declared, on=day)


def _counting(day: date) -> Q:
    """The condition that an item was in use on a day and may bear on a judgement that the school reads."""
    in_use = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    known = Q(happened_on__lte=day, written_at__date__lte=day, review_by__gte=day)
    return in_use & known & Q(sharing__gte=Sharing.SERVICE)
