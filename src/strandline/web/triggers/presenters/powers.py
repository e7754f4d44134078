"""The table of powers, and one school's place in it."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.html import format_html

from strandline.web.design.parts import SummaryRow
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.triggers.powers import Answer, FormRow, Standing, law
from strandline.web.triggers.powers.table import Held

KINDS = {Answer.YES: "done", Answer.NO: "neutral", Answer.CHECK: "due"}


def forms_table(*, types: bool) -> Table:
    """Every type of establishment, or every legal form of the catalogue, against every power."""
    table = law()
    columns = (
        Column(heading="Type of establishment" if types else "Legal form", header=True),
        *((Column(heading="Code", kind="number"), Column(heading="Legal form")) if types else ()),
        *(Column(heading=f"s.{power.section}") for power in table.powers),
        Column(heading="Source", kind="words"),
    )
    rows = [_form(row, types=types) for row in (table.types if types else table.forms.values())]
    caption = "Every type of establishment of the register" if types else "Every legal form"
    return Table(caption=caption, columns=columns, rows=rows)


def _form(row: FormRow, *, types: bool) -> Row:
    form = row.legal_form.replace("_", " ")
    return Row(
        cells=(
            row.name if types else Cell(text=form.capitalize()),
            *((row.code, form) if types else ()),
            *(Cell(text=_answer(row.answers[power.key])) for power in law().powers),
            Cell(text=row.cite.words, hint=row.note),
        )
    )


def _answer(answer: Answer) -> str:
    return format_html('<strong class="desk-tag desk-tag--{}">{}</strong>', KINDS[answer], answer.words)


def powers_table() -> Table:
    """What each power is: who may use it, from when, under which condition."""
    columns = (
        Column(heading="Section", header=True),
        Column(heading="Power", kind="words"),
        Column(heading="In force"),
        Column(heading="Who may use it"),
        Column(heading="Condition", kind="words"),
        Column(heading="Source"),
    )
    rows = [
        Row(
            cells=(
                power.section,
                power.title,
                f"from {day(version.since)}" + (f" to {day(version.until)}" if version.until else ""),
                version.who,
                version.condition,
                version.cite.words,
            )
        )
        for power in law().powers
        for version in power.versions
    ]
    return Table(caption="The powers", columns=columns, rows=rows)


def held_rows(standing: Standing) -> list[SummaryRow]:
    """The powers that exist over a school on the day."""
    return [_held(each) for each in standing.held]


def _held(each: Held) -> SummaryRow:
    return SummaryRow(
        label=f"Section {each.power.section}",
        value=each.power.title,
        hint=f"{each.version.who}. {each.version.condition}. Source: {each.version.cite.words}.",
    )


def absent_words(standing: Standing) -> str:
    """The sections that do not exist over a school, in one line."""
    return ", ".join(f"s.{power.section}" for power in standing.absent)


def unsure_words(standing: Standing) -> str:
    """The sections that a person has to check first, in one line."""
    return ", ".join(f"s.{power.section}" for power in standing.unsure)


def day(value: date) -> str:
    """A date as people write it: 30 April 2013."""
    return date_format(value, "j F Y")
