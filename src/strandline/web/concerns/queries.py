"""Reading casework: every query starts from what the person may know of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone

from strandline.web.concerns.models import ENDED, Answer, Case, CaseDecision, Kind, Narrative, Notice, State
from strandline.web.people.models import Assignment, User
from strandline.web.people.queries import in_force
from strandline.web.people.roles import LEVELS, Level, Module, Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Watch

VIEWS: Mapping[str, str] = {
    "my": "Mine",
    "team": "My team's",
    "watch": "On my watchlist",
    "all": "All open",
    "closed": "Closed",
}
OPEN: Mapping[str, str] = {
    "late": "Something overdue",
    "mine": "Waits for my answer",
    "decision": "Decision not answered",
    "notice": "Notice not ended",
    "narrative": "Narrative not written",
}
"""What may be open in a case, by which the list is narrowed."""
MANAGERS = (Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER)
TO_BE_FOUND = (State.ISSUED, State.REPRESENTATIONS, State.RUNNING)
"""States in which a notice whose day to comply has passed is overdue: nobody has found whether it is met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which list, and what narrows it."""

    view: str = "all"
    kinds: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Casework in numbers for the front page: overdue in all, overdue of the person's own, to be authorised by them."""

    overdue: int
    mine_overdue: int
    to_authorise: int


def team_of(by: Actor) -> QuerySet[User]:
    """Those of the service who hold a role that the person holds, here and today."""
    roles = [role.value for role in by.roles]
    held = Assignment.objects.filter(in_force(timezone.localdate()), authority=by.authority, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"))


def view_of(by: Actor, name: str) -> Q:
    """The condition behind a list."""
    if name == "closed":
        return Q(closed_on__isnull=False)
    narrower = {
        "my": Q(officer=by.user.pk),
        "team": Q(officer__in=team_of(by).values("pk")),
        "watch": Q(Exists(Watch.objects.for_actor(by).filter(user=by.user.pk, school=OuterRef("school")))),
    }
    return Q(closed_on__isnull=True) & narrower.get(name, Q())


def open_in(by: Actor, name: str, *, on: date) -> Q:
    """The condition that something of a kind is open in a case."""
    waiting = CaseDecision.objects.for_actor(by).filter(case=OuterRef("pk"), answer=Answer.WAITING)
    notices = Notice.objects.for_actor(by).filter(case=OuterRef("pk"))
    late = notices.filter(state__in=TO_BE_FOUND, comply_by__lt=on)
    narratives = Narrative.objects.for_actor(by).filter(case=OuterRef("pk"))
    of_kind = {
        "late": Q(review_by__lt=on) | Q(Exists(late)),
        "mine": Q(Exists(waiting.filter(authoriser=by.user.pk))),
        "decision": Q(Exists(waiting)),
        "notice": Q(Exists(notices.exclude(state__in=ENDED))),
        "narrative": Q(kind=Kind.CONCERN) & ~Q(Exists(narratives)),
    }
    return Q(closed_on__isnull=True) & of_kind[name]


def cases(*, by: Actor, asked: Asked) -> QuerySet[Case]:
    """The cases of a list with school, officer, number of notices not ended, and whether something is overdue."""
    rows: QuerySet[Case] = Case.objects.for_actor(by).filter(view_of(by, asked.view))
    if asked.kinds:
        rows = rows.filter(kind__in=asked.kinds)
    for name in asked.open:
        rows = rows.filter(open_in(by, name, on=timezone.localdate()))
    if asked.text:
        rows = rows.filter(Q(title__icontains=asked.text) | Q(school__name__icontains=asked.text))
    standing = Count("notices", filter=~Q(notices__state__in=ENDED))
    late = ExpressionWrapper(open_in(by, "late", on=timezone.localdate()), output_field=BooleanField())
    rows = rows.select_related("school", "officer").annotate(standing=standing, late=late)
    return rows.order_by("-opened_on", "-pk")  # counting would drop the model's own order


def totals(*, by: Actor, asked: Asked) -> Mapping[str, int]:
    """How many cases each list holds, and of the list asked for how many are of each kind or have something open."""
    today, view = timezone.localdate(), view_of(by, asked.view)
    counted = {f"view_{name}": Count("pk", filter=view_of(by, name)) for name in VIEWS}
    counted |= {f"kind_{kind}": Count("pk", filter=view & Q(kind=kind)) for kind in Kind.values}
    counted |= {f"open_{name}": Count("pk", filter=view & open_in(by, name, on=today)) for name in OPEN}
    found: Mapping[str, int] = Case.objects.for_actor(by).order_by().aggregate(**counted)
    return found


def front_page(*, by: Actor, on: date) -> Totals:
    """What is overdue, and what waits for this person. One query."""
    late = open_in(by, "late", on=on)
    found = (
        Case.objects.for_actor(by)
        .order_by()
        .aggregate(
            overdue=Count("pk", filter=late),
            mine_overdue=Count("pk", filter=late & Q(officer=by.user.pk)),
            to_authorise=Count("pk", filter=open_in(by, "mine", on=on)),
        )
    )
    return Totals(**found)


def notices_issued(*, by: Actor) -> QuerySet[Notice]:
    """The notices that the person may know of, with their school."""
    return Notice.objects.for_actor(by).select_related("case__school").prefetch_related("conditions")


def notices_in_force(*, by: Actor, urn: int) -> QuerySet[Notice]:
    """The notices issued to a school that have not ended, the latest first."""
    rows = Notice.objects.for_actor(by).filter(case__school=urn, issued_on__isnull=False).exclude(state__in=ENDED)
    return rows.order_by("-issued_on", "-pk")


def notices_late(*, by: Actor, on: date) -> QuerySet[Notice]:
    """The notices whose day to comply has passed, and of which nobody has found whether they are met."""
    rows = Notice.objects.for_actor(by).filter(state__in=TO_BE_FOUND, comply_by__lt=on)
    return rows.select_related("case__school").order_by("comply_by", "pk")


def authorisers(by: Actor, *, notice: Notice | None = None) -> QuerySet[User]:
    """Who may authorise a decision: the managers of the service, but for who records it and who drafted the notice."""
    people = managers(by).exclude(pk=by.user.pk)
    return people.exclude(pk=notice.drafted_by_id) if notice else people


def managers(by: Actor) -> QuerySet[User]:
    """The managers of the service in the actor's authority today."""
    roles = [role.value for role in MANAGERS if LEVELS[role][Module.CONCERNS] is Level.ACTS]
    held = Assignment.objects.filter(in_force(timezone.localdate()), authority=by.authority, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def case_owners(by: Actor) -> QuerySet[User]:
    """Who may own a case: the people of the service who act on concerns, not those who only read of them."""
    roles = [role.value for role in Role if LEVELS[role][Module.CONCERNS] is Level.ACTS]
    held = Assignment.objects.filter(in_force(timezone.localdate()), authority=by.authority, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def may_take_back(by: Actor, row: CaseDecision) -> bool:
    """Whether the person may take a waiting decision back: who recorded it, and a manager of the service."""
    if row.answer != Answer.WAITING:
        return False
    return row.recorded_by_id == by.user.pk or managers(by).filter(pk=by.user.pk).exists()


def refusals_of(notice: Notice, about: str) -> QuerySet[CaseDecision]:
    """The decisions about this of a notice that an authoriser refused, the latest first."""
    return notice.case_decisions.filter(about=about, answer=Answer.REFUSED).select_related("authoriser")


def decisions_of(case: Case) -> QuerySet[CaseDecision]:
    """What was decided in a case, the latest first."""
    return case.case_decisions.select_related("recorded_by", "authoriser", "notice")
