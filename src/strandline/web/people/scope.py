"""
Who acts, and which schools they reach: default deny, narrowed to the permit under which a page was opened.

Two fences: every scoped model's default manager gives no row outside a scope, and beneath it PostgreSQL's row-level
security gives none outside the authority. `acting(actor)` opens both for one person, `everywhere(reason)` for the
desk's own work.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from django.db import models
from django.db.models import Q

from strandline.web.people import fence
from strandline.web.people.roles import LEVELS, OFFICERS_OF_THE_SERVICE, Level, Module, Role, Scope

if TYPE_CHECKING:
    from strandline.web.people.models import User

NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An assignment in force today."""

    role: Role
    authority: int
    scope: Scope
    school_urn: int | None = None
    cluster: str = ""
    acting_for: str = ""

    def gives(self, module: Module, level: Level) -> bool:
        """Whether the role reaches `level` in `module`."""
        return LEVELS[self.role][module] >= level


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person acting now, in one authority, under the assignments in force today."""

    user: User
    authority: int
    assignments: tuple[Held, ...]
    organisation: str = ""
    request_id: str = ""
    key: str = ""  # of the form that was sent: see audit.Submission
    caseload: frozenset[int] = field(default_factory=frozenset)
    wanted: tuple[tuple[Module, Level], ...] = ()

    def can(self, module: Module, level: Level = Level.SEES) -> bool:
        """Whether any assignment reaches `level` in `module`."""
        return any(held.gives(module, level) for held in self.assignments)

    def under(self, *wanted: tuple[Module, Level]) -> Self:
        """The same person, reaching only the schools for which one assignment gives every level wanted."""
        return replace(self, wanted=wanted)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles held, in the order of the list, each once."""
        return tuple(role for role in Role if any(held.role is role for held in self.assignments))

    @property
    def role(self) -> Role | None:
        """The first role held; None where there is none."""
        return self.roles[0] if self.roles else None

    @property
    def acting_for(self) -> str:
        """The organisation on whose behalf the person acts, where that is not their own (WAL-27)."""
        return next((held.acting_for for held in self.assignments if held.acting_for), "")

    @property
    def is_of_the_service(self) -> bool:
        """Whether the person works for the authority's service: sees what is not published yet."""
        return any(role in OFFICERS_OF_THE_SERVICE for role in self.roles)

    @property
    def reaching(self) -> tuple[Held, ...]:
        """The assignments that give every level of the permit in use; all, where no permit narrows."""
        return tuple(held for held in self.assignments if all(held.gives(*each) for each in self.wanted))


def schools_in_scope(actor: Actor | None, *, prefix: str = "") -> Q:
    """
    The condition that a school is within `actor`'s reach, for a queryset with urn, la, trust_uid, diocese, consortium.

    `prefix` goes before each name: `school__` for rows that point at a school. Nobody reaches nothing.
    """
    if actor is None:
        return NOTHING
    whole_authority = Q(**{f"{prefix}la": actor.authority})
    if any(held.scope is Scope.AUTHORITY and held.authority == actor.authority for held in actor.reaching):
        return whole_authority if actor.authority else NOTHING
    reach = [_schools_of(held, actor=actor, prefix=prefix) for held in actor.reaching]
    reach = [each for each in reach if each is not NOTHING]
    if not reach:
        return NOTHING
    whole = Q()
    for each in reach:
        whole |= each
    return whole_authority & whole


_FIELDS = {
    Scope.AUTHORITY: "la",
    Scope.SCHOOL: "urn",
    Scope.CASELOAD: "urn__in",
    Scope.TRUST: "trust_uid",
    Scope.DIOCESE: "diocese",
    Scope.CONSORTIUM: "consortium",
}


def _schools_of(held: Held, *, actor: Actor, prefix: str) -> Q:
    values = {
        Scope.AUTHORITY: held.authority,
        Scope.SCHOOL: held.school_urn,
        Scope.CASELOAD: sorted(actor.caseload),
    }
    value = values.get(held.scope, held.cluster)
    if held.authority != actor.authority or held.scope not in _FIELDS or not value:
        return NOTHING
    return Q(**{f"{prefix}{_FIELDS[held.scope]}": value})


# ------------------------------------------------------------------ the scope in force


