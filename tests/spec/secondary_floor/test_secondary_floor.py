"""The secondary floor standard by results year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from strandline.engine.trace import blamed

MEDIANS = {
    2010: (35, 72, 65),
    2011: (35, 74, 66),
    2012: (40, 70, 70),
    2013: (40, 73, 73),
    2014: (40, 74, 67),
    2015: (40, 73, 68),
}
WITH_MEDIANS = list(MEDIANS)
WITH_PROGRESS8 = [2016, 2017, 2018]
EVERY_YEAR = WITH_MEDIANS + WITH_PROGRESS8


def _below(number: int) -> dict[str, float]:
    if number in WITH_PROGRESS8:
        return {"ks4_progress8": -0.51, "ks4_progress8_upper": -0.01}
    floor, english, maths = MEDIANS[number]
    return {"ks4_5acem": floor - 0.1, "ks4_english_progress": english - 1, "ks4_maths_progress": maths - 1}


@pytest.mark.parametrize(("percent", "below"), [(29.9, True), (30.0, False)])
@pytest.mark.parametrize("number", [2007, 2008, 2009])
def test_to_2009_the_line_is_30_percent(
    rule: Callable[..., Any], secondary: Callable[..., Any], number: int, percent: float, below: bool
) -> None:
    """Policy §3: to results year 2009 a school is below with less than 30 % at five good passes with the basics."""
    assert rule("ks4_below_floor", secondary(ks4_5acem=percent), ks4=number).truth is below


@pytest.mark.parametrize(
    ("figures", "below"),
    [((39.9, 69, 69), True), ((39.9, 70, 69), False), ((39.9, 69, 70), False), ((40, 60, 60), False)],
)
def test_in_2012_attainment_and_both_subjects_must_be_missed(
    rule: Callable[..., Any], secondary: Callable[..., Any], figures: tuple[float, ...], below: bool
) -> None:
    """F4, WAR-34: 39.9 / 69 / 69 with medians of 70 / 70 is below the floor of 2012; English at the median is not."""
    attainment, english, maths = figures
    school = secondary(ks4_5acem=attainment, ks4_english_progress=english, ks4_maths_progress=maths)
    assert rule("ks4_below_floor", school, ks4=2012).truth is below


@pytest.mark.parametrize("number", EVERY_YEAR)
def test_a_school_strictly_below_every_part_is_below(
    rule: Callable[..., Any], secondary: Callable[..., Any], number: int
) -> None:
    """Policy §3: from 2010 a school strictly below every part of its year's standard is below the floor."""
    assert rule("ks4_below_floor", secondary(**_below(number)), ks4=number).truth is True


@pytest.mark.parametrize("number", WITH_MEDIANS)
def test_any_part_at_its_line_is_enough_to_be_above(
    rule: Callable[..., Any], secondary: Callable[..., Any], number: int
) -> None:
    """Policy §3: from 2010 to 2015 attainment at the floor, or one subject at its median, is not below."""
    floor, english, maths = MEDIANS[number]
    for said in ({"ks4_5acem": floor}, {"ks4_english_progress": english}, {"ks4_maths_progress": maths}):
        assert rule("ks4_below_floor", secondary(**_below(number) | said), ks4=number).truth is False


@pytest.mark.parametrize("number", WITH_PROGRESS8)
@pytest.mark.parametrize(
    ("score", "upper", "below"), [(-0.5, -0.1, False), (-0.51, 0.0, False), (-0.51, -0.01, True), (-1.2, 0.1, False)]
)
def test_from_2016_progress_8_must_be_low_and_significantly_so(
    rule: Callable[..., Any], secondary: Callable[..., Any], number: int, score: float, upper: float, below: bool
) -> None:
    """Policy §3: from 2016 below is Progress 8 under −0.5 with its upper confidence limit under 0."""
    school = secondary(ks4_progress8=score, ks4_progress8_upper=upper)
    assert rule("ks4_below_floor", school, ks4=number).truth is below


@pytest.mark.parametrize(
    ("number", "fewest"), [(number, 11) for number in WITH_MEDIANS] + [(n, 6) for n in WITH_PROGRESS8]
)
def test_the_floor_does_not_apply_to_very_small_cohorts(
    rule: Callable[..., Any], secondary: Callable[..., Any], number: int, fewest: int
) -> None:
    """Policy §3: fewer than 11 pupils (to 2015, unverified) or 6 (from 2016) leave a school out of the floor."""
    small = rule("ks4_below_floor", secondary(**_below(number), ks4_cohort=float(fewest - 1)), ks4=number)
    assert (small.truth, small.does_not_apply) == (False, True)
    assert rule("ks4_below_floor", secondary(**_below(number), ks4_cohort=float(fewest)), ks4=number).truth is True


@pytest.mark.parametrize("number", WITH_PROGRESS8)
def test_half_the_pupils_must_have_prior_attainment(
    rule: Callable[..., Any], secondary: Callable[..., Any], number: int
) -> None:
    """Policy §3: from 2016 a school with under half its pupils in the measure is left out; exactly half is in."""
    school = secondary(**_below(number))
    assert rule("ks4_below_floor", school | {"ks4_progress8_coverage": 49.9}, ks4=number).does_not_apply
    assert rule("ks4_below_floor", school | {"ks4_progress8_coverage": 50.0}, ks4=number).truth is True


@pytest.mark.parametrize(("number", "left_out"), [(2016, False), (2017, True), (2018, True)])
def test_technical_colleges_and_studio_schools_are_left_out_from_2017(
    rule: Callable[..., Any], secondary: Callable[..., Any], number: int, left_out: bool
) -> None:
    """Policy §3: university technical colleges and studio schools are left out of the floor from 2017."""
    for form in ("university_technical_college", "studio_school"):
        trace = rule("ks4_below_floor", secondary(**_below(number), legal_form=form), ks4=number)
        assert trace.does_not_apply is left_out


@pytest.mark.parametrize("number", EVERY_YEAR)
@pytest.mark.parametrize(
    "kind",
    [
        {"special": True, "sector": "special"},
        {"sector": "alternative_provision"},
        {"takes_ks4": False},
        {"state_funded": False},
    ],
    ids=["special", "alternative provision", "primary", "independent"],
)
def test_the_floor_does_not_apply_to_special_and_independent_schools(
    rule: Callable[..., Any], secondary: Callable[..., Any], number: int, kind: dict[str, Any]
) -> None:
    """Policy §3: special, alternative and independent schools are outside the secondary floor; that is no pass."""
    trace = rule("ks4_below_floor", secondary(**_below(number)) | kind, ks4=number)
    assert (trace.truth, trace.does_not_apply) == (False, True)


@pytest.mark.parametrize("number", EVERY_YEAR)
def test_a_missing_measure_makes_the_answer_unknown_and_is_named(
    rule: Callable[..., Any], secondary: Callable[..., Any], missing: Callable[..., Any], number: int
) -> None:
    """Policy §3: a school with one measure missing and the others below is unknown, and the measure is named."""
    name = "ks4_progress8_upper" if number in WITH_PROGRESS8 else "ks4_maths_progress"
    trace = rule("ks4_below_floor", secondary(**_below(number)) | {name: missing("suppressed")}, ks4=number)
    assert trace.truth is None
    assert set(blamed(trace)) == {name}


def test_from_2019_there_is_no_floor(rule: Callable[..., Any], secondary: Callable[..., Any]) -> None:
    """Policy §3: from results year 2018/19 no secondary floor standard was published."""
    trace = rule("ks4_below_floor", secondary(**_below(2018)), ks4=2019)
    assert (trace.truth, trace.does_not_apply) == (False, True)
