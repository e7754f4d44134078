"""Three truths, token by token: a missing figure is never zero and never false."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from factories.packs import ONE_CATEGORY, little, trial

from strandline.engine.categorise import State
from strandline.engine.evaluate import decide, evaluate
from strandline.engine.resolve import resolve
from strandline.kernel.missing import Missing, MissingReason
from strandline.strategy.names import Role
from strandline.strategy.parsing import parse_condition

AS_AT = date(2013, 9, 30)
SCHOOL = {
    "state_funded": True,
    "takes_ks2": True,
    "special": False,
    "inspection_grade": 3,
    "inspection_date": date(2012, 3, 14),
    "direction_of_travel": "declining",
    "ks2_cohort": 30,
    "ks2_l4_em": 62.0,
    "ks2_english_2lp": 80.0,
}
SUPPRESSED = Missing(reason=MissingReason.SUPPRESSED, token="SUPP")


@pytest.fixture(scope="module")
def resolved():
    return resolve(little(), as_at=AS_AT, clocks={"ks2_results_year": 2012})


def decided(resolved, **changes):
    return decide(resolved, {**SCHOOL, **changes})


def truth(resolved, text, **school):
    return evaluate(resolved, parse_condition(text), school).truth


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("special AND academy", {"TT": True, "TF": False, "TU": None, "FF": False, "FU": False, "UU": None}),
        ("special OR academy", {"TT": True, "TF": True, "TU": True, "FF": False, "FU": None, "UU": None}),
    ],
)
def test_and_and_or_follow_kleene(resolved, text, expected):
    values = {"T": True, "F": False, "U": None}
    for pair, outcome in expected.items():
        for one, other in (pair, pair[::-1]):
            assert truth(resolved, text, special=values[one], academy=values[other]) is outcome


def test_not_unknown_is_unknown(resolved):
    assert truth(resolved, "NOT special") is None


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("ks2_l4_em IN (1, 2)", None),
        ("ks2_l4_em NOT IN (1, 2)", None),
        ("ks2_cohort IN (30, ks2_l4_em)", True),
        ("ks2_cohort IN (31, ks2_l4_em)", None),
        ("ks2_cohort NOT IN (30, ks2_l4_em)", False),
        ("ks2_cohort BETWEEN 31 AND ks2_l4_em", False),
        ("ks2_cohort BETWEEN 30 AND ks2_l4_em", None),
        ("ks2_l4_em IS NULL", True),
        ("ks2_cohort IS NOT NULL", True),
        ("ks2_l4_em = ks2_l4_em", None),
        ("ks2_cohort / 0 > 1", None),
        ("0 / 0 = 0", None),
        ("1e308 * 10 > 1", None),
        ("1 / (1e308 * 10) = 0", True),
        ("0.1 + 0.2 = 0.3", False),
        ("0.1 + 0.2 = 0.30000000000000004", True),
        ("-0 = 0", True),
        ("ks2_cohort / 7 * 7 = 30", True),
    ],
)
def test_each_comparison_with_something_missing(resolved, text, outcome):
    assert truth(resolved, text, ks2_cohort=30, ks2_l4_em=SUPPRESSED) is outcome


@pytest.mark.parametrize("reason", list(MissingReason))
def test_no_reason_for_being_missing_counts_as_zero_or_false(resolved, reason):
    missing = Missing(reason=reason, token="X")
    assert truth(resolved, "ks2_l4_em < 60", ks2_l4_em=missing) is None
    assert truth(resolved, "ks2_l4_em = 0", ks2_l4_em=missing) is None
    assert truth(resolved, "special", special=missing) is None
    decision = decided(resolved, ks2_l4_em=missing)
    assert decision.state is State.UNDECIDED
    assert decision.lacking[0].missing == missing


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_is_not_there(resolved, value):
    assert truth(resolved, "ks2_l4_em > 1", ks2_l4_em=value) is None
    assert truth(resolved, "ks2_l4_em IS NULL", ks2_l4_em=value) is True


def test_dates_compare_as_dates_and_a_time_of_day_does_not_count(resolved):
    assert truth(resolved, "inspection_date < '2012-09-01'", inspection_date=date(2012, 8, 31)) is True
    assert truth(resolved, "inspection_date < '2012-09-01'", inspection_date=date(2012, 9, 1)) is False
    assert truth(resolved, "inspection_date <= '2012-09-01'", inspection_date=datetime(2012, 9, 1, 12)) is True  # noqa: DTZ001
    assert truth(resolved, "opened_on <= as_at", opened_on=AS_AT) is True


def test_the_first_true_category_wins(resolved):
    assert decided(resolved).category == "3A"
    assert decided(resolved, ks2_l4_em=59.9).category == "F"
    assert decided(resolved, ks2_l4_em=60.0).category == "3A"
    assert decided(resolved, inspection_grade=4, ks2_l4_em=59.9).category == "4"
    assert decided(resolved, direction_of_travel="stable").category == "3B"


def test_an_unknown_before_the_first_true_leaves_the_school_undecided_and_names_what_is_missing(resolved):
    decision = decided(resolved, ks2_l4_em=SUPPRESSED)
    assert (decision.state, decision.category) == (State.UNDECIDED, None)
    assert decision.missing == ("ks2_l4_em",)
    assert decision.possible == ("F", "3A")
    assert decision.lacking[0].why == 'suppressed by the publisher because the group is small ("SUPP")'


def test_an_unknown_after_the_first_true_changes_nothing(resolved):
    assert decided(resolved, inspection_grade=4, ks2_l4_em=None).category == "4"


def test_what_would_not_have_mattered_is_not_named(resolved):
    """A school with few pupils is not below the floor, whatever the suppressed figure is."""
    assert decided(resolved, ks2_l4_em=SUPPRESSED, ks2_cohort=10).category == "3A"
    assert decided(resolved, ks2_l4_em=SUPPRESSED, ks2_english_2lp=None, ks2_cohort=10).missing == ()
    assert decided(resolved, ks2_l4_em=SUPPRESSED, ks2_english_2lp=90.0).category == "3A"


def test_a_rule_that_does_not_apply_counts_as_false_and_says_so(resolved):
    decision = decided(resolved, special=True, ks2_l4_em=None)
    assert decision.category == "3A"
    assert decision.rules["below_floor"].truth is False
    assert decision.rules["below_floor"].does_not_apply


def test_a_rule_that_had_ended_does_not_apply():
    later = resolve(little(), as_at=AS_AT, clocks={"ks2_results_year": 2017})
    trace = decide(later, SCHOOL).rules["below_floor"]
    assert (trace.truth, trace.does_not_apply) == (False, True)


def test_a_year_of_which_the_pack_says_nothing_is_unknown_with_that_reason(tmp_path):
    pack = trial(
        tmp_path,
        """
        rules:
          below: {title: Below, clock: ks2_results_year, versions: [{from: 2010, to: 2012, when: ks2_l4_em < 60, CITE}]}
        categories:
          - {code: F, title: Below, when: below, CITE}
        """.replace("        ", ""),
    )
    decision = decide(resolve(pack, as_at=AS_AT, clocks={"ks2_results_year": 2015}), SCHOOL)
    assert decision.state is State.UNDECIDED
    assert [(part.name, part.role, part.why) for part in decision.lacking] == [
        ("below", Role.RULE, "the pack states nothing for results year 2014/15")
    ]


def test_a_school_outside_the_scope_is_out_of_scope_and_one_of_unknown_form_is_undecided(resolved):
    assert decided(resolved, state_funded=False).state is State.OUT_OF_SCOPE
    unknown = decided(resolved, state_funded=None)
    assert (unknown.state, unknown.missing) == (State.UNDECIDED, ("state_funded",))


def test_where_only_a_judgement_is_missing_a_person_is_asked(resolved):
    school = {"inspection_date": date(2012, 9, 14), "leadership_grade": 3}
    decision = decided(resolved, **school)
    assert (decision.state, decision.missing) == (State.NEEDS_JUDGEMENT, ("capacity_to_improve",))
    assert decided(resolved, **school, capacity_to_improve="low").category == "3C"


def test_where_nothing_is_true_a_person_is_asked(resolved):
    decision = decided(resolved, inspection_date=date(2012, 9, 14), leadership_grade=3, capacity_to_improve="high")
    assert (decision.state, decision.missing, decision.possible) == (State.NEEDS_JUDGEMENT, (), ())


def test_where_a_figure_and_a_judgement_are_missing_the_school_is_undecided(resolved):
    decision = decided(resolved, inspection_date=date(2012, 9, 14), leadership_grade=None)
    assert decision.state is State.UNDECIDED
    assert decision.missing == ("leadership_grade", "capacity_to_improve")


def test_the_trace_holds_figure_threshold_and_citation_of_every_leaf(resolved):
    trace = decided(resolved, ks2_l4_em=59.0).deciding.trace
    leaf = next(leaf for leaf in trace.leaves() if leaf.text == "ks2_l4_em < floor_attainment")
    assert leaf.sides == (59.0, 60.0)
    assert [operand.name for operand in leaf.operands] == ["ks2_l4_em", "floor_attainment"]
    assert leaf.operands[1].constant.citation.at == "§2"
    assert [inner.text for inner in trace.leaves()][:2] == ["takes_ks2", "special"]


def test_a_division_by_zero_blames_what_is_divided(tmp_path):
    pack = trial(tmp_path, 'categories: [{code: A, title: A, when: "ks2_l4_em / ks2_cohort > 1", CITE}]' + "\n")
    decision = decide(resolve(pack, as_at=AS_AT), {"ks2_l4_em": 60.0, "ks2_cohort": 0})
    assert decision.missing == ("ks2_cohort", "ks2_l4_em")
    assert "divides by zero" in decision.lacking[0].why


def test_a_grade_of_one_is_the_number_one(tmp_path):
    resolved = resolve(trial(tmp_path, ONE_CATEGORY), as_at=AS_AT)
    assert decide(resolved, {"inspection_grade": 1}).category == "1"
    assert decide(resolved, {"inspection_grade": 2}).state is State.NEEDS_JUDGEMENT
