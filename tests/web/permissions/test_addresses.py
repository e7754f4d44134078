"""
Every address, every role, every method, within and beyond the reach: nothing opens that the table does not open.

One desk is filled for the whole file: Sandmouth from an imported run, another authority with one marked row of every
model, and in Sandmouth a school of another trust, diocese and consortium with its own marked rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as desk_settings
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from fakes.permission_rows import Side, desk_models, fill, scoped_models

from strandline.web.people import scope
from strandline.web.people.models import Assignment, User
from strandline.web.people.roles import LEVELS, SCOPES, Module, Role, Scope
from strandline.web.people.table import Address, addresses

pytestmark = pytest.mark.django_db
SANDMOUTH = 990
ELSEWHERE = Side(code=991, mark="Elsewhere", urn=7_000_002)
BESIDE = Side(code=SANDMOUTH, mark="Beside", urn=7_000_003, trust_uid="T2", diocese="D2", consortium="C2")
NARROW = [role for role in Role if SCOPES[role][0] not in (Scope.AUTHORITY, Scope.AGGREGATES)]
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
EVERY_METHOD = (Role.HEAD_OF_SERVICE, Role.HEAD_TEACHER, Role.ELECTED_MEMBER)
SEARCHED_BY = (Role.OFFICER, Role.TRUST)
WORDS = {"section": "inspections", "form": "csv", "format_": "docx", "subject_type": "people.user", "token": "none"}
OUT_OF_REACH = (404, 405)  # 405 says only that no such method exists, for whatever object


@dataclass(kw_only=True)
class Desk:
    """The filled desk: a client for each role, a school of Sandmouth, and the names that nobody there may see."""

    clients: dict[Role, Client]
    own_urn: int
    own_name: str
    hidden: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any, sandmouth_home: Path) -> Iterator[Desk]:
    """Sandmouth with its imported run and a person for each role; all is rolled back afterwards."""
    with django_db_blocker.unblock(), override_settings(RUNS_HOME=sandmouth_home), transaction.atomic():
        with scope.everywhere("the file fills its desk"):
            yield _filled()
        transaction.set_rollback(True)


def _filled() -> Desk:
    from strandline.runs.record import list_runs
    from strandline.web.decisions import actions
    from strandline.web.schools.models import School

    (run,) = list_runs(desk_settings.RUNS_HOME)
    actions.import_run(by=None, run_id=run.run_id)
    own = School.objects.filter(la=SANDMOUTH).order_by("urn").first()
    School.objects.filter(pk=own.pk).update(trust_uid="T1", diocese="D1", consortium="C1")
    clusters = {Scope.TRUST: "T1", Scope.DIOCESE: "D1", Scope.CONSORTIUM: "C1"}
    clients = {}
    for role in Role:
        reach = SCOPES[role][0]
        user = User.objects.create_user(f"{role.value}@sandmouth.example.org", name=role.words)
        Assignment.objects.create(
            user=user,
            role=role.value,
            authority=SANDMOUTH,
            scope=reach.value,
            school_urn=own.urn if reach is Scope.SCHOOL else None,
            cluster=clusters.get(reach, ""),
            starts_on=timezone.localdate(),
        )
        clients[role] = Client(raise_request_exception=True)
        clients[role].force_login(user, backend=desk_settings.AUTHENTICATION_BACKENDS[0])
    others = School.objects.exclude(pk=own.pk).values_list("name", flat=True)
    return Desk(clients=clients, own_urn=own.urn, own_name=own.name, hidden=set(others) - {own.name})


@pytest.fixture
def desk(filled: Desk, db: None) -> Desk:
    """The filled desk, as it was for the test before: each test's own transaction lies within the file's."""
    return filled


@pytest.fixture
def with_elsewhere(desk: Desk) -> Desk:
    """And another authority, with a row of every model."""
    _mark(ELSEWHERE)
    return desk


def _mark(side: Side) -> None:
    side.made.clear()
    for model in desk_models():
        if side is BESIDE and model not in scoped_models():
            continue
        if side is BESIDE and isinstance(model._default_manager, scope.AuthorityManager):
            kept = model._base_manager.filter(**{getattr(model, "AUTHORITY_PATH", "authority"): SANDMOUTH}).first()
            if kept is not None:
                side.made[model] = kept  # one run, one scheme for the authority
    for model in desk_models() if side is ELSEWHERE else scoped_models():
        fill(model, side)


def methods(role: Role) -> tuple[str, ...]:
    """Every method for some roles; for the others those that browsers use, so that the file stays quick."""
    return METHODS if role in EVERY_METHOD else METHODS[:2]


def known(address: Address, *, urn: int, number: int) -> dict[str, Any]:
    """The arguments of an address, naming the objects of one side."""
    import uuid

    values: dict[str, Any] = {**WORDS, "urn": urn, "pk": number, "subject_id": number}
    if "<uuid:pk>" in address.pattern:
        values["pk"] = uuid.UUID(int=number)
    return {name: values.get(name, number) for name in address.arguments}


def path_of(address: Address, **values: Any) -> str:
    """The address with its arguments filled in."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), address.pattern)


OURS = tuple(each for each in addresses() if not each.name.startswith(("account_", "mfa_", "socialaccount_", "openid")))
PAGES = tuple(each for each in OURS if not each.arguments)
OBJECTS = tuple(each for each in OURS if each.arguments)


def test_every_view_says_what_it_asks_for() -> None:
    assert [each.pattern for each in addresses() if each.permit is None] == []


def test_what_is_open_to_everyone_is_a_short_list_with_reasons() -> None:
    open_to_all = {each.name for each in OURS if each.permit.anonymous}
    assert open_to_all <= {"health", "people:accept", "api:docs", "api:openapi", "strategies:public"}
    assert all(each.permit.reason for each in OURS if each.permit.module is None)


