"""Two made-up authorities as runs on disk, made once; each test takes in what it needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from fakes.generated import Generated

from strandline.runs.record import Run
from strandline.runs.school_records import SchoolRecord, school_records
from strandline.web.people import scope
from strandline.web.schools.actions import import_snapshot, intake
from strandline.web.schools.models import Intake

CODES = {"sandmouth": 990, "ardenshire": 991, "northwold": 992}


@pytest.fixture(scope="session")
def made_runs(made_up: Generated) -> dict[str, Run]:
    """The latest run of Ardenshire (2013) and of Northwold (2026), by name."""
    runs = made_up.runs()
    return {"ardenshire": runs["warwickshire-2013"], "northwold": runs["england-2026"]}


@pytest.fixture(scope="session")
def told_once(made_runs: dict[str, Run]) -> Callable[[str], tuple[SchoolRecord, ...]]:
    """The records of a run, read once for all tests."""
    return cache(lambda name: tuple(school_records(made_runs[name])))


@pytest.fixture
def taken_in(
    made_runs: dict[str, Run],
    told_once: Callable[[str], tuple[SchoolRecord, ...]],
    monkeypatch: pytest.MonkeyPatch,
    db: None,
) -> Callable[..., Intake]:
    """Takes in a run by name: `taken_in("northwold")`."""
    known = {run_.run_id: name for name, run_ in made_runs.items()}
    monkeypatch.setattr(intake, "school_records", lambda run_, authorities: iter(told_once(known[run_.run_id])))

    def take(name: str, **how: object) -> Intake:
        with scope.everywhere("a test takes in a run"):
            return import_snapshot(by=None, run=made_runs[name], **how)[0]

    return take
