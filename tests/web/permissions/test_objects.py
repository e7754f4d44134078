"""Every address that names an object, every role, every method: what is beyond the reach does not exist."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes.permission_walk import METHODS, NARROW, NEVER, OBJECTS, OUT_OF_REACH, WORDS, Desk, path_of, said

from strandline.web.people.roles import Role
from strandline.web.people.table import Address

pytestmark = pytest.mark.django_db
ELSEWHERE, BESIDE = 7_000_002, 7_000_003
BY_AUTHORITY: frozenset[str] = frozenset()
"""Addresses of objects that belong to the authority as a whole, which its every school may see."""


def answers(desk: Desk, role: Role, address: Address, *, urn: int, number: int, mark: str) -> Iterator[tuple]:
    """Each method of an address that is not answered as one that does not exist, or that names the other side."""
    path = path_of(address, urn=urn, number=number)
    for method in METHODS:
        sent = ({"version": "1"},) if method == "post" else ()
        answer = getattr(desk.clients[role], method)(path, *sent)
        if answer.status_code not in ((405,) if method in NEVER else OUT_OF_REACH) or said(answer, mark):
            yield method, path, answer.status_code, said(answer, mark)


@pytest.mark.parametrize("role", Role)
def test_an_object_of_another_authority_does_not_exist(desk: Desk, with_elsewhere: Desk, role: Role) -> None:
    wrong = []
    for each in OBJECTS:
        wrong += answers(desk, role, each, urn=ELSEWHERE, number=ELSEWHERE, mark="Elsewhere")
        if "urn" in each.arguments and not set(each.arguments) <= {"urn", *WORDS}:  # their object, under our school
            wrong += answers(desk, role, each, urn=desk.own_urn, number=ELSEWHERE, mark="Elsewhere")
    assert wrong == []


@pytest.mark.parametrize("role", NARROW)
def test_an_object_of_another_school_does_not_exist_for_who_reaches_one(
    desk: Desk, with_beside: Desk, role: Role
) -> None:
    wrong = []
    for each in OBJECTS:
        if each.admits(role) and each.name not in BY_AUTHORITY:
            wrong += answers(desk, role, each, urn=BESIDE, number=BESIDE, mark="Beside")
    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_a_role_that_is_off_is_not_told_whether_its_own_school_is_there(desk: Desk, role: Role) -> None:
    wrong = []
    for each in OBJECTS:
        if not each.admits(role):
            wrong += answers(desk, role, each, urn=desk.own_urn, number=1, mark=desk.own_name)
    assert wrong == []
