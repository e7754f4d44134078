"""Letters to regulators: the list, one letter, and the draft that a writer begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils import timezone

from strandline.web.design.parts import EmptyState, SummaryRow, Tab, Tag
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.schools.models import School
from strandline.web.triggers.models import Referral
from strandline.web.triggers.powers import Standing
from strandline.web.triggers.presenters.register import day, tag_html

WHICH = {"open": "Open", "overdue": "Overdue for answer", "answered": "Answered"}


def tag_of(row: Referral) -> Tag:
    """Where a letter stands: overdue in words and colour."""
    if row.answered_on is not None:
        return Tag(text="Answered", kind="done")
    if row.answer_due_on is None:
        return Tag(text="Written, not sent", kind="draft")
    if row.answer_due_on < timezone.localdate():
        return Tag(text="Overdue for answer", kind="late")
    return Tag(text="Answer awaited", kind="due")


def tabs(which: str, *, counts: Mapping[str, int]) -> list[Tab]:
    """Open, overdue, answered: with counts."""
    return [
        Tab(label=label, href=f"?which={name}", current=name == which, count=counts[name])
        for name, label in WHICH.items()
    ]


def referrals_table(rows: Iterable[Referral], *, may_read: bool, with_school: bool = True) -> Table:
    """Who was written to about which school, and what came back; who `may_read` opens the letter."""
    columns = (
        Column(heading="To", header=True, kind="words"),
        *((Column(heading="School", kind="words"),) if with_school else ()),
        Column(heading="Written", kind="date"),
        Column(heading="Sent", kind="date"),
        Column(heading="State"),
        Column(heading="Answer due", kind="date"),
        Column(heading="Answered", kind="date"),
    )
    cells = [
        Row(
            cells=(
                Cell(
                    text=_capital(row.addressee), href=reverse("triggers:referral", args=[row.pk]) if may_read else ""
                ),
                *((Cell(text=row.school.name, hint=f"URN {row.school_id}"),) if with_school else ()),
                Cell(text=day(row.written_on), sort=row.written_on.isoformat()),
                Cell(text=day(row.sent_on), sort=row.sent_on.isoformat()) if row.sent_on else Cell(missing="not sent"),
                Cell(text=tag_html(tag_of(row))),
                Cell(text=day(row.answer_due_on), sort=row.answer_due_on.isoformat())
                if row.answer_due_on
                else Cell(missing="not sent"),
                Cell(text=day(row.answered_on), sort=row.answered_on.isoformat())
                if row.answered_on
                else Cell(missing="no answer yet"),
            )
        )
        for row in rows
    ]
    empty = EmptyState(
        title="No letter to a regulator here",
        text="A concern about an academy or a free school is notified from the page of powers over the school.",
    )
    return Table(
        caption="Letters to regulators", caption_hidden=True, columns=columns, rows=cells, empty=empty, wide=with_school
    )


def summary(row: Referral) -> list[SummaryRow]:
    """One letter: to whom, by whom, when, and what came back."""
    return [
        SummaryRow(label="School", value=row.school.name, hint=f"URN {row.school_id}"),
        SummaryRow(label="To", value=_capital(row.addressee)),
        SummaryRow(label="Written", value=day(row.written_on), hint=row.written_by.name),
        SummaryRow(label="Sent", value=day(row.sent_on) if row.sent_on else "", missing="not sent yet"),
        SummaryRow(
            label="Answer looked for by",
            value=day(row.answer_due_on) if row.answer_due_on else "",
            missing="not sent yet",
        ),
        SummaryRow(
            label="Answered",
            value=day(row.answered_on) if row.answered_on else "",
            missing="no answer yet",
            hint=f"kept by {row.answer_kept_by.name}" if row.answer_kept_by else "",
        ),
    ]


def draft(school: School, standing: Standing, *, scope: str) -> str:
    """The letter to begin with: what the school is, why the authority writes, what is left to the writer."""
    outside = f" {scope}" if scope else ""
    return (
        f"We write about {school.name} (URN {school.urn}), by its legal form: {standing.title[:1].lower()}"
        f"{standing.title[1:]}.\n\n"
        f"The local authority has no statutory power over it.{outside} We therefore notify you of a concern, "
        "and ask you to tell us what you will do.\n\n"
        "Our concern: \n\n"
        "The evidence: \n\n"
        "What we have raised with the school and those who run it, and their answer: "
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
