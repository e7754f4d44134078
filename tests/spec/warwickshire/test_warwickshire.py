"""Warwickshire 2013: eight categories, cadences, offers, consortia and money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from strandline.engine.cadence import Schedule, Standing, schedule, standing, term_clock, visits_in
from strandline.engine.entitle import Claim, entitle
from strandline.engine.evaluate import decide, evaluate
from strandline.engine.funding import CannotAllocate, FundedSchool, allocate
from strandline.insight.ranks import majority
from strandline.kernel.dates import HalfTerm, TermCalendar, bank_holidays_england
from strandline.strategy.model import Basis, Visit

WAR = "warwickshire-2013"
APRIL_2013 = {"as_at": date(2013, 4, 30)}
BEFORE, AFTER = date(2012, 8, 31), date(2012, 9, 1)
YEAR = TermCalendar(
    half_terms=(
        HalfTerm(name="autumn 1", term="autumn", first_day=date(2013, 9, 2), last_day=date(2013, 10, 25)),
        HalfTerm(name="autumn 2", term="autumn", first_day=date(2013, 11, 4), last_day=date(2013, 12, 20)),
        HalfTerm(name="spring 1", term="spring", first_day=date(2014, 1, 6), last_day=date(2014, 2, 14)),
        HalfTerm(name="spring 2", term="spring", first_day=date(2014, 2, 24), last_day=date(2014, 4, 4)),
        HalfTerm(name="summer 1", term="summer", first_day=date(2014, 4, 22), last_day=date(2014, 5, 23)),
        HalfTerm(name="summer 2", term="summer", first_day=date(2014, 6, 2), last_day=date(2014, 7, 11)),
    ),
    bank_holidays=bank_holidays_england(2013) | bank_holidays_england(2014),
)
SAID = {
    "1": {"inspection_grade": 1.0},
    "2A": {"inspection_grade": 2.0, "direction_of_travel": "improving"},
    "2B": {"inspection_grade": 2.0, "direction_of_travel": "declining"},
    "3A": {"inspection_grade": 3.0, "inspection_date": BEFORE, "direction_of_travel": "declining"},
    "3B": {"inspection_grade": 3.0, "inspection_date": BEFORE, "direction_of_travel": "improving"},
    "3C": {"inspection_grade": 3.0, "inspection_date": AFTER, "leadership_grade": 3.0},
    "3D": {"inspection_grade": 3.0, "inspection_date": AFTER, "leadership_grade": 2.0},
    "4": {"inspection_grade": 4.0},
}
every_category = pytest.mark.parametrize("code", list(SAID))


def _scheduled(at: Callable[..., Any], school: dict[str, Any]) -> Schedule:
    resolved = at(WAR, **APRIL_2013)
    return schedule(
        resolved, decide(resolved, school), school, calendar=YEAR, start=date(2013, 9, 1), end=date(2014, 7, 31)
    )


@every_category
def test_grade_direction_date_and_leadership_give_the_code(
    decided: Callable[..., Any], primary: Callable[..., Any], code: str
) -> None:
    """WAR-04: grade, direction of travel, date of inspection and leadership give one of eight codes."""
    assert decided(WAR, primary(**SAID[code]), **APRIL_2013).category == code


@pytest.mark.parametrize(("setting", "code"), [("2A", "2A"), ("2B", "2B")])
def test_a_school_that_is_good_twice_is_placed_by_a_setting(
    decided: Callable[..., Any], primary: Callable[..., Any], setting: str, code: str
) -> None:
    """WAR-04: good and stable is undefined in the paper; the setting places it, by default in 2A, and is flagged."""
    school = primary(inspection_grade=2.0, direction_of_travel="stable")
    assert decided(WAR, school, **APRIL_2013).category == "2A"
    assert decided(WAR, school, **APRIL_2013, grade_2_stable=setting).category == code


def test_a_school_inspected_once_has_no_direction_and_is_undecided(
    decided: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any]
) -> None:
    """WAR-04: a good school with one inspection on record is undecided for want of its direction of travel."""
    decision = decided(
        WAR, primary(inspection_grade=2.0) | {"direction_of_travel": missing("no_previous")}, **APRIL_2013
    )
    assert (decision.state, decision.missing) == ("undecided", ("direction_of_travel",))
    assert set(decision.possible) == {"2A", "2B"}


def test_a_school_that_requires_improvement_needs_its_leadership_grade(
    decided: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any]
) -> None:
    """WAR-04: without the leadership grade a school that requires improvement is 3C or 3D, undecided."""
    decision = decided(WAR, primary(**SAID["3C"]) | {"leadership_grade": missing("not_available")}, **APRIL_2013)
    assert (decision.state, decision.missing) == ("undecided", ("leadership_grade",))
    assert set(decision.possible) == {"3C", "3D"}


@pytest.mark.parametrize("code", ["1", "4"])
def test_outstanding_and_inadequate_need_no_direction(
    decided: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any], code: str
) -> None:
    """WAR-04: grades 1 and 4 are decided by the grade alone."""
    school = primary(**SAID[code]) | {"direction_of_travel": missing("no_previous")}
    assert decided(WAR, school, **APRIL_2013).category == code


def test_a_fortnightly_visit_keeps_within_fourteen_days_of_term(
    at: Callable[..., Any], primary: Callable[..., Any]
) -> None:
    """WAR-07: a grade-4 school has visits at most 14 days apart in term time, 6 review visits and 6 meetings."""
    plan = _scheduled(at, primary(**SAID["4"]))
    visits = [one.due_on for one in plan.of("officer_visit_4")]
    clock = term_clock(tuple(YEAR.teaching_days(start=date(2013, 9, 1), end=date(2014, 7, 31))))
    assert all(clock[later] - clock[earlier] <= 14 for earlier, later in pairwise(visits))
    assert all(YEAR.is_teaching_day(day) for day in visits)
    assert len(visits) == visits_in(YEAR.teaching_weeks, every_weeks=2) == 19
    assert (plan.counts["review_visit_4"], plan.counts["ri_meeting_4"], plan.counts["impact_report_4"]) == (6, 6, 6)


def test_a_school_that_requires_improvement_is_visited_every_three_weeks(
    at: Callable[..., Any], primary: Callable[..., Any]
) -> None:
    """WAR-07: requires improvement has visits at most 21 days apart, 3 review visits and 3 meetings."""
    plan = _scheduled(at, primary(**SAID["3C"]))
    visits = [one.due_on for one in plan.of("officer_visit_3c")]
    clock = term_clock(tuple(YEAR.teaching_days(start=date(2013, 9, 1), end=date(2014, 7, 31))))
    assert all(clock[later] - clock[earlier] <= 21 for earlier, later in pairwise(visits))
    assert len(visits) == visits_in(YEAR.teaching_weeks, every_weeks=3) == 12
    assert (plan.counts["review_visit_3c"], plan.counts["ri_meeting_3c"]) == (3, 3)


def test_good_leadership_brings_six_visits_a_year(at: Callable[..., Any], primary: Callable[..., Any]) -> None:
    """WAR-07: requires improvement with good leadership has a visit each half-term: 6 a year."""
    assert _scheduled(at, primary(**SAID["3D"])).counts["officer_visit_3d"] == 6


@pytest.mark.parametrize(("weeks", "visits"), [(2, 19), (3, 12)])
def test_visits_a_year_are_teaching_weeks_over_the_interval(weeks: int, visits: int) -> None:
    """F15: 38 teaching weeks hold 19 fortnightly and 12 three-weekly visits."""
    assert YEAR.teaching_weeks == 38
    assert visits_in(38, every_weeks=weeks) == visits


def test_no_visit_falls_on_a_bank_holiday_or_in_a_holiday(at: Callable[..., Any], primary: Callable[..., Any]) -> None:
    """WAR-07: the May bank holiday of 2014 and every school holiday stay free of visits."""
    planned = [one.planned_on for one in _scheduled(at, primary(**SAID["4"])).due]
    assert date(2014, 5, 5) not in planned
    assert all(YEAR.is_teaching_day(day) for day in planned)


def test_the_meeting_has_its_chair_and_the_report_its_two_recipients(pack: Callable[..., Any]) -> None:
    """WAR-08, WAR-09: the Service Manager chairs the meeting; the diagnostic report goes to head and chair."""
    cadence = {part.key: part for part in pack(WAR).cadence}
    assert cadence["ri_meeting_4"].chair == "service_manager"
    assert cadence["report_3a"].recipients == ("head", "chair_of_governors")


def test_the_diagnostic_path_keeps_its_order(at: Callable[..., Any], primary: Callable[..., Any]) -> None:
    """WAR-09: the desktop exercise precedes the diagnostic visit, and the visit its report."""
    plan = _scheduled(at, primary(**SAID["3A"]))
    desktop, visit, report = (plan.of(key)[0] for key in ("desktop_3a", "diagnostic_3a", "report_3a"))
    assert desktop.due_on < visit.opens_on <= visit.due_on < report.opens_on


@every_category
def test_every_school_has_the_four_items_of_the_core_offer(
    at: Callable[..., Any], primary: Callable[..., Any], code: str
) -> None:
    """WAR-10: heads' training, business meetings, chairs' meetings and teaching-school training are for all."""
    resolved = at(WAR, **APRIL_2013)
    for form in ({}, {"maintained": False, "academy": True}):
        school = primary(**SAID[code] | form)
        offers = entitle(resolved, decide(resolved, school), school).offers
        core = [offered.item.key for offered in offers if offered.offer.key == "core"]
        assert core == ["heads_cpd", "business_meetings", "plc_chairs", "teaching_school_cpd"]


PRINTED = {
    "1": "core",
    "2A": "core",
    "2B": "core",
    "3A": "core",
    "3B": "contact",
    "3C": "core",
    "3D": "contact",
    "4": "liaison",
}
CORRECTED = PRINTED | {"3A": "contact", "3B": "core", "3C": "contact", "3D": "core"}


@every_category
@pytest.mark.parametrize(("preset", "offers"), [("printed", PRINTED), ("corrected", CORRECTED), ("", CORRECTED)])
def test_the_academy_offer_has_two_presets(
    at: Callable[..., Any], primary: Callable[..., Any], code: str, preset: str, offers: dict[str, str]
) -> None:
    """WAR-11, INC-02: the academy offer as printed and as meant both load; by default the meaning is used."""
    resolved = at(WAR, **APRIL_2013)
    academy = primary(**SAID[code], maintained=False, academy=True)
    given = entitle(resolved, decide(resolved, academy), academy, preset=preset)
    assert [offered.item.key for offered in given.offers if offered.offer.key == "academy"] == [offers[code]]


def test_no_visit_by_policy_is_not_overdue(at: Callable[..., Any], primary: Callable[..., Any]) -> None:
    """WAR-51: an outstanding academy has no visit by policy; a grade-4 school without visits is overdue."""
    resolved, today = at(WAR, **APRIL_2013), date(2014, 1, 31)
    academy = primary(**SAID["1"], maintained=False, academy=True)
    visit = entitle(resolved, decide(resolved, academy), academy).visit
    due = [one for one in _scheduled(at, academy).due if str(one.cadence.kind) == "visit"]
    assert visit is Visit.NONE_BY_POLICY
    assert standing(due, done=[], as_at=today, visit=visit) is Standing.NO_VISIT_BY_POLICY
    visits = _scheduled(at, primary(**SAID["4"])).of("officer_visit_4")
    assert standing(visits, done=[], as_at=today) is Standing.OVERDUE
    done = [one.due_on for one in visits if one.due_on <= today + timedelta(days=14)]
    assert standing(visits, done=done, as_at=today) in (Standing.UP_TO_DATE, Standing.DUE)


@every_category
def test_the_statement_of_action_is_for_maintained_schools_in_grade_4(
    at: Callable[..., Any], primary: Callable[..., Any], code: str
) -> None:
    """WAR-12: the statement of action belongs to category 4, and to maintained schools only."""
    resolved = at(WAR, **APRIL_2013)
    for form, wanted in (({}, code == "4"), ({"maintained": False, "academy": True}, False)):
        school = primary(**SAID[code] | form)
        claimed = {part.entitlement.key for part in entitle(resolved, decide(resolved, school), school).claimed}
        assert ("statement_of_action" in claimed) is wanted


@pytest.mark.parametrize(("church", "claim"), [(True, Claim.ENTITLED), (False, Claim.NOT_ENTITLED)])
def test_the_diocese_is_involved_where_the_school_has_a_religious_character(
    at: Callable[..., Any], primary: Callable[..., Any], church: bool, claim: Claim
) -> None:
    """WAR-13: at grade 4 the diocese is involved for a church school and for no other."""
    resolved, school = at(WAR, **APRIL_2013), primary(**SAID["4"], church_school=church)
    support = {part.entitlement.key: part for part in entitle(resolved, decide(resolved, school), school).support}
    assert support["diocese_liaison"].claim is claim


def test_an_unknown_religious_character_is_said_and_not_taken_for_none(
    at: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any]
) -> None:
    """WAR-13: where the religious character is missing the liaison is unknown and the figure is named."""
    resolved, school = at(WAR, **APRIL_2013), primary(**SAID["4"]) | {"church_school": missing("blank")}
    support = {part.entitlement.key: part for part in entitle(resolved, decide(resolved, school), school).support}
    assert support["diocese_liaison"].claim is Claim.UNKNOWN
    assert "church_school" in support["diocese_liaison"].why


@pytest.mark.parametrize(("board", "votes", "needed"), [("primary", 21, 11), ("secondary_special", 7, 4)])
def test_boards_have_their_votes_and_the_authority_has_one(
    pack: Callable[..., Any], board: str, votes: int, needed: int
) -> None:
    """WAR-15, F13: ten consortia give a board of 21 votes that decides with 11; three give 7 and 4."""
    warwickshire = pack(WAR)
    found = next(one for one in warwickshire.boards if one.key == board)
    assert found.votes(warwickshire.consortia) == votes
    assert majority(votes) == needed
    assert [seat.votes * seat.number for seat in found.seats if seat.role == "la_senior_officer"] == [1]


@pytest.mark.parametrize(
    ("said", "eligible"),
    [
        ({"inspection_grade": 1.0, "head_is_nle": False, "head_is_lle": False}, True),
        ({"inspection_grade": 2.0, "head_is_nle": False, "head_is_lle": False}, False),
        ({"inspection_grade": 2.0, "head_is_nle": False, "head_is_lle": True}, True),
        ({"inspection_grade": 2.0, "head_is_nle": True, "head_is_lle": False}, True),
    ],
)
def test_who_may_lead_a_consortium(
    pack: Callable[..., Any], at: Callable[..., Any], primary: Callable[..., Any], said: dict[str, Any], eligible: bool
) -> None:
    """WAR-16: the head of an outstanding school, a national or a local leader may lead; another head may not."""
    lead = pack(WAR).eligibility[0]
    assert evaluate(at(WAR, **APRIL_2013), lead.when, primary(**said)).truth is eligible


EXAMPLE = [
    *(FundedSchool(urn=f"3A{n}", category="3A", pupils=pupils) for n, pupils in enumerate((210, 420, 105))),
    *(FundedSchool(urn=f"3B{n}", category="3B", pupils=pupils) for n, pupils in enumerate((315, 90))),
]
OTHERS = [FundedSchool(urn=f"{code}-{n}", category=code, pupils=200) for code in ("1", "2A", "2B") for n in range(5)]
TWENTY = {"3A": Decimal(20), "3B": Decimal(20)}


def test_the_formula_multiplies_rate_and_pupils(pack: Callable[..., Any]) -> None:
    """F7, WAR-18: 3A pupils 210, 420, 105 and 3B pupils 315, 90 at £20 are £22,800; 5 of 20 schools trigger it."""
    allocation = allocate(pack(WAR).funding[0], EXAMPLE + OTHERS, rates=TWENTY)
    assert allocation.total == Decimal(22800)
    assert (len(allocation.triggering), len(allocation.rows)) == (5, 20)
    assert {code: allocation.amounts()[code] for code in ("1", "2A", "2B")} == {"1": 0, "2A": 0, "2B": 0}


def test_another_rate_gives_another_sum(pack: Callable[..., Any]) -> None:
    """WAR-18: changing the rate of one category works the sum out again."""
    allocation = allocate(pack(WAR).funding[0], EXAMPLE, rates=TWENTY | {"3B": Decimal(10)})
    assert allocation.total == 735 * 20 + 405 * 10


def test_the_table_total_multiplies_schools_as_an_option(pack: Callable[..., Any]) -> None:
    """INC-04: per pupil is the default; the table's own total, five schools times x, is an option."""
    allocation = allocate(
        pack(WAR).funding[0], EXAMPLE + OTHERS, rates={"3A": Decimal(4000), "3B": Decimal(4000)}, basis=Basis.SCHOOLS
    )
    assert allocation.total == 5 * 4000


