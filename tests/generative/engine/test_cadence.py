from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from strandline.engine.cadence import dates, term_clock
from strandline.kernel.dates import HalfTerm, TermCalendar
from strandline.strategy.model import Activity, Cadence, Every, Period


@st.composite
def calendars(draw: st.DrawFn) -> TermCalendar:
    """A school year of up to six half-terms, each of 1 to 8 weeks, with holidays between and bank holidays inside."""
    day = draw(st.dates(date(2005, 8, 25), date(2030, 9, 10)))
    half_terms = []
    for number in range(draw(st.integers(1, 6))):
        length = draw(st.integers(7, 56))
        half_terms.append(
            HalfTerm(name=f"h{number}", term=f"t{number // 2}", first_day=day, last_day=day + timedelta(days=length))
        )
        day += timedelta(days=length + draw(st.integers(3, 40)))
    first, last = half_terms[0].first_day, half_terms[-1].last_day
    holidays = draw(st.frozensets(st.dates(first, last), max_size=4))
    return TermCalendar(half_terms=tuple(half_terms), bank_holidays=holidays)


@settings(max_examples=200, deadline=None)
@given(calendar=calendars(), interval=st.integers(7, 60))
def test_visits_keep_within_the_interval_of_term_time_wherever_a_teaching_day_lies_between(
    calendar: TermCalendar, interval: int
) -> None:
    span = (calendar.half_terms[0].first_day, calendar.half_terms[-1].last_day)
    teaching = tuple(calendar.teaching_days(start=span[0], end=span[1]))
    rhythm = Cadence(key="v", title="Visit", kind=Activity.VISIT, every=Every(Period.DAYS, interval))
    due = dates(rhythm, calendar=calendar, teaching=teaching)
    clock = term_clock(teaching)
    days = [one.due_on for one in due]
    assert days == sorted(set(days))
    assert all(calendar.is_teaching_day(day) for day in days)
    following = dict(pairwise(teaching))
    wide = [(a, b) for a, b in pairwise(days) if clock[b] - clock[a] > interval]
    assert all(following[earlier] == later for earlier, later in wide)
    assert all(one.opens_on <= one.due_on for one in due)
    assert all(later.opens_on > earlier.due_on for earlier, later in pairwise(due))


@settings(max_examples=100, deadline=None)
@given(calendar=calendars())
def test_a_half_termly_rhythm_falls_once_in_each_half_term_that_has_a_teaching_day(calendar: TermCalendar) -> None:
    span = (calendar.half_terms[0].first_day, calendar.half_terms[-1].last_day)
    teaching = tuple(calendar.teaching_days(start=span[0], end=span[1]))
    rhythm = Cadence(key="r", title="Review", kind=Activity.REVIEW, every=Every.parse("half_term"))
    taught = [part for part in calendar.half_terms if any(day in part for day in teaching)]
    assert len(dates(rhythm, calendar=calendar, teaching=teaching)) == len(taught)
