"""Comparisons that reckon, and what each comparison asks, in words and never in the language of rules."""

from __future__ import annotations

from datetime import date

import pytest
from factories.packs import trial

from strandline.engine.evaluate import decide
from strandline.engine.explain import explain
from strandline.engine.resolve import resolve
from strandline.kernel.missing import Missing, MissingReason

SWING = """\
parameters:
  swing: {{unit: percentage_points, meaning: A swing, value: 15, CITE}}
judgements:
  word: {{kind: code, values: {{yes_it_is: Indeed so}}, meaning: What the officer says, CITE}}
categories:
  - {{code: A, title: Inconsistent, when: "{when}", CITE}}
"""
SCHOOL = {
    "ks2_l4_em": 80.0,
    "ks2_l4_em_previous": 100.0,
    "ks2_english_2lp": 70.0,
    "inspection_date": date(2012, 3, 14),
    "inspection_framework": "R5",
    "inspection_grade": 3,
    "quality_of_education_grade": 2,
    "category_of_concern": "none",
    "word": "yes_it_is",
}


@pytest.fixture
def told(tmp_path):
    def run(when: str, **changes):
        pack = trial(tmp_path, SWING.format(when=when))
        resolved = resolve(pack, as_at=date(2010, 3, 31), clocks={"ks2_results_year": 2009})
        school = {**SCHOOL, **changes}
        return explain(resolved, decide(resolved, school), school=school)

    return run


@pytest.mark.parametrize(
    ("when", "clause"),
    [
        (
            "ks2_l4_em_previous - ks2_l4_em >= swing",
            (
                "level 4 or above in both English and maths fell by 20 percentage points, "
                "from 100 % in 2007/08 to 80 % in 2008/09, at or above 15 percentage points"
            ),
        ),
        (
            "swing <= ks2_l4_em_previous - ks2_l4_em",
            (
                "level 4 or above in both English and maths fell by 20 percentage points, "
                "from 100 % in 2007/08 to 80 % in 2008/09, at or above 15 percentage points"
            ),
        ),
        (
            "NOT (ks2_l4_em_previous - ks2_l4_em >= 30)",
            (
                "level 4 or above in both English and maths fell by 20 percentage points, "
                "from 100 % in 2007/08 to 80 % in 2008/09, below 30 percentage points"
            ),
        ),
        (
            "NOT (ks2_l4_em - ks2_l4_em_previous >= 30)",
            (
                "level 4 or above in both English and maths fell by 20 percentage points, "
                "from 100 % in 2007/08 to 80 % in 2008/09, below 30 percentage points"
            ),
        ),
        (
            "NOT (ks2_l4_em - ks2_l4_em_previous >= swing)",
            (
                "level 4 or above in both English and maths fell by 20 percentage points, "
                "from 100 % in 2007/08 to 80 % in 2008/09, where the contrary by 15 percentage points is asked"
            ),
        ),
        (
            "ks2_l4_em - ks2_english_2lp > 5",
            (
                "level 4 or above in both English and maths was 80 % in 2008/09 and two or more levels of progress in "
                "English was 70 % in 2008/09, a difference of 10 percentage points, above 5 percentage points"
            ),
        ),
        (
            "ks2_l4_em + ks2_english_2lp >= 150",
            (
                "level 4 or above in both English and maths was 80 % in 2008/09 and two or more levels of progress in "
                "English was 70 % in 2008/09, together 150 %, at or above 150 %"
            ),
        ),
        (
            "ks2_l4_em * 2 > 100",
            "level 4 or above in both English and maths was 80 % in 2008/09, which gives 160, above 100",
        ),
        (
            "ks2_english_2lp < ks2_l4_em",
            (
                "two or more levels of progress in English was 70 % in 2008/09 and level 4 or above in both English "
                "and maths was 80 % in 2008/09: the first is below the second"
            ),
        ),
        (
            "inspection_date IS NOT NULL AND inspection_framework = 'R5'",
            (
                "it had a graded inspection on 14 March 2012 and its last graded inspection was made under the "
                "framework of September 2024, without an overall grade"
            ),
        ),
        ("report_card_date IS NULL", "it has no report card on record"),
        ("quality_of_education_grade <= 2", "quality of education was good"),
    ],
)
def test_every_comparison_is_said_in_words(told, when, clause):
    first = told(when).sentences[0]
    assert first == f"This school is in category A (Inconsistent) because {clause}."


def test_a_figure_that_is_not_there_is_named_and_nothing_is_concluded(told):
    missing = Missing(reason=MissingReason.SUPPRESSED, token="SUPP")
    explanation = told("ks2_l4_em_previous - ks2_l4_em >= swing", ks2_l4_em_previous=missing)
    assert "level 4 or above" in explanation.sentences[-1].lower()
    assert not any(">=" in sentence or "_" in sentence for sentence in explanation.sentences)


