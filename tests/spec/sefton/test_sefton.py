"""Sefton 2010: five strands, the matrix of support, improvement-partner days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from strandline.engine.days import ChoiceNotAllowed, DayChoice, assess_risk, balance, days_due, demand, demand_of_counts
from strandline.engine.entitle import matrix
from strandline.engine.evaluate import decide

PLAN = "sefton-2010"
MARCH_2010 = {"as_at": date(2010, 3, 31), "ks2": 2009}
COUNTS = {"below_floor": 3, "maximising": 9, "inconsistent": 15, "good_to_great": 32, "great": 21}
STEADY = {
    "inspection_date": date(2008, 5, 1),
    "ks2_l4_em": 80.0,
    "ks2_l4_em_previous": 79.0,
    "ks2_l4_em_before_previous": 81.0,
    "ks2_english_2lp": 92.0,
    "ks2_maths_2lp": 91.0,
}
EXAMPLES = {
    "below_floor": {"ks2_l4_em": 54.9},
    "maximising": {"ks2_english_2lp": 86.0},
    "inconsistent": {"ks2_l4_em_previous": 60.0},
    "good_to_great": {},
    "great": {"inspection_grade": 1.0, "inspection_wording": "outstanding"},
}
JUDGED = {"capacity_to_improve": "middle", "likelihood_of_meeting_targets": "middle"}


@pytest.mark.parametrize("strand", list(EXAMPLES))
def test_each_strand_is_reached(decided: Callable[..., Any], primary: Callable[..., Any], strand: str) -> None:
    """SEF-01: each of the five strands holds schools, and a school is in exactly one."""
    decision = decided(PLAN, primary(**STEADY | EXAMPLES[strand]), **MARCH_2010)
    assert decision.category == strand


def test_eighty_schools_fall_into_the_strands_as_printed(
    decided: Callable[..., Any], primary: Callable[..., Any]
) -> None:
    """SEF-01, SEF-02: 80 schools give 3, 9, 15, 32 and 21, none in no strand and none in two."""
    schools = [primary(**STEADY | EXAMPLES[strand]) for strand, number in COUNTS.items() for _ in range(number)]
    found = Counter(decided(PLAN, school, **MARCH_2010).category for school in schools)
    assert dict(found) == COUNTS


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ({"ks2_l4_em": 54.9}, True),
        ({"ks2_l4_em": 55.0, "ks2_l4_em_previous": 54.0, "ks2_l4_em_before_previous": 56.0}, False),
        ({"ks2_l4_em": 80.0, "inspection_grade": 4.0, "category_of_concern": "special_measures"}, True),
    ],
    ids=["54.9 per cent", "55.0 per cent", "80 per cent in special measures"],
)
def test_the_first_strand_is_below_the_floor_or_in_a_category(
    decided: Callable[..., Any], primary: Callable[..., Any], said: dict[str, Any], first: bool
) -> None:
    """SEF-03: 54.9 % is strand 1; 55.0 % outside a category is not; 80 % in special measures is."""
    decision = decided(PLAN, primary(**STEADY | said), **MARCH_2010)
    assert (decision.category == "below_floor") is first


def test_five_kinds_of_evidence_stand_behind_a_strand(pack: Callable[..., Any]) -> None:
    """SEF-04: criteria, school data, estimates, RAISEonline and the partner's knowledge are the evidence."""
    assert len(pack(PLAN).lists["evidence"]) == 5


def test_the_rules_that_the_plan_does_not_print_say_so(pack: Callable[..., Any]) -> None:
    """SEF-04: only the first strand's rule is printed; the other four are proposals, flagged as unverified."""
    flagged = {category.code: category.citation.status.flagged for category in pack(PLAN).categories}
    assert flagged == {
        "below_floor": False,
        "maximising": True,
        "inconsistent": True,
        "good_to_great": True,
        "great": True,
    }


def test_an_infant_school_needs_a_judgement_and_takes_the_strand_it_is_given(
    decided: Callable[..., Any], primary: Callable[..., Any]
) -> None:
    """SEF-05, INC-16: for an infant school the floor does not apply, and its strand is settled by judgement."""
    infant = primary(takes_ks2=False, inspection_date=date(2008, 5, 1))
    open_case = decided(PLAN, infant, **MARCH_2010)
    assert (open_case.state, open_case.missing) == ("needs_judgement", ("sip_strand",))
    assert open_case.rules["ks2_below_floor"].does_not_apply
    assert decided(PLAN, infant | {"sip_strand": "great"}, **MARCH_2010).category == "great"


