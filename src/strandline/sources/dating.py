"""
When a release is from: its period, the day it is as at, the day it was published, its status.

The content goes first, then what a person stated, then the file's name, which may only choose between what the
contract allows. Nothing is guessed: what stays open is a reason to refuse, with the words that would settle it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from strandline.kernel.errors import Problem
from strandline.sources.contract import Contract

STATUSES = ("provisional", "revised", "final")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ACADEMIC_YEAR = re.compile(r"(?<!\d)(20\d{2})[-_/ ]?(20\d{2}|\d{2})(?!\d)")
DAY_NUMBERS = re.compile(r"(?<!\d)(20\d{2})[-_ ]?(0[1-9]|1[0-2])[-_ ]?(0[1-9]|[12]\d|3[01])(?!\d)")
DAY_WORDS = re.compile(r"(?<!\d)(\d{1,2})[-_ ]*([a-z]{3})[a-z]*[-_ ]*(20\d{2})(?!\d)", re.IGNORECASE)
ENDING_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a person said of a file, and what its name says."""

    published: date | None = None
    period: str = ""
    status: str = ""
    part: bool = False
    name: str = ""
    folder: str = ""

    @property
    def periods(self) -> tuple[str, ...]:
        """Periods to choose by, the surest first."""
        return (self.period,) if self.period else (*periods_in(self.name), *periods_in(self.folder))

    @property
    def named_status(self) -> str:
        """The status that the person or the file's name states; the name counts only where it states one."""
        return self.status or next((status for status in STATUSES if status in self.name.casefold()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The answer; `problems` says what stays open."""

    period: str = ""
    as_at: date | None = None
    published_on: date | None = None
    status: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def periods_in(name: str) -> tuple[str, ...]:
    """The periods a name may mean: days as `2025-08-31`, academic years as `2016-2017`, an ending year as both."""
    days = [f"{year}-{month}-{day}" for year, month, day in DAY_NUMBERS.findall(name)]
    for day, month, year in DAY_WORDS.findall(name):
        if month.casefold() in MONTHS:
            days.append(f"{year}-{MONTHS.index(month.casefold()) + 1:02d}-{int(day):02d}")
    days.sort(reverse=True)  # "from … to …": the later day is the one that the file is as at
    years = [
        f"{first}-{int(first) + 1}"
        for first, second in ACADEMIC_YEAR.findall(name)
        if int(second) % 100 == (int(first) + 1) % 100
    ]
    alone = ENDING_YEAR.findall(name) if not days and not years else []
    return tuple(dict.fromkeys([*days, *years, *(f"{int(year) - 1}-{year}" for year in alone), *alone]))


def dated(frame: pl.DataFrame, contract: Contract, *, stated: Stated, file: str) -> Dated:
    """Settle the dates of a checked table. `frame` holds the ordinary rows, typed, under our names."""
    problems: list[Problem] = []
    if contract.period.snapshot:
        period, notes = _snapshot(frame, contract, stated, file, problems)
        as_at = _day(period)
    else:
        period, notes = _year(frame, contract, stated, file, problems), ()
        as_at = None
    status = _status(contract, stated, file, problems)
    published_on = _published(frame, contract, stated, period=period, as_at=as_at, status=status)
    if published_on is None and not problems:
        problems.append(
            Problem(what="The day of publication is not known", file=file, what_to_do="State it with --published")
        )
    if published_on is not None and as_at is not None and published_on < as_at:
        what = f"The file is as at {as_at}, after the day of publication {published_on}"
        problems.append(Problem(what=what, file=file, what_to_do="Correct --published or --period"))
    return Dated(
        period=period, as_at=as_at, published_on=published_on, status=status, notes=notes, problems=tuple(problems)
    )


def _year(frame: pl.DataFrame, contract: Contract, stated: Stated, file: str, problems: list[Problem]) -> str:
    rule = contract.period
    if rule.column:
        return _from_column(frame, contract, stated, file, problems)
    if not rule.known:
        return stated.period
    named = [period for period in stated.periods if period in rule.known]
    looks_dated = [period for period in stated.periods if re.fullmatch(r"\d{4}-\d{4}", period)]
    claimed = stated.period or next(iter(looks_dated), "")
    if claimed and not named:
        by = "The file was stated to be" if stated.period else "The file's name says that it is"
        what = f"{by} of {claimed}, but its layout is that of {', '.join(rule.known)}"
        problems.append(Problem(what=what, file=file, what_to_do="State the right year with --period"))
        return ""
    if len(rule.known) == 1:
        return rule.known[0]
    if len(dict.fromkeys(named)) != 1:
        what = f"The layout was published for {', '.join(rule.known)}, and nothing in the file says which this is"
        problems.append(Problem(what=what, file=file, what_to_do=f"State it: --period {rule.known[-1]}"))
        return ""
    return named[0]


def _from_column(frame: pl.DataFrame, contract: Contract, stated: Stated, file: str, problems: list[Problem]) -> str:
    rule = contract.period
    header = contract.column(rule.column).name
    found = frame[rule.column].drop_nulls().cast(pl.String).unique().sort().to_list()
    periods = list(dict.fromkeys(rule.reads(text) for text in found))
    if len(periods) != 1:
        what = f"The file should be of one period and speaks of {len(periods)}: {', '.join(periods[:5]) or 'none'}"
        problems.append(Problem(what=what, file=file, column=header, what_to_do="Get the publisher's own file"))
    elif rule.known and periods[0] not in rule.known:
        what = f"No contract covers the period {periods[0]}; this layout is known for {', '.join(rule.known)}"
        problems.append(
            Problem(what=what, file=file, column=header, value=found[0], what_to_do="A new year needs a contract")
        )
    elif stated.period and stated.period != periods[0]:
        what = f"The file was stated to be of {stated.period} and says that it is of {periods[0]}"
        problems.append(Problem(what=what, file=file, column=header, value=found[0], what_to_do="Correct --period"))
    else:
        return periods[0]
    return ""


def _snapshot(
    frame: pl.DataFrame, contract: Contract, stated: Stated, file: str, problems: list[Problem]
) -> tuple[str, tuple[str, ...]]:
    """The day a snapshot is as at, and what to note of how it was found."""
    rule = contract.period
    latest = _latest(frame, rule.latest)
    days = [period for period in stated.periods if _day(period) is not None]
    notes: tuple[str, ...] = ()
    if stated.period and not days:
        what = f'"{stated.period}" is not a day'
        problems.append(Problem(what=what, file=file, what_to_do="Write it like --period 2025-08-31"))
        return "", ()
    if days:
        period = days[0]
    elif rule.from_latest and latest is not None:
        period = latest[0].isoformat()
        notes = (f"As-at day taken from the latest date in {latest[1]}; state another with --period",)
    else:
        what = "Nothing in the file says which day it is as at"
        problems.append(Problem(what=what, file=file, what_to_do="State it: --period 2025-08-31"))
        return "", ()
    if latest is not None and latest[0].isoformat() > period:
        what = f"The file is said to be as at {period} and holds a later date"
        problems.append(
            Problem(
                what=what,
                file=file,
                column=contract.column(latest[1]).name,
                value=latest[0].isoformat(),
                what_to_do="State the right day with --period",
            )
        )
    return period, notes


def _latest(frame: pl.DataFrame, columns: Sequence[str]) -> tuple[date, str] | None:
    found = [(day, name) for name in columns if isinstance(day := frame[name].max(), date)]
    return max(found, default=None)


def _day(period: str) -> date | None:
    try:
        return date.fromisoformat(period) if len(period) == len("2025-08-31") else None
    except ValueError:
        return None


def _status(contract: Contract, stated: Stated, file: str, problems: list[Problem]) -> str:
    named = stated.named_status
    if named in contract.statuses:
        return named
    if named and (stated.status or len(contract.statuses) > 1):
        what = f"{named.capitalize()} figures are not what this layout was published for"
        allowed = ", ".join(status or "no status" for status in contract.statuses)
        problems.append(Problem(what=what, file=file, what_to_do=f"It was for {allowed}"))
    return contract.statuses[0]


def _published(
    frame: pl.DataFrame, contract: Contract, stated: Stated, *, period: str, as_at: date | None, status: str
) -> date | None:
    rule = contract.published
    if stated.published is not None:
        return stated.published
    for key in (f"{period} {status}", period):
        if key in rule.dates:
            return rule.dates[key]
    if as_at is not None and rule.days_after is not None:
        usual, told = as_at + timedelta(days=rule.days_after), _latest(frame, rule.not_before)
        return max(usual, told[0]) if told is not None else usual
    return None


def all_known_periods(contracts: Sequence[Contract]) -> Iterator[str]:
    """Every period that a contract names, for messages and the reference."""
    yield from sorted({period for contract in contracts for period in contract.period.known})
