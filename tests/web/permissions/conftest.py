"""One desk is filled for each file: Sandmouth from an imported run, a person for each role, and all rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from fakes import permission_walk
from fakes.permission_walk import Desk

from strandline.web.people import scope


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any, sandmouth_home: Path) -> Iterator[Desk]:
    """The desk of the file."""
    with django_db_blocker.unblock(), override_settings(RUNS_HOME=sandmouth_home), transaction.atomic():
        with scope.everywhere("the file fills its desk"):
            yield permission_walk.filled()
        transaction.set_rollback(True)


@pytest.fixture
def desk(filled: Desk, db: None) -> Desk:
    """The filled desk, as it was for the test before: each test's own transaction lies within the file's."""
    return filled


@pytest.fixture(scope="module")
def with_elsewhere(filled: Desk) -> Desk:
    """And another authority, with a marked row of every model."""
    with scope.everywhere("the file fills another authority"):
        permission_walk.mark_elsewhere()
    return filled


@pytest.fixture(scope="module")
def with_beside(filled: Desk) -> Desk:
    """And in Sandmouth a school of another trust, diocese and consortium, with its own marked rows."""
    with scope.everywhere("the file fills another school"):
        permission_walk.mark_beside()
    return filled
