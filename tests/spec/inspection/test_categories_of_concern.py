"""Which inspection outcomes place a school in a category of concern, framework by framework."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

OTHERS = {
    "report_card_date": date(2026, 1, 20),
    "rc_inclusion": "expected_standard",
    "rc_curriculum_teaching": "strong_standard",
    "rc_achievement": "expected_standard",
    "rc_attendance_behaviour": "expected_standard",
    "rc_personal_development": "exceptional",
    "rc_leadership_governance": "expected_standard",
    "rc_safeguarding": "met",
}
URGENT, ATTENTION = "urgent_improvement", "needs_attention"
KEYS = {
    "inspection_date": date(2025, 3, 1),
    "inspection_framework": "R5",
    "quality_of_education_grade": 2.0,
    "behaviour_attitudes_grade": 2.0,
    "personal_development_grade": 2.0,
    "leadership_grade": 2.0,
    "safeguarding_effective": True,
}


@pytest.mark.parametrize(
    ("said", "special_measures", "significant_improvement"),
    [
        ({}, False, False),
        ({"rc_leadership_governance": URGENT}, False, True),
        ({"rc_achievement": URGENT}, False, True),
        ({"rc_leadership_governance": URGENT, "rc_inclusion": URGENT}, True, False),
        ({"rc_safeguarding": "not_met", "rc_leadership_governance": ATTENTION}, False, True),
        ({"rc_leadership_governance": URGENT, "rc_safeguarding": "not_met"}, True, False),
        ({"rc_post_16": URGENT}, False, True),
        ({"rc_leadership_governance": ATTENTION}, False, False),
    ],
    ids=[
        "all at the standard",
        "only leadership urgent",
        "achievement urgent",
        "leadership and inclusion urgent",
        "safeguarding not met, leadership needs attention",
        "leadership urgent and safeguarding not met",
        "post-16 urgent",
        "needs attention alone",
    ],
)
def test_a_report_card_leads_to_a_category_by_its_areas(
    rule: Callable[..., Any],
    primary: Callable[..., Any],
    said: dict[str, str],
    special_measures: bool,
    significant_improvement: bool,
) -> None:
    """Policy §5, R6: which urgent areas mean special measures and which requires significant improvement."""
    school = primary(**OTHERS | said)
    assert rule("rc_special_measures", school).truth is special_measures
    assert rule("rc_requires_significant_improvement", school).truth is significant_improvement


def test_an_area_that_the_card_does_not_judge_is_no_obstacle(
    rule: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any]
) -> None:
    """Policy §5, R6: a school without early years or post-16 provision is decided by the areas that it has."""
    absent = {"rc_early_years": missing("not_applicable"), "rc_post_16": missing("not_applicable")}
    assert rule("rc_special_measures", primary(**OTHERS) | absent).truth is False
    assert rule("rc_requires_significant_improvement", primary(**OTHERS) | absent).truth is False


def test_an_area_that_is_missing_leaves_the_category_unknown(
    rule: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any]
) -> None:
    """Policy §5, R6: a required area that is not in the file leaves the category unknown; it is not read as met."""
    school = primary(**OTHERS) | {"rc_achievement": missing("not_available")}
    assert rule("rc_requires_significant_improvement", school).truth is None


@pytest.mark.parametrize(
    ("said", "in_category", "serious_weaknesses"),
    [
        ({}, False, False),
        ({"behaviour_attitudes_grade": 4.0}, True, True),
        ({"leadership_grade": 4.0, "quality_of_education_grade": 3.0}, True, True),
        ({"quality_of_education_grade": 4.0}, True, False),
        ({"personal_development_grade": 4.0}, True, False),
        ({"safeguarding_effective": False}, True, True),
        ({"sixth_form_grade": 4.0}, True, True),
    ],
)
def test_key_judgements_lead_to_a_category_from_september_2024(
    rule: Callable[..., Any],
    primary: Callable[..., Any],
    said: dict[str, Any],
    in_category: bool,
    serious_weaknesses: bool,
) -> None:
    """Policy §5, R5: any key judgement inadequate or safeguarding ineffective is a category; which one follows."""
    school = primary(**KEYS | said)
    assert rule("key_judgement_inadequate", school).truth is in_category
    assert rule("key_judgements_give_serious_weaknesses", school).truth is serious_weaknesses


@pytest.mark.parametrize("framework", ["R1", "R2", "R3", "R4"])
def test_an_overall_grade_of_inadequate_is_a_category(
    rule: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any], framework: str
) -> None:
    """Policy §5, R1 to R4: an inadequate school is in a category even where the file does not name it."""
    school = primary(inspection_framework=framework, inspection_grade=4.0, category_of_concern=missing("not_available"))
    assert rule("in_category_of_concern", school).truth is True
    assert rule("in_category_of_concern", school | {"inspection_grade": 3.0}).truth is False


@pytest.mark.parametrize(
    ("day", "framework"),
    [
        (date(2012, 8, 31), "R1"),
        (date(2012, 9, 1), "R2"),
        (date(2015, 9, 1), "R3"),
        (date(2019, 9, 1), "R4"),
        (date(2024, 9, 1), "R4"),
        (date(2024, 9, 2), "R5"),
        (date(2025, 11, 9), "R5"),
        (date(2025, 11, 10), "R6"),
    ],
)
def test_a_day_has_its_framework(at: Callable[..., Any], day: date, framework: str) -> None:
    """Policy §5: frameworks change in September 2012, 2015, 2019, on 2 September 2024 and 10 November 2025."""
    assert at("england-national", as_at=day).constants["inspection_framework_in_force"].value == framework


@pytest.mark.parametrize(
    ("latest", "before", "eligible"),
    [
        ({"inspection_framework": "R4", "inspection_grade": 3.0}, {"previous_inspection_grade": 3.0}, True),
        ({"inspection_framework": "R4", "inspection_grade": 3.0}, {"previous_inspection_grade": 2.0}, False),
        (
            {"inspection_framework": "R5", "leadership_grade": 3.0, "quality_of_education_grade": 2.0},
            {"previous_inspection_grade": 3.0},
            True,
        ),
        (
            {"inspection_framework": "R5", "leadership_grade": 2.0, "quality_of_education_grade": 3.0},
            {"previous_inspection_grade": 4.0},
            True,
        ),
        (
            {"inspection_framework": "R5", "leadership_grade": 2.0, "quality_of_education_grade": 2.0},
            {"previous_inspection_grade": 3.0},
            False,
        ),
    ],
)
def test_rise_eligibility_before_report_cards(
    rule: Callable[..., Any],
    primary: Callable[..., Any],
    latest: dict[str, Any],
    before: dict[str, Any],
    eligible: bool,
) -> None:
    """Policy §9: to report cards, below good (or leadership or quality of education so judged) twice is eligible."""
    dates = {"inspection_date": date(2025, 2, 1), "previous_inspection_date": date(2021, 11, 1)}
    school = primary(**dates | {"previous_inspection_framework": "R4"} | latest | before)
    assert rule("rise_eligible", school, as_at=date(2025, 6, 30)).truth is eligible


@pytest.mark.parametrize(
    ("leadership", "grade", "eligible"),
    [(ATTENTION, 3.0, True), (ATTENTION, 2.0, False), ("expected_standard", 3.0, False)],
)
def test_rise_eligibility_after_report_cards(
    rule: Callable[..., Any], primary: Callable[..., Any], leadership: str, grade: float, eligible: bool
) -> None:
    """Policy §9: on a report card, leadership that needs attention and below good before is eligible."""
    said = {"rc_leadership_governance": leadership, "inspection_framework": "R4", "inspection_grade": grade}
    school = primary(**OTHERS | {"inspection_date": date(2022, 2, 1)} | said)
    assert rule("rise_eligible", school, as_at=date(2026, 2, 1)).truth is eligible
