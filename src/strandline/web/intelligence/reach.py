"""
Who may know of an item: the one condition under which any query, count, search or export sees it.

The levels widen: the team of the school, the service, the school itself, everybody with the module. A person's place on
that ladder depends on the role under which they reach the school.
"""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum

from django.db.models import Q
from django.utils import timezone

from strandline.web.people.roles import Level, Module, Role
from strandline.web.people.scope import NOTHING, Actor, Held, schools_in_scope


class Sharing(IntEnum):
    """How far an item is shared; each level reaches all of those before it and more."""

    TEAM = 1
    SERVICE = 2
    SCHOOL = 3
    MODULE = 4

    @property
    def words(self) -> str:
        """The level as people choose it."""
        return {
            1: "The school's team: its named officer, whoever wrote it, and the managers",
            2: "The service: every officer who works with the school",
            3: "The school can see it: its head teacher and chair of governors",
            4: "Everybody with this module who reaches the school",
        }[self.value]

    @property
    def short(self) -> str:
        """The level in a table."""
        return {1: "Team", 2: "Service", 3: "School can see", 4: "All with the module"}[self.value]


MANAGERS = frozenset({Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER})
OF_THE_SCHOOL = frozenset({Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS})


def seen_by(actor: Actor | None) -> Q:
    """The items that a person may know of. Nobody, and nobody without the module, knows of any."""
    if actor is None:
        return NOTHING
    whole: Q | None = None
    for held in actor.reaching:
        condition = _seen_as(held, actor)
        if condition is not None:
            whole = condition if whole is None else whole | condition
    return NOTHING if whole is None else whole


def _seen_as(held: Held, actor: Actor) -> Q | None:
    if not held.gives(Module.INTELLIGENCE, Level.SEES):
        return None
    schools = schools_in_scope(replace(actor, assignments=(held,), wanted=()), prefix="school__")
    if held.role in MANAGERS:
        return schools & Q(sharing__gte=Sharing.TEAM)
    if held.gives(Module.INTELLIGENCE, Level.ACTS):
        return schools & (Q(sharing__gte=Sharing.SERVICE) | (Q(sharing=Sharing.TEAM) & _of_the_team(actor)))
    lowest = Sharing.SCHOOL if held.role in OF_THE_SCHOOL else Sharing.MODULE
    return schools & Q(sharing__gte=lowest)


def _of_the_team(actor: Actor) -> Q:
    """The person wrote it, or is the school's named officer today."""
    from strandline.web.officers.queries import caseload_urns

    urns = caseload_urns(user_id=actor.user.pk, authority=actor.authority, on=timezone.localdate())
    return Q(written_by=actor.user.pk) | Q(school__in=sorted(urns))
