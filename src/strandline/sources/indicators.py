"""
Wide results → long indicators: one row per school and measure, with the value, or why there is none.

Shape: `entity` (row of the schools table), `urn`, `indicator` (the publisher's field name in upper case), `value`,
`reason`, `token` (as printed, wherever there is no value); sorted by indicator, then entity.
Speed: whole columns only. The numbers are read wide, side by side; what is not plainly a number is a mark, and the few
distinct marks are each looked at once: a number after all (`23,624`, ` 7 `), a token, or a problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from strandline.kernel.errors import Problem
from strandline.kernel.missing import MissingReason
from strandline.sources.cells import listed, note_of, number, perhaps_number, plain_number, tell_marks, trim, unreadable
from strandline.sources.contract import Column, Contract, Kind
from strandline.sources.tokens import TokenSet

REASONS = pl.Enum([str(reason) for reason in MissingReason])
SCHEMA = {
    "entity": pl.UInt32(),
    "urn": pl.Int64(),
    "indicator": pl.Enum([]),
    "value": pl.Float64(),
    "reason": REASONS,
    "token": pl.Enum([]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """The long table, what to know of it, and what is wrong."""

    frame: pl.DataFrame
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What is known of each row of the file: its URN and its number."""

    urns: pl.Series
    numbers: pl.Series
    file: str


def read_indicators(text: pl.DataFrame, contract: Contract, rows: Rows) -> Indicators:
    """Read every indicator column of the contract that is there. `text` is under our names."""
    columns = [column for column in contract.indicator_columns if column.stored_as in text.columns]
    if not columns or not text.height:
        return Indicators(frame=pl.DataFrame(schema=SCHEMA), notes=(), problems=())
    notes: list[str] = []
    problems: list[Problem] = []
    long = _long(text, columns, rows)
    frames = []
    for tokens, its in _by_tokens(columns, contract).items():
        part = long if len(its) == len(columns) else long.filter(pl.col("indicator").is_in([c.indicator for c in its]))
        settled = _settle(part, tokens, its)
        problems += _strange(settled, tokens, {column.indicator: column for column in its}, rows, notes)
        frames.append(settled)
    frame = frames[0] if len(frames) == 1 else _together(frames)
    problems += _beyond(frame, columns, rows, text)
    return Indicators(
        frame=frame.select("entity", "urn", "indicator", "value", "reason", pl.col("mark").alias("token")),
        notes=tuple(notes),
        problems=tuple(problems),
    )


def _long(text: pl.DataFrame, columns: Sequence[Column], rows: Rows) -> pl.DataFrame:
    """The plain numbers in `value`; every other cell as printed in `mark`."""
    names = [column.stored_as for column in columns]
    values = _plain_numbers(text, columns)
    marks = text.select(pl.when(values[name].is_null()).then(pl.col(name).fill_null("")) for name in names)
    canonical = [column.indicator for column in columns]
    position = pl.int_range(text.height * len(columns), eager=True, dtype=pl.UInt32) // text.height
    entities = pl.int_range(text.height, eager=True, dtype=pl.UInt32)
    return pl.DataFrame(
        {
            "entity": pl.concat([entities] * len(columns)),
            "urn": pl.concat([rows.urns] * len(columns)),
            "indicator": pl.Series(canonical, dtype=pl.Enum(canonical)).gather(position),
            "value": pl.concat([values[name].alias("value") for name in names]),
            "mark": pl.concat([marks[name].alias("mark") for name in names]),
        }
    )


