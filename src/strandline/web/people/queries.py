"""Who a request comes from, and who there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from strandline.web.people.models import Assignment, Invitation, Organisation, OrganisationKind, User
from strandline.web.people.reach import Wanted
from strandline.web.people.roles import Module, Role, Scope
from strandline.web.people.scope import Actor, Held

AUTHORITY_IN_SESSION = "authority"
KEY_FIELD = "form_key"


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
    actor = actor_for(
        user,
        authority=request.session.get(AUTHORITY_IN_SESSION),
        request_id=getattr(request, "id", ""),
        key=form_key(request),
    )
    request._full_actor = actor  # type: ignore[attr-defined] # noqa: SLF001 - kept for the request
    return actor


def form_key(request: HttpRequest) -> str:
    """The key that stood hidden in the form that was sent; empty where there is none."""
    if request.method != "POST":
        return ""
    try:
        return str(UUID(request.POST.get(KEY_FIELD, "")))
    except ValueError:
        return ""


def actor_for(
    user: User, *, authority: int | None = None, request_id: str = "", key: str = "", on: date | None = None
) -> Actor:
    """A person acting in one authority under what is in force on a day, today unless said."""
    day = on or timezone.localdate()
    rows = _rows_of(user, on=day) if user.is_active else []
    held = [_held(each) for each in rows]
    held.sort(key=lambda each: list(Role).index(each.role))
    here = authority if any(each.authority == authority for each in held) else None
    chosen = here if here is not None else (held[0].authority if held else 0)
    mine = tuple(each for each in held if each.authority == chosen)
    return Actor(
        user=user,
        authority=chosen,
        assignments=mine,
        organisation=_works_for(user, rows),
        request_id=request_id,
        key=key,
        caseload=_caseload(user, authority=chosen, on=day) if _has_caseload(mine) else frozenset(),
    )


def _works_for(user: User, rows: Sequence[Mapping[str, Any]]) -> str:
    """The name of a person's own organisation."""
    if rows:
        return str(rows[0]["user__organisation__name"] or "")
    return user.organisation.name if user.organisation_id and user.organisation else ""


def assignments_of(user: User, *, on: date) -> QuerySet[Assignment]:
    """What a person holds on a day, with whom they act for."""
    return Assignment.objects.filter(in_force(on), user=user).select_related("acting_for").order_by("pk")


def _rows_of(user: User, *, on: date) -> list[Mapping[str, Any]]:
    """What every page asks first: what a person holds on a day, with the names of both organisations."""
    asked = ("role", "authority", "scope", "school_urn", "cluster", "acting_for__name", "user__organisation__name")
    return list(Assignment.objects.filter(in_force(on), user=user).order_by("pk").values(*asked))


def _held(row: Mapping[str, Any]) -> Held:
    return Held(
        role=Role(row["role"]),
        authority=row["authority"],
        scope=Scope(row["scope"]),
        school_urn=row["school_urn"],
        cluster=row["cluster"],
        acting_for=row["acting_for__name"] or "",
    )


def _has_caseload(held: tuple[Held, ...]) -> bool:
    return any(each.scope is Scope.CASELOAD for each in held)


def _caseload(user: User, *, authority: int, on: date) -> frozenset[int]:
    """The schools of an officer on a day, asked of the room that keeps caseloads; none where there is no such room."""
    if not settings.CASELOADS:
        return frozenset()
    urns = import_string(settings.CASELOADS)(user_id=user.pk, authority=authority, on=on)
    return frozenset(int(urn) for urn in urns)


def people_of(actor: Actor) -> QuerySet[User]:
    """The people of the actor's authority: whoever holds or held anything there."""
    if not actor.can(Module.PEOPLE):
        return User.objects.none()
    here = Assignment.objects.filter(authority=actor.authority).values("user")
    return User.objects.filter(pk__in=here).select_related("organisation").order_by("name", "pk")


