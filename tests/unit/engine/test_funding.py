from __future__ import annotations

from decimal import Decimal

import pytest

from strandline.engine.funding import BasisNotOffered, CannotAllocate, FundedSchool, allocate
from strandline.strategy.model import Basis, Funding, Rate

FORMULA = Funding(
    key="f",
    title="The formula",
    rates=(
        Rate(categories=("A",), rate=12.5, triggers=True),
        Rate(categories=("B",), rate=None, triggers=True),
        Rate(categories=("C",), rate=0.0, triggers=False),
    ),
)


def test_pence_are_kept_exactly() -> None:
    allocation = allocate(FORMULA, [FundedSchool(urn="1", category="A", pupils=3)])
    assert allocation.total == Decimal("37.5")


def test_a_basis_that_the_strategy_does_not_offer_is_refused() -> None:
    with pytest.raises(BasisNotOffered, match="pupils"):
        allocate(FORMULA, [], basis=Basis.SCHOOLS)


def test_a_category_without_a_row_is_refused() -> None:
    with pytest.raises(CannotAllocate, match="no row in the table of rates"):
        allocate(FORMULA, [FundedSchool(urn="1", category="Z", pupils=3)])


def test_each_missing_rate_is_named_once() -> None:
    schools = [FundedSchool(urn=str(n), category="B", pupils=3) for n in range(4)]
    with pytest.raises(CannotAllocate) as refused:
        allocate(FORMULA, schools)
    assert len(refused.value.problems) == 1


def test_a_rate_that_is_given_fills_one_that_is_not_printed() -> None:
    allocation = allocate(FORMULA, [FundedSchool(urn="1", category="B", pupils=10)], rates={"B": Decimal(3)})
    assert allocation.total == 30


def test_a_category_that_triggers_nothing_needs_no_roll() -> None:
    assert allocate(FORMULA, [FundedSchool(urn="1", category="C", pupils=None)]).total == 0
