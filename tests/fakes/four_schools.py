"""Three schools of the authority under test and one of another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

SCHOOLS = {100_001: "Ash Primary", 100_002: "Beech Academy", 100_003: "Cedar School", 100_004: "Dell Infants"}
FORMS = {100_001: "community", 100_002: "academy_converter", 100_003: "community_special", 100_004: "community"}


@pytest.fixture
def schools(db: None) -> dict[int, School]:
    """Two maintained schools, one of them special, an academy, and one of another authority."""
    return {
        urn: School.objects.create(
            urn=urn,
            name=name,
            la=850 if urn != 100_004 else 851,
            legal_form=FORMS[urn],
            maintained=FORMS[urn] != "academy_converter",
            sector="special" if urn == 100_003 else "primary",
            status="open",
        )
        for urn, name in SCHOOLS.items()
    }


@pytest.fixture
def head(actor: Callable[..., Actor]) -> Actor:
    """The head of service."""
    return actor(Role.HEAD_OF_SERVICE)


@pytest.fixture
def officer(actor: Callable[..., Actor]) -> Actor:
    """An officer who reaches every school."""
    return actor(Role.OFFICER)
