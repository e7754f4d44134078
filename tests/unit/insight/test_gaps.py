from __future__ import annotations

import pytest

from strandline.insight.gaps import CannotCompare, Trend, change_percent, gap_points, gap_trend, lowest_fifth_gap


def test_a_gap_with_a_suppressed_side_is_missing_and_never_computed_from_zero() -> None:
    assert gap_points(comparator=62.0, group=None) is None


def test_a_gap_that_shrinks_is_closing_and_one_within_a_point_is_stable() -> None:
    assert gap_trend(18.0, 16.0) is Trend.CLOSING
    assert gap_trend(16.0, 18.0) is Trend.WIDENING
    assert gap_trend(18.0, 17.5) is Trend.STABLE
    assert gap_trend(None, 17.5) is Trend.UNKNOWN


def test_a_change_from_zero_is_refused() -> None:
    with pytest.raises(CannotCompare):
        change_percent(0, 5)


def test_four_children_have_no_lowest_fifth() -> None:
    with pytest.raises(CannotCompare):
        lowest_fifth_gap([1, 2, 3, 4])
