"""Sandmouth and Ardenshire on the desk: one adopted scheme each, one run each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from fakes.generated import Generated

from strandline.runs.record import Run
from strandline.web.decisions import actions
from strandline.web.decisions.models import DeskRun, Proposal, Scheme
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

SANDMOUTH = 990
ARDENSHIRE = 991


@pytest.fixture(scope="session")
def runs_home(made_up: Generated, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the files and the runs of two made-up authorities."""
    packs = {"sefton-2010", "warwickshire-2013"}
    return made_up.with_runs_of(packs, at=tmp_path_factory.mktemp("decided") / "home")


@pytest.fixture(scope="session")
def runs(runs_home: Path) -> dict[str, Run]:
    """The two runs by their packs."""
    from strandline.runs.record import list_runs

    return {each.manifest.inputs.pack.id: each for each in list_runs(runs_home)}


@pytest.fixture
def desk(settings: object, runs_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk at that home; schools are explained when somebody decides, as in a large run."""
    settings.RUNS_HOME = runs_home  # type: ignore[attr-defined]
    monkeypatch.setattr("strandline.web.decisions.actions.importing.EXPLAINED_AT_ONCE", 0)


@pytest.fixture
def head_of_service(actor: Callable[..., Actor]) -> Actor:
    """Sandmouth's head of service."""
    return actor(Role.HEAD_OF_SERVICE, authority=SANDMOUTH)


@pytest.fixture
def officer(actor: Callable[..., Actor]) -> Actor:
    """An officer of Sandmouth."""
    return actor(Role.OFFICER, authority=SANDMOUTH)


@pytest.fixture
def sandmouth(desk: None, runs: dict[str, Run], head_of_service: Actor) -> DeskRun:
    """Sandmouth's run in the queue, under an adopted scheme."""
    drafted = actions.draft(by=head_of_service, title="World class primaries", pack="sefton-2010")
    actions.adopt(by=head_of_service, scheme_pk=drafted.pk, version=drafted.version, starts_on=timezone.localdate())
    return actions.import_run(by=None, run_id=runs["sefton-2010"].run_id)[0]


@pytest.fixture
def ardenshire(desk: None, runs: dict[str, Run], actor: Callable[..., Actor]) -> DeskRun:
    """Ardenshire's run in the queue, under an adopted scheme."""
    head = actor(Role.HEAD_OF_SERVICE, authority=ARDENSHIRE)
    drafted = actions.draft(by=head, title="Championing the learner", pack="warwickshire-2013")
    actions.adopt(by=head, scheme_pk=drafted.pk, version=drafted.version, starts_on=timezone.localdate())
    return actions.import_run(by=None, run_id=runs["warwickshire-2013"].run_id)[0]


@pytest.fixture
def scheme(sandmouth: DeskRun) -> Scheme:
    """Sandmouth's scheme."""
    return Scheme.objects.get(authority=SANDMOUTH)


@pytest.fixture
def proposal(sandmouth: DeskRun) -> Proposal:
    """A school that the rules find inconsistent."""
    return Proposal.objects.filter(run=sandmouth, category="inconsistent").first()


class Clock:
    """A day that tests move."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, day: date, *, hour: int = 10) -> None:
        """Let it be that day."""
        from datetime import UTC, datetime

        now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        self._monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the clock: `today(date(2026, 3, 1))`."""
    return Clock(monkeypatch)
