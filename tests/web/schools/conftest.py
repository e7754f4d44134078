"""Two made-up authorities as runs on disk, made once; each test takes in what it needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from strandline.generate.demonstration import generate
from strandline.runs import data
from strandline.runs.proposals import run
from strandline.runs.record import Run
from strandline.runs.school_records import SchoolRecord, school_records
from strandline.web.people import scope
from strandline.web.schools.actions import import_snapshot, intake
from strandline.web.schools.models import Intake

CODES = {"sandmouth": 990, "ardenshire": 991, "northwold": 992}


@pytest.fixture(scope="session")
def made_runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """The latest run of Ardenshire (2013) and of Northwold (2026), by name."""
    folder = tmp_path_factory.mktemp("authorities")
    runs = {}
    for one in generate(folder / "files"):
        if one.authority.key == "sandmouth":
            continue
        home = folder / one.authority.key
        data.add(home, paths=one.files, part=True)
        runs[one.authority.key] = run(
            home, pack=one.authority.pack, as_at=one.authority.as_at, authority=str(one.authority.code)
        )
    return runs


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
