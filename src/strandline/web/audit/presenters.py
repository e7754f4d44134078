"""The audit as it is printed: a sentence for each row, and what changed from what to what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from strandline.kernel.dates import long_date
from strandline.web.audit.models import AuditRow
from strandline.web.audit.sentences import sentences
from strandline.web.design.parts import EmptyState, Event
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.people.roles import Module, Role
from strandline.web.people.scope import Actor

NOTHING = "–"
SHORT = 90
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CODE = re.compile(r"[a-z]+(_[a-z0-9]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field: when, who, from, to."""

    field: str
    before: str
    after: str
    when: datetime
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the audit, ready to print."""

    when: datetime
    who: str
    role: str
    sentence: str
    changes: tuple[FieldChange, ...]
    subject_type: str
    subject_id: str
    school_urn: int | None


def line(row: AuditRow, *, reader: Actor, schools: Mapping[int, str] | None = None) -> Line:
    """
    A row with its sentence.

    A reader to whose role the room is closed learns that something was done there, and not what.
    """
    told = may_read(row, reader)
    return Line(
        when=row.at,
        who=who(row),
        role=Role(row.role).words if row.role else "",
        sentence=sentence(row, schools=schools or {}) if told else f"{row.actor_name or 'The desk'}: {_plainly(row)}",
        changes=changes(row) if told else (),
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        school_urn=row.school_urn,
    )


def lines_table(lines: list[Line], *, narrowed: bool) -> Table:
    """The audit as a table: when, who, what, from what to what."""
    columns = (
        Column(heading="When", kind="date"),
        Column(heading="Who", kind="words"),
        Column(heading="What", kind="words", header=True),
        Column(heading="Changed", kind="words"),
    )
    rows = [
        Row(
            cells=(
                date_format(timezone.localtime(one.when), "j F Y, H:i"),
                Cell(text=one.who, hint=one.role),
                Cell(text=one.sentence, href=reverse("audit:record", args=[one.subject_type, one.subject_id])),
                "; ".join(_briefly(each) for each in one.changes if not each.field.endswith("sha256")),
            )
        )
        for one in lines
    ]
    title = "Nothing matches" if narrowed else "Nothing has been done yet"
    empty = EmptyState(title=title, text="Take a filter away." if narrowed else "")
    return Table(caption="What was done", caption_hidden=True, columns=columns, rows=rows, empty=empty)


def _briefly(change: FieldChange) -> str:
    """A change in a line; the whole texts stand on the page of the record."""
    before, after = _short(change.before), _short(change.after)
    return f"{change.field}: {after}" if change.before == NOTHING else f"{change.field}: {before} → {after}"


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} …"


def history_table(field: str, changes_of_field: list[FieldChange]) -> Table:
    """One field in time: when, who, from, to."""
    columns = (
        Column(heading="When", kind="date"),
        Column(heading="Who", kind="words"),
        Column(heading="From", kind="words"),
        Column(heading="To", kind="words"),
    )
    rows = [
        Row(cells=(date_format(timezone.localtime(one.when), "j F Y, H:i"), one.who, one.before, one.after))
        for one in changes_of_field
    ]
    return Table(caption=field.capitalize(), columns=columns, rows=rows)


def event(one: Line) -> Event:
    """A line as an event of a timeline."""
    at = timezone.localtime(one.when)
    return Event(on=date_format(at, "j F Y, H:i"), iso=at.isoformat(), title=one.sentence, by=one.who)


def who(row: AuditRow) -> str:
    """The person, the employer, and on whose behalf: `A. Reader (Tideway Ltd, for Northwold Council)`."""
    if not row.actor_name:
        return "The desk itself"
    places = [row.organisation] if row.organisation else []
    if row.acting_for and row.acting_for != row.organisation:
        places.append(f"for {row.acting_for}")
    return f"{row.actor_name} ({', '.join(places)})" if places else row.actor_name


def sentence(row: AuditRow, *, schools: Mapping[int, str]) -> str:
    """The row in words; an action without a sentence of its own is named plainly."""
    template = sentences().get(row.action)
    if template is None:
        template = f"{{who}}: {_plainly(row)}"
    urn = row.school_urn
    school = schools.get(urn, f"school {urn}") if urn else NOTHING
    words = {"who": row.actor_name or "The desk", "school": school, "subject": f"{row.subject_type} {row.subject_id}"}
    return _Filler(row).vformat(template, (), words)


def may_read(row: AuditRow, reader: Actor) -> bool:
    """Whether the reader's role opens the room in which it was done."""
    room = row.action.partition(".")[0]
    return room not in set(Module) or reader.can(Module(room))


def _plainly(row: AuditRow) -> str:
    room, _, act = row.action.partition(".")
    return f"{act.replace('_', ' ')} ({room})"


def changes(row: AuditRow) -> tuple[FieldChange, ...]:
    """What changed, field by field, in the order of their names."""
    names = sorted({*row.before, *row.after})
    return tuple(
        FieldChange(
            field=name.replace("_", " "),
            before=_printed(row.before.get(name)),
            after=_printed(row.after.get(name)),
            when=row.at,
            who=who(row),
        )
        for name in names
        if row.before.get(name) != row.after.get(name)
    )


def history(rows: Iterable[AuditRow]) -> dict[str, list[FieldChange]]:
    """Each field of one record with its changes in time: who, when, from, to."""
    fields: dict[str, list[FieldChange]] = {}
    for row in rows:
        for change in changes(row):
            fields.setdefault(change.field, []).append(change)
    return fields


class _Filler(Formatter):
    """Fills `{before.category}` from the row; what is not there prints as a dash."""

    def __init__(self, row: AuditRow) -> None:
        self._sides = {"before": row.before, "after": row.after}

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:  # noqa: ARG002 - string's signature
        side, _, name = field_name.partition(".")
        if side in self._sides and name:
            return _printed(self._sides[side].get(name)), side
        return kwargs.get(field_name, NOTHING), field_name


def _printed(value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_printed(each) for each in value) or NOTHING
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_printed(each)}" for key, each in value.items()) or NOTHING
    if isinstance(value, str) and DAY.fullmatch(value):
        return long_date(date.fromisoformat(value))
    text = str(value)
    return text.replace("_", " ") if CODE.fullmatch(text) else text
