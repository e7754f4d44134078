"""
The table of powers as data: `law.toml` says what each power is, `powers.csv` which legal form it exists for.

Source: Education and Inspections Act 2006, Part 4, as the files cite it. Not legal advice.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from strandline.kernel.citations import Verification
from strandline.kernel.errors import BugError

HERE = Path(__file__).parent
UNKNOWN_FORM = "other"


class Answer(StrEnum):
    """Whether a power exists over a legal form; `check`: a person has to find out first."""

    YES = "yes"
    NO = "no"
    CHECK = "check"

    @property
    def words(self) -> str:
        """As the table prints it."""
        return {"yes": "Yes", "no": "No", "check": "To be checked"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """Where something was read, and how sure that is."""

    title: str
    publisher: str
    at: str
    status: Verification

    @property
    def words(self) -> str:
        """As printed: title, place, and a warning where it was not read in the source itself."""
        place = f", {self.at}" if self.at else ""
        return f"{self.title}{place} ({self.status.words})" if self.status.flagged else f"{self.title}{place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerVersion:
    """A power for a while: who may use it, and under which condition."""

    since: date
    until: date | None
    who: str
    condition: str
    cite: Cite

    def covers(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """A power by its section."""

    key: str
    section: str
    title: str
    cite: Cite
    versions: tuple[PowerVersion, ...]

    def on(self, day: date) -> PowerVersion | None:
        """The power as it stands on a day; None before it began."""
        return next((version for version in self.versions if version.covers(day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One line of the table: a legal form or a type of establishment, and the answer for each power."""

    kind: str
    code: str
    name: str
    legal_form: str
    standing: str
    answers: Mapping[str, Answer]
    cite: Cite
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of what can be done about a school, in order."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A power that exists over a school on a day."""

    power: Power
    version: PowerVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    Where a school stands in law on a day.

    `held`:    the powers that exist; each may have its button.
    `unsure`:  powers that a person has to check first; no button.
    `absent`:  powers that do not exist over it, or not on the day.
    `why`:     the reason in words; `steps` what can be done, in order.
    """

    legal_form: str
    title: str
    reached: Answer
    why: str
    cite: Cite
    note: str
    steps: tuple[Step, ...]
    held: tuple[Held, ...]
    unsure: tuple[Power, ...]
    absent: tuple[Power, ...]
    on: date

    @property
    def has_powers(self) -> bool:
        """Whether any statutory button may be shown."""
        return bool(self.held)

    def may(self, key: str) -> bool:
        """Whether the power exists: ask before every statutory step."""
        return any(held.power.key == key for held in self.held)


class HasLegalForm(Protocol):
    """A school, a line or a snapshot's identity."""

    legal_form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The whole table."""

    powers: tuple[Power, ...]
    forms: Mapping[str, FormRow]
    types: tuple[FormRow, ...]
    standings: Mapping[str, Mapping[str, Any]]
    regulators: tuple[Mapping[str, Any], ...]
    answer_working_days: int
    sources: Mapping[str, Mapping[str, str]]

    def regulator(self, on: date) -> str:
        """Who decides about academies on a day."""
        for each in self.regulators:
            if each.get("since", date.min) <= on <= each.get("until", date.max):
                return str(each["name"])
        raise BugError(f"law.toml names no regulator on {on}")


@cache
def law() -> Law:
    """The table, read once."""
    told = tomllib.loads((HERE / "law.toml").read_text(encoding="utf-8"))
    sources = told["sources"]
    rows = tuple(_rows(sources))
    return Law(
        powers=tuple(_power(each, sources) for each in told["power"]),
        forms={row.name: row for row in rows if row.kind == "legal_form"},
        types=tuple(row for row in rows if row.kind == "gias_type"),
        standings={each["key"]: each for each in told["standing"]},
        regulators=tuple(told["regulator"]),
        answer_working_days=told["answer"]["working_days"],
        sources=sources,
    )


def powers_of(school: HasLegalForm, on: date) -> Standing:
    """Which powers exist over a school on a day, and what can be done where none does."""
    return powers_of_form(school.legal_form, on=on)


def powers_of_form(legal_form: str, *, on: date) -> Standing:
    """The same for a legal form. Missing: a form that nobody knows is treated as not reached by the Act."""
    table = law()
    row = table.forms.get(legal_form) or table.forms[UNKNOWN_FORM]
    standing = table.standings[row.standing]
    held: list[Held] = []
    unsure: list[Power] = []
    absent: list[Power] = []
    for power in table.powers:
        version = power.on(on)
        answer = row.answers[power.key] if version else Answer.NO
        if answer is Answer.YES and version:
            held.append(Held(power=power, version=version))
        else:
            (unsure if answer is Answer.CHECK else absent).append(power)
    regulator = table.regulator(on)
    return Standing(
        legal_form=row.legal_form,
        title=standing["title"],
        reached=Answer(standing["reached"]),
        why=standing["why"],
        cite=_cite(standing["cite"], table.sources),
        note=row.note,
        steps=tuple(
            Step(number=number, text=text.format(regulator=regulator))
            for number, text in enumerate(standing["steps"], start=1)
        ),
        held=tuple(held),
        unsure=tuple(unsure),
        absent=tuple(absent),
        on=on,
    )


def _rows(sources: Mapping[str, Mapping[str, str]]) -> list[FormRow]:
    with (HERE / "powers.csv").open(encoding="utf-8", newline="") as lines:
        return [
            FormRow(
                kind=row["kind"],
                code=row["code"],
                name=row["name"],
                legal_form=row["legal_form"],
                standing=row["standing"],
                answers={name: Answer(value) for name, value in row.items() if name.startswith("s6")},
                cite=_cite({"source": row["source"], "at": "", "status": row["status"]}, sources),
                note=row["note"],
            )
            for row in csv.DictReader(lines)
        ]


def _power(told: Mapping[str, Any], sources: Mapping[str, Mapping[str, str]]) -> Power:
    return Power(
        key=told["key"],
        section=told["section"],
        title=told["title"],
        cite=_cite(told["cite"], sources),
        versions=tuple(
            PowerVersion(
                since=each["since"],
                until=each.get("until"),
                who=each["who"],
                condition=each["condition"],
                cite=_cite({"source": each["source"], "at": "", "status": each["status"]}, sources),
            )
            for each in told["versions"]
        ),
    )


def _cite(told: Mapping[str, str], sources: Mapping[str, Mapping[str, str]]) -> Cite:
    source = sources[told["source"]]
    return Cite(
        title=source["title"], publisher=source["publisher"], at=told["at"], status=Verification(told["status"])
    )
