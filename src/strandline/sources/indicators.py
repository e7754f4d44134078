"""
Wide results → long indicators: one row per school and measure, with the value, or why there is none.

Shape: `entity` (row of the schools table), `urn`, `indicator` (the publisher's field name in upper case), `value`,
`reason`, `token` (as printed, wherever there is no value); sorted by indicator, then entity.
Speed: whole columns only. The numbers are read wide, side by side; the few distinct marks are looked up once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from strandline.kernel.errors import Problem
from strandline.kernel.missing import MissingReason
from strandline.sources.cells import (
    LOOKS_LIKE_A_MARK,
    SHARE_OF_UNKNOWN_MARKS_ALLOWED,
    UNKNOWN_MARKS_ALLOWED,
    listed,
    number,
    plain_number,
    trim,
    unreadable,
)
from strandline.sources.contract import Column, Contract, Kind

REASONS = pl.Enum([str(reason) for reason in MissingReason])


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """The long table, what to know of it, and what is wrong."""

    frame: pl.DataFrame
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_indicators(
    text: pl.DataFrame, contract: Contract, *, urns: pl.Series, rows: pl.Series, ordinary: pl.Series, file: str
) -> Indicators:
    """Read every indicator column of the contract that is there. `text` is under our names."""
    columns = [column for column in contract.indicator_columns if column.stored_as in text.columns]
    if not columns:
        return Indicators(frame=_empty(), notes=(), problems=())
    values = _numbers(trim(text.select(column.stored_as for column in columns)), columns)
    marks = text.select(pl.when(values[c.stored_as].is_null()).then(pl.col(c.stored_as).fill_null("")) for c in columns)
    long = _long(values, marks, columns, urns)
    tokens = _Tokens(long, contract, columns, rows=rows, ordinary=ordinary, file=file)
    problems = [*tokens.problems(), *_not_whole(values, text, columns, rows, file)]
    problems += _outside(values, text, columns, rows, file)
    return Indicators(frame=tokens.settled(), notes=tuple(tokens.notes), problems=tuple(problems))


def _numbers(trimmed: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Doubles side by side; columns that group their thousands get a second reading."""
    values = trimmed.select(number(pl.col(column.stored_as), column.kind).alias(column.stored_as) for column in columns)
    grouped = trimmed.select(pl.col(c.stored_as).str.contains(",", literal=True).any() for c in columns).row(0)
    again = [column for column, has_comma in zip(columns, grouped, strict=True) if has_comma]
    return values.with_columns(
        values[c.stored_as].zip_with(
            values[c.stored_as].is_not_null(),
            trimmed.select(plain_number(pl.col(c.stored_as), c.kind)).to_series(),
        )
        for c in again
    )


