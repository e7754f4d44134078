"""
Text columns → typed columns, with every cell that holds no value accounted for.

Whole columns at a time: nothing here runs per cell except on the few distinct marks that are not values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from strandline.kernel.errors import Problem
from strandline.kernel.missing import MissingReason
from strandline.sources.contract import NUMBER_KINDS, Column, Contract, Kind

PROBLEMS_PER_COLUMN = 50
LOOKS_LIKE_A_MARK = r"^[^\d\s](?:[^\d]{0,11})$"
THOUSANDS = r"^[-+]?£?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?$"
SHARE_OF_UNKNOWN_MARKS_ALLOWED = 0.10
UNKNOWN_MARKS_ALLOWED = 2
FIRST_DATE = date(1000, 1, 1)
TYPES: dict[Kind, type[pl.DataType]] = {
    Kind.TEXT: pl.String,
    Kind.CODE: pl.String,
    Kind.INTEGER: pl.Int64,
    Kind.NUMBER: pl.Float64,
    Kind.PERCENT: pl.Float64,
    Kind.DATE: pl.Date,
    Kind.FLAG: pl.Boolean,
}
IN_WORDS: dict[Kind, str] = {
    Kind.CODE: "one of the codes",
    Kind.INTEGER: "a whole number",
    Kind.NUMBER: "a number",
    Kind.PERCENT: "a percentage",
    Kind.DATE: "a date",
    Kind.FLAG: "yes or no",
}
MISSING_SCHEMA = {"row": pl.UInt32, "column": pl.String, "reason": pl.String, "token": pl.String}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The typed columns, where a token stood instead of a value, what to know, and what is wrong."""

    frame: pl.DataFrame
    missing: pl.DataFrame
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_cells(
    text: pl.DataFrame,
    contract: Contract,
    *,
    columns: Iterable[Column],
    rows: pl.Series,
    ordinary: pl.Series,
    file: str,
) -> Cells:
    """
    Read the text columns of `columns` that are there; absent ones become wholly null.

    Shape:   `text` under our names, `rows` the row numbers in the file, `ordinary` false on special rows, whose
             cells may say anything where a column is of a number kind or a date.
    Missing: MISSING_SCHEMA, one row per cell with a token; blanks are null without one.
    """
    wanted = tuple(columns)
    there = [column for column in wanted if column.stored_as in text.columns]
    trimmed = trim(text.select(column.stored_as for column in there))
    values = trimmed.select(_read(column, trimmed[column.stored_as], contract) for column in there)
    reading = _Reading(contract=contract, rows=rows, ordinary=ordinary, file=file)
    for name, column in ((column.stored_as, column) for column in there):
        if values[name].null_count() > trimmed[name].null_count():
            values = values.with_columns(reading.settle(column, text[name], trimmed[name], values[name]))
    problems = [*reading.problems, *_out_of_range(values, text, there, reading)]
    absent = (column for column in wanted if column.stored_as not in text.columns)
    nulls = {c.stored_as: pl.repeat(None, text.height, dtype=TYPES[c.kind](), eager=True) for c in absent}
    found = {column.stored_as: values[column.stored_as] for column in there}
    frame = pl.DataFrame({column.stored_as: ({**nulls, **found})[column.stored_as] for column in wanted})
    missing = pl.concat([pl.DataFrame(schema=MISSING_SCHEMA), *reading.missing])
    return Cells(frame=frame, missing=missing, notes=tuple(reading.notes), problems=tuple(problems))


def trim(text: pl.DataFrame) -> pl.DataFrame:
    """Every cell without its outer blanks; an empty one is null."""
    return text.select(
        pl.when((trimmed := pl.col(name).str.strip_chars()) != "").then(trimmed) for name in text.columns
    )


def number(trimmed: pl.Expr, kind: Kind) -> pl.Expr:
    """A trimmed text column as doubles; what is not a finite number is null."""
    value = perhaps_number(trimmed, kind)
    return pl.when(value.is_finite()).then(value)


