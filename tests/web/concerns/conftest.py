"""A maintained school, an academy, a school of another authority; a concern with its steps; people of the service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from fakes.casework import again, authorise, drafted, moved, walk_steps

from strandline.web.concerns import actions
from strandline.web.concerns.models import Case, Kind, Notice, State
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

FORMS = {100_001: "community", 100_002: "academy_converter", 100_004: "community"}


@pytest.fixture
def schools(db: None) -> dict[int, School]:
    return {
        urn: School.objects.create(
            urn=urn,
            name=name,
            la=851 if urn == 100_004 else 850,
            legal_form=FORMS[urn],
            maintained=FORMS[urn] == "community",
            sector="primary",
            status="open",
        )
        for urn, name in {100_001: "Ash Primary", 100_002: "Beech Academy", 100_004: "Dell Infants"}.items()
    }


@pytest.fixture
def head(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.HEAD_OF_SERVICE, email="head@example.org")


@pytest.fixture
def officer(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.OFFICER, email="officer@example.org")


Opener = Callable[..., Case]


@pytest.fixture
def opens(schools: dict[int, School], officer: Actor) -> Opener:
    """Opens a case: `opens(Kind.CONCERN, urn=100_002)`."""

    def make(kind: Kind = Kind.CONCERN, *, urn: int = 100_001, by: Actor = officer) -> Case:
        return actions.open_case(
            by=by,
            school=schools[urn],
            kind=kind,
            title="Leadership",
            referral="officer",
            opened_on=timezone.localdate() - timedelta(days=30),
            reason="Three heads in a year" if kind is Kind.CONCERN else "",
        )

    return make


@pytest.fixture
def concern(opens: Opener) -> Case:
    return opens()


@pytest.fixture
def ready(concern: Case, officer: Actor, head: Actor) -> Notice:
    """A draft that can be issued."""
    notice = actions.draft(by=officer, case_pk=concern.pk, told=drafted())
    actions.add_condition(by=officer, notice_pk=notice.pk, version=notice.version, text="A head in post")
    walk_steps(concern, by=officer)
    authorise(notice, by=officer, head=head)
    return again(notice)


@pytest.fixture
def running(ready: Notice, officer: Actor) -> Notice:
    """A notice whose compliance period runs."""
    moved(ready, State.ISSUED, by=officer)
    return moved(ready, State.RUNNING, by=officer)
