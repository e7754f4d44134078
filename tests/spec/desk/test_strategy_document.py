"""What the published strategy says: its sections, and what drove its rules."""

from __future__ import annotations

import pytest

from strandline.runs.packs import read
from strandline.runs.strategy_text import StrategyText, text_of
from strandline.strategy.model import Pack


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return read(tmp_path_factory.mktemp("nothing"), which="warwickshire-2013")


@pytest.fixture(scope="module")
def text(pack: Pack) -> StrategyText:
    return text_of(pack)


def test_the_strategy_states_roles_relationships_costs_and_benefits(text: StrategyText) -> None:
    """WAR-42: the strategy states roles, relationships, costs and benefits, each in a section of its own."""
    lists = {each.key: [line.title for line in each.lines] for each in text.lists}
    assert "Attached officer of the authority" in lists["roles"]
    assert {"forums", "networks"} <= lists.keys()
    assert "budget" in lists
    assert [title.partition(":")[0] for title in lists["benefits"]] == [
        "Children and young people", "Schools", "Governors", "The authority", "Parents", "Support services",
    ]  # fmt: skip
    assert "Funding" in [table.title for table in text.tables]
    assert all(lists.values())
    assert all(line.cite.text for each in text.lists for line in each.lines)


def test_each_driver_of_policy_has_its_date_and_the_rules_that_it_changed(pack: Pack, text: StrategyText) -> None:
    """WAR-56: a register of policy drivers with date and effect; a driver is linked to the rules that it changed."""
    drivers = {line.title: line.text for each in text.lists if each.key == "drivers" for line in each.lines}
    assert len(drivers) == 4
    framework = drivers["Revised inspection framework"]
    assert framework.startswith("from 1 September 2012")
    for rule in ("satisfactory", "requires_improvement"):
        assert f"“{pack.rules[rule].title}”" in framework
    assert all(text_.startswith(("from ", "until ")) for text_ in drivers.values())
    named = [rule for item in pack.lists["drivers"] for rule in item.more.get("rules", ())]  # type: ignore[attr-defined]
    assert named
    assert set(named) <= pack.rules.keys()
