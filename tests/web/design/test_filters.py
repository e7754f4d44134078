"""Filters: what is in force as chips, each leading to the list without it."""

from __future__ import annotations

from strandline.web.design.filters import FilterGroup, Filters, Option


def filters(query: str, **more) -> Filters:
    options = (Option(value="3A", label="3A", chosen=True), Option(value="4", label="4", chosen=True))
    return Filters(groups=(FilterGroup(name="category", legend="Category", options=options),), query=query, **more)


def test_a_chip_takes_off_only_its_own_choice() -> None:
    chips = filters("category=3A&category=4&sort=name").chips
    assert [chip.href for chip in chips] == ["?category=4&sort=name", "?category=3A&sort=name"]


def test_taking_a_choice_off_goes_back_to_the_first_page() -> None:
    assert "page" not in filters("category=3A&category=4&page=3").chips[0].href


def test_the_words_searched_for_are_a_chip_as_well() -> None:
    first = filters("q=alder&category=3A&category=4", search="alder").chips[0]
    assert first.label == "“alder”"
    assert first.href == "?category=3A&category=4"


def test_clearing_keeps_what_is_not_a_filter() -> None:
    asked = filters("category=3A&columns=name&columns=pupils&q=x", kept=("columns",), path="/schools/")
    assert asked.clear_href == "/schools/?columns=name&columns=pupils"
    assert asked.hidden == (("columns", "name"), ("columns", "pupils"))


def test_clearing_everything_leads_to_the_bare_list() -> None:
    assert filters("category=3A").clear_href == "?"