def perhaps_number(trimmed: pl.Expr, kind: Kind) -> pl.Expr:
    """As `number`, but `inf` and `nan` in words come through: for columns that are looked over as a whole."""
    return (trimmed.str.strip_suffix("%") if kind is Kind.PERCENT else trimmed).cast(pl.Float64, strict=False)


def plain_number(trimmed: pl.Expr, kind: Kind) -> pl.Expr:
    """As `number`, for cells that group their thousands: `23,624`, `£1,250`."""
    return pl.when(trimmed.str.contains(THOUSANDS)).then(number(trimmed.str.replace_all(r"[,£]", ""), kind))


def _read(column: Column, trimmed: pl.Series, contract: Contract) -> pl.Expr:
    cell = pl.col(column.stored_as)
    value = cell
    match column.kind:
        case Kind.TEXT:
            pass
        case Kind.CODE if column.values:
            value = pl.when(cell.is_in(column.values)).then(cell)
        case Kind.CODE:
            marks = list((column.tokens or contract.tokens).reasons)
            value = pl.when(~cell.is_in(marks)).then(cell) if marks else cell
        case Kind.INTEGER:
            read = number(cell, column.kind)
            value = pl.when(read == read.round()).then(read).cast(pl.Int64, strict=False)
        case Kind.NUMBER | Kind.PERCENT:
            value = number(cell, column.kind)
        case Kind.DATE:
            value = pl.lit(_dates(trimmed, column.formats))
        case Kind.FLAG:
            value = cell.replace_strict(dict(column.flags), default=None, return_dtype=pl.Boolean)
    return value.alias(column.stored_as)


def _dates(trimmed: pl.Series, formats: tuple[str, ...]) -> pl.Series:
    """Dates in any of the formats, the first that reads a cell; a year of two digits is not read."""
    distinct = trimmed.drop_nulls().unique()
    found = pl.Series(trimmed.name, [None] * len(distinct), dtype=pl.Date)
    for form in formats:
        if not found.null_count():
            break
        read = distinct.str.to_date(form, strict=False) if " " not in form else _moments(distinct, form)
        found = found.zip_with(found.is_not_null(), read.set(read < FIRST_DATE, None))
    return trimmed.replace_strict(distinct, found, default=None, return_dtype=pl.Date)


def _moments(text: pl.Series, form: str) -> pl.Series:
    return text.str.to_datetime(form, strict=False).dt.date()


class _Reading:
    """What is gathered while the columns with left-over cells are settled one by one."""

    def __init__(self, *, contract: Contract, rows: pl.Series, ordinary: pl.Series, file: str) -> None:
        self.contract = contract
        self.rows = rows
        self.ordinary = ordinary
        self.file = file
        self.missing: list[pl.DataFrame] = []
        self.notes: list[str] = []
        self.problems: list[Problem] = []

    def settle(self, column: Column, text: pl.Series, trimmed: pl.Series, value: pl.Series) -> pl.Series:
        """Read grouped thousands, keep tokens with their reasons, and complain of the rest."""
        if column.kind in NUMBER_KINDS:
            grouped = trimmed.to_frame().select(plain_number(pl.col(trimmed.name), column.kind)).to_series()
            value = value.zip_with(value.is_not_null(), grouped.cast(value.dtype))
        left = value.is_null() & trimmed.is_not_null()
        cells = pl.DataFrame({"row": self.rows, "text": text, "mark": trimmed, "ordinary": self.ordinary}).filter(left)
        reasons = {} if self._must_hold_a_value(column) else (column.tokens or self.contract.tokens).reasons
        kinds = {mark: str(reasons[mark]) for mark in cells["mark"].unique() if mark in reasons}
        known = cells.filter(pl.col("mark").is_in(list(kinds)))
        self._keep(column, known, pl.col("mark").replace_strict(kinds, return_dtype=pl.String))
        unknown = cells.filter(~pl.col("mark").is_in(list(kinds)) & pl.col("ordinary"))
        if unknown.height:
            self._unknown(column, unknown, filled=trimmed.count())
        return value.alias(text.name)

    def _must_hold_a_value(self, column: Column) -> bool:
        """A key, or a cell that is always filled: no mark may stand for it."""
        return column.filled or column.stored_as in self.contract.key

    def _keep(self, column: Column, cells: pl.DataFrame, reason: pl.Expr) -> None:
        if cells.height:
            self.missing.append(
                cells.select(
                    pl.col("row"),
                    pl.lit(column.stored_as).alias("column"),
                    reason.alias("reason"),
                    pl.col("text").alias("token"),
                )
            )

    def _unknown(self, column: Column, cells: pl.DataFrame, *, filled: int) -> None:
        """A rare mark is kept as unknown; a value of another type, or a column full of marks, is refused."""
        may_hold_marks = column.kind in NUMBER_KINDS and not self._must_hold_a_value(column)
        kept, wrong = tell_marks(cells, filled=filled) if may_hold_marks else (cells[:0], cells)
        self._keep(column, kept, pl.lit(str(MissingReason.UNKNOWN_TOKEN)))
        if kept.height:
            self.notes.append(note_of(column, kept))
        self.problems += unreadable(column, wrong, self.file)


