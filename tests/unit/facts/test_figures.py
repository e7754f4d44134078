"""Results, census, absence, finance: of which year, from which release, and why a figure is not there."""

from __future__ import annotations

from datetime import date

import pytest

MAY_2013 = date(2013, 5, 1)
DEC = {year: date(year, 12, 14) for year in range(2015, 2026)}


@pytest.fixture(autouse=True)
def schools(store, primary):
    """Two schools in two authorities."""
    store.add_register(primary(100_001), primary(100_002, la_code=343, laestab=3_432_001), as_at=MAY_2013)


def test_results_are_of_the_latest_published_year_and_the_two_before(store, know):
    for year, value in ((2016, 51.0), (2017, 62.0), (2018, 73.0), (2019, 84.0)):
        figures = {100_001: {"PTRWM_EXP": value, "TELIG": 30}}
        store.add_figures("ks2_results", f"{year - 1}-{year}", figures, published=DEC[year])
    known = know("2019-01-01")
    names = ("ks2_rwm_expected", "ks2_rwm_expected_previous", "ks2_rwm_expected_before_previous")
    assert [known(100_001, name) for name in names] == [73, 62, 51]
    assert [known(100_001, f"ks2_results_year{s}") for s in ("", "_previous", "_before_previous")] == [2018, 2017, 2016]
    assert known.facts.clocks == {"ks2_results_year": 2018, "ks4_results_year": None}
    assert know("2018-12-13")(100_001, "ks2_results_year") == 2017
    assert know("2018-12-14")(100_001, "ks2_results_year") == 2018


def test_nothing_is_known_of_a_year_before_it_is_published(store, know):
    store.add_figures("ks2_results", "2016-2017", {100_001: {"PTRWM_EXP": 61}}, published=DEC[2017])
    known = know("2017-12-13")
    assert known(100_001, "ks2_rwm_expected") == "<not_yet_published>"
    assert known(100_001, "ks2_results_year") == "<not_yet_published>"
    assert know("2017-12-14")(100_001, "ks2_rwm_expected") == 61


@pytest.mark.parametrize(
    ("day", "value", "status"),
    [("2019-10-20", 0.1, "provisional"), ("2020-01-20", 0.2, "revised"), ("2020-03-01", 0.3, "final")],
)
def test_the_best_status_published_by_the_day_wins_and_is_kept(store, know, day, value, status):
    for name, figure, published in (
        ("final", 0.3, date(2020, 2, 27)),
        ("provisional", 0.1, date(2019, 10, 17)),
        ("revised", 0.2, date(2020, 1, 16)),
    ):
        store.add_figures("ks4_results", "2018-2019", {100_001: {"P8MEA": figure}}, published=published, status=name)
    known = know(day)
    assert (known(100_001, "ks4_progress8"), known(100_001, "ks4_release_status")) == (value, status)


def test_an_original_goes_before_a_trim_school_by_school_and_the_two_are_never_mixed(store, know):
    original = store.add_figures(
        "ks2_results", "2016-2017", {100_001: {"PTRWM_EXP": "SUPP", "READPROG_UPPER": 1.5}},
        published=DEC[2017], coverage="authority:937",
    )  # fmt: skip
    trim = store.add_figures(
        "ks2_results_trim", "2016-2017", {100_001: {"PTRWM_EXP": 61}, 100_002: {"PTRWM_EXP": 62}}, published=DEC[2017]
    )
    known = know("2018-01-01")
    assert known(100_001, "ks2_rwm_expected") == "<suppressed>"
    assert known(100_002, "ks2_rwm_expected") == 62
    assert (known.source(100_001, "ks2"), known.source(100_002, "ks2")) == (original, trim)
    assert known(100_002, "ks2_reading_progress_upper") == "<no_release>"


def test_one_authoritys_results_do_not_set_the_year_for_all_england(store, know):
    store.add_figures("ks2_results_trim", "2016-2017", {100_001: {"PTRWM_EXP": 61}}, published=DEC[2017])
    store.add_figures(
        "ks2_results", "2017-2018", {100_001: {"PTRWM_EXP": 64}}, published=DEC[2018], coverage="authority:937"
    )
    assert know("2019-01-01")(100_001, "ks2_results_year") == 2017
    assert know("2019-01-01", 937)(100_001, "ks2_rwm_expected") == 64
    assert know("2019-01-01", 343)(100_002, "ks2_results_year") == 2017


def test_a_school_outside_the_files_is_told_apart_from_one_the_files_do_not_cover(store, know):
    store.add_figures(
        "ks2_results", "2016-2017", {100_009: {"PTRWM_EXP": 61}}, published=DEC[2017], coverage="authority:937"
    )
    known = know("2018-01-01")
    assert known(100_001, "ks2_rwm_expected") == "<no_record>"
    assert known(100_002, "ks2_rwm_expected") == "<no_release>"


