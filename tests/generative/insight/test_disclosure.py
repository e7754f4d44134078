from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from strandline.insight.disclosure import TOTAL, protect

tables = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 20), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


def _determined(table) -> list[tuple[str, str]]:
    """Hidden cells that linear algebra over the published totals pins to one value."""
    unknowns = sorted(table.hidden)
    equations = []
    for row in table.rows:
        line = [(row, column) for column in table.columns]
        equations.append([_sign(cell, axis=1) if cell in line else 0 for cell in unknowns])
    for column in table.columns:
        line = [(row, column) for row in table.rows]
        equations.append([_sign(cell, axis=0) if cell in line else 0 for cell in unknowns])
    reduced = _reduce([[Fraction(value) for value in equation] for equation in equations])
    return [unknowns[row.index(1)] for row in reduced if sum(1 for value in row if value) == 1]


def _sign(cell: tuple[str, str], *, axis: int) -> int:
    return -1 if cell[axis] == TOTAL else 1


def _reduce(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    pivot = 0
    for column in range(len(rows[0]) if rows else 0):
        chosen = next((r for r in range(pivot, len(rows)) if rows[r][column]), None)
        if chosen is None:
            continue
        rows[pivot], rows[chosen] = rows[chosen], rows[pivot]
        lead = rows[pivot][column]
        rows[pivot] = [value / lead for value in rows[pivot]]
        for r in range(len(rows)):
            if r != pivot and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[pivot], strict=True)]
        pivot += 1
    return [row for row in rows if any(row)]


@settings(max_examples=150, deadline=None)
@given(tables)
def test_no_hidden_cell_of_any_table_is_pinned_by_linear_algebra(numbers: list[list[int]]) -> None:
    rows = tuple(f"r{i}" for i in range(len(numbers)))
    columns = tuple(f"c{j}" for j in range(len(numbers[0])))
    counts = {(r, c): numbers[i][j] for i, r in enumerate(rows) for j, c in enumerate(columns)}
    table = protect(counts, rows=rows, columns=columns)
    assert not _determined(table)
    assert all(cell in table.hidden for cell, count in table.cells.items() if 0 < count < 6)
