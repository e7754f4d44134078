"""Local intelligence as printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from strandline.web.design.filters import FilterGroup, Filters, Option
from strandline.web.design.parts import EmptyState, Event, SummaryRow, Tag
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.intelligence.kinds import kind_title, kinds
from strandline.web.intelligence.models import Item, Review
from strandline.web.intelligence.queries import STANDINGS, Asked
from strandline.web.intelligence.reach import Sharing


def day(value: date) -> str:
    """A date as people write it: 30 April 2013."""
    return date_format(value, "j F Y")


def tag_of(item: Item) -> Tag:
    """Whether an item is in use, aged or closed."""
    if item.closed_on:
        return Tag(text="Closed", kind="done")
    if item.review_by < timezone.localdate():
        return Tag(text="To be reviewed: not in use", kind="late")
    return Tag(text="In use", kind="new")


def items_table(rows: Iterable[Item], *, narrowed: bool, for_school: bool) -> Table:
    """The items: one row each."""
    columns = (
        Column(heading="When", kind="date"),
        *(() if for_school else (Column(heading="School"),)),
        Column(heading="What", header=True, kind="words"),
        Column(heading="Source"),
        *(() if for_school else (Column(heading="Who may know"),)),
        Column(heading="State"),
        Column(heading="Review by", kind="date"),
    )
    cells = [
        Row(
            cells=(
                Cell(text=day(row.happened_on), sort=row.happened_on.isoformat()),
                *(() if for_school else (row.school.name,)),
                Cell(text=_shortened(row.text), href=_page(row), hint=kind_title(row.kind)),
                Cell(text=row.source, hint=f"{row.confidence} confidence"),
                *(() if for_school else (Sharing(row.sharing).short,)),
                Cell(text=_tag_html(tag_of(row))),
                Cell(text=day(row.review_by), sort=row.review_by.isoformat()),
            )
        )
        for row in rows
    ]
    title = "Nothing matches" if narrowed else "Nothing is held"
    text = "Take a filter away." if narrowed else "What is recorded about a school and may be known here is listed."
    empty = EmptyState(title=title, text=text)
    return Table(caption="Local intelligence", caption_hidden=True, columns=columns, rows=cells, empty=empty, wide=True)


def findings_table(rows: Iterable[Item], *, on: date) -> Table:
    """What was found from outside and is open, with its age and the day by which somebody looks at it again."""
    return Table(
        caption="Open findings from outside, the oldest first",
        columns=(
            Column(heading="School"),
            Column(heading="Finding", header=True, kind="words"),
            Column(heading="Found", kind="date"),
            Column(heading="Open for days", kind="number"),
            Column(heading="Due", kind="date"),
            Column(heading="State"),
        ),
        rows=[
            (
                Cell(text=row.school.name, href=reverse("schools:school", args=[row.school_id])),
                Cell(text=_shortened(row.text), href=_page(row), hint=kind_title(row.kind)),
                Cell(text=day(row.happened_on), sort=row.happened_on.isoformat()),
                str((on - row.happened_on).days),
                Cell(text=day(row.review_by), sort=row.review_by.isoformat()),
                Cell(text=_tag_html(_due(row, on=on))),
            )
            for row in rows
        ],
        empty=EmptyState(title="Nothing is open", text="What an inspection or a peer review finds is recorded here."),
        wide=True,
    )


def _due(row: Item, *, on: date) -> Tag:
    return Tag(text="Overdue", kind="late") if row.review_by < on else Tag(text="Open", kind="due")


def _page(row: Item) -> str:
    return reverse("intelligence:item", args=[row.pk])


def _tag_html(tag: Tag) -> str:
    return format_html('<strong class="desk-tag desk-tag--{}">{}</strong>', tag.kind, tag.text)


def _shortened(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119].rstrip()}…"


def filters(
    *,
    asked: Asked,
    query: QueryDict,
    standings: Mapping[str, int],
    by_kind: Mapping[str, int],
    by_level: Mapping[int, int],
    found: int,
) -> Filters:
    """The filters with the counts of what the person may know of."""
    return Filters(
        groups=(
            FilterGroup(
                name="standing",
                legend="State",
                open=True,
                options=tuple(
                    Option(value=name, label=words, count=standings.get(name, 0), chosen=name in asked.standings)
                    for name, words in STANDINGS.items()
                ),
            ),
            FilterGroup(
                name="kind",
                legend="Kind",
                options=tuple(
                    Option(
                        value=each.key, label=each.title, count=by_kind.get(each.key, 0), chosen=each.key in asked.kinds
                    )
                    for each in kinds().values()
                ),
            ),
            FilterGroup(
                name="level",
                legend="Who may know",
                options=tuple(
                    Option(
                        value=str(level.value),
                        label=level.short,
                        count=by_level.get(level.value, 0),
                        chosen=level.value in asked.levels,
                    )
                    for level in Sharing
                ),
            ),
            FilterGroup(
                name="subject_access",
                legend="Subject access",
                options=(Option(value="1", label="About a person", chosen=asked.subject_access),),
            ),
        ),
        query=query.urlencode(),
        search=asked.text,
        search_label="Words, school or source",
        found="1 item" if found == 1 else f"{found} items",
    )


def summary(item: Item, *, for_school: bool) -> list[SummaryRow]:
    """One item in full. The school does not see why things are withheld: what it sees is not withheld."""
    rows = [
        SummaryRow(label="School", value=item.school.name, hint=f"URN {item.school_id}"),
        SummaryRow(label="Kind", value=kind_title(item.kind)),
        SummaryRow(label="What was heard", value=item.text),
        SummaryRow(label="Source", value=item.source, hint=item.get_confidence_display()),
        SummaryRow(label="When", value=day(item.happened_on)),
        SummaryRow(label="Review by", value=day(item.review_by)),
    ]
    if for_school:
        return rows
    rows += [
        SummaryRow(label="Weight", value=item.get_weight_display()),
        SummaryRow(label="Who may know", value=Sharing(item.sharing).words, hint=item.withheld_reason),
        SummaryRow(label="Subject access", value="About a person" if item.subject_access else "Not about a person"),
        SummaryRow(
            label="Written by", value=item.written_by.name, hint=day(timezone.localtime(item.written_at).date())
        ),
    ]
    if item.bears_on:
        said = f"{item.bears_on.replace('_', ' ').capitalize()}: {item.bears_value}"
        rows.append(SummaryRow(label="Bears on", value=said, hint="feeds the next run while it is in use"))
    if item.closed_on:
        rows.append(SummaryRow(label="Closed", value=day(item.closed_on), hint=item.closed_reason))
    return rows


def reviews(rows: Iterable[Review]) -> list[Event]:
    """Who looked at it again, and what became of it."""
    return [
        Event(
            on=day(timezone.localtime(row.at).date()),
            iso=row.at.isoformat(),
            title=f"Kept in use until {day(row.until)}" if row.until else "Closed",
            by=row.by.name,
            text=row.note,
        )
        for row in rows
    ]