def test_somebody_who_has_not_signed_in_is_led_to_the_sign_in_page(with_elsewhere: Desk) -> None:
    client = Client()
    for each in OURS:
        if each.permit.anonymous or each.name.startswith("api"):
            continue
        path = path_of(each, **known(each, urn=with_elsewhere.own_urn, number=7_000_002))
        for method in METHODS:
            answer = getattr(client, method)(path)
            led = answer.status_code == 302 and answer.url.startswith("/account/login/")
            assert led or answer.status_code == 405, (method, path, answer.status_code)


@pytest.mark.parametrize("role", Role)
def test_a_page_opens_exactly_for_the_roles_in_the_table(desk: Desk, role: Role) -> None:
    client = desk.clients[role]
    for each in PAGES:
        if each.permit.anonymous or each.name.startswith("api"):
            continue
        for method in methods(role):
            answer = getattr(client, method)(each.pattern)
            if answer.status_code == 405:
                continue
            if each.admits(role):
                assert answer.status_code < 500, (method, each.pattern)
                assert method != "get" or answer.status_code in (200, 302), (each.pattern, answer.status_code)
            else:
                assert answer.status_code == 403, (method, each.pattern, answer.status_code)


@pytest.mark.parametrize("role", Role)
def test_an_object_of_another_authority_does_not_exist(with_elsewhere: Desk, role: Role) -> None:
    client = with_elsewhere.clients[role]
    for each in OBJECTS:
        if each.permit.anonymous or each.name.startswith("api"):
            continue
        for urn in {7_000_002, with_elsewhere.own_urn} if "urn" in each.arguments else {0}:
            if urn == with_elsewhere.own_urn and set(each.arguments) <= {"urn", *WORDS}:
                continue  # nothing of another authority is named
            path = path_of(each, **known(each, urn=urn, number=7_000_002))
            for method in methods(role):
                answer = getattr(client, method)(path)
                assert answer.status_code in OUT_OF_REACH, (method, path, answer.status_code)
                assert_silent(answer, {"Elsewhere"}, path)


@pytest.mark.parametrize("role", NARROW)
def test_an_object_of_another_school_does_not_exist_for_who_reaches_one(desk: Desk, role: Role) -> None:
    _mark(BESIDE)
    client = desk.clients[role]
    for each in OBJECTS:
        if each.permit.anonymous or each.name.startswith("api") or not each.admits(role):
            continue
        if BY_AUTHORITY.intersection({each.name}):
            continue
        path = path_of(each, **known(each, urn=7_000_003, number=7_000_003))
        for method in methods(role):
            answer = getattr(client, method)(path)
            assert answer.status_code in OUT_OF_REACH, (method, path, answer.status_code)
            assert_silent(answer, {"Beside"}, path)


BY_AUTHORITY: frozenset[str] = frozenset()
"""Addresses of objects that belong to the authority as a whole, which its every school may see."""


@pytest.mark.parametrize("role", Role)
def test_a_role_that_is_off_is_not_told_whether_its_own_school_is_there(desk: Desk, role: Role) -> None:
    client = desk.clients[role]
    for each in OBJECTS:
        if each.permit.module is None or each.admits(role) or each.name.startswith("api"):
            continue
        path = path_of(each, **known(each, urn=desk.own_urn, number=1))
        for method in methods(role):
            answer = getattr(client, method)(path)
            assert answer.status_code in OUT_OF_REACH, (method, path, answer.status_code)


@pytest.mark.parametrize("role", Role)
def test_lists_counts_and_searches_tell_of_no_school_beyond_the_reach(desk: Desk, role: Role) -> None:
    before = readings(desk, role)
    hidden = desk.hidden if role in NARROW else desk.hidden | {desk.own_name} if role is Role.ELECTED_MEMBER else set()
    named = {path: {name for name in hidden if name in text} for path, text in before.items()}
    assert {path: names for path, names in named.items() if names} == {}, "a school beyond the reach is named"
    _mark(ELSEWHERE)
    after = readings(desk, role)
    assert {path for path in before if before[path] != after[path]} == set()


SEARCHES = ("?q=school", "?q=Elsewhere", "?q=7000002", "?page=2", "?as_at=2013-09-01", "?sort=-name")


def readings(desk: Desk, role: Role) -> dict[str, str]:
    """Every page that opens for a role, for some with a few searches, without what changes by itself."""
    client = desk.clients[role]
    found = {}
    for each in PAGES:
        if each.permit.anonymous or each.name.startswith("api") or not each.admits(role):
            continue
        for search in ("", *SEARCHES) if role in SEARCHED_BY else ("",):
            answer = client.get(each.pattern + search)
            if answer.status_code == 200:
                raw = answer.getvalue() if answer.streaming else answer.content
                found[each.pattern + search] = steady(raw.decode("utf-8", errors="replace"))
    return found


CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"|nonce="[^"]*"|\d{1,2}:\d{2}(?::\d{2})?|[0-9a-f]{32}'
)


def steady(text: str) -> str:
    """A page without tokens, keys and times of day."""
    return CHANGING.sub("", text)


def assert_silent(answer: Any, words: set[str], path: str) -> None:
    """An answer names none of the words, but for those that stand in its own address."""
    raw = answer.getvalue() if answer.streaming else answer.content
    text = raw.decode("utf-8", errors="replace")
    assert {word for word in words if word in text} == set(), path


def test_the_table_names_every_role_and_module() -> None:
    from strandline.web.config.documentation import permissions_page

    text = permissions_page()
    assert [role for role in Role if role.words not in text] == []
    assert [each.pattern for each in addresses() if each.pattern not in text.replace("&#124;", "|")] == []
    assert {module for role in Role for module in LEVELS[role]} == set(Module)
