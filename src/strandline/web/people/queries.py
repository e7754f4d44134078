"""Who a request comes from, and who there is."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from strandline.web.people.models import Assignment, User
from strandline.web.people.roles import Role, Scope
from strandline.web.people.scope import Actor, Held

AUTHORITY_IN_SESSION = "authority"


def in_force(on: date) -> Q:
    """The condition that an assignment is in force on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def actor_of(request: HttpRequest) -> Actor:
    """The person of a request in the authority they have chosen, or the first they have. Cached for the request."""
    known = getattr(request, "_full_actor", None)
    if isinstance(known, Actor):
        return known
    user = request.user
    if not isinstance(user, User):
        raise TypeError("only a person who has signed in acts")
    actor = actor_for(user, authority=request.session.get(AUTHORITY_IN_SESSION), request_id=getattr(request, "id", ""))
    request._full_actor = actor  # type: ignore[attr-defined] # noqa: SLF001 - kept for the request
    return actor


def actor_for(user: User, *, authority: int | None = None, request_id: str = "", on: date | None = None) -> Actor:
    """A person acting in one authority under what is in force on a day, today unless said."""
    day = on or timezone.localdate()
    held = [_held(each) for each in assignments_of(user, on=day)] if user.is_active else []
    held.sort(key=lambda each: list(Role).index(each.role))
    here = authority if any(each.authority == authority for each in held) else None
    chosen = here if here is not None else (held[0].authority if held else 0)
    mine = tuple(each for each in held if each.authority == chosen)
    return Actor(
        user=user,
        authority=chosen,
        assignments=mine,
        organisation=user.organisation.name if user.organisation_id and user.organisation else "",
        request_id=request_id,
        caseload=_caseload(user, authority=chosen, on=day) if _has_caseload(mine) else frozenset(),
    )


def assignments_of(user: User, *, on: date) -> QuerySet[Assignment]:
    """What a person holds on a day, with whom they act for."""
    return Assignment.objects.filter(in_force(on), user=user).select_related("acting_for").order_by("pk")


def _held(row: Assignment) -> Held:
    return Held(
        role=Role(row.role),
        authority=row.authority,
        scope=Scope(row.scope),
        school_urn=row.school_urn,
        cluster=row.cluster,
        acting_for=row.acting_for.name if row.acting_for else "",
    )


def _has_caseload(held: tuple[Held, ...]) -> bool:
    return any(each.scope is Scope.CASELOAD for each in held)


def _caseload(user: User, *, authority: int, on: date) -> frozenset[int]:
    """The schools of an officer on a day, asked of the room that keeps caseloads; none where there is no such room."""
    if not settings.CASELOADS:
        return frozenset()
    urns = import_string(settings.CASELOADS)(user_id=user.pk, authority=authority, on=on)
    return frozenset(int(urn) for urn in urns)