def test_category_4_is_led_by_the_authority_and_outside_the_sum(pack: Callable[..., Any]) -> None:
    """WAR-19: a category-4 school shows the authority as lead and brings no consortium money."""
    school = FundedSchool(urn="9", category="4", pupils=300)
    allocation = allocate(pack(WAR).funding[0], [*EXAMPLE, school], rates=TWENTY)
    assert allocation.total == Decimal(22800)
    assert [(row.school.urn, row.lead, row.amount) for row in allocation.led_elsewhere] == [("9", "la", 0)]


def test_a_missing_rate_is_an_error_and_never_nothing(pack: Callable[..., Any]) -> None:
    """INC-03: a school in 3C without a rate stops the sum, and every category and roll that is wanting is named."""
    schools = [
        *EXAMPLE,
        FundedSchool(urn="7", category="3C", pupils=100),
        FundedSchool(urn="8", category="3A", pupils=None),
    ]
    with pytest.raises(CannotAllocate) as refused:
        allocate(pack(WAR).funding[0], schools, rates=TWENTY)
    said = " ".join(problem.what for problem in refused.value.problems)
    assert "3C triggers money and has no rate" in said
    assert "school 8 has no number of pupils" in said


def test_every_category_has_a_row_in_the_table_of_rates(pack: Callable[..., Any]) -> None:
    """INC-03: the table of rates covers all eight categories once."""
    funding = pack(WAR).funding[0]
    covered = [code for rate in funding.rates for code in rate.categories]
    assert sorted(covered) == sorted(pack(WAR).codes)


