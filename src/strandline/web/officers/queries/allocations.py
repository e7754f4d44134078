"""Named officers, caseloads, and the schools that nobody is named for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from strandline.web.officers.models import Allocation, AllocationState, SchoolReply
from strandline.web.people import scope
from strandline.web.people.models import Assignment, User
from strandline.web.people.queries import in_force
from strandline.web.people.roles import OFFICERS_OF_THE_SERVICE
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

OPEN = ("open", "open_but_proposed_to_close")
NOT_OURS = ("independent", "further_education", "other")
"""Legal forms that the service does not work with: they need no named officer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfficers:
    """What narrows the list of schools and their officers."""

    officer: int | None = None
    nobody: bool = False
    text: str = ""
    on: date | None = None


def running(on: date, *, prefix: str = "") -> Q:
    """The condition that an allocation is confirmed and in force on a day."""
    ends = Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": on})
    return ends & Q(**{f"{prefix}state": AllocationState.CONFIRMED, f"{prefix}starts_on__lte": on})


def caseload_urns(*, user_id: int, authority: int, on: date) -> frozenset[int]:
    """The schools of an officer's caseload on a day: what a scope of caseload reaches."""
    with scope.everywhere("the caseload itself decides what the person reaches"):
        rows = Allocation.objects.filter(running(on), officer=user_id, school__la=authority)
        return frozenset(rows.values_list("school_id", flat=True))


def officer_of(urn: int, *, on: date) -> int | None:
    """The number of the person who is the named officer of a school on a day."""
    return Allocation.objects.filter(running(on), school=urn).values_list("officer_id", flat=True).first()


def allocatable(by: Actor) -> QuerySet[User]:
    """The people of the service in the actor's authority today."""
    roles = [role.value for role in OFFICERS_OF_THE_SERVICE]
    here = Assignment.objects.filter(in_force(timezone.localdate()), authority=by.authority, role__in=roles)
    return User.objects.filter(pk__in=here.values("user"), is_active=True).order_by("name", "pk")


def offered_to(user: User, *, authority: int) -> QuerySet[Allocation]:
    """The allocations that wait for a person's declaration."""
    rows = Allocation.objects.filter(officer=user, state=AllocationState.PROPOSED, school__la=authority)
    return rows.select_related("school", "proposed_by").order_by("starts_on", "school__name")


def schools_of(by: Actor) -> QuerySet[School]:
    """The open schools in reach that want a named officer."""
    return School.objects.for_actor(by).filter(status__in=OPEN).exclude(legal_form__in=NOT_OURS)


def schools_with_officers(*, by: Actor, asked: AskedOfficers) -> QuerySet[School]:
    """Every school with its named officer on a day; `officer_name` and `since` come with it. One query."""
    day = asked.on or timezone.localdate()
    current = Allocation.objects.filter(running(day), school=OuterRef("pk")).order_by("-starts_on")
    proposed = Allocation.objects.filter(school=OuterRef("pk"), state=AllocationState.PROPOSED)
    rows = schools_of(by).annotate(
        officer_id=Subquery(current.values("officer")[:1]),
        officer_name=Subquery(current.values("officer__name")[:1]),
        since=Subquery(current.values("starts_on")[:1]),
        proposed_name=Subquery(proposed.values("officer__name")[:1]),
    )
    if asked.nobody:
        rows = rows.filter(officer_id__isnull=True)
    elif asked.officer:
        rows = rows.filter(officer_id=asked.officer)
    if asked.text:
        rows = rows.filter(name__icontains=asked.text)
    return rows.order_by("name", "urn")


def without_officer(*, by: Actor, on: date | None = None) -> QuerySet[School]:
    """The schools that nobody is named for on a day (WAL-10): empty, or flagged."""
    day = on or timezone.localdate()
    named = Allocation.objects.filter(running(day), school=OuterRef("pk"))
    return schools_of(by).filter(~Exists(named)).order_by("name", "urn")


def uncovered(*, by: Actor) -> int:
    """How many schools nobody is named for today. One query."""
    return without_officer(by=by).count()


def caseloads(*, by: Actor, on: date | None = None) -> list[tuple[User, int]]:
    """Every officer of the service with the number of their schools in reach. Two queries."""
    day = on or timezone.localdate()
    rows = Allocation.objects.for_actor(by).filter(running(day)).order_by()
    counted: Mapping[int, int] = dict(rows.values_list("officer").annotate(Count("pk")))
    people = User.objects.filter(Q(pk__in=counted) | Q(pk__in=allocatable(by).values("pk"))).order_by("name", "pk")
    return [(person, counted.get(person.pk, 0)) for person in people]


def history_of(*, by: Actor, urn: int) -> QuerySet[Allocation]:
    """Every allocation of a school with the replies to it, latest first. Two queries."""
    replies = Prefetch("replies", queryset=SchoolReply.objects.select_related("by"))
    rows = Allocation.objects.for_actor(by).filter(school=urn)
    return rows.select_related("officer", "declaration", "proposed_by").prefetch_related(replies)
