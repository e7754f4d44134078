"""England 2026: each school by its own framework; no grade is turned into a standard or back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

ENGLAND = "england-2026"
NOW = {"as_at": date(2026, 2, 1)}
STANDARDS = {
    "report_card_date": date(2026, 1, 20),
    "rc_inclusion": "expected_standard",
    "rc_curriculum_teaching": "strong_standard",
    "rc_achievement": "expected_standard",
    "rc_attendance_behaviour": "expected_standard",
    "rc_personal_development": "expected_standard",
    "rc_leadership_governance": "expected_standard",
    "rc_safeguarding": "met",
}
KEYS = {
    "inspection_date": date(2025, 3, 1),
    "inspection_framework": "R5",
    "quality_of_education_grade": 2.0,
    "behaviour_attitudes_grade": 2.0,
    "personal_development_grade": 1.0,
    "leadership_grade": 2.0,
    "safeguarding_effective": True,
}
OVERALL = {"inspection_date": date(2022, 3, 1), "inspection_framework": "R4"}
UNKNOWN = (
    "inspection_date",
    "inspection_framework",
    "inspection_grade",
    "inspection_wording",
    "category_of_concern",
    "direction_of_travel",
    "leadership_grade",
    "report_card_date",
    "previous_inspection_date",
)


@pytest.fixture
def bare(primary: Callable[..., Any], missing: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """A school of which nothing is known but what is said."""

    def school(**said: Any) -> dict[str, Any]:
        unknown = dict.fromkeys(UNKNOWN, missing("never_inspected"))
        return primary() | unknown | said

    return school


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "NI"),
        (STANDARDS | {"rc_leadership_governance": "urgent_improvement", "rc_safeguarding": "not_met"}, "SM"),
        (STANDARDS | {"rc_achievement": "urgent_improvement"}, "RSI"),
        (STANDARDS | {"rc_inclusion": "needs_attention"}, "NA"),
        (STANDARDS, "RC"),
        (OVERALL | {"inspection_grade": 4.0, "category_of_concern": "special_measures"}, "SM"),
        (OVERALL | {"inspection_grade": 4.0, "category_of_concern": "serious_weaknesses"}, "SW"),
        (OVERALL | {"inspection_grade": 4.0, "category_of_concern": "none"}, "IN"),
        (OVERALL | {"inspection_grade": 3.0, "category_of_concern": "none"}, "O3"),
        (OVERALL | {"inspection_grade": 2.0, "category_of_concern": "none"}, "O2"),
        (KEYS | {"category_of_concern": "none"}, "K2"),
        (KEYS | {"quality_of_education_grade": 3.0}, "K3"),
        (KEYS | {"leadership_grade": 4.0}, "IN"),
        (KEYS | {"leadership_grade": 4.0, "category_of_concern": "serious_weaknesses"}, "SW"),
    ],
)
def test_a_school_is_placed_by_the_words_of_its_own_framework(
    decided: Callable[..., Any], bare: Callable[..., Any], said: dict[str, Any], code: str
) -> None:
    """Policy §5: report card, key judgements or overall grade place a school, each in its own words."""
    decision = decided(ENGLAND, bare(**said), **NOW)
    assert (decision.state, decision.category) == ("decided", code), decision.missing


def test_below_good_twice_is_rise_eligibility_before_a_report_card(
    decided: Callable[..., Any], bare: Callable[..., Any]
) -> None:
    """Policy §9: a school below good twice is placed under RISE eligibility while it has no report card."""
    twice = OVERALL | {
        "inspection_grade": 3.0,
        "inspection_wording": "requires_improvement",
        "category_of_concern": "none",
        "previous_inspection_date": date(2018, 3, 1),
        "previous_inspection_framework": "R3",
        "previous_inspection_grade": 3.0,
        "previous_inspection_wording": "requires_improvement",
    }
    assert decided(ENGLAND, bare(**twice), **NOW).category == "RE"
    assert decided(ENGLAND, bare(**twice), as_at=date(2025, 9, 1)).category == "CO"


def test_leadership_that_needs_attention_after_below_good_is_coasting_in_law(
    decided: Callable[..., Any], bare: Callable[..., Any]
) -> None:
    """Policy §4, §9: on a report card the legal status of coasting is placed before RISE eligibility."""
    school = bare(**OVERALL | {"inspection_grade": 3.0} | STANDARDS | {"rc_leadership_governance": "needs_attention"})
    assert decided(ENGLAND, school, **NOW).category == "CO"


def test_an_area_missing_from_the_card_leaves_the_school_undecided(
    decided: Callable[..., Any], bare: Callable[..., Any], missing: Callable[..., Any]
) -> None:
    """Policy §0: a report card with an area missing is undecided and the area is named."""
    decision = decided(ENGLAND, bare(**STANDARDS) | {"rc_achievement": missing("not_available")}, **NOW)
    assert decision.state == "undecided"
    assert "rc_achievement" in decision.missing


def test_low_attainment_is_used_only_where_the_letter_is_recorded(
    decided: Callable[..., Any], bare: Callable[..., Any]
) -> None:
    """Policy §9: no threshold was published, so low attainment decides only where an officer records the letter."""
    school = bare(**OVERALL | {"inspection_grade": 2.0, "category_of_concern": "none"})
    assert decided(ENGLAND, school, **NOW).category == "O2"
    assert (
        decided(ENGLAND, school | {"low_attainment_letter": True}, **NOW, low_attainment_basis="letter").category
        == "LA"
    )
    assert decided(ENGLAND, school, **NOW, low_attainment_basis="letter").state == "needs_judgement"


def test_no_word_on_screen_calls_a_school_by_the_policy_nickname(pack: Callable[..., Any]) -> None:
    """House vocabulary: categories speak of RISE eligibility and of no school as stuck or failing."""
    shown = " ".join(f"{c.title} {c.words}" for c in pack(ENGLAND).categories).lower()
    assert "rise eligibility" in shown
    assert "stuck" not in shown
    assert "failing" not in shown


def test_what_was_not_read_in_the_source_is_flagged(pack: Callable[..., Any]) -> None:
    """Policy §0: rules that rest on a secondary source or none say so wherever they decide."""
    rules = pack(ENGLAND).rules
    latest = {name: rules[name].versions[-1].citation.status for name in ("coasting_by_inspection", "rise_eligible")}
    assert {name: str(status) for name, status in latest.items()} == {
        "coasting_by_inspection": "U",
        "rise_eligible": "S",
    }
