"""What follows from the categories, in sum: which support, for how many schools, how much, paid by whom."""

from __future__ import annotations

from strandline.kernel.dates import long_date
from strandline.reports.document import Block, Column, Paragraph, Reference, Row, Table, Text
from strandline.reports.figures import NO_BREAK, count
from strandline.reports.input import EntitlementTotal, ReportInput
from strandline.reports.templates import TemplateSection
from strandline.reports.wording import Words

ANCHOR = "entitlements"


def entitlements(view: ReportInput, section: TemplateSection) -> tuple[Block, ...]:
    """Show entitlement totals; columns that no row fills are left out."""
    words = section.words
    if not view.entitlements:
        return (Paragraph(text=words.text("none")),)
    blocks: list[Block] = [Paragraph(text=words.text("before", table=Reference(to=ANCHOR)))]
    if view.entitlements_source:
        blocks.append(Paragraph(text=words.text("of_source", source=view.entitlements_source)))
    return (*blocks, _table(view, words))


def _table(view: ReportInput, words: Words) -> Table:
    rows = view.entitlements
    wanted = {
        "column_amount": any(row.amount is not None for row in rows),
        "column_payer": any(row.payer for row in rows),
        "column_citation": any(row.citation for row in rows),
    }
    columns = [
        Column(title=words.plain("column_support")),
        Column(title=words.plain("column_schools"), align="right"),
    ]
    for key, filled in wanted.items():
        if filled:
            columns.append(Column(title=words.plain(key), align="right" if key == "column_amount" else "left"))
    return Table(
        anchor=ANCHOR,
        caption=words.plain("caption", area=view.area, as_at=long_date(view.as_at)),
        columns=tuple(columns),
        rows=tuple(Row(cells=_cells(row, wanted, words)) for row in rows),
    )


def _cells(row: EntitlementTotal, wanted: dict[str, bool], words: Words) -> tuple[Text, ...]:
    nobody = words.plain("nobody")
    optional: dict[str, Text] = {
        "column_amount": _amount(row),
        "column_payer": (row.payer or nobody,),
        "column_citation": (row.citation or nobody,),
    }
    chosen = tuple(text for key, text in optional.items() if wanted[key])
    return ((row.support,), (count(row.schools),), *chosen)


def _amount(row: EntitlementTotal) -> Text:
    if row.amount is None:
        return ()
    return (count(row.amount), f"{NO_BREAK}{row.amount_words}" if row.amount_words else "")