class _Everywhere:
    """The desk's own work: imports, migrations, scheduled tasks."""


EVERYWHERE = _Everywhere()
_in_force: ContextVar[Actor | _Everywhere | None] = ContextVar("scope_in_force", default=None)


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Open both fences for one person, and close them again."""
    token = _in_force.set(actor)
    try:
        with fence.opened(str(actor.authority)):
            yield actor
    finally:
        _in_force.reset(token)


@contextmanager
def everywhere(reason: str) -> Iterator[None]:
    """Open both fences for the desk's own work; `reason` stands in the code so that a reader can judge it."""
    if not reason:
        raise ValueError("everywhere() wants a reason")
    token = _in_force.set(EVERYWHERE)
    try:
        with fence.opened(fence.ALL):
            yield
    finally:
        _in_force.reset(token)


def in_force() -> Actor | _Everywhere | None:
    """The scope of this moment; None denies."""
    return _in_force.get()


# ------------------------------------------------------------------ managers

Row = TypeVar("Row", bound=models.Model)


class ScopedQuerySet(models.QuerySet[Row], Generic[Row]):
    """Rows about schools."""

    def _reach(self, actor: Actor | None) -> Q:
        path = getattr(self.model, "SCHOOL_PATH", "")
        if path == "urn":  # a number without a relation: ask the schools
            from strandline.web.schools.models import School

            return Q(
                **{f"{getattr(self.model, 'URN_FIELD', 'urn')}__in": School.objects.for_actor(actor).values("urn")}
            )
        reach = schools_in_scope(actor, prefix=f"{path}__" if path else "")
        if getattr(self.model, "SCHOOL_MAY_BE_EMPTY", False) and actor is not None and actor.reaching:
            reach |= Q(**{f"{path}__isnull": True, "authority": actor.authority})
        return reach

    def for_actor(self, actor: Actor | None) -> Self:
        """The rows within the actor's reach."""
        return self.filter(self._reach(actor))


class ScopedManager(models.Manager[Row]):
    """
    A default manager that gives no row outside the scope in force.

    Declare on the model `SCHOOL_PATH = "school"` (the relation that leads to the school; left out on the
    school itself), or `SCHOOL_PATH = "urn"` and `URN_FIELD = "school_urn"` where only the number is kept.
    With `SCHOOL_MAY_BE_EMPTY = True` a row without a school belongs to the whole of its `authority`.
    """

    def get_queryset(self) -> ScopedQuerySet[Row]:
        """The rows of the scope in force."""
        rows: ScopedQuerySet[Row] = ScopedQuerySet(self.model, using=self._db)
        scope = in_force()
        if scope is EVERYWHERE:
            return rows
        return rows.for_actor(scope) if isinstance(scope, Actor) else rows.none()

    def for_actor(self, actor: Actor | None) -> ScopedQuerySet[Row]:
        """The rows within the actor's reach, whatever scope is in force."""
        rows: ScopedQuerySet[Row] = ScopedQuerySet(self.model, using=self._db)
        return rows.for_actor(actor)


class AuthorityQuerySet(models.QuerySet[Row], Generic[Row]):
    """Rows that belong to an authority as a whole."""

    def for_actor(self, actor: Actor | None) -> Self:
        """The rows of the actor's authority; none for nobody and for a person without an assignment there."""
        if actor is None or not actor.reaching:
            return self.none()
        return self.filter(**{getattr(self.model, "AUTHORITY_PATH", "authority"): actor.authority})


class AuthorityManager(models.Manager[Row]):
    """A default manager for rows of an authority: runs, strategies, lists. `AUTHORITY_PATH` names the field."""

    def get_queryset(self) -> AuthorityQuerySet[Row]:
        """The rows of the scope in force."""
        rows: AuthorityQuerySet[Row] = AuthorityQuerySet(self.model, using=self._db)
        scope = in_force()
        if scope is EVERYWHERE:
            return rows
        return rows.for_actor(scope) if isinstance(scope, Actor) else rows.none()

    def for_actor(self, actor: Actor | None) -> AuthorityQuerySet[Row]:
        """The rows of the actor's authority, whatever scope is in force."""
        rows: AuthorityQuerySet[Row] = AuthorityQuerySet(self.model, using=self._db)
        return rows.for_actor(actor)
