"""Coasting: three years of results to 2018, inspection outcomes from September 2022."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

OLD = {"ks2_l4_rwm": 84.9, "ks2_reading_2lp": 93.0, "ks2_writing_2lp": 95.0, "ks2_maths_2lp": 92.0, "ks2_cohort": 30.0}
NEW = {
    "ks2_rwm_expected": 84.9,
    "ks2_reading_progress": -2.6,
    "ks2_reading_progress_upper": -0.1,
    "ks2_writing_progress": 0.0,
    "ks2_writing_progress_upper": 2.0,
    "ks2_maths_progress": 0.0,
    "ks2_maths_progress_upper": 2.0,
    "ks2_cohort": 30.0,
}
OLD4 = {"ks4_5acem": 59.9, "ks4_english_progress": 72.0, "ks4_maths_progress": 66.0, "ks4_cohort": 180.0}
NEW4 = {"ks4_progress8": -0.26, "ks4_progress8_upper": -0.01, "ks4_cohort": 180.0}
CARD = {
    "report_card_date": date(2026, 1, 20),
    "rc_inclusion": "expected_standard",
    "rc_curriculum_teaching": "expected_standard",
    "rc_achievement": "expected_standard",
    "rc_attendance_behaviour": "expected_standard",
    "rc_personal_development": "expected_standard",
    "rc_leadership_governance": "needs_attention",
    "rc_safeguarding": "met",
}


def _three_years(*years: dict[str, float]) -> dict[str, float]:
    suffixes = ("", "_previous", "_before_previous")
    return {
        f"{name}{suffix}": value for suffix, year in zip(suffixes, years, strict=True) for name, value in year.items()
    }


@pytest.mark.parametrize(
    ("number", "years"),
    [(2016, (NEW, OLD, OLD)), (2017, (NEW, NEW, OLD)), (2018, (NEW, NEW, NEW))],
)
def test_three_years_below_the_line_are_coasting(
    rule: Callable[..., Any], primary: Callable[..., Any], number: int, years: tuple[dict[str, float], ...]
) -> None:
    """Policy §4: a primary school below the line in each of three years, by each year's own measures, is coasting."""
    assert rule("ks2_coasting", primary(**_three_years(*years)), ks2=number).truth is True


@pytest.mark.parametrize(
    ("which", "said"),
    [
        (0, {"ks2_rwm_expected": 85.0}),
        (0, {"ks2_reading_progress": -2.5}),
        (0, {"ks2_reading_progress_upper": 0.0}),
        (0, {"ks2_cohort": 10.0}),
        (1, {"ks2_l4_rwm": 85.0}),
        (1, {"ks2_writing_2lp": 97.0}),
        (2, {"ks2_reading_2lp": 94.0}),
        (2, {"ks2_cohort": 10.0}),
    ],
)
def test_one_year_at_the_line_is_enough_not_to_be_coasting(
    rule: Callable[..., Any], primary: Callable[..., Any], which: int, said: dict[str, float]
) -> None:
    """Policy §4: one year at 85 %, at a median, at a score's line or with fewer than 11 pupils ends coasting."""
    years = [NEW, OLD, OLD]
    years[which] = years[which] | said
    assert rule("ks2_coasting", primary(**_three_years(*years)), ks2=2016).truth is False


def test_a_year_without_results_leaves_coasting_unknown(
    rule: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any]
) -> None:
    """Policy §0: a suppressed year leaves the coasting test unknown, neither met nor failed."""
    school = primary(**_three_years(NEW, OLD, OLD)) | {"ks2_l4_rwm_before_previous": missing("suppressed")}
    assert rule("ks2_coasting", school, ks2=2016).truth is None