@pytest.mark.parametrize(
    ("when", "asked"),
    [
        ("ks2_l4_em_previous - ks2_l4_em >= swing", "a difference at or above 15 pp"),
        ("swing <= ks2_l4_em_previous - ks2_l4_em", "a difference at or above 15 pp"),
        ("60 < ks2_l4_em", "above 60 %"),
        ("ks2_english_2lp < ks2_l4_em", "below the other figure"),
        ("inspection_date < '2012-09-01'", "before 1 September 2012"),
        ("report_card_date IS NULL", "none on record"),
        ("inspection_date IS NOT NULL", "on record"),
        ("inspection_grade IN (3, 4)", "3 (requires improvement) or 4 (inadequate)"),
        ("inspection_grade NOT IN (1, 2)", "other than 1 (outstanding) or 2 (good)"),
        ("quality_of_education_grade <= 2", "2 (good) or better"),
        ("quality_of_education_grade <= 1", "1 (outstanding)"),
        ("2 <= quality_of_education_grade", "2 (good) or weaker"),
        ("quality_of_education_grade > 1", "weaker than 1 (outstanding)"),
        ("quality_of_education_grade < 4", "better than 4 (inadequate)"),
        ("NOT quality_of_education_grade <= 2", "weaker than 2 (good)"),
        ("NOT (ks2_l4_em < 60)", "at or above 60 %"),
        ("NOT (60 < ks2_l4_em)", "at or below 60 %"),
        ("NOT special", "no"),
        ("ks2_l4_em NOT BETWEEN 60 AND 90", "below 60 % or above 90 %"),
        ("category_of_concern <> 'special_measures'", "other than special measures"),
        ("ks2_l4_em BETWEEN 60 AND 90", "from 60 % to 90 %"),
        ("word = 'yes_it_is'", "indeed so"),
        ("inspection_framework = 'R5'", "the framework of September 2024, without an overall grade"),
    ],
)
def test_the_table_says_in_words_what_is_asked(told, when, asked):
    assert [row.asked for row in told(when).criteria] == [asked]


@pytest.mark.parametrize(
    ("when", "met", "text"),
    [
        ("inspection_date IS NOT NULL", True, "inspection_date IS NOT NULL"),
        ("report_card_date IS NOT NULL", False, "report_card_date IS NOT NULL"),
        ("NOT (ks2_l4_em < 60)", True, "NOT ks2_l4_em < 60"),
        ("NOT (NOT (ks2_l4_em < 60))", False, "ks2_l4_em < 60"),
        ("NOT (ks2_english_2lp_previous < 60)", None, "NOT ks2_english_2lp_previous < 60"),
    ],
)
def test_what_is_asked_not_to_hold_is_met_where_it_does_not_hold(told, when, met, text):
    """A head teacher reads a row by itself: `on record`, `Yes`."""
    (row,) = told(when).criteria
    assert (row.met, row.text) == (met, text)


def test_each_part_of_what_is_not_to_hold_is_told_by_itself(told):
    rows = told("NOT (ks2_l4_em < 60 OR inspection_grade = 3)").criteria
    assert [(row.asked, row.met) for row in rows] == [
        ("at or above 60 %", True),
        ("other than 3 (requires improvement)", False),
    ]


def test_a_rule_that_is_not_to_be_met_keeps_its_own_words_and_says_so(tmp_path):
    pack = trial(
        tmp_path,
        """\
        rules:
          low: {title: Low results, when: ks2_l4_em < 60, CITE}
        categories:
          - {code: A, title: Fine, when: NOT low, CITE}
        """,
    )
    resolved = resolve(pack, as_at=date(2010, 3, 31), clocks={})
    (row,) = explain(resolved, decide(resolved, SCHOOL), school=SCHOOL).criteria
    assert (row.rule, row.asked, row.met) == ("Low results (not to be met)", "below 60 %", False)


@pytest.mark.parametrize(
    ("when", "changes", "shown"),
    [
        ("quality_of_education_grade <= 2", {}, "2 (good)"),
        ("inspection_grade = 3", {"inspection_framework": "R1"}, "3 (satisfactory)"),
        ("inspection_grade = 3", {"inspection_framework": "R3"}, "3 (requires improvement)"),
        ("inspection_grade = 3", {"inspection_framework": None}, "3"),
    ],
)
def test_a_grade_stands_in_the_table_with_its_word(told, when, changes, shown):
    (row,) = told(when, **changes).criteria
    assert row.value == shown


def test_a_measure_compared_with_itself_in_another_year_is_named_once(told):
    (row,) = told("ks2_l4_em_previous - ks2_l4_em >= swing").criteria
    assert row.what == "Level 4 or above in both English and maths"
    assert row.value == "100 % in 2007/08; 80 % in 2008/09"


def test_a_criterion_of_a_category_that_was_passed_over_does_not_decide(tmp_path):
    pack = trial(
        tmp_path,
        """\
        categories:
          - {code: A, title: Poor, when: inspection_grade = 4, CITE}
          - {code: B, title: Middling, when: inspection_grade = 3, CITE}
        """,
    )
    resolved = resolve(pack, as_at=date(2010, 3, 31), clocks={})
    explanation = explain(resolved, decide(resolved, SCHOOL), school=SCHOOL)
    assert [(row.category, row.decides) for row in explanation.criteria] == [("A", False), ("B", True)]


def test_a_grade_that_would_move_the_school_is_said_as_a_grade(tmp_path):
    pack = trial(
        tmp_path,
        """\
        categories:
          - {code: A, title: Fine, words: fine, when: quality_of_education_grade <= 2, CITE}
          - {code: B, title: Other, words: the rest, when: quality_of_education_grade > 2, CITE}
        """,
    )
    resolved = resolve(pack, as_at=date(2010, 3, 31), clocks={})
    (suggestion,) = explain(resolved, decide(resolved, SCHOOL), school=SCHOOL).what_would_change
    assert suggestion.sentence == (
        "A grade of 3 instead of 2 for quality of education at the latest graded inspection would put the school in "
        "category B (Other, the rest)."
    )
    assert pack.category("A").label == "A (Fine)"
