"""
When visits, meetings, reviews and reports fall due: from a strategy's rhythm, a term calendar and bank holidays.

An interval in days runs in term time only: holidays stop its clock, so that two visits are never further apart than
the interval within term time, and a year of 38 teaching weeks holds 19 fortnightly visits (formula F15).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from strandline.engine.categorise import Decision
from strandline.engine.entitle import audience_includes, truth_and_why
from strandline.engine.evaluate import School
from strandline.engine.resolve import ResolvedPack
from strandline.kernel.dates import TermCalendar, days, is_working_day
from strandline.kernel.errors import UserError
from strandline.strategy.model import Cadence, Every, Period, Visit


class NoTermTime(UserError):
    """A schedule is asked for a span in which the term calendar has no teaching day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to be done: from when it may be, the day it is proposed for, and the last day."""

    cadence: Cadence
    number: int
    opens_on: date
    planned_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscheduled:
    """A rhythm without dates: as needed, or for want of a figure that says whether it is meant for the school."""

    cadence: Cadence
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Everything due for one school in a span, in order of the last day."""

    due: tuple[Due, ...]
    unscheduled: tuple[Unscheduled, ...]

    def of(self, key: str) -> tuple[Due, ...]:
        """The dates of one rhythm."""
        return tuple(one for one in self.due if one.cadence.key == key)

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each rhythm falls due."""
        return {one.cadence.key: len(self.of(one.cadence.key)) for one in self.due}


class Standing(StrEnum):
    """How a school's contact stands. No visit by policy is not an overdue visit."""

    NO_VISIT_BY_POLICY = "no_visit_by_policy"
    NOTHING_DUE = "nothing_due"
    NOT_YET_DUE = "not_yet_due"
    DUE = "due"
    OVERDUE = "overdue"
    UP_TO_DATE = "up_to_date"


def schedule(
    resolved: ResolvedPack,
    decision: Decision,
    school: School,
    *,
    calendar: TermCalendar,
    start: date,
    end: date,
) -> Schedule:
    """
    What falls due for a school in its category from `start` to `end`, both inclusive.

    Missing: a rhythm whose condition cannot be known for the school is listed with the reason, not left out.
    Raises:  NoTermTime.
    """
    if decision.category is None:
        return Schedule(due=(), unscheduled=())
    teaching = tuple(calendar.teaching_days(start=start, end=end))
    if not teaching:
        raise NoTermTime(
            f"The term calendar has no teaching day from {start} to {end}", what_to_do="Choose dates inside a term"
        )
    due: list[Due] = []
    unscheduled: list[Unscheduled] = []
    for cadence in _in_order(tuple(part for part in resolved.pack.cadence if part.covers(decision.category))):
        meant = audience_includes(cadence.audience, school)
        holds, why = truth_and_why(resolved, cadence.when, school)
        if meant is False or holds is False:
            continue
        if meant is None or holds is None:
            unscheduled.append(Unscheduled(cadence=cadence, why=why or "the school's legal form is missing"))
        elif cadence.every.period is Period.AS_NEEDED:
            unscheduled.append(Unscheduled(cadence=cadence, why="as needed"))
        else:
            before = [one for one in due if cadence.after and one.cadence.key == cadence.after]
            due.extend(dates(cadence, calendar=calendar, teaching=teaching, after=before[0].due_on if before else None))
    return Schedule(
        due=tuple(sorted(due, key=lambda one: (one.due_on, one.cadence.key))), unscheduled=tuple(unscheduled)
    )