@pytest.mark.parametrize(
    ("number", "years"), [(2016, (NEW4, OLD4, OLD4)), (2017, (NEW4, NEW4, OLD4)), (2018, (NEW4, NEW4, NEW4))]
)
def test_secondary_schools_coast_by_their_own_measures(
    rule: Callable[..., Any], secondary: Callable[..., Any], number: int, years: tuple[dict[str, float], ...]
) -> None:
    """Policy §4: a secondary school coasts below 60 % and both medians to 2015, below −0.25 significantly from 2016."""
    school = secondary(**_three_years(*years))
    assert rule("ks4_coasting", school, ks4=number).truth is True
    assert rule("ks4_coasting", school | {"ks4_progress8": -0.25}, ks4=number).truth is False
    assert rule("ks4_coasting", school | {"ks4_progress8_upper": 0.0}, ks4=number).truth is False


def test_from_2019_results_do_not_make_a_school_coasting(rule: Callable[..., Any], primary: Callable[..., Any]) -> None:
    """Policy §4: from results year 2018/19 coasting was no longer measured by results."""
    assert rule("ks2_coasting", primary(**_three_years(NEW, NEW, NEW)), ks2=2019).does_not_apply


@pytest.mark.parametrize(
    ("latest", "before", "coasting"),
    [
        ("requires_improvement", "requires_improvement", True),
        ("requires_improvement", "satisfactory", True),
        ("requires_improvement", "inadequate", True),
        ("requires_improvement", "good", False),
        ("good", "requires_improvement", False),
        ("inadequate", "requires_improvement", False),
    ],
)
def test_two_inspections_below_good_are_coasting_from_2022(
    rule: Callable[..., Any], primary: Callable[..., Any], latest: str, before: str, coasting: bool
) -> None:
    """Policy §4: from 1 September 2022 the latest requires improvement and the one before below good is coasting."""
    school = primary(
        inspection_date=date(2023, 3, 1),
        inspection_framework="R4",
        inspection_wording=latest,
        previous_inspection_date=date(2018, 3, 1),
        previous_inspection_wording=before,
    )
    assert rule("coasting_by_inspection", school, as_at=date(2024, 1, 31)).truth is coasting


def test_nurseries_and_single_inspections_are_not_coasting_by_inspection(
    rule: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any]
) -> None:
    """Policy §4: a maintained nursery, and a school with one inspection on record, are not coasting from 2022."""
    two = primary(
        inspection_date=date(2023, 3, 1),
        inspection_wording="requires_improvement",
        previous_inspection_date=date(2018, 3, 1),
        previous_inspection_wording="requires_improvement",
    )
    one = two | {
        "previous_inspection_date": missing("no_previous"),
        "previous_inspection_wording": missing("no_previous"),
    }
    nursery = two | {"legal_form": "maintained_nursery"}
    assert rule("coasting_by_inspection", nursery, as_at=date(2024, 1, 31)).truth is False
    assert rule("coasting_by_inspection", one, as_at=date(2024, 1, 31)).truth is False


@pytest.mark.parametrize(
    ("said", "coasting"),
    [
        ({"inspection_grade": 3.0}, True),
        ({"inspection_grade": 2.0}, False),
        ({"inspection_grade": 3.0, "rc_leadership_governance": "expected_standard"}, False),
        (
            {
                "inspection_grade": 4.0,
                "rc_leadership_governance": "expected_standard",
                "rc_achievement": "needs_attention",
            },
            True,
        ),
    ],
    ids=["route A", "good before", "leadership at the standard", "route B, left a category"],
)
def test_from_november_2025_coasting_reads_the_report_card(
    rule: Callable[..., Any], primary: Callable[..., Any], said: dict[str, Any], coasting: bool
) -> None:
    """Policy §4: from 17 November 2025 two routes by report card are read, flagged as unverified."""
    school = primary(**{"inspection_framework": "R4", "inspection_date": date(2022, 3, 1)} | CARD | said)
    trace = rule("coasting_by_inspection", school, as_at=date(2026, 2, 1))
    assert trace.truth is coasting
    assert trace.rule is not None
    assert trace.rule.citation is not None
    assert trace.rule.citation.status == "U"
