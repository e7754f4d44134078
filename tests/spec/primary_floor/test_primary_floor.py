"""The primary floor standard by results year: what is below, what is not, and what cannot be said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from strandline.engine.trace import blamed

Year = tuple[int, str, float, dict[str, float]]

OF_THREE_PARTS: list[Year] = [
    (2010, "ks2_l4_em", 60, {"ks2_english_2lp": 87, "ks2_maths_2lp": 86}),
    (2011, "ks2_l4_em", 60, {"ks2_english_2lp": 87, "ks2_maths_2lp": 86}),
    (2012, "ks2_l4_em", 60, {"ks2_english_2lp": 92, "ks2_maths_2lp": 90}),
]
OF_FOUR_PARTS: list[Year] = [
    (2013, "ks2_l4_rwm", 60, {"ks2_reading_2lp": 91, "ks2_writing_2lp": 95, "ks2_maths_2lp": 92}),
    (2014, "ks2_l4_rwm", 65, {"ks2_reading_2lp": 94, "ks2_writing_2lp": 96, "ks2_maths_2lp": 93}),
    (2015, "ks2_l4_rwm", 65, {"ks2_reading_2lp": 94, "ks2_writing_2lp": 97, "ks2_maths_2lp": 93}),
]
WITH_MEDIANS = OF_THREE_PARTS + OF_FOUR_PARTS
WITH_SCORES = [2016, 2017, 2018]
EVERY_YEAR = [year[0] for year in WITH_MEDIANS] + WITH_SCORES
by_year = pytest.mark.parametrize("year", WITH_MEDIANS, ids=[str(year[0]) for year in WITH_MEDIANS])


def _just_below(year: Year) -> dict[str, float]:
    _, attainment, floor, medians = year
    return {attainment: floor - 0.1} | {name: median - 1 for name, median in medians.items()}


def _scores(**said: float) -> dict[str, float]:
    below = {
        "ks2_rwm_expected": 64.9,
        "ks2_reading_progress": -5.1,
        "ks2_reading_progress_upper": -2.0,
        "ks2_writing_progress": -7.1,
        "ks2_writing_progress_upper": -2.0,
        "ks2_maths_progress": -5.1,
        "ks2_maths_progress_upper": -2.0,
    }
    return below | said


def _below(number: int) -> dict[str, float]:
    if number in WITH_SCORES:
        return _scores()
    return _just_below(next(year for year in WITH_MEDIANS if year[0] == number))


@pytest.mark.parametrize(("percent", "below"), [(54.9, True), (55.0, False), (55.1, False)])
@pytest.mark.parametrize("number", [2008, 2009])
def test_to_2009_attainment_alone_decides(
    rule: Callable[..., Any], primary: Callable[..., Any], number: int, percent: float, below: bool
) -> None:
    """F3: to results year 2008/09 a school is below the floor with less than 55 % at level 4 in English and maths."""
    assert rule("ks2_below_floor", primary(ks2_l4_em=percent), ks2=number).truth is below


@pytest.mark.parametrize(
    ("figures", "below"),
    [((58, 86, 85), True), ((58, 86, 86), False), ((58, 87, 85), False), ((60, 70, 70), False), ((59.9, 86, 85), True)],
)
def test_in_2010_all_three_parts_must_be_missed(
    rule: Callable[..., Any], primary: Callable[..., Any], figures: tuple[float, ...], below: bool
) -> None:
    """F2, WAL-01: in 2010 58 / 86 / 85 is below the floor; 58 / 87 / 85 (median reached) and 60 / 70 / 70 are not."""
    attainment, english, maths = figures
    school = primary(ks2_l4_em=attainment, ks2_english_2lp=english, ks2_maths_2lp=maths)
    assert rule("ks2_below_floor", school, ks2=2010).truth is below


@by_year
def test_a_school_strictly_below_every_part_is_below(
    rule: Callable[..., Any], primary: Callable[..., Any], year: Year
) -> None:
    """Policy §2: from 2010 to 2015 a school strictly below attainment and every median is below the floor."""
    assert rule("ks2_below_floor", primary(**_just_below(year)), ks2=year[0]).truth is True


@by_year
def test_attainment_at_the_floor_is_not_below(
    rule: Callable[..., Any], primary: Callable[..., Any], year: Year
) -> None:
    """Policy §2: attainment equal to the floor of its year is not below it, whatever the progress."""
    number, attainment, floor, _ = year
    assert rule("ks2_below_floor", primary(**_just_below(year) | {attainment: floor}), ks2=number).truth is False


@by_year
def test_one_part_equal_to_its_median_is_enough_to_be_above(
    rule: Callable[..., Any], primary: Callable[..., Any], year: Year
) -> None:
    """Policy §2, note 2: a school that reaches one median exactly is not below the floor."""
    number, _, _, medians = year
    for name, median in medians.items():
        assert rule("ks2_below_floor", primary(**_just_below(year) | {name: median}), ks2=number).truth is False


@pytest.mark.parametrize("number", EVERY_YEAR)
def test_the_floor_does_not_apply_to_fewer_than_eleven_pupils(
    rule: Callable[..., Any], primary: Callable[..., Any], number: int
) -> None:
    """Policy §2: with 10 eligible pupils the floor does not apply; with 11 it does."""
    ten = rule("ks2_below_floor", primary(**_below(number), ks2_cohort=10.0), ks2=number)
    assert (ten.truth, ten.does_not_apply) == (False, True)
    assert rule("ks2_below_floor", primary(**_below(number), ks2_cohort=11.0), ks2=number).truth is True


@pytest.mark.parametrize("number", EVERY_YEAR)
@pytest.mark.parametrize(
    "kind",
    [
        {"special": True, "sector": "special"},
        {"sector": "alternative_provision", "legal_form": "pupil_referral_unit"},
        {"takes_ks2": False},
        {"state_funded": False},
    ],
    ids=["special", "pupil referral unit", "infant", "independent"],
)
def test_the_floor_does_not_apply_to_special_infant_and_independent_schools(
    rule: Callable[..., Any], primary: Callable[..., Any], number: int, kind: dict[str, Any]
) -> None:
    """Policy §2, SEF-05: for special, referral-unit and infant schools the floor "does not apply"; it is no pass."""
    trace = rule("ks2_below_floor", primary(**_below(number)) | kind, ks2=number)
    assert (trace.truth, trace.does_not_apply) == (False, True)


@pytest.mark.parametrize("number", EVERY_YEAR)
def test_a_missing_measure_makes_the_answer_unknown_and_is_named(
    rule: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any], number: int
) -> None:
    """Policy §2: a school with the other parts below and maths suppressed is unknown, and maths is named."""
    name = "ks2_maths_progress" if number in WITH_SCORES else "ks2_maths_2lp"
    figures = _below(number)
    if number in WITH_SCORES:
        figures |= {"ks2_reading_progress": 0.0, "ks2_reading_progress_upper": 2.0, "ks2_writing_progress": 0.0}
    school = primary(**figures) | {name: missing("suppressed")}
    trace = rule("ks2_below_floor", school, ks2=number)
    assert trace.truth is None
    assert name in blamed(trace)


@pytest.mark.parametrize("number", EVERY_YEAR)
def test_a_missing_measure_does_not_matter_where_attainment_is_at_the_floor(
    rule: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any], number: int
) -> None:
    """Policy §2: attainment at the floor settles the question even when progress is missing."""
    attainment = "ks2_rwm_expected" if number in WITH_SCORES else "ks2_l4_em" if number < 2013 else "ks2_l4_rwm"
    progress = "ks2_maths_progress" if number in WITH_SCORES else "ks2_maths_2lp"
    school = primary(**_below(number)) | {attainment: 65.0, progress: missing("suppressed")}
    assert rule("ks2_below_floor", school, ks2=number).truth is False


@pytest.mark.parametrize("number", WITH_SCORES)
@pytest.mark.parametrize(
    ("said", "below"),
    [
        ({}, True),
        ({"ks2_rwm_expected": 65.0}, False),
        ({"ks2_reading_progress": -5.0, "ks2_writing_progress": -7.0, "ks2_maths_progress": -5.0}, False),
        ({"ks2_writing_progress": -7.0, "ks2_maths_progress": -5.0}, True),
        ({"ks2_reading_progress": 0.0, "ks2_maths_progress": 0.0}, True),
    ],
    ids=["all short", "attainment at 65", "every score at its line", "reading short", "writing short"],
)
def test_from_2016_insufficient_progress_in_any_subject_counts(
    rule: Callable[..., Any], primary: Callable[..., Any], number: int, said: dict[str, float], below: bool
) -> None:
    """Policy §2: from 2016 below is under 65 % with progress under −5 (reading, maths) or −7 (writing)."""
    assert rule("ks2_below_floor", primary(**_scores(**said)), ks2=number).truth is below


@pytest.mark.parametrize("number", WITH_SCORES)
@pytest.mark.parametrize(("upper", "below"), [(-0.1, True), (0.0, False), (0.4, False)])
def test_one_subject_alone_must_be_significantly_below(
    rule: Callable[..., Any], primary: Callable[..., Any], number: int, upper: float, below: bool
) -> None:
    """Policy §2: where exactly one subject is short its upper confidence limit must lie below zero."""
    said = {"ks2_reading_progress": 0.0, "ks2_writing_progress": 0.0, "ks2_maths_progress_upper": upper}
    assert rule("ks2_below_floor", primary(**_scores(**said)), ks2=number).truth is below


@pytest.mark.parametrize("number", WITH_SCORES)
def test_two_subjects_short_need_no_significance(
    rule: Callable[..., Any], primary: Callable[..., Any], number: int
) -> None:
    """Policy §2: where two subjects are short neither need be significantly below."""
    said = {"ks2_reading_progress": 0.0, "ks2_writing_progress_upper": 0.5, "ks2_maths_progress_upper": 0.5}
    assert rule("ks2_below_floor", primary(**_scores(**said)), ks2=number).truth is True


def test_one_subject_short_without_its_limit_is_unknown_and_the_plain_rule_is_not(
    rule: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any]
) -> None:
    """Policy §2: without confidence limits one short subject leaves a school unknown; the plain rule calls it below."""
    scores = _scores(ks2_reading_progress=0.0, ks2_writing_progress=0.0)
    school = primary(**scores) | {"ks2_maths_progress_upper": missing("not_available")}
    trace = rule("ks2_below_floor", school, ks2=2017)
    assert trace.truth is None
    assert set(blamed(trace)) == {"ks2_maths_progress_upper"}
    assert rule("ks2_below_floor_plain", school, ks2=2017).truth is True


@pytest.mark.parametrize("number", [2019, 2022])
def test_from_2019_there_is_no_floor(rule: Callable[..., Any], primary: Callable[..., Any], number: int) -> None:
    """Policy §2: from results year 2018/19 no floor standard was published, so it does not apply to any school."""
    trace = rule("ks2_below_floor", primary(**_scores()), ks2=number)
    assert (trace.truth, trace.does_not_apply) == (False, True)
    assert trace.rule is not None
    assert "no floor standard" in trace.rule.none


def test_the_rule_of_a_year_is_chosen_by_its_results(rule: Callable[..., Any], primary: Callable[..., Any]) -> None:
    """WAL-02, INC-24: 57 % with weak progress is above the floor by the rule of 2009 and below by that of 2010."""
    school = primary(ks2_l4_em=57.0, ks2_english_2lp=80.0, ks2_maths_2lp=80.0)
    assert rule("ks2_below_floor", school, ks2=2009).truth is False
    assert rule("ks2_below_floor", school, ks2=2010).truth is True


def test_a_rule_holds_when_it_was_announced_and_where_it_stands(at: Callable[..., Any]) -> None:
    """WAL-02: the floor is 55 % for results year 2009, 60 % for 2010 and 2011, with source and announcement."""
    found = {year: at("england-national", ks2=year).constants["ks2_floor_attainment"] for year in (2009, 2010, 2011)}
    assert {year: constant.value for year, constant in found.items()} == {2009: 55, 2010: 60, 2011: 60}
    assert all(constant.citation is not None for constant in found.values())
    assert found[2010].parameter is not None
    assert found[2010].parameter.announced is not None


@pytest.mark.parametrize("name", ["ks2_floor_english_median", "ks2_floor_maths_median"])
def test_medians_that_were_not_found_are_flagged(at: Callable[..., Any], name: str) -> None:
    """Policy §19: the medians of 2011 and 2012 are unverified and say so; those of 2010 are not."""
    flagged = {
        year: at("england-national", ks2=year).constants[name].citation.status.flagged for year in (2010, 2011, 2012)
    }
    assert flagged == {2010: False, 2011: True, 2012: True}