def dates(
    cadence: Cadence, *, calendar: TermCalendar, teaching: Sequence[date], after: date | None = None
) -> tuple[Due, ...]:
    """
    The dates of one rhythm over the teaching days given.

    A half-termly or termly one has the last teaching day of its part of the year as its last day, and is proposed for
    the middle of it. One that comes after another step opens on the day after that step's last day.
    """
    open_days = [day for day in teaching if after is None or day > after]
    if not open_days:
        return ()
    match cadence.every.period:
        case Period.DAYS if cadence.term_time_only:
            spans = _every_days(cadence.every, open_days)
        case Period.DAYS:
            spans = _every_working_days(cadence.every, open_days, calendar)
        case Period.HALF_TERM:
            spans = _split(open_days, {part.name: (part.first_day, part.last_day) for part in calendar.half_terms})
        case Period.TERM:
            spans = _split(open_days, {name: (first, last) for name, first, last in calendar.terms})
        case Period.YEAR:
            spans = [(open_days[0], open_days[len(open_days) // 2], open_days[-1])]
        case _:
            half_terms = {part.name: (part.first_day, part.last_day) for part in calendar.half_terms}
            spans = _split(open_days, half_terms)[:1]
    return tuple(
        Due(cadence=cadence, number=number, opens_on=opens, planned_on=planned, due_on=last)
        for number, (opens, planned, last) in enumerate(spans, start=1)
    )


def visits_in(teaching_weeks: int, *, every_weeks: int) -> int:
    """
    How many visits a number of teaching weeks holds.

    Source: F15, teaching weeks ÷ interval: 38 ÷ 2 is 19, 38 ÷ 3 is 12.
    """
    return teaching_weeks // every_weeks


def standing(due: Sequence[Due], *, done: Sequence[date], as_at: date, visit: Visit = Visit.UNSTATED) -> Standing:
    """
    How contact stands on a day, given what fell due and what was done.

    A school that the offer gives no visit is never overdue. Each date done settles the earliest due that it can.
    """
    if not due:
        return Standing.NO_VISIT_BY_POLICY if visit is Visit.NONE_BY_POLICY else Standing.NOTHING_DUE
    open_due = _not_settled(due, done=[day for day in done if day <= as_at])
    if any(one.due_on < as_at for one in open_due):
        return Standing.OVERDUE
    if any(one.opens_on <= as_at for one in open_due):
        return Standing.DUE
    settled = len(open_due) < len(due)
    return Standing.UP_TO_DATE if settled else Standing.NOT_YET_DUE


def _not_settled(due: Sequence[Due], *, done: Sequence[date]) -> list[Due]:
    waiting = sorted(due, key=lambda one: one.due_on)
    for day in sorted(done):
        settled = next((one for one in waiting if one.opens_on <= day), None)
        if settled is not None:
            waiting.remove(settled)
    return waiting


def _in_order(parts: tuple[Cadence, ...]) -> tuple[Cadence, ...]:
    """Steps that come after another follow it; otherwise in the order of the pack."""
    ordered: list[Cadence] = []
    waiting = list(parts)
    keys = {part.key for part in parts}
    while waiting:
        placed = {part.key for part in ordered}
        ready = [part for part in waiting if part.after not in keys or part.after in placed]
        ordered.extend(ready or waiting)
        waiting = [part for part in waiting if part not in ordered]
    return tuple(ordered)


def _every_days(every: Every, teaching: Sequence[date]) -> list[tuple[date, date, date]]:
    """The latest teaching day that keeps each gap within the interval, on a clock that stops in holidays."""
    clock = term_clock(teaching)
    end_of_last_week = clock[teaching[-1]] - teaching[-1].weekday() + 6
    spans: list[tuple[date, date, date]] = []
    waiting = list(teaching)
    limit = clock[teaching[0]] + every.days - 1
    while waiting and limit <= end_of_last_week:
        within = [day for day in waiting if clock[day] <= limit]
        last = within[-1] if within else waiting[0]
        spans.append((waiting[0], last, last))
        waiting = [day for day in waiting if day > last]
        limit = clock[last] + every.days
    return spans


def term_clock(teaching: Sequence[date]) -> dict[date, int]:
    """Days of term time since the first Monday: weeks without a teaching day are left out."""
    weeks = {monday: number for number, monday in enumerate(dict.fromkeys(_monday(day) for day in teaching))}
    return {day: 7 * weeks[_monday(day)] + day.weekday() for day in teaching}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _every_working_days(
    every: Every, open_days: Sequence[date], calendar: TermCalendar
) -> list[tuple[date, date, date]]:
    spans: list[tuple[date, date, date]] = []
    opens, last_day = open_days[0], open_days[-1]
    while (limit := opens + timedelta(days=every.days - 1)) <= last_day:
        working = [day for day in days(opens, limit) if is_working_day(day, bank_holidays=calendar.bank_holidays)]
        due_on = working[-1] if working else limit
        spans.append((opens, due_on, due_on))
        opens = due_on + timedelta(days=1)
    return spans


def _split(open_days: Sequence[date], parts: Mapping[str, tuple[date, date]]) -> list[tuple[date, date, date]]:
    spans: list[tuple[date, date, date]] = []
    for first, last in parts.values():
        inside = [day for day in open_days if first <= day <= last]
        if inside:
            spans.append((inside[0], inside[len(inside) // 2], inside[-1]))
    return spans
