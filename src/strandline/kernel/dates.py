"""
School time: academic years, terms, half-terms, working days.

Three clocks are kept apart everywhere: the *results year* (which cohort a figure describes, named by the
calendar year in which its academic year ends), the *effective date* (when a judgement or a power applies) and
the *publication date* (when it could have been known).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Self

from strandline.kernel.errors import UserError

SATURDAY = 5


class NotADate(UserError):
    """A text that should be a date or an academic year does not have the form."""


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """September to August, named by the year it ends in: 2017 is 2016/17."""

    ends_in: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2016/17`, `2016-17`, `2016-2017`, `201617`. A bare `2017` is refused: it says too little."""
        match = re.fullmatch(r"(\d{4})\s*[/\-–]?\s*(\d{2}|\d{4})", text.strip())
        if match and int(match[2]) % 100 == (int(match[1]) + 1) % 100 and len(text.strip()) > 4:
            return cls(int(match[1]) + 1)
        raise NotADate(f'"{text}" is not an academic year', what_to_do="Write it like 2016/17")

    @classmethod
    def containing(cls, day: date) -> Self:
        """The academic year in which `day` falls."""
        return cls(day.year + (day.month >= 9))

    @property
    def first_day(self) -> date:
        """1 September."""
        return date(self.ends_in - 1, 9, 1)

    @property
    def last_day(self) -> date:
        """31 August."""
        return date(self.ends_in, 8, 31)

    def __str__(self) -> str:
        return f"{self.ends_in - 1}/{self.ends_in % 100:02d}"


def parse_date(text: str) -> date:
    """Read an ISO date, as the command line takes them. Raises: NotADate."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise NotADate(f'"{text}" is not a date', what_to_do="Write it like 2013-04-30") from error


def long_date(day: date) -> str:
    """`30 April 2013`: the only way a date is printed for people."""
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfTerm:
    """A run of teaching days without a holiday; both ends are inclusive."""

    name: str
    term: str
    first_day: date
    last_day: date

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


class TermCalendarBroken(UserError):
    """Half-terms overlap, run backwards or leave a term in pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCalendar:
    """
    An authority's school year: half-terms in order, and the bank holidays that fall anywhere in it.

    Each authority sets its own dates, so a calendar is data; it is never guessed from the law.
    """

    half_terms: tuple[HalfTerm, ...]
    bank_holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        for half_term in self.half_terms:
            if half_term.last_day < half_term.first_day:
                raise TermCalendarBroken(f"{half_term.name} ends before it begins")
        for earlier, later in pairwise(self.half_terms):
            if later.first_day <= earlier.last_day:
                raise TermCalendarBroken(f"{later.name} begins before {earlier.name} has ended")

    @property
    def terms(self) -> tuple[tuple[str, date, date], ...]:
        """Each term's name, first day and last day, in order."""
        spans: dict[str, tuple[date, date]] = {}
        for half_term in self.half_terms:
            first, _ = spans.get(half_term.term, (half_term.first_day, half_term.last_day))
            spans[half_term.term] = (first, half_term.last_day)
        return tuple((name, first, last) for name, (first, last) in spans.items())

    def is_teaching_day(self, day: date) -> bool:
        """A weekday inside a half-term that is not a bank holiday."""
        in_term = any(day in half_term for half_term in self.half_terms)
        return in_term and is_working_day(day, bank_holidays=self.bank_holidays)

    def teaching_days(self, *, start: date, end: date) -> Iterator[date]:
        """Every teaching day from `start` to `end`, both inclusive."""
        return (day for day in days(start, end) if self.is_teaching_day(day))

    @property
    def teaching_weeks(self) -> int:
        """Calendar weeks (Monday to Sunday) that hold at least one teaching day."""
        if not self.half_terms:
            return 0
        span = self.teaching_days(start=self.half_terms[0].first_day, end=self.half_terms[-1].last_day)
        return len({day - timedelta(days=day.weekday()) for day in span})


def days(start: date, end: date) -> Iterator[date]:
    """Every day from `start` to `end`, both inclusive; none when `end` is earlier."""
    return (start + timedelta(days=n) for n in range((end - start).days + 1))


def is_working_day(day: date, *, bank_holidays: Iterable[date] = ()) -> bool:
    """Monday to Friday and not a bank holiday. School holidays count as working days."""
    return day.weekday() < SATURDAY and day not in frozenset(bank_holidays)


def add_working_days(start: date, count: int, *, bank_holidays: Iterable[date] = ()) -> date:
    """
    The last day of a period of `count` working days; the day of service itself is not counted.

    Source: the clock tests in the authority's warning-notice practice (served Monday 1 March 2010, 15 working
    days: Monday 22 March 2010).
    """
    holidays = frozenset(bank_holidays)
    day = start
    remaining = count
    while remaining > 0:
        day += timedelta(days=1)
        remaining -= is_working_day(day, bank_holidays=holidays)
    return day


def easter_sunday(year: int) -> date:
    """
    Western Easter by the anonymous Gregorian algorithm.

    Source: J. Meeus, Astronomical Algorithms (1991), chapter 8.
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    n = (32 + 2 * e + 2 * i - h - k + m) % 7
    month = (h - m + n + 90) // 25
    return date(year, month, (h - m + n + month + 19) % 32)


def bank_holidays_england(year: int) -> frozenset[date]:
    """
    The bank holidays of England and Wales in a calendar year, proclaimed extra days included.

    Source: Banking and Financial Dealings Act 1971, Schedule 1, and the royal proclamations for 2002, 2011, 2012,
    2020, 2022 and 2023, as listed by gov.uk/bank-holidays. Years before 1978 are not covered.
    """
    easter = easter_sunday(year)
    spring = {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
    early_may = {1995: date(1995, 5, 8), 2020: date(2020, 5, 8)}
    regular = {
        _substituted(date(year, 1, 1)),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        early_may.get(year, _first_monday(date(year, 5, 1))),
        spring.get(year, _last_monday_of_may(year)),
        _first_monday(date(year, 8, 25)),
    }
    return frozenset(regular | _christmas(year) | PROCLAIMED.get(year, frozenset()))


PROCLAIMED: dict[int, frozenset[date]] = {
    1999: frozenset({date(1999, 12, 31)}),
    2002: frozenset({date(2002, 6, 3)}),
    2011: frozenset({date(2011, 4, 29)}),
    2012: frozenset({date(2012, 6, 5)}),
    2022: frozenset({date(2022, 6, 3), date(2022, 9, 19)}),
    2023: frozenset({date(2023, 5, 8)}),
}


def _first_monday(on_or_after: date) -> date:
    return on_or_after + timedelta(days=-on_or_after.weekday() % 7)


def _last_monday_of_may(year: int) -> date:
    return date(year, 5, 31) - timedelta(days=date(year, 5, 31).weekday())


def _substituted(day: date) -> date:
    return _first_monday(day) if day.weekday() >= SATURDAY else day


def _christmas(year: int) -> set[date]:
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    if christmas.weekday() == SATURDAY:
        return {date(year, 12, 27), date(year, 12, 28)}
    if christmas.weekday() == SATURDAY + 1:
        return {boxing, date(year, 12, 27)}
    if boxing.weekday() == SATURDAY:
        return {christmas, date(year, 12, 28)}
    return {christmas, boxing}
