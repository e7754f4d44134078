"""Tables in Word: a header row that repeats, rows that do not break, a first column that names the row, a caption."""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Mm

from strandline.reports import palette
from strandline.reports.document import Front, Row, Strong, Table, Text, printed
from strandline.reports.to_docx.opening import CELL

# Arial at 9.5 points, bold, is at most this wide; a column is never narrower than its longest word.
CHARACTER_MM, PADDING_MM = 2.0, 4.5
MOST_CHARACTERS = 120
KEPT_TOGETHER_ROWS = 12


def add_table(block: Table, word: Any, *, labels: dict[str, str]) -> None:
    """Append a table with its header, rows and description."""
    table = word.add_table(rows=1, cols=len(block.columns))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    _describe(table, caption=block.caption)
    _fill(table.rows[0], tuple((column.title,) for column in block.columns), block, labels=labels, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for row in block.rows:
        _fill(table.add_row(), row.cells, block, labels=labels, bold=row.total)
    for row in table.rows:
        _mark(row, "w:cantSplit")
    _keep_together(table, rows=len(block.rows))
    _set_widths(table, block, _text_width(word), labels=labels)
    _rule(table, block.rows)


def add_front(block: Front, word: Any, *, labels: dict[str, str]) -> None:
    """Append the labelled lines of the first page, as lines: they are no table of data."""
    for label, text in block.rows:
        paragraph = word.add_paragraph(style=CELL)
        paragraph.paragraph_format.left_indent = Cm(3.5)
        paragraph.paragraph_format.first_line_indent = Cm(-3.5)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(3.5))
        paragraph.add_run(label).bold = True
        paragraph.add_run("\t" + printed(text, labels=labels))


def _fill(row: Any, cells: tuple[Text, ...], block: Table, *, labels: dict[str, str], bold: bool) -> None:
    for cell, text, column in zip(row.cells, cells, block.columns, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = CELL
        if column.align == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for part in text:
            run = paragraph.add_run(printed((part,), labels=labels))
            run.bold = bold or isinstance(part, Strong) or None


def _describe(table: Any, *, caption: str) -> None:
    """Say what the table is, and that its first row and first column are headers."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no descriptions of its own
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    stated = {"val": "04A0", "firstRow": "1", "firstColumn": "1", "lastRow": "0", "lastColumn": "0", "noVBand": "1"}
    for key, value in stated.items():
        look.set(qn(f"w:{key}"), value)
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), caption)
    properties.append(described)


def _mark(row: Any, tag: str) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001
    properties.append(OxmlElement(tag))


def _keep_together(table: Any, *, rows: int) -> None:
    """Keep a header with its first row, and a short table on one page."""
    kept = table.rows[: rows if rows <= KEPT_TOGETHER_ROWS else 1]
    for row in kept:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _text_width(word: Any) -> int:
    section = word.sections[-1]
    return int(section.page_width - section.left_margin - section.right_margin)


def _set_widths(table: Any, block: Table, whole: int, *, labels: dict[str, str]) -> None:
    """Share the width by the longest words of each column; Word and LibreOffice both need it on every cell."""
    for at, share in enumerate(_shares(block, whole / Mm(1), labels=labels)):
        width = Emu(int(whole * share))
        table.columns[at].width = width
        for cell in table.columns[at].cells:
            cell.width = width


def _shares(block: Table, whole_mm: float, *, labels: dict[str, str]) -> list[float]:
    """Give each column room for its longest word, and share what is left by the length of its words."""
    columns = [
        [column.title, *(printed(row.cells[at], labels=labels) for row in block.rows)]
        for at, column in enumerate(block.columns)
    ]
    least = [
        PADDING_MM + CHARACTER_MM * max(len(word) for cell in cells for word in cell.split(" ")) for cells in columns
    ]
    longest = [min(max(map(len, cells)), MOST_CHARACTERS) for cells in columns]
    left = max(whole_mm - sum(least), 0)
    widths = [low + left * length / sum(longest) for low, length in zip(least, longest, strict=True)]
    return [width / sum(widths) for width in widths]


def _rule(table: Any, rows: tuple[Row, ...]) -> None:
    """Draw thin lines under rows, a strong one under the header and above totals."""
    totals = [False, *(row.total for row in rows)]
    for row, total in zip(table.rows, totals, strict=True):
        header = row is table.rows[0] or row._tr is table.rows[0]._tr  # noqa: SLF001
        for cell in row.cells:
            properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
            borders = OxmlElement("w:tcBorders")
            if total:
                borders.append(_line("w:top", size=8, colour=palette.INK))
            colour = palette.INK if header else "#c9d0d8"
            borders.append(_line("w:bottom", size=12 if header else 4, colour=colour))
            properties.append(borders)


def _line(tag: str, *, size: int, colour: str) -> Any:
    line = OxmlElement(tag)
    for key, value in {"val": "single", "sz": str(size), "space": "0", "color": colour.removeprefix("#")}.items():
        line.set(qn(f"w:{key}"), value)
    return line
