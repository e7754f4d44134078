"""The scraped history of grades, and the derived file of each school's latest inspection."""

from __future__ import annotations

from datetime import date

import pytest

from strandline.sources.inspections.history import LATEST

HISTORY = (
    "URN,Rating,Inspection Date\r\n"
    "110001,Satisfactory,20080514\r\n"
    "110001,Good,20110209\r\n"
    "110002,Inadequate,20121003\r\n"
)
CARD = {
    "urn": "110001",
    "school_name": "Ash Lane Primary School",
    "inspected_on": "2026-01-20",
    "framework": "report_card",
    "rc_inclusion": "needs-attention",
    "rc_curriculum_teaching": "urgent",
    "rc_achievement": "expected",
    "rc_attendance_behaviour": "strong",
    "rc_personal_development": "exceptional",
    "rc_leadership_governance": "urgent",
    "rc_safeguarding": "not met",
    "concern": "SM",
}
GRADED = {
    "urn": "110002",
    "school_name": "Beech Lane Primary School",
    "inspected_on": "2024-06-12",
    "overall": "Requires improvement",
    "framework": "graded",
    "quality_of_education": "Requires improvement",
    "leadership_management": "Good",
}


def test_each_row_of_the_history_is_an_inspection_with_its_word(desk):
    added = desk.add(HISTORY, name="history.csv", part=True)
    inspections = desk.table(added, "inspections")
    assert inspections.select("urn", "inspected_on", "overall_grade", "overall_token").rows() == [
        (110001, date(2008, 5, 14), 3, "Satisfactory"),
        (110001, date(2011, 2, 9), 2, "Good"),
        (110002, date(2012, 10, 3), 4, "Inadequate"),
    ]
    assert inspections["published_on"].null_count() == 3
    assert inspections["which"].unique().to_list() == ["history"]


def test_the_history_says_nothing_of_a_category_of_concern(desk):
    inspections = desk.table(desk.add(HISTORY, name="history.csv", part=True), "inspections")
    assert inspections["category_of_concern"].null_count() == 3


def test_an_inspection_that_stands_twice_is_kept_twice(desk):
    text = HISTORY + "110002,Inadequate,20121003\r\n"
    assert desk.table(desk.add(text, name="history.csv", part=True), "inspections").height == 4


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Good,20110209", "Excellent,20110209", 'value "Excellent"'),
        ("Good,20110209", ",20110209", "must not be empty"),
        ("20110209", "20110229", 'value "20110229"'),
        ("20110209", "09/02/2011", 'value "09/02/2011"'),
        ("110001,Good", "11,Good", "out of range"),
        ("110001,Good", "X110001,Good", 'value "X110001"'),
    ],
)
def test_a_bad_cell_of_the_history_is_refused_with_its_row(desk, old, new, said):
    refusal = desk.refusal(HISTORY.replace(old, new), name="history.csv", part=True)
    assert said in refusal
    assert "row 3" in refusal


def test_a_history_cut_within_its_last_row_is_refused(desk):
    assert "line break" in desk.refusal(HISTORY[:-4], name="history.csv", part=True)


@pytest.fixture
def latest(desk, official_text):
    """The inspections of two schools in the derived file."""
    added = desk.add(official_text(LATEST, [CARD, GRADED]).csv(), name="latest_2026-05-31.csv", part=True)
    return desk.table(added, "inspections").head(2).rows(named=True)


def test_the_areas_of_a_report_card_keep_their_own_scale(latest):
    card = latest[0]
    assert card["event"] == "report_card"
    assert card["overall_grade"] is None
    assert card["rc_inclusion"] == "needs_attention"
    assert card["rc_curriculum_teaching"] == "urgent_improvement"
    assert card["rc_achievement"] == "expected_standard"
    assert card["rc_attendance_behaviour"] == "strong_standard"
    assert card["rc_personal_development"] == "exceptional"
    assert card["rc_safeguarding"] == "not_met"
    assert card["category_of_concern"] == "special_measures"


def test_a_graded_inspection_keeps_its_grades_and_has_no_report_card(latest):
    graded = latest[1]
    assert graded["event"] == "graded"
    assert graded["overall_grade"] == 3
    assert graded["overall_token"] == "Requires improvement"
    assert graded["leadership_management"] == 2
    assert graded["rc_inclusion"] is None
    assert graded["category_of_concern"] is None