def tell_marks(cells: pl.DataFrame, *, filled: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """
    Part unknown marks from what cannot be one. `cells` has row and mark; `filled` counts the column's filled cells.

    A mark is short and has no digit; marks that fill a tenth of a column or all of it show a column of another type.
    """
    marks = cells.filter(pl.col("mark").str.contains(LOOKS_LIKE_A_MARK))
    many = marks.height > max(UNKNOWN_MARKS_ALLOWED, SHARE_OF_UNKNOWN_MARKS_ALLOWED * filled)
    if many or (marks.height == filled and filled > 1):
        marks = marks[:0]
    return marks, cells.join(marks.select("row"), on="row", how="anti")


def note_of(column: Column, kept: pl.DataFrame) -> str:
    """What to say of unknown marks that were kept."""
    shown = ", ".join(sorted(kept["mark"].unique()))
    return f"Column {column.name}: unknown marks kept without a value in {kept.height} rows: {shown}"


def unreadable(column: Column, cells: pl.DataFrame, file: str) -> Iterator[Problem]:
    """One problem per cell, up to a number; the last says how many more there are. `cells` has row and text."""
    allowed = f": {', '.join(column.values)}" if column.values else ""
    what = f"The value is not {IN_WORDS[column.kind]}{allowed}"
    yield from listed(what, column, cells, file, what_to_do="Get the publisher's own file, unedited")


def listed(what: str, column: Column, cells: pl.DataFrame, file: str, *, what_to_do: str) -> Iterator[Problem]:
    """A problem for each row of `cells`, up to a number per column, and one that counts the rest."""
    for row, text in cells.select("row", "text").head(PROBLEMS_PER_COLUMN).iter_rows():
        yield Problem(what=what, file=file, row=row, column=column.name, value=text, what_to_do=what_to_do)
    if cells.height > PROBLEMS_PER_COLUMN:
        more = cells.height - PROBLEMS_PER_COLUMN
        yield Problem(what=f"{what}: so in {more} more rows", file=file, column=column.name, what_to_do=what_to_do)


def _out_of_range(
    values: pl.DataFrame, text: pl.DataFrame, columns: list[Column], reading: _Reading
) -> Iterator[Problem]:
    for column in columns:
        if column.lowest is None and column.highest is None:
            continue
        value = values[column.stored_as]
        low = value < column.lowest if column.lowest is not None else pl.repeat(False, len(value), eager=True)
        high = value > column.highest if column.highest is not None else pl.repeat(False, len(value), eager=True)
        outside = (low | high).fill_null(value=False)
        cells = pl.DataFrame({"row": reading.rows, "text": text[column.stored_as]}).filter(outside)
        bounds = f"from {column.lowest} to {column.highest}".replace("from None ", "").replace(" to None", "")
        yield from listed(
            f"The value is out of range ({bounds})", column, cells, reading.file, what_to_do="Check the file"
        )
