"""
Tables: dense, aligned, sorted by links, read by any screen reader.

Rendered here and not in a template because lists of hundreds of rows are what officers live in: 200 rows take about a
millisecond this way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from strandline.web.design.escaping import escaped
from strandline.web.design.parts import EmptyState

ColumnKind = Literal["text", "number", "date", "mark", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `sort` names the order in the address; `header` makes its cells the headings of their rows."""

    heading: str
    kind: ColumnKind = "text"
    sort: str = ""
    header: bool = False
    hidden_heading: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell with more than words: a link, an order of its own, a second line, or a reason for being empty."""

    text: str = ""
    href: str = ""
    sort: str | float | None = None
    hint: str = ""
    missing: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that is more than its cells: `changed` says in words what is new since last time."""

    cells: Sequence[Cell | str]
    changed: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    A table with its caption, ready to print.

    `query` is the present address's query string; columns with `sort` link to it with the order changed.
    `sorts_in_page` lets the script order what is shown, for tables without pages. `wide` scrolls inside its own frame.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: Iterable[Row | Sequence[Cell | str]]
    key: str = ""
    query: str = ""
    sorted_by: str = ""
    descending: bool = False
    sorts_in_page: bool = False
    wide: bool = False
    caption_hidden: bool = False
    note: str = ""
    empty: EmptyState | None = None

    @property
    def html_id(self) -> str:
        """The table's id on its page."""
        return self.key or f"table-{slugify(self.caption)[:60]}"

    def head_html(self) -> SafeString:
        """Give the row of headings."""
        return mark_safe("".join(_heading(self, column) for column in self.columns))  # noqa: S308 - every cell is escaped where it is made

    def body_html(self) -> SafeString:
        """Give the rows."""
        return mark_safe("".join(_row(row, self.columns) for row in self.rows))  # noqa: S308 - every cell is escaped where it is made


def _heading(table: Table, column: Column) -> str:
    kind = f"desk-cell desk-cell--{column.kind}"
    words = conditional_escape(column.heading)
    if column.hidden_heading:
        words = format_html('<span class="govuk-visually-hidden">{}</span>', column.heading)
    hint = format_html('<span class="desk-cell__hint">{}</span>', column.hint) if column.hint else ""
    if not column.sort:
        sortable = " data-sortable" if table.sorts_in_page and not column.hidden_heading else ""
        return f'<th scope="col" class="{kind}"{sortable}>{words}{hint}</th>'
    here = table.sorted_by == column.sort
    order = ("descending" if table.descending else "ascending") if here else "none"
    return format_html(
        '<th scope="col" class="{}" aria-sort="{}"><a class="desk-sort desk-sort--{}" href="?{}">{}</a>{}</th>',
        kind,
        order,
        order,
        _sorted_query(table, column, descending=here and not table.descending),
        words,
        hint,
    )


def _sorted_query(table: Table, column: Column, *, descending: bool) -> str:
    query = QueryDict(table.query, mutable=True)
    query.pop("page", None)
    query["sort"] = f"-{column.sort}" if descending else column.sort
    return query.urlencode()


def _row(row: Row | Sequence[Cell | str], columns: tuple[Column, ...]) -> str:
    whole = row if isinstance(row, Row) else Row(cells=row)
    cells = "".join(_cell(cell, column) for cell, column in zip(whole.cells, columns, strict=True))
    identity = f' id="{escaped(whole.key)}"' if whole.key else ""
    if not whole.changed:
        return f"<tr{identity}>{cells}</tr>"
    said = format_html('<span class="desk-changed">{}</span>', whole.changed)
    marked = (
        cells.replace("</th>", f"{said}</th>", 1) if "</th>" in cells else cells.replace("</td>", f"{said}</td>", 1)
    )
    return f'<tr class="desk-row--changed"{identity}>{marked}</tr>'


def _cell(cell: Cell | str, column: Column) -> str:
    opening, closing = ('<th scope="row"', "</th>") if column.header else ("<td", "</td>")
    opening += f' class="desk-cell desk-cell--{column.kind}"'
    if not isinstance(cell, Cell):
        return f"{opening}>{escaped(cell)}{closing}"
    if cell.sort is not None:
        opening += f' data-sort-value="{escaped(str(cell.sort))}"'
    return f"{opening}>{_inside(cell)}{closing}"


def _inside(cell: Cell) -> str:
    if cell.missing:
        mark = format_html(' <span class="desk-missing__mark">({})</span>', cell.mark) if cell.mark else ""
        return format_html('<span class="desk-missing">{}{}</span>', cell.missing, mark)
    words = escaped(cell.text)
    if cell.href:
        words = f'<a class="govuk-link" href="{escaped(cell.href)}">{words}</a>'
    hint = f'<span class="desk-cell__hint">{escaped(cell.hint)}</span>' if cell.hint else ""
    return f"{words}{hint}"