def test_a_school_with_suppressed_results_is_undecided_and_says_why(
    decided: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any]
) -> None:
    """SEF-05: a suppressed result is not read as zero; the school is undecided and the figure is named."""
    decision = decided(PLAN, primary(**STEADY) | {"ks2_l4_em": missing("suppressed")}, **MARCH_2010)
    assert decision.state == "undecided"
    assert "ks2_l4_em" in decision.missing


def test_the_matrix_has_58_ticks() -> None:
    """SEF-07: fifteen kinds of support by five strands total 14, 15, 15, 8 and 6 ticks: 58."""
    from strandline.strategy.reading import read_pack

    table = matrix(read_pack(PLAN))
    assert len(table.rows) == 15
    assert list(table.column_totals.values()) == [14, 15, 15, 8, 6]
    assert table.columns == ("below_floor", "maximising", "inconsistent", "good_to_great", "great")
    assert table.total == 58


@pytest.mark.parametrize(
    ("support", "strand", "entitled"),
    [("leading_teachers", "below_floor", False), ("isp", "great", False), ("sefton_directory", "great", True)],
)
def test_single_cells_of_the_matrix(pack: Callable[..., Any], support: str, strand: str, entitled: bool) -> None:
    """SEF-07: leading teachers are not for strand 1, the programme not for Great, the directory is for Great."""
    assert matrix(pack(PLAN)).is_entitled(support, strand) is entitled


@pytest.mark.parametrize(
    ("strand", "risk", "least", "most"),
    [
        ("inconsistent", "high", 8, 8),
        ("maximising", "high", 8, 8),
        ("maximising", "middle", 6, 7),
        ("inconsistent", "low", 5, 5),
        ("great", "high", 5, 5),
        ("good_to_great", "low", 5, 5),
        ("below_floor", "low", 8, 8),
    ],
)
def test_days_follow_strand_and_risk(
    at: Callable[..., Any], primary: Callable[..., Any], strand: str, risk: str, least: int, most: int
) -> None:
    """SEF-08, F5: inconsistent at high risk has 8 days, maximising at medium 6 or 7, Great 5, below floor 8."""
    due = days_due(at(PLAN, **MARCH_2010), strand, primary(**JUDGED, risk_level=risk))
    assert (due.least, due.most) == (least, most)


def test_one_or_two_days_are_chosen_by_a_person_with_a_reason(
    at: Callable[..., Any], primary: Callable[..., Any]
) -> None:
    """SEF-08: at medium risk one or two extra days are recorded as a choice with its reason."""
    resolved, school = at(PLAN, **MARCH_2010), primary(**JUDGED, risk_level="middle")
    assert days_due(resolved, "maximising", school).days is None
    chosen = days_due(
        resolved, "maximising", school, choice=DayChoice(extra_days=2, reason="two year groups", by="SIP")
    )
    assert (chosen.days, chosen.choice.reason) == (7, "two year groups")
    with pytest.raises(ChoiceNotAllowed, match="1 to 2"):
        days_due(resolved, "maximising", school, choice=DayChoice(extra_days=3, reason="more"))
    with pytest.raises(ChoiceNotAllowed, match="without a reason"):
        days_due(resolved, "maximising", school, choice=DayChoice(extra_days=1, reason=" "))


def test_the_extra_days_of_the_first_strand_are_an_aim(at: Callable[..., Any], primary: Callable[..., Any]) -> None:
    """INC-17: the three extra days below the floor are on top of five and have the status planned."""
    due = days_due(at(PLAN, **MARCH_2010), "below_floor", primary())
    assert (due.core, due.days, due.status) == (5, 8, "planned")


@pytest.mark.parametrize("absent", ["capacity_to_improve", "likelihood_of_meeting_targets"])
def test_both_dimensions_of_risk_are_mandatory(
    at: Callable[..., Any], primary: Callable[..., Any], absent: str
) -> None:
    """SEF-09: risk is not assessed until capacity to improve and likelihood of meeting targets are both judged."""
    given = {name: value for name, value in JUDGED.items() if name != absent} | {"risk_level": "high"}
    assessed = assess_risk(at(PLAN, **MARCH_2010), primary(**given))
    assert (assessed.level, assessed.lacking) == (None, (absent,))
    due = days_due(at(PLAN, **MARCH_2010), "maximising", primary(**given))
    assert (due.least, due.most) == (5, 8)
    assert absent in due.why_open


