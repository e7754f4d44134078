"""
What officers judged, from a CSV file: columns urn, name, value, reason, by-role, date.

A judgement is never guessed. One that is dated after the day of the run is left aside; of several on one matter the
newest counts. Every fault of the file is reported at once.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from strandline.kernel.dates import parse_date
from strandline.kernel.errors import DataError, Problem, UserError
from strandline.kernel.identifiers import Urn
from strandline.runs.manifest import JudgementsUsed, digest

COLUMNS = ("urn", "name", "value", "reason", "by_role", "date")
TRUE = frozenset({"true", "yes"})
FALSE = frozenset({"false", "no"})

Value = bool | float | str | date


class JudgementsRefused(DataError):
    """The file of judgements cannot be used; every reason is listed."""


class Declared(Protocol):
    """What a pack says of a judgement: its kind and, for a code, its values."""

    @property
    def kind(self) -> str:
        """code, number, boolean, text or date."""

    @property
    def values(self) -> Mapping[str, str]:
        """Code → words; empty unless the kind is code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One officer's judgement of one school: what, why, by which role, when."""

    urn: int
    name: str
    value: Value
    reason: str
    by_role: str
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """Those that count on a day, the rest counted."""

    used: tuple[Judgement, ...] = ()
    given: int = 0

    def of(self, urn: int) -> dict[str, Value]:
        """The judged values of one school by name."""
        return {judgement.name: judgement.value for judgement in self.used if judgement.urn == urn}

    @property
    def fingerprint(self) -> JudgementsUsed | None:
        """Their hash for the manifest; None when there are none."""
        if not self.given:
            return None
        return JudgementsUsed(
            sha256=digest([asdict(each) for each in self.used]), given=self.given, used=len(self.used)
        )


def read(path: Path, *, declared: Mapping[str, Declared], as_at: date) -> Judgements:
    """
    Read the judgements that count on `as_at`, sorted by urn and name.

    Raises: JudgementsRefused with every fault (file, row, column, value, what to do).
    """
    problems: list[Problem] = []
    read_rows = list(_rows(path, declared=declared, problems=problems))
    problems += _contradictions(read_rows, file=path.name)
    if problems:
        raise JudgementsRefused(
            f"The judgements in {path.name} cannot be used",
            problems=tuple(problems),
            what_to_do="Mend the rows and run again; nothing was decided",
        )
    newest: dict[tuple[int, str], Judgement] = {}
    for _, judgement in sorted(read_rows, key=lambda pair: pair[1].date):
        if judgement.date <= as_at:
            newest[judgement.urn, judgement.name] = judgement
    return Judgements(used=tuple(newest[key] for key in sorted(newest)), given=len(read_rows))


def _rows(path: Path, *, declared: Mapping[str, Declared], problems: list[Problem]) -> Iterable[tuple[int, Judgement]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(what="The text is not UTF-8", file=path.name, what_to_do="Save it as CSV UTF-8"))
        return
    reader = csv.DictReader(text.splitlines())
    header = [name.strip().lower().replace("-", "_") for name in reader.fieldnames or ()]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        problems += [
            Problem(what="The column is not there", file=path.name, row=1, column=name.replace("_", "-"))
            for name in missing
        ]
        return
    reader.fieldnames = header
    for number, row in enumerate(reader, start=2):
        judgement = _judgement(row, number=number, file=path.name, declared=declared, problems=problems)
        if judgement is not None:
            yield number, judgement


def _judgement(
    row: Mapping[str, str], *, number: int, file: str, declared: Mapping[str, Declared], problems: list[Problem]
) -> Judgement | None:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    found: list[Problem] = []

    def wrong(column: str, what: str, what_to_do: str = "") -> None:
        found.append(
            Problem(what=what, file=file, row=number, column=column, value=cells[column], what_to_do=what_to_do)
        )

    for column in ("reason", "by_role"):
        if not cells[column]:
            wrong(column, "A judgement says why and by whom", "Fill the cell")
    urn, day, value = None, None, None
    try:
        urn = Urn.parse(cells["urn"]).number
    except UserError as error:
        wrong("urn", error.what, error.what_to_do)
    try:
        day = parse_date(cells["date"])
    except UserError as error:
        wrong("date", error.what, error.what_to_do)
    if cells["name"] not in declared:
        near = get_close_matches(cells["name"], list(declared)) or sorted(declared)
        wrong("name", "The pack asks for no such judgement", f"It knows {', '.join(near) or 'none'}")
    else:
        value = _value(cells["value"], declared=declared[cells["name"]])
        if value is None:
            wrong("value", "The value has not the form the pack asks for", _form(declared[cells["name"]]))
    problems += found
    if found or urn is None or day is None or value is None:
        return None
    return Judgement(
        urn=urn, name=cells["name"], value=value, reason=cells["reason"], by_role=cells["by_role"], date=day
    )


def _value(text: str, *, declared: Declared) -> Value | None:
    """The text as the kind of value that the pack declares, or None where it is not one."""
    lowered = text.lower()
    if declared.kind == "boolean":
        return lowered in TRUE if lowered in TRUE | FALSE else None
    if declared.kind == "code":
        return text if text in declared.values else None
    try:
        if declared.kind == "number":
            return float(text)
        if declared.kind == "date":
            return parse_date(text)
    except (ValueError, UserError):
        return None
    return text or None


def _form(declared: Declared) -> str:
    forms = {"boolean": "Write true or false", "number": "Write a number", "date": "Write a date like 2013-04-30"}
    if declared.kind == "code":
        return f"Write one of {', '.join(declared.values)}"
    return forms.get(declared.kind, "Fill the cell")


def _contradictions(rows: Iterable[tuple[int, Judgement]], *, file: str) -> list[Problem]:
    """Two different values for one school, matter and day: nobody can say which is meant."""
    seen: dict[tuple[int, str, date], tuple[int, Value]] = {}
    problems = []
    for number, judgement in rows:
        key = (judgement.urn, judgement.name, judgement.date)
        first, value = seen.setdefault(key, (number, judgement.value))
        if value != judgement.value:
            problems.append(
                Problem(
                    what=f"Row {first} says {value} of the same school on the same day",
                    file=file,
                    row=number,
                    column="value",
                    value=str(judgement.value),
                    what_to_do="Keep one of the two rows",
                )
            )
    return problems
