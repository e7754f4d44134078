"""What a file is taken apart into: payloads, sheets, tables of text; and the one way to say that it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from strandline.kernel.errors import DataError, Problem

HEAD_ROWS = 15


class Undecodable(DataError):
    """A file cannot be turned into rows; `problems` holds the one reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One file, or one member of an archive, as bytes."""

    name: str
    content: bytes
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """
    The rows under one header, all text.

    Shape: `frame` has a String column for each header, named by its position (`0`, `1`, …), then `overrun` further
    ones for what rows hold beyond the header. Rows that are wholly empty are left out; `rows` holds each row's
    number in the file, counted as a spreadsheet does.
    Missing: an empty cell and one that the row is too short to have are both null; a cell of blanks keeps them.
    """

    headers: tuple[str, ...]
    frame: pl.DataFrame
    rows: pl.Series
    last_fields: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def overrun(self) -> tuple[str, ...]:
        """The names in `frame` of the columns beyond the header that hold anything."""
        return tuple(name for name in self.frame.columns[len(self.headers) :])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What recognition looks at: the first rows; and how to get the rest once the header row is known."""

    file: str
    container: str
    heads: tuple[tuple[str, ...], ...]
    read: Callable[[int], TextTable]
    name: str = ""
    encoding: str = ""
    final_newline: bool | None = None
    last_quote_missing: bool = False
    problems: tuple[Problem, ...] = field(default=())


def text_table(
    headers: tuple[str, ...], frame: pl.DataFrame, *, first_row: int, last_fields: int | None = None
) -> TextTable:
    """The table of a frame without its wholly empty rows and without columns beyond the header that hold nothing."""
    beyond = frame.columns[len(headers) :]
    if beyond:
        frame = frame.drop([name for name in beyond if frame[name].null_count() == frame.height])
    rows = pl.int_range(first_row, first_row + frame.height, eager=True, dtype=pl.UInt32).alias("row")
    notes: tuple[str, ...] = ()
    if frame.width and frame.height and frame[frame.columns[0]].null_count():
        filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
        if not filled.all():
            notes = (f"{frame.height - int(filled.sum())} empty rows were left out",)
            frame, rows = frame.filter(filled), rows.filter(filled)
    return TextTable(headers=headers, frame=frame, rows=rows, last_fields=last_fields, notes=notes)


def undecodable(name: str, what: str, what_to_do: str) -> Undecodable:
    """The refusal of a file that gives no rows."""
    return Undecodable(what, problems=(Problem(what=what, file=name, what_to_do=what_to_do),))
