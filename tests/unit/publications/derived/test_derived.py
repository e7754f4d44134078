"""Third-party trims and extracts: kinds of their own, under the field that really stands in each column."""

from __future__ import annotations

import json

import polars as pl
import pytest

from strandline.sources import contracts
from strandline.sources.derived import trims

KS2_HEADINGS = {"Writing Meet Std": "PTGPS_EXP", "Writing Score": "GPS_AVERAGE", "Writing Progress": "WRITPROG"}


def printed(official_text, contract, rows):
    """The trimmer's own headings instead of the publisher's fields."""
    text = official_text(contract, rows)
    for column in contract.columns:
        for heading in column.aliases:
            text = text.renamed(column.name, heading)
    return text.csv()


def field_of(frame: pl.DataFrame, urn: int) -> dict[str, float | None]:
    mine = frame.filter(pl.col("urn") == urn).with_columns(pl.col("indicator").cast(pl.String))
    return dict(mine.select("indicator", "value").rows())


def test_the_key_stage_2_trim_is_dated_by_its_own_column_and_is_no_original(desk, official_text) -> None:
    rows = ({"urn": "100001", "telig": "28", "ptrwm_exp": "89%", "ptgps_exp": "96%", "academic_year": "2016"},)
    added = desk.add(printed(official_text, trims.KS2_TRIM_CONTRACT, rows), name="anything.csv", part=True)
    assert (added.release.kind, added.release.period) == ("ks2_results_trim", "2015-2016")
    assert "third party" in added.release.publisher
    figures = field_of(desk.table(added, "indicators"), 100001)
    assert (figures["TELIG"], figures["PTRWM_EXP"]) == (28.0, 89.0)


@pytest.mark.parametrize(("heading", "field"), sorted(KS2_HEADINGS.items()))
def test_the_trims_writing_columns_hold_grammar_except_progress(heading: str, field: str) -> None:
    (column,) = [c for c in trims.KS2_TRIM_CONTRACT.columns if heading in c.aliases]
    assert column.indicator == field


def test_a_trim_of_a_year_that_no_contract_covers_is_refused(desk, official_text) -> None:
    rows = ({"urn": "100001", "telig": "28", "academic_year": "2031"},)
    assert "2030-2031" in desk.refusal(printed(official_text, trims.KS2_TRIM_CONTRACT, rows), name="ks2_perf.csv")


@pytest.mark.parametrize(
    ("contract", "year", "field"),
    [(trims.KS4_TRIM_2016, "2016", "PTL2BASICS_LL_PTQ_EE"), (trims.KS4_TRIM_2017, "2017", "PTL2BASICS_95")],
)
def test_grade_5_of_a_year_without_grade_5_is_read_as_what_it_was(
    desk, official_text, contract, year: str, field: str
) -> None:
    rows = ({"urn": "100003", "tpup": "139", field.casefold(): "57%", "academic_year": year},)
    added = desk.add(printed(official_text, contract, rows), name="ks4_perf.csv", part=True)
    assert added.release.contract == contract.name
    assert field_of(desk.table(added, "indicators"), 100003)[field] == 57.0


def test_a_blanked_figure_is_blank_and_the_release_says_what_that_may_mean(desk, official_text) -> None:
    rows = ({"urn": "100001", "telig": "4", "readprog": "", "academic_year": "2017"},)
    added = desk.add(printed(official_text, trims.KS2_TRIM_CONTRACT, rows), name="ks2_perf.csv", part=True)
    figures = desk.table(added, "indicators").filter(pl.col("indicator").cast(pl.String) == "READPROG")
    assert figures["reason"].to_list() == ["blank"]
    assert any("suppressed" in note for note in added.release.notes)


def test_the_progress_trim_keeps_authorities_and_the_nation_apart(desk, official_text) -> None:
    rows = (
        {"rectype": "1", "urn": "141279", "school_name": "Ash", "readprog": "2.6", "readprog_descr": "2"},
        {"rectype": "2", "urn": "141280", "school_name": "Birch", "readprog": "SUPP"},
        {"rectype": "3", "urn": " ", "school_name": "Camden", "readprog": "2.4"},
        {"rectype": "4", "urn": " "},
        {"rectype": "5", "urn": " "},
    )
    text = official_text(contracts()["Key stage 2 progress trim 2019"], rows).csv()
    schools = desk.table(desk.add(text, name="trim.csv"), "schools")
    assert schools["row_kind"].to_list() == ["school", "school", "authority", "national", "national_state_funded"]


def test_an_extract_is_keyed_by_its_objects_and_dated_by_its_year(desk) -> None:
    text = json.dumps(
        {
            "100000": {"rwmExp": 76, "rwmHigh": 16, "readProg": -0.1, "writProg": None, "matProg": 0.1,
                       "year": "2022/23"},
            "100008": {"rwmExp": None, "rwmHigh": None, "readProg": 1.6, "writProg": 2.6, "matProg": 1.3,
                       "year": "2022/23"},
        }
    )  # fmt: skip
    added = desk.add(text, name="extract.json")
    assert (added.release.kind, added.release.period) == ("ks2_results_extract", "2022-2023")
    figures = field_of(desk.table(added, "indicators"), 100000)
    assert (figures["PTRWM_EXP"], figures["READPROG"], figures["WRITPROG"]) == (76.0, -0.1, None)


def test_an_extract_that_speaks_of_two_years_is_refused(desk) -> None:
    record = {"perPupil": 1, "reserve": 2, "inYear": 3}
    text = json.dumps({"100000": {**record, "year": "2023/24"}, "100001": {**record, "year": "2024/25"}})
    assert "one period" in desk.refusal(text, name="extract.json")
