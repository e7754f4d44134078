"""The pages of strategies open, and say what they are for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from strandline.web.people.roles import Role
from strandline.web.strategies.models import StrategyVersion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", ["", "rules/", "offer/", "role/", "lists/", "consultation/", "receipts/"])
def test_every_page_of_a_published_version_opens(
    part: str, published: StrategyVersion, as_role: Callable[..., Client]
) -> None:
    answer = as_role(Role.SERVICE_MANAGER).get(f"/strategies/{published.pk}/{part}")
    assert answer.status_code == 200
    assert b"All our schools" in answer.content


@pytest.mark.parametrize("part", ["change/", "approve/", "plans/add/", "pack/", "publish/", "consultation/add/"])
def test_every_form_of_a_draft_opens(part: str, drafted: StrategyVersion, as_role: Callable[..., Client]) -> None:
    assert as_role(Role.SERVICE_MANAGER).get(f"/strategies/{drafted.pk}/{part}").status_code == 200


@pytest.mark.parametrize("address", ["/strategies/", "/strategies/compare/", "/strategies/draft/"])
def test_the_lists_open(address: str, drafted: StrategyVersion, as_role: Callable[..., Client]) -> None:
    assert as_role(Role.SERVICE_MANAGER).get(address).status_code == 200
