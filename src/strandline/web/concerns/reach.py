"""Who sees casework: the service all of it; head teacher and chair of governors what was issued to their school."""

from __future__ import annotations

from dataclasses import replace
from typing import Generic, Self, TypeVar

from django.db import models
from django.db.models import Q

from strandline.web.people.roles import OFFICERS_OF_THE_SERVICE, Role
from strandline.web.people.scope import EVERYWHERE, Actor, ScopedManager, ScopedQuerySet, in_force

SERVICE = OFFICERS_OF_THE_SERVICE | {Role.AUDITOR}
SCHOOL = frozenset({Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS})
Row = TypeVar("Row", bound=models.Model)


def acting_as(actor: Actor | None, roles: frozenset[Role]) -> Actor | None:
    """The same person with only the assignments to these roles."""
    if actor is None:
        return None
    return replace(actor, assignments=tuple(held for held in actor.assignments if held.role in roles))


class CaseworkQuerySet(ScopedQuerySet[Row], Generic[Row]):
    """Rows that only the service sees; where `ISSUED` names the day of issue, the school sees what has one."""

    def for_actor(self, actor: Actor | None) -> Self:
        """The rows that the actor may know of."""
        seen = self._reach(acting_as(actor, SERVICE))
        issued = getattr(self.model, "ISSUED", "")
        if issued:
            seen |= self._reach(acting_as(actor, SCHOOL)) & Q(**{f"{issued}__isnull": False})
        return self.filter(seen)


class CaseworkManager(ScopedManager[Row]):
    """A default manager that gives no casework outside the scope in force."""

    def get_queryset(self) -> CaseworkQuerySet[Row]:
        """The rows of the scope in force."""
        rows: CaseworkQuerySet[Row] = CaseworkQuerySet(self.model, using=self._db)
        scope = in_force()
        if scope is EVERYWHERE:
            return rows
        return rows.for_actor(scope) if isinstance(scope, Actor) else rows.none()

    def for_actor(self, actor: Actor | None) -> CaseworkQuerySet[Row]:
        """The rows that the actor may know of, whatever scope is in force."""
        rows: CaseworkQuerySet[Row] = CaseworkQuerySet(self.model, using=self._db)
        return rows.for_actor(actor)
