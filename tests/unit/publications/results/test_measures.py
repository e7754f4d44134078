"""Every results feature of the catalogue has its field in the years it belongs to, and only one at a time."""

from __future__ import annotations

from itertools import combinations, groupby

import pytest

from strandline import catalogue
from strandline.kernel.citations import Verification
from strandline.sources import contracts
from strandline.sources.results import measures as m
from strandline.sources.results.performance_tables import KS2, KS4

YEARS = range(2009, 2027)


def _key(measure: m.Measure) -> tuple[str, str, int]:
    return measure.kind, measure.feature, measure.lag


def test_every_results_feature_of_the_catalogue_can_be_filled() -> None:
    wanted = {
        name
        for name, feature in catalogue.FEATURES.items()
        if feature.group in {"ks2", "ks4", "census", "absence"} and not name.endswith(("_year", "_status"))
    }
    assert wanted <= {measure.feature for measure in m.MEASURES}


def test_every_measure_is_for_a_feature_of_the_catalogue() -> None:
    assert {measure.feature for measure in m.MEASURES} <= set(catalogue.FEATURES)


def test_no_feature_has_two_fields_in_the_same_release() -> None:
    for key, group in groupby(sorted(m.MEASURES, key=_key), key=_key):
        for one, other in combinations(group, 2):
            both = [year for year in YEARS if one.covers(year) and other.covers(year)]
            assert not both, f"{key}: {one.field} and {other.field} in {both}"


def test_every_verified_field_stands_in_a_full_layout_of_its_year() -> None:
    for measure in m.MEASURES:
        book = {m.KS2: KS2, m.KS4: KS4}.get(measure.kind)
        if book is None or measure.status is not Verification.VERIFIED:
            continue
        stated = [lay for lay in book.layouts.values() if not lay.partial and any(map(measure.covers, lay.years))]
        assert any(layout.has(measure.field) for layout in stated), measure


def test_every_field_of_an_earlier_layout_is_stated_there() -> None:
    for measure in m.MEASURES:
        book = {m.KS2: KS2, m.KS4: KS4}.get(measure.kind)
        if book is None or measure.status is Verification.VERIFIED:
            continue
        for year in range(measure.first_year, measure.last_year + 1):
            assert any(layout.has(measure.field) for layout in book.layouts_of(year)), (measure, year)


@pytest.mark.parametrize("kind", sorted({measure.kind for measure in m.MEASURES}))
def test_every_kind_of_release_that_has_measures_has_a_contract_with_those_fields(kind: str) -> None:
    of_kind = [contract for contract in contracts().values() if contract.kind == kind]
    assert of_kind
    indicators = {column.indicator for contract in of_kind for column in contract.indicator_columns}
    assert {measure.field for measure in m.MEASURES if measure.kind == kind} <= indicators


@pytest.mark.parametrize(
    ("kind", "year", "lag", "feature", "field"),
    [
        (m.KS2, 2012, 0, "ks2_l4_em", "PTENGMATX"),
        (m.KS2, 2013, 0, "ks2_l4_rwm", "PTREADWRITTAMATX"),
        (m.KS2, 2017, 0, "ks2_rwm_expected", "PTRWM_EXP"),
        (m.KS2, 2017, 1, "ks2_rwm_expected", "PTRWM_EXP_16"),
        (m.KS2, 2018, 2, "ks2_reading_progress_upper", "READPROG_UPPER_16"),
        (m.KS2, 2019, 1, "ks2_cohort", "TELIG_18"),
        (m.KS2, 2025, 2, "ks2_reading_progress", "READPROG_23"),
        (m.KS4, 2014, 0, "ks4_5acem", "PTAC5EM_PTQ"),
        (m.KS4, 2017, 2, "ks4_5acem", "AC5EM15_PTQ_EE"),
        (m.KS4, 2018, 1, "ks4_progress8", "P8MEA_17"),
        (m.KS4, 2025, 1, "ks4_attainment8", "ATT8SCR_PREV"),
        (m.KS4_TRIM, 2017, 0, "ks4_basics_95", "PTL2BASICS_95"),
    ],
)
def test_a_measure_stands_where_the_tables_print_it(kind: str, year: int, lag: int, feature: str, field: str) -> None:
    found = {measure.feature: measure.field for measure in m.measures(kind=kind, release_year=year, lag=lag)}
    assert found[feature] == field


def test_the_trim_of_2016_says_nothing_of_grade_5() -> None:
    assert "ks4_basics_95" not in {found.feature for found in m.measures(kind=m.KS4_TRIM, release_year=2016)}


def test_the_trims_heading_writing_is_not_taken_for_writing() -> None:
    assert "ks2_writing_expected" not in {found.feature for found in m.measures(kind=m.KS2_TRIM, release_year=2017)}


def test_a_third_partys_file_never_counts_as_verified() -> None:
    third = {m.KS2_TRIM, m.KS4_TRIM, m.KS2_PROGRESS_TRIM, m.KS2_EXTRACT, m.KS4_EXTRACT, m.FINANCE_EXTRACT}
    assert all(measure.status.flagged for measure in m.MEASURES if measure.kind in third)
