from __future__ import annotations

import pytest

from strandline.insight.shares import NotACount, percent_of, shares


def test_a_table_whose_percentages_do_not_add_to_100_says_so() -> None:
    table = shares({"a": 1, "b": 1, "c": 1})
    assert [int(row.percent) for row in table.rows] == [33, 33, 33]
    assert table.rounding_note == "The percentages add to 99, not 100, because each is rounded."


def test_a_table_of_zeros_has_no_base_and_no_note() -> None:
    table = shares({"a": 0})
    assert table.total == 0
    assert table.rounding_note == ""


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(NotACount):
        shares({"a": -1, "b": 3})


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(NotACount, match="nothing was in the base"):
        percent_of(0, of=0)
