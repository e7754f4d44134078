"""An authority with four schools, and its strategy from the Cambridgeshire pack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School
from strandline.web.strategies import actions
from strandline.web.strategies.actions import Outline
from strandline.web.strategies.models import PlanKind, StrategyVersion

HEAD_SCHOOL = 100_001
PERIOD = {"period_from": date(2014, 11, 18), "period_until": date(2016, 12, 31)}


@pytest.fixture(autouse=True)
def home(settings: object, tmp_path: Path) -> Path:
    """A home without packs of its own: the shipped ones are read."""
    settings.RUNS_HOME = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def schools(db: None) -> list[School]:
    """Two maintained schools, an academy, and an independent school that is not sent anything."""
    rows = [
        (100_001, "Ash Primary", "primary", True, "community", "open"),
        (100_002, "Birch Secondary", "secondary", False, "academy_converter", "open"),
        (100_003, "Cedar Special", "special", True, "community_special", "open_but_proposed_to_close"),
        (100_004, "Dogwood College", "secondary", False, "independent", "open"),
        (100_005, "Elm Primary", "primary", True, "community", "closed"),
    ]
    return [
        School.objects.create(
            urn=urn, name=name, la=850, sector=sector, maintained=kept, legal_form=form, status=status
        )
        for urn, name, sector, kept, form, status in rows
    ]


@pytest.fixture
def head_of_service(actor: Callable[..., Actor]) -> Actor:
    """Who approves and publishes."""
    return actor(Role.HEAD_OF_SERVICE)


@pytest.fixture
def drafted(head_of_service: Actor) -> StrategyVersion:
    """A draft from the Cambridgeshire pack, with a plan that it serves."""
    row = actions.draft(
        by=head_of_service, pack="cambridgeshire-2014", outline=Outline(title="All our schools", **PERIOD)
    )
    actions.link(by=head_of_service, strategy_pk=row.pk, kind=PlanKind.PARENT, title="The council's plan")
    return row


@pytest.fixture
def published(schools: list[School], drafted: StrategyVersion, head_of_service: Actor) -> StrategyVersion:
    """The draft, approved and published today."""
    today = timezone.localdate()
    row = actions.approve(
        by=head_of_service, strategy_pk=drafted.pk, version=drafted.version, approved_on=today, where="Executive Board"
    )
    return actions.publish(by=head_of_service, strategy_pk=row.pk, version=row.version)
