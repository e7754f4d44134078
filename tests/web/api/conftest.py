"""Sandmouth with a published category or two, filled once; each test asks it by a token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from fakes.published_desk import Filled, fill, someone

from strandline.web.people import scope
from strandline.web.people.reach import Wanted
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any, sandmouth_home: Path) -> Iterator[Filled]:
    """The desk of the file; all is rolled back afterwards."""
    with django_db_blocker.unblock(), override_settings(RUNS_HOME=sandmouth_home), transaction.atomic():
        with scope.everywhere("the file fills its desk"):
            yield fill()
        transaction.set_rollback(True)


@pytest.fixture
def desk(filled: Filled, db: None) -> Filled:
    """The filled desk, as it was for the test before."""
    return filled


@pytest.fixture
def maker(desk: Filled) -> Actor:
    """A service manager of Sandmouth, who may make tokens."""
    return someone(Role.SERVICE_MANAGER)


@pytest.fixture
def ask(maker: Actor) -> Callable[..., Ask]:
    """Asks by a token with a reach: `ask(role=Role.ANALYST)("/schools")`."""
    from strandline.web.api import actions

    def with_reach(*, by: Actor | None = None, **reach: Any) -> Ask:
        _, secret = actions.make(
            by=by or maker,
            name="a report",
            wanted=Wanted(**reach),
            expires_on=timezone.localdate() + timedelta(days=30),
        )

        def get(path: str, query: dict[str, Any] | None = None, *, method: str = "get", **headers: str) -> Any:
            headers = {"Authorization": f"Bearer {secret}", **headers}
            return getattr(Client(), method)(f"/api/v1{path}", query or {}, headers=headers)

        return get

    return with_reach