def test_an_undecided_school_is_listed_outside_the_sum(pack: Callable[..., Any]) -> None:
    """WAR-18: a school without a category is in no sum and is listed."""
    lost = FundedSchool(urn="5", category=None, pupils=100)
    assert allocate(pack(WAR).funding[0], [*EXAMPLE, lost], rates=TWENTY).undecided == (lost,)


@pytest.mark.parametrize(
    ("rank", "words"),
    [
        (91, "Less likely"),
        (61, "Fair chance"),
        (60, "Likely"),
        (111, "Less likely"),
        (1, "Most likely"),
        (150, "Least likely"),
    ],
)
def test_a_rank_falls_into_its_band(pack: Callable[..., Any], rank: int, words: str) -> None:
    """WAR-27: rank 91 of 150 is Less likely, 61 Fair chance, 60 Likely, 111 Less likely."""
    band = pack(WAR).bands[0].band(rank)
    assert band is not None
    assert band.words == words


def test_two_printed_ranks_are_kept_and_one_is_preferred(pack: Callable[..., Any]) -> None:
    """INC-01: rank 91 of the text and 61 of the graphic are both kept; 91 is preferred."""
    known = pack(WAR).bands[0].known
    assert [one.value for one in known if one.preferred] == [91]
    assert {91, 61} <= {one.value for one in known}