def _plain_numbers(text: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Doubles side by side. Columns where a word such as `inf` was read as a number are read again without it."""
    values = text.select(perhaps_number(pl.col(c.stored_as), c.kind).alias(c.stored_as) for c in columns)
    finite = values.select(pl.all().is_finite().all()).row(0)
    again = [column for column, is_finite in zip(columns, finite, strict=True) if not is_finite]
    if not again:
        return values
    return values.with_columns(
        text.select(number(pl.col(c.stored_as), c.kind).alias(c.stored_as) for c in again).get_columns()
    )


def _by_tokens(columns: Sequence[Column], contract: Contract) -> dict[TokenSet, list[Column]]:
    """The columns by the tokens they know and the kind of number they hold, where percentages need telling apart."""
    found: dict[TokenSet, list[Column]] = {}
    for column in columns:
        found.setdefault(column.tokens or contract.tokens, []).append(column)
    return found


def _settle(long: pl.DataFrame, tokens: TokenSet, columns: Sequence[Column]) -> pl.DataFrame:
    """Look each distinct mark up once: a number after all, or a reason. `mark` stays only where no value is."""
    distinct = long["mark"].drop_nulls().unique().sort()
    coded = long["mark"].cast(pl.Enum(distinct))
    cell = pl.col("trimmed")
    kind = Kind.PERCENT if any(column.kind is Kind.PERCENT for column in columns) else Kind.NUMBER
    trimmed = trim(pl.DataFrame({"trimmed": distinct}))
    late = trimmed.select(pl.coalesce(plain_number(cell, kind), _padded(cell, kind)).alias("late")).to_series()
    reasons = pl.Series("reason", [str(tokens.read(mark).reason) for mark in distinct], dtype=REASONS)
    codes = coded.to_physical()
    frame = long.with_columns(reasons.gather(codes).alias("reason"), coded.alias("mark"))
    if not late.count():
        return frame
    read = late.gather(codes)
    if kind is Kind.PERCENT:
        plain = [column.indicator for column in columns if column.kind is not Kind.PERCENT]
        signed = distinct.str.contains("%", literal=True).gather(codes)
        read = read.set(signed & frame["indicator"].is_in(plain), None)
    return frame.with_columns(
        pl.coalesce("value", read).alias("value"),
        pl.when(read.is_null()).then("reason").alias("reason"),
        pl.when(read.is_null()).then("mark").alias("mark"),
    )


def _padded(trimmed: pl.Expr, kind: Kind) -> pl.Expr:
    return pl.when(trimmed.str.contains(r"\d")).then(number(trimmed, kind))


def _together(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """The parts under one order again, their marks under one enumeration."""
    marks = pl.concat([frame["mark"].cast(pl.String).unique() for frame in frames]).drop_nulls().unique().sort()
    whole = pl.concat([frame.with_columns(pl.col("mark").cast(pl.String).cast(pl.Enum(marks))) for frame in frames])
    return whole.sort("indicator", "entity")


def _strange(
    long: pl.DataFrame, tokens: TokenSet, by_name: dict[str, Column], rows: Rows, notes: list[str]
) -> Iterator[Problem]:
    """Marks that the tokens do not know: kept where rare and short, refused elsewhere."""
    known = ["", *tokens.reasons]
    unknown = long.filter(long["reason"] == str(MissingReason.UNKNOWN_TOKEN))
    if not unknown.height:
        return
    cells = unknown.select(
        "indicator",
        rows.numbers.gather(unknown["entity"]).alias("row"),
        pl.col("mark").cast(pl.String).alias("text"),
        pl.col("mark").cast(pl.String).str.strip_chars().alias("mark"),
    ).filter(~pl.col("mark").is_in(known))
    for (indicator,), found in cells.group_by("indicator", maintain_order=True):
        column = by_name[str(indicator)]
        blank = long["reason"] == str(MissingReason.BLANK)
        filled = ((long["indicator"] == str(indicator)) & ~blank.fill_null(value=False)).sum()
        kept, wrong = tell_marks(found, filled=int(filled))
        if kept.height:
            notes.append(note_of(column, kept))
        yield from unreadable(column, wrong, rows.file)


def _beyond(frame: pl.DataFrame, columns: Sequence[Column], rows: Rows, text: pl.DataFrame) -> Iterator[Problem]:
    """Numbers that are not whole where they must be, or out of bounds. The frame has each row for each column."""
    value = pl.col("value")
    spans = frame.group_by("indicator").agg(
        value.min().alias("least"), value.max().alias("most"), (value != value.round()).any().alias("fraction")
    )
    found = {row["indicator"]: row for row in spans.iter_rows(named=True)}
    for at, column in enumerate(columns):
        span = found[column.indicator]
        values = frame["value"].slice(at * text.height, text.height)
        if column.kind is Kind.INTEGER and span["fraction"]:
            yield from unreadable(column, _shown(column, rows, text, values != values.round()), rows.file)
        for what, wrong in (_below(column, span, values), _above(column, span, values)):
            if wrong is not None:
                cells = _shown(column, rows, text, wrong)
                yield from listed(what, column, cells, rows.file, what_to_do="Check the file")


def _shown(column: Column, rows: Rows, text: pl.DataFrame, wrong: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"row": rows.numbers, "text": text[column.stored_as]}).filter(wrong)


def _below(column: Column, span: Mapping[str, float | None], values: pl.Series) -> tuple[str, pl.Series | None]:
    if column.lowest is None or span["least"] is None or span["least"] >= column.lowest:
        return "", None
    return f"The value is beyond the bound of {column.lowest:g}", values < column.lowest


def _above(column: Column, span: Mapping[str, float | None], values: pl.Series) -> tuple[str, pl.Series | None]:
    if column.highest is None or span["most"] is None or span["most"] <= column.highest:
        return "", None
    return f"The value is beyond the bound of {column.highest:g}", values > column.highest