def listed_people(actor: Actor, *, text: str = "", role: str = "") -> QuerySet[User]:
    """The list of people with what they hold and held here. Three queries, whatever the length."""
    here = Assignment.objects.filter(authority=actor.authority).select_related("acting_for").order_by("-starts_on")
    found = people_of(actor).prefetch_related(Prefetch("assignments", queryset=here, to_attr="here"))
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if role:
        today = Assignment.objects.filter(in_force(timezone.localdate()), authority=actor.authority, role=role)
        found = found.filter(pk__in=today.values("user"))
    return found


def assignments_in(actor: Actor) -> QuerySet[Assignment]:
    """Every assignment of the actor's authority."""
    return Assignment.objects.filter(authority=actor.authority).select_related("user", "acting_for")


def open_invitations(actor: Actor) -> QuerySet[Invitation]:
    """The invitations of the actor's authority that nobody has taken up."""
    rows = _waiting().filter(authority=actor.authority)
    return rows.select_related("organisation").order_by("-invited_at")


def invitations_of(email: str, *, role: Role, authority: int) -> QuerySet[Invitation]:
    """The invitations of one person to one role that nobody has taken up."""
    return _waiting().filter(email__iexact=email.strip(), role=role.value, authority=authority).order_by("pk")


def holds(email: str, *, role: Role, authority: int) -> bool:
    """Whether a person with that address, who may sign in, holds a role today."""
    held = Assignment.objects.filter(in_force(timezone.localdate()), role=role.value, authority=authority)
    return held.filter(user__email__iexact=email.strip(), user__is_active=True).exists()


def _waiting() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gte=timezone.now())


def authorities_of(user: User) -> list[tuple[int, str]]:
    """The authorities in which a person holds something today, with their names."""
    codes = sorted({row.authority for row in assignments_of(user, on=timezone.localdate())})
    councils = Organisation.objects.filter(kind=OrganisationKind.AUTHORITY, authority__in=codes)
    names = dict(councils.values_list("authority", "name"))
    return [(code, names.get(code, f"Authority {code}")) for code in codes]


def organisations(*, authority: int) -> QuerySet[Organisation]:
    """An authority's council, and whom its people and its guests work for, by name; nobody else's."""
    people = User.objects.filter(assignments__authority=authority).values("organisation")
    guests = Invitation.objects.filter(authority=authority).values("organisation")
    council = Q(kind=OrganisationKind.AUTHORITY, authority=authority)
    return Organisation.objects.filter(council | Q(pk__in=people) | Q(pk__in=guests)).order_by("name")


CLUSTER_FIELDS = {Scope.TRUST: "trust_uid", Scope.DIOCESE: "diocese", Scope.CONSORTIUM: "consortium"}


def as_registered(wanted: Wanted, *, authority: int) -> str:
    """A trust, diocese or consortium as its schools have it, however its letters were typed."""
    field = CLUSTER_FIELDS.get(wanted.settled_scope)
    if field is None or not wanted.cluster:
        return wanted.cluster
    school = apps.get_model("schools", "School")
    alike = school.objects.filter(la=authority, **{f"{field}__iexact": wanted.cluster})
    return str(alike.order_by(field).values_list(field, flat=True).first() or wanted.cluster)


def reach_without_school(wanted: Wanted, *, authority: int) -> dict[str, str]:
    """What is wrong, by field, with a reach that names a school or a group of schools that is not there."""
    schools = apps.get_model("schools", "School").objects.filter(la=authority)
    scope = wanted.settled_scope
    if scope is Scope.SCHOOL and not schools.filter(urn=wanted.school_urn or 0).exists():
        return {"school_urn": f"No school of this authority has the URN {wanted.school_urn}"}
    field = CLUSTER_FIELDS.get(scope)
    if field is not None and not schools.filter(**{field: wanted.cluster}).exists():
        named = "number" if scope is Scope.TRUST else "name"
        return {"cluster": f"No school of this authority has a {scope.value} of the {named} “{wanted.cluster}”"}
    return {}
