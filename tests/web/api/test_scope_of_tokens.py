"""A token tells nothing that a person with its role would not be told."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from fakes.permission_rows import Side, desk_models, fill
from fakes.permission_walk import BY_TOKEN, METHODS

from strandline.web.decisions.models import DeskRun
from strandline.web.people.roles import LEVELS, Level, Module, Role
from strandline.web.people.table import Address

LISTS = {
    "/schools": Module.SCHOOLS,
    "/categories": Module.DECISIONS,
    "/decisions": Module.DECISIONS,
    "/runs": Module.RUNS,
    "/totals": Module.AGGREGATES,
}
REACHES = {
    Role.CONSORTIUM_LEAD: {"cluster": "nobody's"},
    Role.TRUST: {"cluster": "T1"},
    Role.DIOCESE: {"cluster": "nobody's"},
}
AT_A_SCHOOL = (Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS, Role.GOVERNOR, Role.EXTERNAL_PROVIDER)


@pytest.mark.parametrize("role", Role)
def test_each_list_opens_as_the_table_of_permissions_says(ask: Callable, desk: object, role: Role) -> None:
    reach = {"school_urn": desk.published[0]} if role in AT_A_SCHOOL else REACHES.get(role, {})
    if any(LEVELS[role][module] and not LEVELS[Role.SERVICE_MANAGER][module] for module in LISTS.values()):
        pytest.fail("the maker of this test reaches too little")
    get = ask(role=role, **reach)
    for path, module in LISTS.items():
        expected = 200 if LEVELS[role][module] >= Level.SEES else 403
        assert get(path).status_code == expected, path


def path_of(each: Address, *, urn: int, number: int) -> str:
    """The address below the API's own, with its arguments filled in."""
    path = each.pattern.removeprefix("/api/v1").replace("<int:urn>", str(urn)).replace("<int:number>", str(number))
    return path.replace("<path:rest>", "nothing/here")


@pytest.mark.parametrize("role", Role)
def test_every_address_answers_every_method_as_the_table_of_permissions_says(
    ask: Callable, desk: object, role: Role
) -> None:
    reach = {"school_urn": desk.published[0]} if role in AT_A_SCHOOL else REACHES.get(role, {})
    reach |= {"cluster": "T1"} if role in REACHES else {}
    answer = ask(role=role, **reach)
    whole = LEVELS[role][Module.RUNS] and DeskRun.objects.get().pk
    wrong = []
    for each in BY_TOKEN:
        for method in METHODS:
            code = answer(path_of(each, urn=desk.published[0], number=whole or 1), method=method).status_code
            if each.permit.module is None:
                expected = {404}
            elif not each.admits(role):
                expected = {403} if method == "get" else {403, 405}
            else:
                expected = {200, 404} if role in (Role.CONSORTIUM_LEAD, Role.DIOCESE) else {200}
                expected = expected if method == "get" else {405}
            if code not in expected:
                wrong.append((method, each.pattern, code))
    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_every_address_of_another_authority_does_not_exist(ask: Callable, desk: object, role: Role) -> None:
    elsewhere = Side(code=991, mark="Elsewhere", urn=7_000_002)
    for model in desk_models():
        fill(model, elsewhere)
    reach = {"school_urn": desk.published[0]} if role in AT_A_SCHOOL else REACHES.get(role, {})
    answer = ask(role=role, **reach)
    for each in BY_TOKEN:
        if "<int:" in each.pattern:
            got = answer(path_of(each, urn=7_000_002, number=7_000_002))
            assert got.status_code == (404 if each.admits(role) else 403), each.pattern
            assert b"Elsewhere" not in got.content


def test_without_a_token_no_address_answers_any_method() -> None:
    for each in BY_TOKEN:
        for method in METHODS:
            path = "/api/v1" + path_of(each, urn=100_001, number=1)
            assert getattr(Client(), method)(path).status_code in (401, 405), (method, path)


def test_a_trust_reads_of_its_own_schools_only(ask: Callable, desk: object) -> None:
    get = ask(role=Role.TRUST, cluster="T1")
    own, beside = desk.published
    assert [row["urn"] for row in get("/schools").json()["items"]] == [own]
    assert [row["urn"] for row in get("/categories").json()["items"]] == [own]
    assert [row["urn"] for row in get("/decisions").json()["items"]] == [own]
    for path in ("/schools", "/categories"):
        assert get(f"{path}/{own}").status_code == 200
        assert get(f"{path}/{beside}").status_code == 404
    assert get("/decisions", {"urn": beside}).json()["count"] == 0
    assert get("/schools", {"q": str(beside)}).json()["count"] == 0


def test_nobody_outside_the_service_reads_what_the_rules_propose(ask: Callable, desk: object) -> None:
    outside = ask(role=Role.BOARD_MEMBER)("/schools", {"per": 500}).json()["items"]
    inside = ask(role=Role.ANALYST)("/schools", {"per": 500}).json()["items"]
    assert len(outside) == len(inside)
    assert {json.dumps(row["proposal"]) for row in outside} == {"null"}
    assert all(row["proposal"] for row in inside)
    waiting = next(row for row in outside if row["urn"] == desk.other)
    assert waiting["category"] is None


def test_an_elected_member_reads_totals_and_no_school(ask: Callable) -> None:
    get = ask(role=Role.ELECTED_MEMBER)
    assert get("/totals").status_code == 200
    assert get("/schools").status_code == 403
    assert get("/decisions").status_code == 403


def test_a_provider_reads_no_category(ask: Callable, desk: object) -> None:
    told = ask(role=Role.EXTERNAL_PROVIDER, school_urn=desk.published[0])
    assert told(f"/schools/{desk.published[0]}").json()["category"] is None
    assert told(f"/categories/{desk.published[0]}").status_code == 403


def test_answers_are_the_same_with_and_without_another_authority(ask: Callable) -> None:
    get = ask(role=Role.SERVICE_MANAGER)
    before = {path: get(path).content for path in LISTS}
    side = Side(code=991, mark="Elsewhere", urn=7_000_002)
    for model in desk_models():
        fill(model, side)
    assert {path: get(path).content for path in LISTS} == before
    for path in ("/schools/7000002", "/categories/7000002", "/runs/7000002"):
        answer = get(path)
        assert answer.status_code == 404
        assert b"Elsewhere" not in answer.content
    assert get("/schools", {"q": "Elsewhere"}).json()["count"] == 0
    assert get("/decisions", {"urn": 7_000_002}).json()["count"] == 0
