"""Lists, counts, searches, maps and exports tell of no school beyond the reach, nor that another authority is there."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction
from fakes.permission_walk import PAGES, Desk, mark_elsewhere, path_of, said, steady, text_of

from strandline.web.people import scope
from strandline.web.people.roles import Role

pytestmark = pytest.mark.django_db
SEARCHED_BY = (Role.OFFICER, Role.TRUST)
SEARCHES = ("?q=school", "?q=Elsewhere", "?q=7000002", "?page=2", "?as_at=2013-09-01", "?sort=-name")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What every page told every role: before another authority had its rows, and after."""

    before: dict[Role, dict[str, str]]
    after: dict[Role, dict[str, str]]


@pytest.fixture(scope="module")
def told(filled: Desk) -> Told:
    before = {role: readings(filled, role) for role in Role}
    with scope.everywhere("the file fills another authority"):
        mark_elsewhere()
    return Told(before=before, after={role: readings(filled, role) for role in Role})


def readings(desk: Desk, role: Role) -> dict[str, str]:
    """Every page that opens for a role, for some with a few searches, without what changes by itself."""
    found = {}
    for each in PAGES:
        if not each.admits(role):
            continue
        path = path_of(each, urn=desk.own_urn, number=0)
        for search in ("", *SEARCHES) if role in SEARCHED_BY else ("",):
            with transaction.atomic():  # an export leaves a row in the audit, which the next reading would show
                answer = desk.clients[role].get(path + search)
                if answer.status_code == 200:
                    found[path + search] = steady(text_of(answer))
                transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("role", Role)
def test_no_page_names_a_school_beyond_the_reach(desk: Desk, told: Told, role: Role) -> None:
    hidden = desk.hidden_from(role)
    named = {path: {name for name in hidden if name in text} for path, text in told.before[role].items()}
    assert {path: names for path, names in named.items() if names} == {}


@pytest.mark.parametrize("role", Role)
def test_no_page_changes_when_another_authority_joins(desk: Desk, told: Told, role: Role) -> None:
    before, after = told.before[role], told.after[role]
    assert {path for path in before if before[path] != after[path]} == set()
    assert before.keys() == after.keys()


def test_the_readings_hold_what_they_are_meant_to_watch(desk: Desk, told: Told) -> None:
    assert desk.own_name in told.before[Role.HEAD_TEACHER]["/schools/"]
    assert any(name in told.before[Role.OFFICER]["/schools/"] for name in desk.others)
    assert any(name in told.before[Role.OFFICER]["/schools/export.csv"] for name in desk.others)
    assert len(told.before[Role.HEAD_OF_SERVICE]) > 30


@pytest.mark.parametrize("role", Role)
def test_an_address_that_leads_nowhere_says_nothing(desk: Desk, role: Role) -> None:
    answer = desk.clients[role].get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert said(answer, *desk.hidden_from(role), "Traceback", "Elsewhere") == set()
