"""
Rows written out for other programmes: CSV, XLSX, Parquet, JSON.

A spreadsheet executes text that begins with = + - @ (and, in some, a tab or a carriage return). School names and
officers' reasons are other people's text, so such a cell is quoted: in CSV with a leading apostrophe, in XLSX as a
text cell with the spreadsheet's own quote mark, its text unchanged. Numbers stay numbers, also negative ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import polars as pl

from strandline.kernel.errors import UserError

DANGEROUS_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
XLSX_ROWS = 1_048_576


class CannotExport(UserError):
    """The rows cannot be written in the form that the file name asks for."""


def write(rows: pl.DataFrame | Iterable[Mapping[str, object]], path: Path) -> Path:
    """
    Write `rows` to `path` in the form its suffix names, replacing the file whole or not at all.

    Shape:  one row a record, the columns in their given order; values of text, number, boolean and date.
    Raises: CannotExport.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise CannotExport(
            f'Rows cannot be written as "{path.suffix or path.name}"',
            where=str(path),
            what_to_do=f"Name a file that ends in {', '.join(_WRITERS)}",
        )
    if not path.parent.is_dir():
        raise CannotExport("The folder does not exist", where=str(path.parent), what_to_do="Make it first")
    frame = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(list(rows), infer_schema_length=None)
    staged = path.with_name(f".{path.name}.part")
    try:
        writer(frame, staged)
        staged.replace(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        reason = getattr(error, "strerror", None) or re.sub(r" \(os error.*", "", str(error))
        raise CannotExport(
            f"The file cannot be written: {reason.lower()}",
            where=str(path),
            what_to_do="Name another folder, or make room",
        ) from error
    finally:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
    return path


def quoted(text: str) -> str:
    """The text as a spreadsheet may safely read it from CSV: an apostrophe before what would be executed."""
    return f"'{text}" if text.startswith(DANGEROUS_STARTS) else text


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists of words become one cell, separated by semicolons: a sheet has no lists."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join("; ") for name in lists)


def _write_csv(frame: pl.DataFrame, path: Path) -> None:
    dangerous = f"^[{''.join(DANGEROUS_STARTS)}]".replace("-", r"\-")
    frame = _flat(frame)
    safe = frame.with_columns(
        pl.when(pl.col(name).str.contains(dangerous))
        .then(pl.lit("'") + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name, kind in frame.schema.items()
        if kind in (pl.String, pl.Categorical, pl.Enum)
    )
    safe.rename({name: quoted(name) for name in frame.columns}).write_csv(path, include_bom=True)


def _write_xlsx(frame: pl.DataFrame, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if frame.height >= XLSX_ROWS:
        raise CannotExport(
            f"A spreadsheet holds {XLSX_ROWS - 1:,} rows; there are {frame.height:,}",
            what_to_do="Write .csv or .parquet instead",
        )
    frame = _flat(frame)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Strandline")
    sheet.freeze_panes = "A2"

    def cell(value: object, *, bold: bool = False) -> object:
        """Plain values go in as they are; text that a spreadsheet would execute goes in as quoted text."""
        if not isinstance(value, str):
            return value
        text = _printable(value)
        if not (bold or text.startswith((*DANGEROUS_STARTS, "#"))):
            return text
        made = WriteOnlyCell(sheet, value=text)
        made.data_type = "s"
        made.quotePrefix = text.startswith(DANGEROUS_STARTS)
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(name, bold=True) for name in frame.columns])
    for row in frame.iter_rows():
        sheet.append([cell(value) for value in row])
    book.save(path)


def _printable(text: str) -> str:
    """XLSX is XML: control characters other than tab and new lines have no place in it."""
    return "".join(letter for letter in text if letter in "\t\n\r" or ord(letter) >= 32)


def _write_parquet(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path, compression="zstd", statistics=True)


def _write_json(frame: pl.DataFrame, path: Path) -> None:
    frame.write_json(path)


_WRITERS: dict[str, Callable[[pl.DataFrame, Path], None]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".parquet": _write_parquet,
    ".json": _write_json,
}
