"""Reading casework: every query starts from what the person may know of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from strandline.web.concerns.models import ENDED, Case, CaseDecision, Notice
from strandline.web.people.models import Assignment, User
from strandline.web.people.queries import in_force
from strandline.web.people.roles import LEVELS, Level, Module, Role
from strandline.web.people.scope import Actor

VIEWS: Mapping[str, str] = {"my": "Mine", "team": "My team's", "all": "All open", "closed": "Closed"}
MANAGERS = (Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which list, and what narrows it."""

    view: str = "all"
    kinds: tuple[str, ...] = ()
    text: str = ""


def team_of(by: Actor) -> QuerySet[User]:
    """Those of the service who hold a role that the person holds, here and today."""
    roles = [role.value for role in by.roles]
    held = Assignment.objects.filter(in_force(timezone.localdate()), authority=by.authority, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"))


def view_of(by: Actor, name: str) -> Q:
    """The condition behind a list."""
    return {
        "my": Q(closed_on__isnull=True, officer=by.user.pk),
        "team": Q(closed_on__isnull=True, officer__in=team_of(by).values("pk")),
        "all": Q(closed_on__isnull=True),
        "closed": Q(closed_on__isnull=False),
    }[name]


def cases(*, by: Actor, asked: Asked) -> QuerySet[Case]:
    """The cases of a list with their school, officer and the number of notices in force."""
    rows: QuerySet[Case] = Case.objects.for_actor(by).filter(view_of(by, asked.view))
    if asked.kinds:
        rows = rows.filter(kind__in=asked.kinds)
    if asked.text:
        rows = rows.filter(Q(title__icontains=asked.text) | Q(school__name__icontains=asked.text))
    standing = Count("notices", filter=~Q(notices__state__in=ENDED))
    rows = rows.select_related("school", "officer").annotate(standing=standing)
    return rows.order_by("-opened_on", "-pk")  # counting would drop the model's own order


def totals(*, by: Actor) -> Mapping[str, int]:
    """How many cases each list holds, and how many open ones of each kind. One query."""
    counted = {name: Count("pk", filter=view_of(by, name)) for name in VIEWS}
    kinds = {kind: Count("pk", filter=Q(kind=kind, closed_on__isnull=True)) for kind in ("no_concern", "concern")}
    found: Mapping[str, int] = Case.objects.for_actor(by).order_by().aggregate(**counted, **kinds)
    return found


def notices_issued(*, by: Actor) -> QuerySet[Notice]:
    """The notices that the person may know of, with their school."""
    return Notice.objects.for_actor(by).select_related("case__school").prefetch_related("conditions")


def authorisers(by: Actor) -> QuerySet[User]:
    """Who may authorise a decision: the managers of the service, but for the person who records it."""
    roles = [role.value for role in MANAGERS if LEVELS[role][Module.CONCERNS] is Level.ACTS]
    held = Assignment.objects.filter(in_force(timezone.localdate()), authority=by.authority, role__in=roles)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return people.exclude(pk=by.user.pk).order_by("name", "pk")


def decisions_of(case: Case) -> QuerySet[CaseDecision]:
    """What was decided in a case, the latest first."""
    return case.case_decisions.select_related("recorded_by", "authoriser", "notice")
