"""The report-card layout from November 2025: 85 columns, three blocks, Windows-1252, text NULL."""

from __future__ import annotations

from datetime import date

import pytest

from strandline.sources.inspections.report_cards import REPORT_CARDS

NAME = "latest_inspections_as_at_31_Jan_2026.csv"
SCHOOL = {
    "urn": "110001",
    "laestab": "9372001",
    "school_name": "Ash Lane Primary School – Upper",
    "ofsted_phase": "Primary",
    "establishment_type": "Academy Converter",
    "region": "West Midlands",
    "la_name": "Warwickshire",
    "opened_on": "01/09/2012",
}
CARD = {
    "card__inspection_number": "10400001",
    "card__inspected_on": "02/12/2025",
    "card__published_on": "12/01/2026",
    "card__of_current_school": "Yes",
    "card__inspected_urn": "110001",
    "card__category_of_concern": "RSI",
    "card__rc_safeguarding": "Not met",
    "card__rc_inclusion": "Expected standard",
    "card__rc_curriculum_teaching": "Needs attention",
    "card__rc_achievement": "Urgent improvement",
    "card__rc_attendance_behaviour": "Strong standard",
    "card__rc_personal_development": "Exceptional",
    "card__rc_leadership_governance": "Needs attention",
}
GRADED = {
    "latest__inspection_number": "10300001",
    "latest__inspected_on": "10/01/2023",
    "latest__published_on": "15/02/2023",
    "latest__overall_grade": "2",
    "latest__quality_of_education": "2",
    "latest__leadership_management": "2",
    "latest__safeguarding_effective": "Yes",
    "latest__inspected_urn": "110001",
}
UNGRADED = {
    "ungraded__inspection_number": "10350001",
    "ungraded__inspected_on": "11/03/2025",
    "ungraded__published_on": "20/04/2025",
    "ungraded__ungraded_outcome": "Standards maintained",
}


@pytest.fixture
def inspections(desk, official_text):
    """The inspections of one school, whose cells the keyword arguments change."""

    def stored(**changes):
        row = {**SCHOOL, **CARD, **GRADED, **UNGRADED, **changes}
        added = desk.add(official_text(REPORT_CARDS, [row], blank="NULL").csv(), name=NAME, encoding="cp1252")
        return desk.table(added, "inspections")

    return stored


def test_the_layout_has_85_columns():
    assert len(REPORT_CARDS.columns) == 85


def test_the_three_blocks_are_three_inspections_with_their_own_dates(inspections):
    assert inspections().select("event", "inspected_on", "published_on").rows() == [
        ("graded", date(2023, 1, 10), date(2023, 2, 15)),
        ("ungraded", date(2025, 3, 11), date(2025, 4, 20)),
        ("report_card", date(2025, 12, 2), date(2026, 1, 12)),
    ]


def test_each_area_of_a_report_card_is_kept_on_its_own_scale(inspections):
    card = inspections().row(2, named=True)
    assert card["rc_inclusion"] == "expected_standard"
    assert card["rc_curriculum_teaching"] == "needs_attention"
    assert card["rc_achievement"] == "urgent_improvement"
    assert card["rc_attendance_behaviour"] == "strong_standard"
    assert card["rc_personal_development"] == "exceptional"
    assert card["rc_leadership_governance"] == "needs_attention"
    assert card["rc_safeguarding"] == "not_met"
    assert card["category_of_concern"] == "requires_significant_improvement"


def test_a_report_card_is_never_a_grade(inspections):
    card = inspections().row(2, named=True)
    assert card["overall_grade"] is None
    assert card["leadership_management"] is None


def test_an_area_that_does_not_apply_is_missing(inspections):
    assert inspections().row(2, named=True)["rc_post_16"] is None


def test_no_inspection_is_made_of_a_block_of_nulls(desk, official_text):
    added = desk.add(official_text(REPORT_CARDS, [{**SCHOOL, **GRADED}], blank="NULL").csv(), name=NAME)
    assert desk.table(added, "inspections")["event"].to_list() == ["graded"]
    assert desk.table(added, "schools")["postcode"].to_list() == [None]


def test_a_grade_of_another_scale_is_refused(desk, official_text):
    text = official_text(REPORT_CARDS, [{**SCHOOL, **CARD, "card__rc_inclusion": "Good"}], blank="NULL").csv()
    refusal = desk.refusal(text, name=NAME, encoding="cp1252")
    assert "Inclusion" in refusal
    assert 'value "Good"' in refusal


def test_safeguarding_is_met_or_not_met_and_nothing_else(desk, official_text):
    text = official_text(REPORT_CARDS, [{**SCHOOL, **CARD, "card__rc_safeguarding": "Effective"}], blank="NULL").csv()
    assert "Safeguarding standards" in desk.refusal(text, name=NAME, encoding="cp1252")
