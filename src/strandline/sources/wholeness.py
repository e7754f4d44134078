"""
Evidence that a file is whole: how it ends, the rows that close it, how much of the country it covers.

A file cut inside a row shows it in its last row. One cut exactly between two rows shows it only by what is no
longer there; each contract's `expects` says what that is.
"""

from __future__ import annotations

from collections.abc import Iterator

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


def not_whole(
    sheet: Sheet, table: TextTable, contract: Contract, *, kinds: pl.Series, authorities: pl.Series, part: bool
) -> Iterator[Problem]:
    """Every sign that the file is not all of what was published."""
    yield from sheet.problems
    if not table.frame.height:
        what = "The file has a header and no rows"
        yield Problem(what=what, file=sheet.file, what_to_do=GET_AGAIN)
        return
    yield from _end_of_text(sheet, table, contract)
    yield from _closing_rows(sheet, table, contract, kinds)
    yield from _row_count(sheet, contract, kinds=kinds, authorities=authorities, part=part)


def _end_of_text(sheet: Sheet, table: TextTable, contract: Contract) -> Iterator[Problem]:
    if sheet.final_newline is not False:
        return
    row = int(table.rows[-1])
    if contract.expects.final_newline:
        what = "The last row does not end with a line break, as this publication does"
        yield Problem(what=what, file=sheet.file, row=row, what_to_do=GET_AGAIN)
        return
    least = contract.least_fields if contract.least_fields is not None else len(table.headers)
    if table.last_fields is not None and table.last_fields < least:
        what = f"The last row stops after {table.last_fields} of {len(table.headers)} fields"
        yield Problem(what=what, file=sheet.file, row=row, what_to_do=GET_AGAIN)
    elif table.last_fields and _has_lost_its_sign(table.frame[str(table.last_fields - 1)]):
        column, value = table.headers[table.last_fields - 1], table.frame[str(table.last_fields - 1)][-1]
        what = "The last cell has no % sign, unlike its column"
        yield Problem(what=what, file=sheet.file, row=row, column=column, value=value, what_to_do=GET_AGAIN)


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


def _row_count(
    sheet: Sheet, contract: Contract, *, kinds: pl.Series, authorities: pl.Series, part: bool
) -> Iterator[Problem]:
    expects = contract.expects
    rows = int((kinds == ORDINARY).sum())
    if expects.rows is not None and rows != expects.rows and not part:
        what = f"The file has {rows:,} rows; this edition was published with {expects.rows:,}"
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
