"""Sandmouth filled once; each test has an officer and a colleague at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as desk_settings
from django.db import transaction
from django.test import Client, override_settings
from fakes.published_desk import Filled, fill, someone

from strandline.web.decisions.models import Proposal
from strandline.web.people import scope
from strandline.web.people.roles import Role


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any, sandmouth_home: Path) -> Iterator[Filled]:
    """The desk of the file; all is rolled back afterwards."""
    with django_db_blocker.unblock(), override_settings(RUNS_HOME=sandmouth_home), transaction.atomic():
        with scope.everywhere("the file fills its desk"):
            yield fill()
        transaction.set_rollback(True)


@pytest.fixture
def waiting(filled: Filled, db: None) -> Proposal:
    """A school on which nobody has decided."""
    return Proposal.objects.get(urn=filled.other)


def signed_in(role: Role) -> Client:
    """A new person with a role, signed in."""
    client = Client()
    client.force_login(someone(role).user, backend=desk_settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture
def officer(waiting: Proposal) -> Client:
    """An officer."""
    return signed_in(Role.OFFICER)


@pytest.fixture
def colleague(waiting: Proposal) -> Client:
    """A service manager."""
    return signed_in(Role.SERVICE_MANAGER)