def _long(values: pl.DataFrame, marks: pl.DataFrame, columns: Sequence[Column], urns: pl.Series) -> pl.DataFrame:
    height, count = values.height, len(columns)
    canonical = [column.indicator for column in columns]
    names = pl.Series(canonical, dtype=pl.Enum(canonical))
    positions = pl.int_range(height * count, eager=True, dtype=pl.UInt32)
    return pl.DataFrame(
        {
            "entity": positions % height if height else positions,
            "urn": pl.concat([urns] * count),
            "indicator": names.gather(positions // max(height, 1)),
            "value": pl.concat([values[column.stored_as].alias("value") for column in columns]),
            "mark": pl.concat([marks[column.stored_as].alias("mark") for column in columns]),
        }
    )


def _empty() -> pl.DataFrame:
    return pl.DataFrame(
        schema={
            "entity": pl.UInt32,
            "urn": pl.Int64,
            "indicator": pl.Enum([]),
            "value": pl.Float64,
            "reason": REASONS,
            "token": pl.Categorical,
        }
    )


class _Tokens:
    """The distinct marks of a long table: their reasons, and which of them cannot be marks at all."""

    def __init__(
        self,
        long: pl.DataFrame,
        contract: Contract,
        columns: Sequence[Column],
        *,
        rows: pl.Series,
        ordinary: pl.Series,
        file: str,
    ) -> None:
        distinct = long["mark"].drop_nulls().unique().sort()
        self.kinds = pl.Enum(distinct)
        self.long = long.with_columns(pl.col("mark").cast(self.kinds))
        self.contract, self.rows, self.ordinary, self.file = contract, rows, ordinary, file
        self.by_name = {column.indicator: column for column in columns}
        self.own = [column for column in columns if column.tokens is not None]
        self.reasons = [str(contract.tokens.read(mark).reason) for mark in distinct]
        self.notes: list[str] = []

    def settled(self) -> pl.DataFrame:
        """The long table with `reason` and `token`."""
        lookup = pl.Series("reason", self.reasons, dtype=REASONS)
        reason = lookup.gather(self.long["mark"].to_physical())
        frame = self.long.with_columns(reason.alias("reason"))
        for column in self.own:
            frame = frame.with_columns(self._own_reason(column))
        return frame.select("entity", "urn", "indicator", "value", "reason", pl.col("mark").alias("token"))

    def _own_reason(self, column: Column) -> pl.Expr:
        own = {mark: str((column.tokens or self.contract.tokens).read(mark).reason) for mark in self.kinds.categories}
        is_it = (pl.col("indicator") == column.indicator) & pl.col("mark").is_not_null()
        fresh = pl.col("mark").cast(pl.String).replace_strict(own, default=None, return_dtype=REASONS)
        return pl.when(is_it).then(fresh).otherwise(pl.col("reason")).alias("reason")

    def problems(self) -> Iterator[Problem]:
        """What stands in number columns and is neither a number nor may be a mark."""
        strange = [mark for mark in self.kinds.categories if self._is_strange(mark)]
        if not strange:
            return
        is_ordinary = self.ordinary.gather(self.long["entity"])
        cells = self.long.filter(is_ordinary & self.long["mark"].is_in(pl.Series(strange, dtype=self.kinds)))
        cells = cells.with_columns(
            self.rows.gather(cells["entity"]).alias("row"), pl.col("mark").cast(pl.String).alias("text")
        )
        for (indicator,), found in cells.group_by("indicator", maintain_order=True):
            yield from self._strange(self.by_name[str(indicator)], found)

    def _is_strange(self, mark: str) -> bool:
        sets = [self.contract.tokens, *(column.tokens for column in self.own if column.tokens)]
        return any(tokens.read(mark).reason is MissingReason.UNKNOWN_TOKEN for tokens in sets)

    def _strange(self, column: Column, found: pl.DataFrame) -> Iterator[Problem]:
        tokens = column.tokens or self.contract.tokens
        found = found.filter(~pl.col("text").str.strip_chars().is_in(["", *tokens.reasons]))
        marks = found.filter(pl.col("text").str.strip_chars().str.contains(LOOKS_LIKE_A_MARK))
        filled = self.long.filter(
            (pl.col("indicator") == column.indicator)
            & (pl.col("value").is_not_null() | (pl.col("mark").cast(pl.String).str.strip_chars() != ""))
        ).height
        many = marks.height > UNKNOWN_MARKS_ALLOWED and marks.height > SHARE_OF_UNKNOWN_MARKS_ALLOWED * filled
        if many or (marks.height == filled and filled > 1):
            marks = marks[:0]
        if marks.height:
            shown = ", ".join(sorted(marks["text"].unique()))
            self.notes.append(
                f"Column {column.name}: unknown marks kept without a value: {shown} ({marks.height} rows)"
            )
        yield from unreadable(column, found.join(marks.select("row"), on="row", how="anti"), self.file)


def _not_whole(
    values: pl.DataFrame, text: pl.DataFrame, columns: Sequence[Column], rows: pl.Series, file: str
) -> Iterator[Problem]:
    whole = [column for column in columns if column.kind is Kind.INTEGER]
    if not whole:
        return
    broken = values.select((pl.col(c.stored_as) != pl.col(c.stored_as).round()).any() for c in whole).row(0)
    for column in (column for column, is_broken in zip(whole, broken, strict=True) if is_broken):
        value = values[column.stored_as]
        cells = pl.DataFrame({"row": rows, "text": text[column.stored_as]}).filter(value != value.round())
        yield from unreadable(column, cells, file)


def _outside(
    values: pl.DataFrame, text: pl.DataFrame, columns: Sequence[Column], rows: pl.Series, file: str
) -> Iterator[Problem]:
    for column in columns:
        value = values[column.stored_as]
        for bound, outside in (
            (column.lowest, value < column.lowest if column.lowest is not None else None),
            (column.highest, value > column.highest if column.highest is not None else None),
        ):
            if outside is not None and outside.any():
                cells = pl.DataFrame({"row": rows, "text": text[column.stored_as]}).filter(outside)
                what = f"The value is beyond the bound of {bound:g}"
                yield from listed(what, column, cells, file, what_to_do="Check the file")
