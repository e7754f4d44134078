"""School time."""

from __future__ import annotations

from datetime import date

import pytest

from strandline.kernel.dates import (
    AcademicYear,
    HalfTerm,
    NotADate,
    TermCalendar,
    TermCalendarBroken,
    add_working_days,
    bank_holidays_england,
    is_working_day,
    long_date,
    parse_date,
)


@pytest.mark.parametrize("text", ["2016/17", "2016-17", "2016-2017", "201617", " 2016/2017 ", "2016–17"])
def test_an_academic_year_is_read_in_every_published_form(text: str) -> None:
    assert AcademicYear.parse(text) == AcademicYear(2017)


@pytest.mark.parametrize("text", ["2017", "2016/18", "16/17", "", "abcd", "2016/1"])
def test_a_text_that_is_no_academic_year_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(NotADate, match="2016/17"):
        AcademicYear.parse(text)


def test_the_academic_year_turns_on_the_first_of_september() -> None:
    assert str(AcademicYear.containing(date(2017, 8, 31))) == "2016/17"
    assert str(AcademicYear.containing(date(2017, 9, 1))) == "2017/18"
    assert AcademicYear(2000).first_day == date(1999, 9, 1)
    assert AcademicYear(2000).last_day == date(2000, 8, 31)
    assert str(AcademicYear(2000)) == "1999/00"


def test_a_date_is_printed_in_full_and_a_bad_one_is_refused() -> None:
    assert long_date(parse_date("2013-04-30")) == "30 April 2013"
    with pytest.raises(NotADate, match="2013-04-30"):
        parse_date("30/04/2013")


@pytest.mark.parametrize(
    ("served", "ends"),
    [(date(2010, 3, 1), date(2010, 3, 22)), (date(2010, 3, 22), date(2010, 4, 14))],
)
def test_fifteen_working_days_skip_weekends_good_friday_and_easter_monday(served: date, ends: date) -> None:
    assert add_working_days(served, 15, bank_holidays=bank_holidays_england(2010)) == ends


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2012, 6, 5), "diamond jubilee"),
        (date(2022, 9, 19), "state funeral"),
        (date(2020, 5, 8), "early May moved to VE day"),
        (date(2021, 12, 28), "Boxing Day on a Sunday"),
        (date(2022, 12, 27), "Christmas Day on a Sunday"),
        (date(2016, 12, 27), "Christmas Day on a Sunday"),
        (date(2022, 1, 3), "New Year on a Saturday"),
    ],
)
def test_moved_and_proclaimed_bank_holidays_are_no_working_days(day: date, why: str) -> None:
    assert not is_working_day(day, bank_holidays=bank_holidays_england(day.year)), why


def test_a_usual_year_has_eight_bank_holidays() -> None:
    assert {year: len(bank_holidays_england(year)) for year in (2010, 2013, 2017, 2019, 2025, 2026)} == dict.fromkeys(
        (2010, 2013, 2017, 2019, 2025, 2026), 8
    )


def half_term(name: str, term: str, first: date, last: date) -> HalfTerm:
    return HalfTerm(name=name, term=term, first_day=first, last_day=last)


def test_terms_are_made_of_half_terms_and_teaching_weeks_leave_holidays_out() -> None:
    calendar = TermCalendar(
        half_terms=(
            half_term("Autumn 1", "Autumn", date(2012, 9, 3), date(2012, 10, 26)),
            half_term("Autumn 2", "Autumn", date(2012, 11, 5), date(2012, 12, 21)),
        )
    )
    assert calendar.terms == (("Autumn", date(2012, 9, 3), date(2012, 12, 21)),)
    assert calendar.teaching_weeks == 8 + 7
    assert not calendar.is_teaching_day(date(2012, 10, 30))


def test_overlapping_half_terms_are_refused() -> None:
    with pytest.raises(TermCalendarBroken, match="begins before"):
        TermCalendar(
            half_terms=(
                half_term("A", "Autumn", date(2012, 9, 3), date(2012, 10, 26)),
                half_term("B", "Autumn", date(2012, 10, 26), date(2012, 12, 21)),
            )
        )
