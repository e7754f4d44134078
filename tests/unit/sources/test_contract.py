"""Contracts: what they inherit, and that they cannot contradict themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from strandline.kernel.errors import BugError
from strandline.sources import contracts
from strandline.sources.contract import (
    INDICATORS,
    INTEGER,
    NUMBER,
    Column,
    Contract,
    Expects,
    SpecialRows,
    check_contract,
    columns_of,
    inherit,
    snake_case,
)


def test_a_later_layout_states_only_its_changes(register_contract: Contract) -> None:
    later = inherit(
        register_contract,
        name="Small register, later",
        drop=["Sixth form"],
        rename={"FSM %": "FSM percent"},
        replace_columns=[Column("Phase", "phase")],
        add=[Column("UKPRN", kind=INTEGER)],
    )
    names = [column.name for column in later.columns]
    assert names == ["URN", "LA (code)", "School name", "Open date", "Phase", "FSM percent", "UKPRN"]
    assert later.column("fsm_percent").highest == 100
    assert later.publisher == register_contract.publisher


@pytest.mark.parametrize(
    "changes",
    [{"drop": ["Colour"]}, {"rename": {"Colour": "Hue"}}, {"replace_columns": [Column("Colour")]}],
)
def test_a_change_to_a_column_that_is_not_there_is_a_bug(register_contract: Contract, changes) -> None:
    with pytest.raises(BugError, match="Colour"):
        inherit(register_contract, **changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key": ("ukprn",)}, "ukprn is not a column"),
        ({"columns": (Column("A"), Column("a", "b"))}, "header a stands twice"),
        ({"columns": (Column("A", "x"), Column("B", "x"))}, "column x stands twice"),
        ({"special": (SpecialRows("national", "rectype", "5"),)}, "rectype is not a column"),
        ({"expects": Expects(closing=("national",))}, "national is not a special row"),
        ({"expects": Expects(last_row={"rectype": "5"})}, "rectype is not a column"),
    ],
)
def test_a_contract_that_contradicts_itself_is_a_bug(register_contract: Contract, changes, words) -> None:
    with pytest.raises(BugError, match=words):
        check_contract(replace(register_contract, **changes))


def test_number_columns_are_indicators_unless_they_identify_the_row() -> None:
    columns = columns_of("URN:integer! NAME:text B:percent A:number C:code")
    contract = replace(
        contracts()["GIAS links"], columns=columns, shape=INDICATORS, key=(), expects=Expects(), name="Other"
    )
    assert [column.indicator for column in contract.indicator_columns] == ["A", "B"]
    assert [column.name for column in contract.identity_columns] == ["URN", "NAME", "C"]


def test_columns_are_written_as_words() -> None:
    urn, mean = columns_of("URN:integer!* Mean_Score:number?", aliases={"URN": ("School URN",)})
    assert (urn.kind, urn.identity, urn.filled, urn.aliases) == (INTEGER, True, True, ("School URN",))
    assert (mean.kind, mean.required, mean.stored_as, mean.indicator) == (NUMBER, False, "mean_score", "MEAN_SCORE")


@pytest.mark.parametrize(
    ("header", "stored"),
    [
        ("LA (code)", "la_code"),
        ("PhaseOfEducation (name)", "phase_of_education_name"),
        ("URN", "urn"),
        ("School name", "school_name"),
        ("PTREAD_EXP", "ptread_exp"),
        ("EstablishmentNumber", "establishment_number"),
    ],
)
def test_headers_become_our_names(header: str, stored: str) -> None:
    assert snake_case(header) == stored


def test_every_registered_contract_holds_together_and_says_how_a_cut_is_caught() -> None:
    known = contracts()
    assert len(known) > 30
    for contract in known.values():
        check_contract(contract)
        assert contract.expects.why, f"{contract.name} does not say how a cut file is caught"
        assert contract.publisher, contract.name
        assert contract.licence, contract.name
