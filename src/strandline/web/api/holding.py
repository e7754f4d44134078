"""Whether somebody may hand on a reach: never more than they have."""

from __future__ import annotations

from strandline.web.people.roles import OFFICERS_OF_THE_SERVICE, SCOPES, Level, Module, Role, Scope
from strandline.web.people.scope import Actor, Held

READ = (Module.SCHOOLS, Module.RESULTS, Module.DECISIONS, Module.RUNS, Module.AGGREGATES)
"""The modules that the API reads."""


def may_hand_on(maker: Actor, wanted: Held) -> bool:
    """Whether one of the maker's assignments that opens the API reaches at least as far as `wanted`."""
    opening = (held for held in maker.assignments if held.gives(Module.API, Level.ACTS))
    return any(_reaches_as_far(held, wanted) for held in opening)


def roles_to_hand_on(maker: Actor) -> tuple[Role, ...]:
    """The roles that a maker is offered for a token: their own first, then those outside the service within reach."""
    own = [role for role in maker.roles if _may_hand_on(maker, role)]
    outside = (role for role in Role if role not in OFFICERS_OF_THE_SERVICE and role not in own)
    return (*own, *(role for role in outside if _may_hand_on(maker, role)))


def _may_hand_on(maker: Actor, role: Role) -> bool:
    """Whether the maker may hand on the role in any of its scopes."""
    return any(may_hand_on(maker, Held(role=role, authority=maker.authority, scope=each)) for each in SCOPES[role])


def _reaches_as_far(held: Held, wanted: Held) -> bool:
    if held.authority != wanted.authority:
        return False
    if wanted.role in OFFICERS_OF_THE_SERVICE and held.role not in OFFICERS_OF_THE_SERVICE:
        return False
    if any(wanted.gives(module, Level.SEES) and not held.gives(module, Level.SEES) for module in READ):
        return False
    if held.scope is Scope.AUTHORITY:
        return wanted.scope is not Scope.CASELOAD  # a caseload is one's own
    return (held.scope, held.school_urn, held.cluster) == (wanted.scope, wanted.school_urn, wanted.cluster)
