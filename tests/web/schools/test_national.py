"""
All of England on one desk, and one authority alone, on the real files.

Every school of Ofsted's management information gets its place on the desk of its authority; a person works in one
authority at a time and changes between those in which they hold something.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strandline.runs import data
from strandline.runs.proposals import run
from strandline.runs.record import Run
from strandline.web.decisions.actions import import_run
from strandline.web.decisions.models import DeskRun, Proposal
from strandline.web.people.models import Assignment, User
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import Role, Scope
from strandline.web.schools.models import Intake, Line, School, Snapshot
from strandline.web.triggers.models import Scan

pytestmark = [pytest.mark.official_data, pytest.mark.national]

FILES = (
    "inspections/state_funded_as_at_2025-08-31.csv",
    "2024-2025/england_census.csv",
)
HAMPSHIRE, WARWICKSHIRE, BRACKNELL_FOREST = 850, 937, 867
PAGES = ("/", "/schools/?per=200", "/schools/?q=primary", "/schools/map/", "/triggers/", "/decisions/")
SENT = ("/", "/schools/?per=200")


@pytest.fixture(scope="module")
def official_home(official_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with the management information of all England and what else lists show."""
    home = tmp_path_factory.mktemp("england")
    data.add(home, paths=[official_data / name for name in FILES], part=True)
    yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def england(official_home: Path) -> Run:
    """All of England under the national strategy."""
    return _run(official_home, "all")


def _run(home: Path, authority: str) -> Run:
    return run(home, pack="england-2026", as_at=date(2025, 10, 1), authority=authority)


@pytest.fixture
def analyst(person: Callable[..., User]) -> User:
    """One person who works for three authorities."""
    user = person(Role.HEAD_OF_SERVICE, authority=HAMPSHIRE)
    for authority in (WARWICKSHIRE, BRACKNELL_FOREST):
        Assignment.objects.create(
            user=user,
            role=Role.HEAD_OF_SERVICE.value,
            authority=authority,
            scope=Scope.AUTHORITY.value,
            starts_on="2020-09-01",
        )
    return user


def signed_in(user: User, *, authority: int) -> Client:
    """The person, working in one of their authorities."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["authority"] = authority
    session.save()
    return client


def queries(client: Client, page: str) -> int:
    """How many queries a page runs once it is warm."""
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as told:
        assert client.get(page).status_code == 200
    return len(told)


def test_all_of_england_stands_on_one_desk_each_school_with_its_authority(
    england: Run, official_home: Path, analyst: User, settings: Any
) -> None:
    settings.RUNS_HOME = official_home
    mine = import_run(by=actor_for(analyst, authority=HAMPSHIRE), run_id=england.run_id)
    assert [each.authority for each in mine] == [HAMPSHIRE], "a person takes in their own authority alone"
    assert set(Line.objects.values_list("la", flat=True)) == {HAMPSHIRE}

    made = import_run(by=None, run_id=england.run_id)
    assert len(made) == Intake.objects.count() == DeskRun.objects.count() == 153
    assert sum(each.schools for each in made) == Proposal.objects.count() == 21_990
    assert School.objects.count() == Line.objects.count() == Snapshot.objects.count() == 21_990
    assert Proposal.objects.exclude(category="").count() == england.manifest.counts["decided"]
    assert set(Scan.objects.values_list("authority", flat=True)) == {each.authority for each in made}
    assert import_run(by=None, run_id=england.run_id) == made, "a second time changes nothing"

    small, large = (signed_in(analyst, authority=each) for each in (BRACKNELL_FOREST, HAMPSHIRE))
    assert Line.objects.filter(la=BRACKNELL_FOREST).count() < 40
    assert Line.objects.filter(la=HAMPSHIRE).count() > 500
    for page in PAGES:
        assert large.get(page).status_code == 200, page
    for page in SENT:
        assert queries(small, page) == queries(large, page), page
    schools = [School.objects.filter(la=each).order_by("urn")[0].urn for each in (BRACKNELL_FOREST, HAMPSHIRE)]
    assert queries(small, f"/schools/{schools[0]}/") == queries(large, f"/schools/{schools[1]}/")
    assert small.get(f"/schools/{schools[1]}/").status_code == 404, "another authority's school is not there"


@pytest.mark.parametrize("authority", [HAMPSHIRE, WARWICKSHIRE])
def test_one_authority_alone_stands_on_a_desk_of_its_own(
    official_home: Path, analyst: User, settings: Any, authority: int
) -> None:
    settings.RUNS_HOME = official_home
    (made,) = import_run(by=None, run_id=_run(official_home, str(authority)).run_id)
    assert made.authority == authority
    assert set(School.objects.values_list("la", flat=True)) == {authority}
    desk = signed_in(analyst, authority=authority)
    for page in (*PAGES, f"/schools/{School.objects.order_by('urn')[0].urn}/"):
        assert desk.get(page).status_code == 200, page
    assert f"{made.schools} schools" in desk.get("/schools/").content.decode()
