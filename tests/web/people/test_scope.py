"""Who reaches what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError

from strandline.web.people.models import Assignment
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import LEVELS, Level, Module, Role, Scope
from strandline.web.people.scope import NOTHING, Actor, schools_in_scope

pytestmark = pytest.mark.django_db


def test_nobody_reaches_no_school() -> None:
    assert schools_in_scope(None) is NOTHING


def test_a_person_without_an_assignment_reaches_nothing(person: Callable) -> None:
    user = person(Role.OFFICER)
    Assignment.objects.filter(user=user).delete()
    actor = actor_for(user)
    assert schools_in_scope(actor) is NOTHING
    assert not any(actor.can(module) for module in Module)


def test_an_assignment_that_has_ended_or_not_begun_gives_nothing(person: Callable) -> None:
    user = person(Role.OFFICER, starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
    assert actor_for(user, on=date(2024, 12, 31)).roles == (Role.OFFICER,)
    assert actor_for(user, on=date(2025, 1, 1)).roles == ()
    assert actor_for(user, on=date(2023, 12, 31)).roles == ()


def test_an_elected_member_reaches_no_school(actor: Callable[..., Actor]) -> None:
    assert schools_in_scope(actor(Role.ELECTED_MEMBER)) is NOTHING


def test_a_permit_narrows_the_reach_to_the_assignments_that_give_it(person: Callable) -> None:
    user = person(Role.OFFICER, scope=Scope.CASELOAD)
    Assignment.objects.create(
        user=user,
        role=Role.GOVERNOR.value,
        authority=850,
        scope="school",
        school_urn=100_009,
        starts_on=date(2024, 1, 1),
    )
    actor = actor_for(user)
    assert len(actor.under((Module.SCHOOLS, Level.SEES)).reaching) == 2
    assert [held.role for held in actor.under((Module.DECISIONS, Level.ACTS)).reaching] == [Role.OFFICER]


def test_a_role_cannot_be_given_a_scope_that_is_not_its_own(person: Callable) -> None:
    with pytest.raises(IntegrityError):
        person(Role.HEAD_TEACHER, scope=Scope.AUTHORITY)


def test_every_role_has_a_level_for_every_module() -> None:
    assert {role: set(row) for role, row in LEVELS.items()} == {role: set(Module) for role in Role}