def test_a_later_release_tells_an_earlier_year_only_where_the_years_own_does_not(store, know):
    own = store.add_figures("ks2_results", "2016-2017", {100_001: {"PTRWM_EXP": 61}}, published=DEC[2017])
    later = store.add_figures(
        "ks2_results", "2017-2018",
        {100_001: {"PTRWM_EXP": 64, "PTRWM_EXP_17": 60}, 100_002: {"PTRWM_EXP": 55, "PTRWM_EXP_17": 50}},
        published=DEC[2018],
    )  # fmt: skip
    known = know("2019-01-01")
    assert known(100_001, "ks2_rwm_expected_previous") == 61
    assert known(100_002, "ks2_rwm_expected_previous") == 50
    assert (known.source(100_001, "ks2_previous"), known.source(100_002, "ks2_previous")) == (own, later)
    assert know("2018-06-01")(100_002, "ks2_rwm_expected") == "<no_record>"


TOKENS = {
    "SUPP": "suppressed", "NE": "no_entries", "NP": "not_published", "NA": "not_applicable", "LOWCOV": "low_coverage",
    "NEW": "new_school", "z": "not_applicable", "c": "suppressed", "x": "not_available", "low": "rounds_to_zero",
    "??": "unknown_token",
}  # fmt: skip


def test_every_token_keeps_its_reason_and_its_text_and_is_never_nought(store, know, primary):
    urns = {100_003 + number: token for number, token in enumerate(TOKENS)}
    store.add_register(*(primary(urn) for urn in urns), as_at=date(2014, 1, 1))
    figures = {urn: {"READPROG": token} for urn, token in urns.items()}
    release = store.add_figures("ks2_results", "2016-2017", figures, published=DEC[2017])
    known = know("2018-01-01")
    assert {token: known(urn, "ks2_reading_progress") for urn, token in urns.items()} == {
        token: f"<{reason}>" for token, reason in TOKENS.items()
    }
    assert {urn: known.token(urn, "ks2_reading_progress") for urn in urns} == urns
    rows = [r for r in known.facts.missing.rows(named=True) if r["feature"] == "ks2_reading_progress"]
    assert {row["release_id"] for row in rows} == {release}


def test_a_blank_cell_is_blank_and_nought_is_a_figure(store, know):
    store.add_figures("ks2_results", "2016-2017", {100_001: {"READPROG": None, "MATPROG": 0}}, published=DEC[2017])
    known = know("2018-01-01")
    assert known(100_001, "ks2_reading_progress") == "<blank>"
    assert known(100_001, "ks2_maths_progress") == 0


def test_a_measure_that_did_not_exist_that_year_was_not_collected(store, know):
    store.add_figures("ks2_results", "2016-2017", {100_001: {"PTRWM_EXP": 61}}, published=DEC[2017])
    assert know("2018-01-01")(100_001, "ks2_l4_em") == "<not_collected>"


def test_the_years_without_examinations_were_not_published(store, know):
    store.add_figures("ks2_results_extract", "2021-2022", {100_001: {"PTRWM_EXP": 59}}, published=DEC[2022])
    known = know("2023-01-01")
    assert known(100_001, "ks2_results_year_previous") == 2021
    assert known(100_001, "ks2_rwm_expected_previous") == "<not_published>"
    assert known(100_001, "ks2_rwm_expected_before_previous") == "<not_published>"


def test_a_percentage_that_the_publisher_leaves_to_the_reader_is_worked_out_of_its_two_counts(store, know):
    store.add_figures(
        "school_census", "2024-2025",
        {100_001: {"NOR": 200, "NUMFSM": 50, "PNUMEAL": 12.5}, 100_002: {"NOR": 0, "NUMFSM": 0, "PNUMEAL": "SUPP"}},
        published=date(2025, 6, 5),
    )  # fmt: skip
    known = know("2025-07-01")
    assert (known(100_001, "census_pupils"), known(100_001, "fsm_percent")) == (200, 25)
    assert (known(100_001, "eal_percent"), known(100_001, "census_year")) == (12.5, 2025)
    assert known(100_002, "fsm_percent") == "<blank>"
    assert known(100_002, "eal_percent") == "<suppressed>"


def test_absence_and_finance_have_years_of_their_own(store, know):
    store.add_figures("school_absence", "2022-2023", {100_001: {"PERCTOT": 5.2}}, published=date(2024, 3, 21))
    store.add_figures("school_finance", "2016-2017", {100_001: {"TOTALINCOME": 4321}}, published=date(2018, 1, 25))
    known = know("2025-01-01")
    assert (known(100_001, "absence_year"), known(100_001, "absence_percent")) == (2023, 5.2)
    assert (known(100_001, "finance_year"), known(100_001, "finance_income_per_pupil")) == (2017, 4321)
