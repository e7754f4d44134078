"""
A recognised sheet → checked tables, or every reason why not.

Order of work: rows of a special kind are told apart, cells are typed, keys are held to be whole and single, the
evidence of a whole file is weighed, dates are settled. All of it is done before anything is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from strandline.kernel.errors import Problem
from strandline.sources.cells import Cells, listed, read_cells
from strandline.sources.contract import Contract, Shape
from strandline.sources.dating import Dated, Stated, dated
from strandline.sources.indicators import Rows, read_indicators
from strandline.sources.recognise import Recognised
from strandline.sources.wholeness import ORDINARY, Evidence, coverage, not_whole, row_kinds

LAESTAB = "laestab"
UNEDITED = "Get the publisher's own file, unedited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a file holds once it has passed, or what is wrong with it."""

    contract: Contract
    tables: Mapping[str, pl.DataFrame]
    rows: int
    coverage: str
    dated: Dated
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def check(found: Recognised, *, stated: Stated) -> Checked:
    """
    Hold a sheet to its contract.

    Shape:   record: `table` (named by the contract) or what `shapes` makes of it, and `missing` (row in the file,
             urn where the table has one, column, reason, token); indicators: `schools`, `indicators`, `missing`.
    Missing: every cell without a value is null; a token is kept beside it.
    """
    contract, file = found.match.contract, found.sheet.file
    text = found.match.named(found.table)
    kinds = row_kinds(text, contract)
    ordinary = kinds == ORDINARY
    rows = found.table.rows
    cells = read_cells(text, contract, columns=contract.identity_columns, rows=rows, ordinary=ordinary, file=file)
    school_rows = cells.frame.filter(ordinary)
    authorities = _authorities(school_rows, contract)
    when = dated(school_rows, contract, stated=stated, file=file)
    evidence = Evidence(text=text, kinds=kinds, authorities=authorities, period=when.period, part=stated.part)
    problems = [
        *found.problems,
        *_encoding(found),
        *_overrun(found),
        *not_whole(found.sheet, found.table, contract, evidence),
        *cells.problems,
        *_keys(cells.frame, text, contract, rows=rows, ordinary=ordinary, file=file),
    ]
    tables, notes, more = _tables(found, cells, text=text, kinds=kinds, sound=not problems)
    return Checked(
        contract=contract,
        tables=tables,
        rows=text.height,
        coverage=coverage(authorities, contract, part=stated.part),
        dated=when,
        notes=(*contract.notes, *found.table.notes, *cells.notes, *notes, *when.notes),
        problems=(*problems, *more, *when.problems),
    )


def _authorities(schools: pl.DataFrame, contract: Contract) -> pl.Series:
    """The authority code of each ordinary row as text; of a seven-digit LAESTAB its first three."""
    if not contract.la_column:
        return pl.Series([], dtype=pl.String)
    codes = schools[contract.la_column].cast(pl.String).str.strip_chars()
    return codes.str.slice(0, 3) if contract.la_column == LAESTAB else codes


def _tables(
    found: Recognised, cells: Cells, *, text: pl.DataFrame, kinds: pl.Series, sound: bool
) -> tuple[dict[str, pl.DataFrame], tuple[str, ...], tuple[Problem, ...]]:
    contract, rows = found.match.contract, found.table.rows
    frame = cells.frame.insert_column(0, kinds) if contract.special else cells.frame
    missing = _with_urn(cells, rows)
    if contract.shape is Shape.INDICATORS:
        urns = cells.frame["urn"] if "urn" in cells.frame.columns else _no_urns(text.height)
        long = read_indicators(text, contract, Rows(urns=urns, numbers=rows, file=found.sheet.file))
        entities = pl.int_range(text.height, eager=True, dtype=pl.UInt32).alias("entity")
        schools = frame.insert_column(0, entities)
        return {"schools": schools, "indicators": long.frame, "missing": missing}, long.notes, long.problems
    made = {contract.table: frame} if contract.shapes is None else {}
    if contract.shapes is not None and sound:
        made = dict(contract.shapes(frame))
    return {**made, "missing": missing}, (), ()


def _with_urn(cells: Cells, rows: pl.Series) -> pl.DataFrame:
    if "urn" not in cells.frame.columns:
        return cells.missing
    urns = pl.DataFrame({"row": rows, "urn": cells.frame["urn"]})
    return cells.missing.join(urns, on="row", how="left", maintain_order="left").select(
        "row", "urn", "column", "reason", "token"
    )


def _no_urns(height: int) -> pl.Series:
    return pl.Series("urn", [None] * height, dtype=pl.Int64)


def _encoding(found: Recognised) -> Iterator[Problem]:
    contract, encoding = found.match.contract, found.sheet.encoding
    if encoding in {"", "ascii", *(name.removesuffix("-sig") for name in contract.encodings)}:
        return
    yield Problem(
        what=f"The text is encoded in {encoding}; {contract.name} is published in {' or '.join(contract.encodings)}",
        file=found.sheet.file,
        what_to_do=UNEDITED,
    )


def _overrun(found: Recognised) -> Iterator[Problem]:
    """Cells beyond the header, or under no header, are dropped where the contract says so and refused elsewhere."""
    if found.match.contract.overrun:
        return
    table = found.table
    unnamed = [str(n) for n, header in enumerate(table.headers) if not header.strip() and not found.match.columns[n]]
    beyond = [name for name in (*unnamed, *table.overrun) if table.frame[name].null_count() < table.frame.height]
    if beyond:
        over = table.frame.select(pl.coalesce(*beyond)).to_series()
        row = int(table.rows.filter(over.is_not_null())[0])
        yield Problem(
            what=f"{over.count()} rows have cells beyond the {len(table.headers)} columns of the header",
            file=found.sheet.file,
            row=row,
            value=over.drop_nulls()[0],
            what_to_do=UNEDITED,
        )


def _keys(
    frame: pl.DataFrame, text: pl.DataFrame, contract: Contract, *, rows: pl.Series, ordinary: pl.Series, file: str
) -> Iterator[Problem]:
    """Cells that must be filled are; no two ordinary rows have the same key."""
    for column in contract.columns:
        if (column.filled or column.stored_as in contract.key) and column.stored_as in text.columns:
            blank = ordinary & (text[column.stored_as].is_null() | (text[column.stored_as].str.strip_chars() == ""))
            cells = pl.DataFrame({"row": rows, "text": text[column.stored_as]}).filter(blank)
            yield from listed("The cell must not be empty", column, cells, file, what_to_do=UNEDITED)
    key = [name for name in contract.key if name in text.columns]
    if len(key) != len(contract.key) or not key:
        return
    keyed = frame.select(key).with_columns(rows.alias("row")).filter(ordinary).drop_nulls(key)
    again = keyed.filter(~pl.struct(key).is_first_distinct())
    if again.height:
        named = "+".join(contract.column(name).name for name in key)
        text_key = pl.concat_str([pl.col(name).cast(pl.String) for name in key], separator=" ")
        shown = again.select("row", text_key.alias("text"))
        column = contract.column(key[0])
        yield from listed(f"A row stands twice (same {named})", column, shown, file, what_to_do=UNEDITED)
