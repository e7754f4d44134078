from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from strandline.engine.cadence import NoTermTime, Standing, dates, schedule, standing, term_clock, visits_in
from strandline.engine.evaluate import decide
from strandline.engine.resolve import resolve
from strandline.kernel.dates import HalfTerm, TermCalendar
from strandline.kernel.missing import Missing, MissingReason
from strandline.strategy.model import Activity, Cadence, Every, Visit
from strandline.strategy.reading import read_pack

AUTUMN = TermCalendar(
    half_terms=(
        HalfTerm(name="autumn 1", term="autumn", first_day=date(2014, 9, 2), last_day=date(2014, 10, 24)),
        HalfTerm(name="autumn 2", term="autumn", first_day=date(2014, 11, 3), last_day=date(2014, 12, 19)),
    ),
    bank_holidays=frozenset({date(2014, 9, 19)}),
)
TEACHING = tuple(AUTUMN.teaching_days(start=date(2014, 9, 1), end=date(2014, 12, 31)))
SCHOOL = {"maintained": True, "academy": False, "state_funded": True, "inspection_grade": 4.0, "church_school": True}


def _rhythm(every: str, *, term_time_only: bool = True) -> Cadence:
    return Cadence(key="one", title="One", kind=Activity.VISIT, every=Every.parse(every), term_time_only=term_time_only)


def test_the_clock_of_term_time_leaves_holiday_weeks_out() -> None:
    clock = term_clock(TEACHING)
    assert clock[date(2014, 11, 3)] - clock[date(2014, 10, 24)] == 3


@pytest.mark.parametrize("every", ["1 day", "5 days", "14 days", "21 days", "3 weeks"])
def test_gaps_stay_within_the_interval_on_the_clock_of_term_time(every: str) -> None:
    clock = term_clock(TEACHING)
    due = [one.due_on for one in dates(_rhythm(every), calendar=AUTUMN, teaching=TEACHING)]
    assert due
    longest = max(Every.parse(every).days, 4)
    assert all(clock[later] - clock[earlier] <= longest for earlier, later in pairwise(due))
    assert all(AUTUMN.is_teaching_day(day) for day in due)


def test_a_bank_holiday_brings_the_visit_forward() -> None:
    first, *_ = dates(_rhythm("18 days"), calendar=AUTUMN, teaching=TEACHING)
    assert first.due_on == date(2014, 9, 18)


def test_a_category_given_in_the_middle_of_term_is_visited_from_then() -> None:
    late = tuple(day for day in TEACHING if day >= date(2014, 10, 8))
    due = dates(_rhythm("14 days"), calendar=AUTUMN, teaching=late)
    assert due[0].opens_on == date(2014, 10, 8)
    assert due[0].due_on <= date(2014, 10, 8) + timedelta(days=14)


def test_a_half_termly_review_falls_once_in_each_half_term() -> None:
    due = dates(_rhythm("half_term"), calendar=AUTUMN, teaching=TEACHING)
    assert [(one.opens_on, one.due_on) for one in due] == [
        (date(2014, 9, 2), date(2014, 10, 24)),
        (date(2014, 11, 3), date(2014, 12, 19)),
    ]
    assert all(one.opens_on <= one.planned_on <= one.due_on for one in due)


def test_a_termly_meeting_falls_once_in_the_term() -> None:
    assert len(dates(_rhythm("term"), calendar=AUTUMN, teaching=TEACHING)) == 1


def test_a_yearly_review_is_due_by_the_last_teaching_day() -> None:
    (only,) = dates(_rhythm("year"), calendar=AUTUMN, teaching=TEACHING)
    assert only.due_on == date(2014, 12, 19)


def test_a_rhythm_outside_term_time_keeps_to_working_days() -> None:
    due = dates(_rhythm("5 days", term_time_only=False), calendar=AUTUMN, teaching=TEACHING)
    assert any(not AUTUMN.is_teaching_day(one.due_on) for one in due)
    assert all(one.due_on.weekday() < 5 for one in due)


def test_a_span_without_a_teaching_day_is_refused() -> None:
    resolved = resolve(read_pack("warwickshire-2013"), as_at=date(2014, 9, 1))
    decision = decide(resolved, SCHOOL)
    with pytest.raises(NoTermTime, match="no teaching day"):
        schedule(resolved, decision, SCHOOL, calendar=AUTUMN, start=date(2014, 8, 1), end=date(2014, 8, 20))


def test_a_rhythm_whose_condition_is_unknown_is_listed_and_not_left_out() -> None:
    resolved = resolve(read_pack("warwickshire-2013"), as_at=date(2014, 9, 1))
    school = SCHOOL | {"special": Missing(reason=MissingReason.NO_RECORD)}
    plan = schedule(
        resolved, decide(resolved, school), school, calendar=AUTUMN, start=date(2014, 9, 1), end=date(2014, 12, 31)
    )
    (unknown,) = (one for one in plan.unscheduled if one.cadence.key == "special_review")
    assert "special is missing" in unknown.why


def test_a_school_without_a_category_has_no_schedule() -> None:
    resolved = resolve(read_pack("warwickshire-2013"), as_at=date(2014, 9, 1))
    school = SCHOOL | {"inspection_grade": None}
    plan = schedule(
        resolved, decide(resolved, school), school, calendar=AUTUMN, start=date(2014, 9, 1), end=date(2014, 12, 31)
    )
    assert plan.due == ()


def test_a_visit_done_settles_the_earliest_that_was_due() -> None:
    due = dates(_rhythm("14 days"), calendar=AUTUMN, teaching=TEACHING)
    second = due[1].due_on
    assert standing(due, done=[], as_at=second) is Standing.OVERDUE
    assert standing(due, done=[due[0].opens_on], as_at=second) is Standing.DUE
    assert standing(due, done=[due[0].opens_on, due[1].opens_on], as_at=due[1].opens_on) is Standing.UP_TO_DATE
    assert standing(due, done=[], as_at=date(2014, 8, 31)) is Standing.NOT_YET_DUE


def test_nothing_due_is_no_visit_by_policy_only_where_the_offer_says_so() -> None:
    assert standing((), done=[], as_at=date(2014, 9, 1)) is Standing.NOTHING_DUE
    by_policy = standing((), done=[], as_at=date(2014, 9, 1), visit=Visit.NONE_BY_POLICY)
    assert by_policy is Standing.NO_VISIT_BY_POLICY


def test_an_interval_longer_than_the_year_gives_no_visit() -> None:
    assert visits_in(38, every_weeks=40) == 0
    assert dates(_rhythm("40 weeks"), calendar=AUTUMN, teaching=TEACHING) == ()
