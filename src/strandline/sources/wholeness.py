"""
Evidence that a file is whole: how it ends, the rows that close it, how much of the country it covers.

A file cut inside a row shows it in its last row. One cut exactly between two rows shows it only by what is no
longer there; each contract's `expects` says what that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from strandline.kernel.errors import Problem
from strandline.sources.contract import Contract
from strandline.sources.decoding import Sheet, TextTable

ORDINARY = "school"
GET_AGAIN = "The file looks cut short: get it again from the publisher"
SHARE_THAT_MAKES_A_HABIT = 0.5


def row_kinds(text: pl.DataFrame, contract: Contract) -> pl.Series:
    """For each row `school`, or the name of the special rows it belongs to. `text` is under our names."""
    kind = pl.lit(ORDINARY)
    for special in reversed(contract.special):
        if special.column in text.columns:
            cell = pl.col(special.column).fill_null("").str.strip_chars()
            kind = pl.when(cell.str.contains(f"^(?:{special.pattern})$")).then(pl.lit(special.name)).otherwise(kind)
    return text.with_columns(kind.alias("row_kind"))["row_kind"]


def coverage(authorities: pl.Series, contract: Contract, *, part: bool) -> str:
    """`national`, `authority:850` or `part`. `authorities` holds the codes of the ordinary rows, null where absent."""
    codes = authorities.drop_nulls().unique()
    if len(codes) == 1:
        return f"authority:{codes[0]}"
    if part:
        return "part"
    if contract.la_column:
        return "national" if len(codes) >= contract.expects.authorities else ""
    return "national"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of the rows when the file is weighed: their kinds, their authorities, the file's period."""

    text: pl.DataFrame
    kinds: pl.Series
    authorities: pl.Series
    period: str
    part: bool


def not_whole(sheet: Sheet, table: TextTable, contract: Contract, evidence: Evidence) -> Iterator[Problem]:
    """Every sign that the file is not all of what was published."""
    yield from sheet.problems
    if not table.frame.height:
        what = "The file has a header and no rows"
        yield Problem(what=what, file=sheet.file, what_to_do=GET_AGAIN)
        return
    yield from _end_of_text(sheet, table, contract)
    yield from _closing_rows(sheet, table, contract, evidence.kinds)
    if not evidence.part:
        yield from _last_row(sheet, table, contract, evidence.text)
    yield from _row_count(sheet, contract, evidence)


def _end_of_text(sheet: Sheet, table: TextTable, contract: Contract) -> Iterator[Problem]:
    if sheet.final_newline is not False:
        return
    row = int(table.rows[-1])
    if contract.expects.final_newline:
        what = "The last row does not end with a line break, as this publication does"
        yield Problem(what=what, file=sheet.file, row=row, what_to_do=GET_AGAIN)
        return
    least = contract.least_fields if contract.least_fields is not None else len(table.headers)
    at = min(table.last_fields or 1, len(table.headers)) - 1
    last_column = table.frame[str(at)]
    if table.last_fields is not None and table.last_fields < least:
        what = f"The last row stops after {table.last_fields} of {len(table.headers)} fields"
        yield Problem(what=what, file=sheet.file, row=row, what_to_do=GET_AGAIN)
    elif _has_lost_its_sign(last_column):
        what, column, value = "The last cell has no % sign, unlike its column", table.headers[at], last_column[-1]
        yield Problem(what=what, file=sheet.file, row=row, column=column, value=value, what_to_do=GET_AGAIN)
    elif sheet.last_quote_missing:
        what = "The last row does not end with a quotation mark, as the others do"
        yield Problem(what=what, file=sheet.file, row=row, what_to_do=GET_AGAIN)


def _has_lost_its_sign(cells: pl.Series) -> bool:
    """Whether the last cell is a bare number in a column of percentages."""
    last = (cells[-1] or "").strip()
    numbers = cells.drop_nulls().filter(cells.drop_nulls().str.contains(r"\d"))
    signed = numbers.str.contains("%", literal=True).sum()
    return last[-1:].isdigit() and len(numbers) > 1 and signed > SHARE_THAT_MAKES_A_HABIT * len(numbers)


def _closing_rows(sheet: Sheet, table: TextTable, contract: Contract, kinds: pl.Series) -> Iterator[Problem]:
    expects = contract.expects
    if not expects.closing:
        return
    names = " and ".join(expects.closing)
    found = int(kinds.is_in(list(expects.closing)).sum())
    if found < expects.closing_count:
        what = f"Only {found} of the {expects.closing_count} {names} rows that close this publication are there"
        yield Problem(what=what, file=sheet.file, row=int(table.rows[-1]), what_to_do=GET_AGAIN)
    elif kinds[-1] not in expects.closing:
        what = f"The last row is a {kinds[-1]} row, where {names} rows close this publication"
        yield Problem(what=what, file=sheet.file, row=int(table.rows[-1]), what_to_do=GET_AGAIN)


def _last_row(sheet: Sheet, table: TextTable, contract: Contract, text: pl.DataFrame) -> Iterator[Problem]:
    for name, pattern in contract.expects.last_row.items():
        last = (text[name][-1] or "").strip() if name in text.columns else ""
        if not re.fullmatch(pattern, last):
            yield Problem(
                what=f"The last row is not the one this publication ends with (there the cell matches {pattern})",
                file=sheet.file,
                row=int(table.rows[-1]),
                column=contract.column(name).name,
                value=last,
                what_to_do=f"{GET_AGAIN}. A selection is added with --part",
            )


def _row_count(sheet: Sheet, contract: Contract, evidence: Evidence) -> Iterator[Problem]:
    expects, part, authorities = contract.expects, evidence.part, evidence.authorities
    rows = int((evidence.kinds == ORDINARY).sum())
    edition = expects.rows.get(evidence.period, rows)
    if rows != edition and not part:
        what = f"The file has {rows:,} rows; this edition was published with {edition:,}"
        yield Problem(what=what, file=sheet.file, what_to_do=f"{GET_AGAIN}. A selection is added with --part")
    covers = coverage(authorities, contract, part=part)
    if not covers:
        codes = authorities.drop_nulls().n_unique()
        what = f"The file covers {codes} authorities: more than one, and fewer than the country's"
        yield Problem(what=what, file=sheet.file, what_to_do=f"{GET_AGAIN}. A selection is added with --part")
    if covers == "national" and rows < expects.national_rows:
        what = f"The file has {rows:,} rows; a national one has {expects.national_rows:,} or more"
        yield Problem(what=what, file=sheet.file, what_to_do=f"{GET_AGAIN}. A selection is added with --part")
    if expects.national_rows_most is not None and rows > expects.national_rows_most:
        what = f"The file has {rows:,} rows; a national one has {expects.national_rows_most:,} at most"
        yield Problem(what=what, file=sheet.file, what_to_do="Check that it is one edition, not several put together")
