"""The shipped strategies on the real files: every school has a category or a stated reason."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from strandline.engine.categorise import State
from strandline.engine.compile import compile_categories
from strandline.engine.evaluate import decide
from strandline.engine.resolve import resolve
from strandline.kernel.identifiers import LaCode
from strandline.sources.adding import add
from strandline.sources.facts import Facts, facts
from strandline.sources.store import Store
from strandline.strategy.model import Predecessors
from strandline.strategy.reading import read_pack

pytestmark = pytest.mark.official_data

PRESENT = "state_funded_as_at_2025-08-31.csv"
CARDS = "latest_by_urn_2026-05-31_with_report_cards_derived.csv"
HISTORY = "inspection_history_2005-09_to_2020-02.csv"
SPINE = "2017-2018_england_spine.xlsx"


@pytest.fixture(scope="module")
def store(official_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = Store(tmp_path_factory.mktemp("home"))
    for name in (PRESENT, CARDS, HISTORY, SPINE):
        add(made, [next(official_data.rglob(name))])
    return made


def _facts(store: Store, pack: str, *, as_at: date, authority: str = "") -> Facts:
    carry = read_pack(pack).inspections.predecessors is Predecessors.CARRY
    place = LaCode.parse(authority) if authority else None
    return facts(store, as_at=as_at, authority=place, predecessors=carry)


@pytest.mark.parametrize(
    "as_at", [date(2025, 10, 1), date(2026, 7, 1)], ids=["before report cards", "with report cards"]
)
def test_every_school_in_england_has_a_category_or_a_stated_reason(store: Store, as_at: date) -> None:
    known = _facts(store, "england-2026", as_at=as_at)
    resolved = resolve(read_pack("england-2026"), as_at=as_at, clocks=known.clocks)
    sample = known.values.gather_every(21)
    decisions = [decide(resolved, school) for school in sample.iter_rows(named=True)]
    assert known.values.height == 21_990
    assert all(decision.category or decision.lacking for decision in decisions)
    assert compile_categories(resolved).leaves
    found = Counter(decision.category for decision in decisions)
    assert ("RC" in found) is (as_at.year == 2026)
    assert {"O2", "O3", "K2", "K3", "RE", "SM", "NI"} <= set(found)


def test_each_judged_primary_of_warwickshire_is_in_one_of_eight_categories_or_lacks_a_named_figure(
    store: Store,
) -> None:
    known = _facts(store, "warwickshire-2013", as_at=date(2013, 4, 30), authority="937")
    resolved = resolve(read_pack("warwickshire-2013"), as_at=date(2013, 4, 30), clocks=known.clocks)
    judged = known.values.filter((known.values["sector"] == "primary") & known.values["inspection_grade"].is_not_null())
    every = [decide(resolved, school) for school in judged.iter_rows(named=True)]
    decisions = [decision for decision in every if decision.state is not State.OUT_OF_SCOPE]
    lacking = Counter(decision.missing for decision in decisions if decision.category is None)
    assert judged.height > 140
    assert {decision.category for decision in decisions if decision.category} <= set(resolved.pack.codes)
    assert set(lacking) <= {
        ("leadership_grade",),
        ("direction_of_travel",),
        ("direction_of_travel", "leadership_grade"),
    }
    assert ("leadership_grade",) in lacking
