"""
All of England on one desk, on the real files.

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

from strandline.runs import data
from strandline.runs.proposals import run
from strandline.runs.record import Run
from strandline.web.decisions.actions import import_run
from strandline.web.decisions.models import DeskRun, Proposal
from strandline.web.people.models import Assignment, User
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import Role, Scope
from strandline.web.schools.models import Intake, Line

pytestmark = [pytest.mark.official_data, pytest.mark.national]

FILES = (
    "inspections/state_funded_as_at_2025-08-31.csv",
    "2024-2025/england_census.csv",
)
HAMPSHIRE, WARWICKSHIRE, RUTLAND = 850, 937, 857


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
    for authority in (WARWICKSHIRE, RUTLAND):
        Assignment.objects.create(
            user=user,
            role=Role.HEAD_OF_SERVICE.value,
            authority=authority,
            scope=Scope.AUTHORITY.value,
            starts_on="2020-09-01",
        )
    return user


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
