"""Decisions told in sentences, with figure, threshold, source, date and citation."""

from __future__ import annotations

from datetime import date

import pytest
from factories.packs import little, trial

from strandline.engine.evaluate import decide
from strandline.engine.explain import Provenance, explain
from strandline.engine.figures import figure, listed, measure
from strandline.engine.resolve import resolve
from strandline.kernel.missing import Missing, MissingReason
from strandline.kernel.units import Unit

SCHOOL = {
    "state_funded": True,
    "takes_ks2": True,
    "special": False,
    "inspection_grade": 3,
    "inspection_wording": "satisfactory",
    "inspection_date": date(2012, 3, 14),
    "previous_inspection_wording": "good",
    "direction_of_travel": "declining",
    "ks2_cohort": 30,
    "ks2_l4_em": 63.0,
    "ks2_english_2lp": 80.0,
}
PROVENANCE = {
    "inspection_grade": Provenance(title="Inspection history", published_on=date(2013, 3, 31)),
    "ks2_l4_em": Provenance(title="Performance tables 2012", published_on=date(2012, 12, 13), status="final"),
}


def told(pack=None, as_at=date(2013, 9, 30), **changes):
    school = {**SCHOOL, **changes}
    resolved = resolve(pack or little(), as_at=as_at, clocks={"ks2_results_year": 2012})
    return explain(resolved, decide(resolved, school), school=school, provenance=PROVENANCE)


def test_the_sentence_of_the_house_is_said_as_the_house_says_it():
    assert told().sentences == (
        (
            "This school is in category 3A (Satisfactory, declining) because its last inspection (14 March 2012) was "
            "satisfactory and the one before was good."
        ),
        "The rule is in A little paper, §2.",
        "The figures come from Inspection history, published 31 March 2013.",
    )


def test_a_rule_of_many_parts_is_told_with_figures_thresholds_and_years():
    first, *rest = told(ks2_l4_em=57.0).sentences
    assert first.startswith('This school is in category F (Below the floor) because "Below the floor" is met (')
    assert "level 4 or above in both English and maths was 57 % in 2011/12, below 60 %" in first
    assert "there were 30 pupils eligible" in first
    assert rest[-1] == "The figures come from Performance tables 2012, final, published 13 December 2012."


def test_the_authority_s_own_word_for_a_category_is_used(tmp_path):
    pack = trial(
        tmp_path,
        """\
        vocabulary: {category: strand}
        categories: [{code: A, title: Fine, when: inspection_grade = 3, CITE}]
        """,
    )
    assert told(pack).sentences[0].startswith("This school is in strand A (Fine) because its last inspection")


def test_a_category_for_all_others_says_that_nothing_came_before(tmp_path):
    pack = trial(
        tmp_path,
        """\
        categories:
          - {code: A, title: Poor, when: inspection_grade = 4, CITE}
          - {code: B, title: Other, when: TRUE, CITE}
        """,
    )
    assert told(pack).sentences[0] == (
        "This school is in category B (Other) because no rule that comes before puts it in another category."
    )


def test_a_school_that_is_undecided_is_told_what_is_missing_and_why_and_what_it_may_be():
    explanation = told(ks2_l4_em=Missing(reason=MissingReason.SUPPRESSED, token="SUPP"))
    assert explanation.sentences == (
        "This school's category cannot be decided yet.",
        "It may be F (Below the floor) or 3A (Satisfactory, declining).",
        (
            "Missing: Level 4 or above in both English and maths, of eligible pupils (to 2012) in 2011/12; "
            'suppressed by the publisher because the group is small ("SUPP").'
        ),
    )
    row = next(row for row in explanation.criteria if row.text == "ks2_l4_em < floor_attainment")
    assert (row.value, row.threshold, row.met) == ("–", "60 %", None)
    assert row.why_not_known == 'suppressed by the publisher because the group is small ("SUPP")'


def test_a_school_that_waits_for_a_judgement_is_told_which_and_what_follows_from_it():
    explanation = told(inspection_date=date(2012, 9, 14), leadership_grade=3)
    assert explanation.sentences[0] == "This school's category waits for an officer's judgement."
    assert "To be judged: Capacity to improve (high, middle or low)." in explanation.sentences[2]
    assert {(each.after, each.category) for each in explanation.what_would_change} == {("middle", "3C"), ("low", "3C")}


def test_a_school_out_of_scope_is_told_the_route():
    explanation = told(state_funded=False)
    assert explanation.sentences == (
        "A little strategy does not apply to this school because it is not funded by the state.",
        "A concern may be notified.",
        "The rule is in A little paper, §1.",
    )
    assert explanation.what_would_change == ()


def test_the_table_holds_value_threshold_truth_source_and_paragraph():
    row = next(row for row in told().criteria if row.text == "ks2_l4_em < floor_attainment")
    assert row.category == "F"
    assert row.rule == "Below the floor"
    assert row.value == "63 % in 2011/12"
    assert row.threshold == "60 %"
    assert row.met is False
    assert row.source == "Performance tables 2012, final, published 13 December 2012"
    assert row.paragraph == "A note on the floor, §2"
    assert not row.flagged


def test_the_table_ends_with_the_category_that_was_decided():
    assert [row.category for row in told().criteria][-1] == "3A"
    assert "3B" not in {row.category for row in told().criteria}


def test_an_unverified_threshold_is_flagged_in_the_table_and_warned_of_where_it_counts():
    below = told(ks2_l4_em=57.0)
    row = next(row for row in below.criteria if row.text == "ks2_english_2lp < median_english")
    assert row.flagged
    assert "unverified rule" in row.paragraph
    assert any("Median of expected progress in English" in warning for warning in below.warnings)
    assert told().warnings == ()


def test_a_run_before_the_strategy_was_in_force_warns():
    assert "in force from 18 June 2013" in told(as_at=date(2013, 4, 30)).warnings[0]


def test_a_rule_that_does_not_apply_says_why():
    resolved = resolve(little(), as_at=date(2013, 9, 30), clocks={"ks2_results_year": 2012})
    from strandline.engine.phrases import Phrases

    school = {**SCHOOL, "special": True}
    trace = decide(resolved, school).rules["below_floor"]
    assert Phrases(resolved, school).because(trace) == ('"Below the floor" does not apply (it is a special school)',)


@pytest.mark.parametrize("forbidden", ["failing", "stuck", "must"])
def test_no_sentence_uses_the_words_that_the_house_does_not_use(forbidden):
    everything = [told(), told(ks2_l4_em=57.0), told(ks2_l4_em=None), told(state_funded=False)]
    words = " ".join(sentence for each in everything for sentence in each.sentences).lower().split()
    assert forbidden not in words


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (62.0, Unit.PERCENT, "62 %"),
        (-2.5, Unit.PROGRESS_POINTS, "−2.5"),
        (1140.0, Unit.POUNDS, "£1,140"),
        (None, Unit.PERCENT, "–"),
        (date(2013, 4, 30), Unit.NONE, "30 April 2013"),
        (True, Unit.NONE, "yes"),
        (2012.0, Unit.YEARS, "2012"),
    ],
)
def test_figures_are_printed_as_the_house_prints_them(value, unit, shown):
    assert figure(value, unit=unit) == shown


def test_measures_and_lists_stand_in_sentences():
    assert measure("ks2_l4_em_previous") == "level 4 or above in both English and maths, one year earlier"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a"]) == "a"
    assert listed([]) == ""