def test_the_budget_lines_add_up_to_the_printed_totals(pack: Callable[..., Any]) -> None:
    """WAR-23: the four lines of each year add to the printed 2,868, 1,488, 1,257 and 1,168 thousand pounds."""
    lines = {item.key: item.more["values"] for item in pack(WAR).lists["budget"]}
    total = lines.pop("total")
    assert total == {year: sum(line[year] for line in lines.values()) for year in total}
    assert list(total.values()) == [2868, 1488, 1257, 1168]


def test_the_secondary_floor_is_read_from_the_footnote(at: Callable[..., Any], secondary: Callable[..., Any]) -> None:
    """WAR-34: below 40 % with progress below national in English and maths is below; English at the line is not."""
    from strandline.strategy.nodes import Name

    resolved = at(WAR, as_at=date(2013, 4, 30), ks4=2012)
    low = secondary(ks4_5acem=39.9, ks4_english_progress=69.0, ks4_maths_progress=69.0)
    assert evaluate(resolved, Name("ks4_below_floor"), low).truth is True
    assert evaluate(resolved, Name("ks4_below_floor"), low | {"ks4_english_progress": 70.0}).truth is False


def test_the_lists_of_the_paper_are_complete(pack: Callable[..., Any]) -> None:
    """WAR-21, WAR-22, WAR-44, WAR-53, WAR-54: 10 duties, 9 areas, 7 networks, 3 tags, 8 expectations."""
    lists = pack(WAR).lists
    counts = {name: len(lists[name]) for name in ("duties", "networks", "tags", "expectations", "areas", "priorities")}
    assert counts == {"duties": 10, "networks": 7, "tags": 3, "expectations": 8, "areas": 9, "priorities": 12}


def test_lenders_are_the_schools_in_1_and_2a(pack: Callable[..., Any]) -> None:
    """WAR-52: schools in categories 1 and 2A may lend support in their consortium."""
    assert {category.code for category in pack(WAR).categories if "lender" in category.tags} == {"1", "2A"}


def test_the_scheme_lapses_unless_it_is_approved_each_year(pack: Callable[..., Any]) -> None:
    """WAR-06: the process is evaluated each year, so a version lasts twelve months."""
    assert pack(WAR).review.every_months == 12
