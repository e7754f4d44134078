"""What would change a category: tried, and in pupils."""

from __future__ import annotations

from datetime import date

import pytest
from factories.packs import little, trial

from strandline.engine.evaluate import decide
from strandline.engine.improve import improve
from strandline.engine.resolve import resolve

SCHOOL = {
    "state_funded": True,
    "takes_ks2": True,
    "special": False,
    "inspection_grade": 3,
    "inspection_date": date(2012, 3, 14),
    "direction_of_travel": "declining",
    "ks2_cohort": 30,
    "ks2_l4_em": 57.0,
    "ks2_english_2lp": 80.0,
}
FLOOR = """\
parameters: {floor: {unit: percent, value: 65, CITE}}
categories:
  - {code: B, title: Below, when: "ks2_rwm_expected < floor", CITE}
  - {code: A, title: Above, when: "ks2_rwm_expected >= floor", CITE}
"""


def suggestions(pack, school):
    resolved = resolve(pack, as_at=date(2013, 9, 30), clocks={"ks2_results_year": 2012})
    decision = decide(resolved, school)
    found = improve(resolved, decision, school)
    for each in found:
        changed = decide(resolved, {**school, each.name: each.after})
        assert changed.category == each.category != decision.category
    return found


def test_one_more_pupil_of_thirty_is_counted_in_pupils():
    nearest, other = suggestions(little(), SCHOOL)
    assert (nearest.pupils, nearest.cohort, nearest.after, nearest.category) == (1, 30, 60.0, "3A")
    assert nearest.sentence == (
        "One more pupil of 30 at level 4 or above in both English and maths (57 % to 60 %) would clear 60 % "
        "and put the school in category 3A (Satisfactory, declining)."
    )
    assert (other.name, other.pupils) == ("ks2_english_2lp", 2)


def test_the_sentence_of_the_issue(tmp_path):
    (one,) = suggestions(trial(tmp_path, FLOOR), {"ks2_rwm_expected": 63.0, "ks2_cohort": 30})
    assert one.sentence == (
        "One more pupil of 30 at the expected standard in reading, writing and maths (63 % to 67 %) would clear 65 % "
        "and put the school in category A (Above)."
    )
    assert (one.pupils, one.after) == (1, 67.0)


@pytest.mark.parametrize(
    ("value", "cohort", "pupils", "after"),
    [
        (63.3, 30, 1, 66.7),
        (50.0, 10, 2, 70.0),
        (0.0, 10, 7, 70.0),
        (64.0, 100, 1, 65.0),
        (64.0, 1000, 5, 65.0),
        (65.0, 1000, -6, 64.0),
        (64.9, 1000, 1, 65.0),
        (65.0, 20, -1, 60.0),
    ],
)
def test_the_fewest_pupils_that_do_it(tmp_path, value, cohort, pupils, after):
    (one,) = suggestions(trial(tmp_path, FLOOR), {"ks2_rwm_expected": value, "ks2_cohort": cohort})
    assert (one.pupils, one.after) == (pupils, after)


def test_a_percentage_that_whole_pupils_cannot_give_is_said_to_be_about(tmp_path):
    (one,) = suggestions(trial(tmp_path, FLOOR), {"ks2_rwm_expected": 62.0, "ks2_cohort": 30})
    assert one.sentence.startswith("About one more pupil of 30")


def test_without_a_cohort_the_figure_itself_moves(tmp_path):
    (one,) = suggestions(trial(tmp_path, FLOOR), {"ks2_rwm_expected": 63.0, "ks2_cohort": None})
    assert (one.pupils, one.after) == (None, 65.0)
    assert one.sentence.startswith("A change in expected standard")


def test_a_progress_score_moves_by_its_last_printed_digit(tmp_path):
    pack = trial(
        tmp_path,
        """\
        categories:
          - {code: B, title: Below, when: "ks4_progress8 < -0.5 AND ks4_progress8_upper < 0", CITE}
          - {code: A, title: Above, when: "ks4_progress8 IS NOT NULL", CITE}
        """,
    )
    found = suggestions(pack, {"ks4_progress8": -0.62, "ks4_progress8_upper": -0.1})
    assert {(each.name, each.after) for each in found} == {("ks4_progress8", -0.5), ("ks4_progress8_upper", 0.0)}


def test_a_grade_stays_a_grade_and_the_overall_grade_is_left_alone():
    school = {**SCHOOL, "inspection_date": date(2012, 9, 14), "ks2_l4_em": 90.0, "leadership_grade": 3}
    found = suggestions(little(), {**school, "capacity_to_improve": "low"})
    assert ("leadership_grade", 2.0, "3D") in {(each.name, each.after, each.category) for each in found}
    assert "inspection_grade" not in {each.name for each in found}


def test_what_no_single_figure_can_change_gives_no_suggestion():
    school = {**SCHOOL, "ks2_l4_em": 20.0, "ks2_english_2lp": 80.0, "inspection_grade": 4}
    assert suggestions(little(), school) == ()


def test_an_undecided_school_is_given_no_suggestion():
    assert suggestions(little(), {**SCHOOL, "ks2_l4_em": None}) == ()
