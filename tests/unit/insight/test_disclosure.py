from __future__ import annotations

import pytest

from strandline.insight.disclosure import (
    TOTAL,
    TableDoesNotAddUp,
    can_be_worked_out,
    group_may_be_shown,
    protect,
)

ROWS = ("Alder", "Birch", "Cedar")
COLUMNS = ("disadvantaged", "other")
COUNTS = {
    ("Alder", "disadvantaged"): 3,
    ("Alder", "other"): 27,
    ("Birch", "disadvantaged"): 12,
    ("Birch", "other"): 18,
    ("Cedar", "disadvantaged"): 0,
    ("Cedar", "other"): 30,
}


def test_a_count_below_six_is_hidden() -> None:
    table = protect(COUNTS, rows=ROWS, columns=COLUMNS)
    assert table.primary == {("Alder", "disadvantaged")}
    assert table.shown("Alder", "disadvantaged") == "c"


def test_no_hidden_cell_follows_from_the_totals() -> None:
    table = protect(COUNTS, rows=ROWS, columns=COLUMNS)
    assert table.secondary
    assert not any(can_be_worked_out(cell, hidden=table.hidden) for cell in table.hidden)


def test_totals_stay_in_sight_while_inner_cells_can_be_hidden_instead() -> None:
    table = protect(COUNTS, rows=ROWS, columns=COLUMNS)
    assert not any(TOTAL in cell for cell in table.hidden)


def test_zero_is_shown_unless_the_setting_hides_it() -> None:
    assert ("Cedar", "disadvantaged") not in protect(COUNTS, rows=ROWS, columns=COLUMNS).primary
    assert ("Cedar", "disadvantaged") in protect(COUNTS, rows=ROWS, columns=COLUMNS, hide_zero=True).primary


def test_a_table_without_small_cells_is_shown_whole() -> None:
    counts = {(row, column): 10 for row in ROWS for column in COLUMNS}
    assert not protect(counts, rows=ROWS, columns=COLUMNS).hidden


def test_two_hidden_cells_that_add_to_a_small_group_hide_a_third() -> None:
    counts = {("a", "x"): 2, ("a", "y"): 3, ("a", "z"): 40, ("b", "x"): 20, ("b", "y"): 20, ("b", "z"): 20}
    table = protect(counts, rows=("a", "b"), columns=("x", "y", "z"))
    assert ("a", "z") in table.secondary


def test_an_absent_cell_is_refused_and_not_read_as_zero() -> None:
    counts = dict(COUNTS)
    del counts["Birch", "other"]
    with pytest.raises(TableDoesNotAddUp, match="Birch"):
        protect(counts, rows=ROWS, columns=COLUMNS)


def test_a_group_of_unknown_size_may_not_be_shown() -> None:
    assert not group_may_be_shown(None)
    assert not group_may_be_shown(5)
    assert group_may_be_shown(6)
