"""Workbooks: each sheet as rows of text, numbers and dates as a publisher would print them in CSV."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl
import polars as pl
from openpyxl.utils.exceptions import InvalidFileException

from strandline.sources.decoding.archives import refuse_beyond
from strandline.sources.decoding.tables import HEAD_ROWS, Sheet, TextTable, text_table, undecodable


def is_workbook(name: str, content: bytes) -> bool:
    """Whether a zip holds a workbook. Raises: Undecodable when it is no zip after all, or would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            workbook = any(entry.filename == "xl/workbook.xml" for entry in entries)
            if workbook:
                refuse_beyond(name, packed=len(content), unpacked=sum(entry.file_size for entry in entries))
            return workbook
    except zipfile.BadZipFile as error:
        raise undecodable(
            name, "The archive or workbook is cut short or damaged", "Get it again from the publisher"
        ) from error


def workbook_sheets(name: str, content: bytes) -> Iterator[Sheet]:
    """Every sheet that holds anything. Raises: Undecodable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of styles and extensions: only the cells are read
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = [(each.title, each.iter_rows(values_only=True)) for each in book.worksheets]
            read = [(title, [_cells(row) for row in rows]) for title, rows in sheets]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError, OSError, SyntaxError, zlib.error):
        raise undecodable(name, "The workbook is damaged", "Get it again from the publisher") from None
    for title, rows in read:
        if rows:
            yield _grid_sheet(name, title, rows)


def _grid_sheet(name: str, title: str, rows: list[tuple[str | None, ...]]) -> Sheet:
    heads = tuple(tuple(cell or "" for cell in row) for row in rows[:HEAD_ROWS])

    def read(header_row: int) -> TextTable:
        header = heads[header_row]
        body = rows[header_row + 1 :]
        width = max([len(header), *(len(row) for row in body)])
        padded = [row + (None,) * (width - len(row)) for row in body]
        frame = pl.DataFrame(padded, schema={str(n): pl.String for n in range(width)}, orient="row")
        return text_table(header, frame, first_row=header_row + 2)

    return Sheet(file=name, name=title, container="xlsx", heads=heads, read=read)


def _cells(row: Sequence[Any]) -> tuple[str | None, ...]:
    cells = [_cell(value) for value in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _cell(value: object) -> str | None:
    """A cell's value as a publisher would print it in CSV: whole numbers without a point, dates in ISO form."""
    match value:
        case None | "":
            return None
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
