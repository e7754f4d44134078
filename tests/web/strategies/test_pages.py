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


def test_what_is_available_names_categories_in_words() -> None:
    from strandline.runs.strategy_text import text_of
    from strandline.strategy.reading import read_pack

    lines = [line for column in text_of(read_pack("england-2026")).offers.values() for line in column]
    hints = {line.title: line.hint for line in lines}
    assert hints["Statutory intervention by the authority"] == (
        "for Special measures (SM); Requires significant improvement (RSI); Serious weaknesses (SW); "
        "Inadequate, category not published (IN); Coasting (CO)"
    )


def test_a_list_whose_items_have_one_source_names_it_once() -> None:
    from strandline.web.strategies.presenters.text import Source, paths

    def line(title: str, cited: str) -> dict[str, object]:
        return {"title": title, "text": "", "cite": {"text": cited, "flag": ""}}

    same = {"key": "a", "title": "A", "lines": [line("First", "The paper"), line("Second", "The paper")]}
    other = {"key": "b", "title": "B", "lines": [line("First", "The paper"), line("Second", "Another")]}
    once, each = paths({"paths": [same, other]})
    assert (once.source.text, [source.text for *_, source in once.items]) == ("The paper", ["", ""])
    assert (each.source, [source.text for *_, source in each.items]) == (Source(), ["The paper", "Another"])
