from __future__ import annotations

import pytest

from strandline.strategy.checking import check
from strandline.strategy.reading import SHIPPED, pack_ids, read_pack

LIBRARY = "england-national"
STRATEGIES = [name for name in pack_ids() if name != LIBRARY]


def test_the_strategies_of_the_five_papers_and_of_the_nation_are_shipped() -> None:
    assert set(pack_ids()) == {
        "cambridgeshire-2014",
        "england-2026",
        "england-national",
        "halton-2014",
        "sefton-2010",
        "walsall-2011",
        "warwickshire-2013",
    }


@pytest.mark.parametrize("name", pack_ids())
def test_a_shipped_pack_has_no_findings(name: str) -> None:
    assert [str(finding) for finding in check(read_pack(name))] == []


@pytest.mark.parametrize("name", STRATEGIES)
def test_national_rules_live_once(name: str) -> None:
    pack, library = read_pack(name), read_pack(LIBRARY)
    assert pack.imports == (LIBRARY,)
    own = {rule: part for rule, part in pack.rules.items() if part.place.file.startswith(name)}
    assert not set(own) & set(library.rules)


@pytest.mark.parametrize("name", pack_ids())
def test_no_pack_speaks_of_failing_or_stuck_schools(name: str) -> None:
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted((SHIPPED / name).glob("*.yaml"))).lower()
    assert "stuck" not in text
    assert "failing" not in text


@pytest.mark.parametrize("name", STRATEGIES)
def test_each_category_has_words_beside_its_code_and_a_step_of_the_scale(name: str) -> None:
    categories = read_pack(name).categories
    assert all(category.words and category.colour_step for category in categories)
    assert sorted(category.order for category in categories) == list(range(1, len(categories) + 1))


@pytest.mark.parametrize("name", STRATEGIES)
def test_roles_and_providers_that_the_offer_names_are_listed(name: str) -> None:
    pack = read_pack(name)
    roles = {role.key for role in pack.lists.get("roles", ())}
    providers = {provider.key for provider in pack.lists.get("provider_types", ())}
    named = {part.chair for part in pack.cadence} | {part.by for part in pack.cadence} - {""}
    recipients = {recipient for part in pack.cadence for recipient in part.recipients}
    assert (named | recipients) - {""} <= roles
    assert {kind for part in pack.entitlements for kind in part.provider_types} <= providers
