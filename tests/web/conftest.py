"""The desk under test: a database, an open scope for what a test does itself, and one person per role."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from fakes.generated import Generated, generated

from strandline.web.people import scope
from strandline.web.people.models import Assignment, Organisation, OrganisationKind, User
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import SCOPES, Role, Scope
from strandline.web.people.scope import Actor

AUTHORITY = 850
ELSEWHERE = 851
SCHOOL = 100_001
CLUSTERS = {Scope.TRUST: "5001", Scope.DIOCESE: "Diocese of Northwold", Scope.CONSORTIUM: "North"}
Person = Callable[..., User]
ON_POSTGRESQL = "DATABASE_URL" in os.environ
OF_THE_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_report_header() -> str:
    """Say on which database the desk is tested, and what is left out."""
    if ON_POSTGRESQL:
        return "the desk: on PostgreSQL, where only the tests that use the database run; the others hold on any"
    return "the desk: on SQLite"


def uses_the_database(item: pytest.Item) -> bool:
    """Whether a test has the database of these tests."""
    return bool(item.get_closest_marker("django_db") or OF_THE_DATABASE & set(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out the desk's tests that never touch the database: they have run on SQLite."""
    if not ON_POSTGRESQL:
        return
    here = Path(__file__).parent
    left = [each for each in items if each.path.is_relative_to(here) and not uses_the_database(each)]
    gone = set(left)
    items[:] = [each for each in items if each not in gone]
    config.hook.pytest_deselected(items=left)


@pytest.fixture(autouse=True)
def tests_see_everything(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test asks of the database itself is not narrowed; each request narrows for its own person."""
    asks = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if not (asks or request.node.get_closest_marker("django_db")):
        yield
        return
    request.getfixturevalue("_django_db_helper")  # the database first
    with scope.everywhere("a test looks at what was kept"):
        yield


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """The made-up authorities, their official files and a run of each, made once for all workers: only read them."""
    return generated(tmp_path_factory)


@pytest.fixture(scope="session")
def sandmouth_home(made_up: Generated, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the official files of Sandmouth and of another authority, and one run of Sandmouth's strategy."""
    return made_up.with_runs_of({"sefton-2010"}, at=tmp_path_factory.mktemp("sandmouth") / "home")


@pytest.fixture
def council(db: None) -> Organisation:
    """The authority under test."""
    return Organisation.objects.get_or_create(
        kind=OrganisationKind.AUTHORITY, authority=AUTHORITY, defaults={"name": "Northwold Council"}
    )[0]


@pytest.fixture
def person(council: Organisation) -> Person:
    """Makes a person with a role: `person(Role.OFFICER)`, `person(Role.TRUST, cluster="5001")`."""

    def make(
        role: Role,
        *,
        authority: int = AUTHORITY,
        scope: Scope | None = None,
        school_urn: int | None = None,
        cluster: str = "",
        email: str = "",
        starts_on: date = date(2020, 9, 1),
        ends_on: date | None = None,
    ) -> User:
        reach = scope or SCOPES[role][0]
        user = User.objects.create_user(
            email or f"{role.value}.{authority}@example.org", name=role.words, password="tide-line-2026"
        )
        Assignment.objects.create(
            user=user,
            role=role.value,
            authority=authority,
            scope=reach.value,
            school_urn=(school_urn or SCHOOL) if reach is Scope.SCHOOL else None,
            cluster=cluster or CLUSTERS.get(reach, ""),
            starts_on=starts_on,
            ends_on=ends_on,
        )
        return user

    return make


@pytest.fixture
def actor(person: Person) -> Callable[..., Actor]:
    """Makes a person with a role and gives them as an actor, for actions and queries: `actor(Role.OFFICER)`."""
    return lambda role, **reach: actor_for(person(role, **reach))


@pytest.fixture
def as_role(person: Person) -> Callable[..., Client]:
    """A client that has signed in as a new person with a role: `as_role(Role.OFFICER).get("/schools/")`."""

    def sign_in(role: Role, **reach: object) -> Client:
        client = Client()
        client.force_login(person(role, **reach), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