def test_demand_is_held_against_the_officers_days(pack: Callable[..., Any]) -> None:
    """SEF-10, F6: the 80 schools want 400 days at least and 481 at most of nine partners: 53.4 each."""
    wanted = demand_of_counts(pack(PLAN), COUNTS)
    assert (wanted.core, wanted.extra_most, wanted.most) == (400, 81, 481)
    assert 400 <= wanted.least <= wanted.most
    nine = {f"SIP {number}": 50.0 for number in range(1, 10)}
    held = balance(wanted, nine)
    assert round(held.days_for_each_officer or 0, 1) == 53.4
    assert held.shortfall_most == 31
    assert "31 too few for 80 schools" in held.warning
    assert balance(wanted, dict.fromkeys(nine, 60.0)).warning == ""


def test_demand_sums_the_days_of_single_schools(at: Callable[..., Any], primary: Callable[..., Any]) -> None:
    """F6: the demand of all strands at their highest, school by school, is 481 days."""
    resolved, school = at(PLAN, **MARCH_2010), primary(**JUDGED, risk_level="high")
    rows = [days_due(resolved, strand, school) for strand, number in COUNTS.items() for _ in range(number)]
    assert demand(rows).most == 481


def test_the_first_three_strands_have_days_paid_by_the_department(pack: Callable[..., Any]) -> None:
    """SEF-13: additional partner days are for the first three strands and are paid by the department."""
    days = next(part for part in pack(PLAN).entitlements if part.key == "sip_days")
    assert (days.categories, days.payers) == (("below_floor", "maximising", "inconsistent"), ("dcsf",))


def test_every_kind_of_support_has_a_payer_and_school_to_school_support_has_two_routes(
    pack: Callable[..., Any],
) -> None:
    """SEF-14: the school pays, using the directory, or the authority pays from its intervention funds."""
    plan = pack(PLAN)
    assert all(part.payers for part in plan.entitlements)
    directory = next(part for part in plan.entitlements if part.key == "sefton_directory")
    assert set(directory.payers) == {"school", "la_intervention"}


def test_the_indicators_are_catalogued(pack: Callable[..., Any]) -> None:
    """SEF-28: NI 72, 73, 92, 93 and 94 are catalogued with definition and polarity."""
    found = {indicator.title: str(indicator.polarity) for indicator in pack(PLAN).indicators}
    assert found == {"NI 72": "high", "NI 73": "high", "NI 92": "low", "NI 93": "high", "NI 94": "high"}


def test_the_entitlements_of_a_school_follow_its_strand(at: Callable[..., Any], primary: Callable[..., Any]) -> None:
    """SEF-44: a school's offer is read from the matrix: 14 kinds below the floor, 6 for a Great school."""
    from strandline.engine.entitle import entitle

    resolved = at(PLAN, **MARCH_2010)
    counts = {}
    for strand, said in EXAMPLES.items():
        school = primary(**STEADY | said)
        counts[strand] = len(entitle(resolved, decide(resolved, school), school).claimed)
    assert counts == {"below_floor": 14, "maximising": 15, "inconsistent": 15, "good_to_great": 8, "great": 6}


def test_a_strand_is_found_by_its_other_name(pack: Callable[..., Any]) -> None:
    """INC-15, INC-18: the long label of strand 1 is used, and Making progress stands for Maximising Progress."""
    strands = {category.code: category for category in pack(PLAN).categories}
    assert strands["below_floor"].title == "Below floor or Ofsted category"
    assert "Making progress" in strands["maximising"].aliases


def test_counts_and_percentages_of_the_same_schools_are_reconciled(pack: Callable[..., Any]) -> None:
    """INC-12: 27, 64 and 9 % fit 21, 49 and 7 of 77 schools; the text's 28 and 42 add to the same 70."""
    from strandline.insight.shares import shares

    assert [int(row.percent) for row in shares({"outstanding": 21, "good": 49, "satisfactory": 7}).rows] == [27, 64, 9]
    figures = {item.key: item.more for item in pack(PLAN).lists["figures"]}
    counted = figures["eyfs_against_overall"]
    assert counted["outstanding_overall"] + counted["good_overall"] == 21 + 49


def test_the_programme_reproduces_its_cohort(pack: Callable[..., Any]) -> None:
    """SEF-23, SEF-25: five schools of strands 2, 2 and 1; nine leading teachers for 27 schools, three each."""
    programmes = {item.key: item for item in pack(PLAN).lists["programmes"]}
    assert programmes["isp"].number == 2 + 2 + 1
    assert programmes["ecaw"].number / 9 == 3


def test_the_plan_was_due_before_the_report_was_dated(pack: Callable[..., Any]) -> None:
    """SEF-34, INC-14: the plan was due on 31 March 2010; the report that says so is dated 13 April."""
    due = {item.key: item.since for item in pack(PLAN).lists["deadlines"]}["plan_submission"]
    assert due == date(2010, 3, 31)
    assert pack(PLAN).sources["report"].published_on > due
