"""The formulas that the published papers use, each with the paper's own figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from strandline.insight.gaps import (
    change_percent,
    difference_points,
    gap_points,
    lowest_fifth_gap,
    lowest_fifth_gap_from,
)
from strandline.insight.profiles import JudgedSchool, profile
from strandline.insight.ranks import band_number, majority
from strandline.insight.shares import percent_of, shares


def _judged(*, outstanding: int, good: int, three: int, four: int, uninspected: int = 0) -> list[JudgedSchool]:
    grades = [1] * outstanding + [2] * good + [3] * three + [4] * four
    rows = [JudgedSchool(urn=str(n), grade=grade, pupils=100) for n, grade in enumerate(grades)]
    return rows + [JudgedSchool(urn=f"new{n}", grade=None) for n in range(uninspected)]


def test_shares_are_rounded_half_up_and_the_sum_is_checked() -> None:
    """F1, SEF-02: strands of 3, 9, 15, 32 and 21 schools of 80 are 4, 11, 19, 40 and 26 %, and add to 100."""
    table = shares({"below_floor": 3, "maximising": 9, "inconsistent": 15, "good_to_great": 32, "great": 21})
    assert [int(row.percent) for row in table.rows] == [4, 11, 19, 40, 26]
    assert (table.total, table.percent_sum, table.adds_up) == (80, 100, True)


def test_the_set_of_schools_adds_up_by_type() -> None:
    """SEF-06: 71 primary, 2 junior, 3 infant and 4 nursery schools are 80."""
    assert shares({"primary": 71, "junior": 2, "infant": 3, "nursery": 4}).total == 80


@pytest.mark.parametrize(
    ("counts", "judged", "percent"),
    [((24, 117, 41, 4, 6), 186, 76), ((12, 10, 12, 1, 0), 35, 63), ((1, 6, 2, 0, 0), 9, 78)],
    ids=["primary", "secondary", "special"],
)
def test_good_or_better_is_a_share_of_the_schools_judged(counts: tuple[int, ...], judged: int, percent: int) -> None:
    """F8, WAR-25: good or better is 141 of 186 primaries (76 %), 22 of 35 secondaries (63 %), 7 of 9 special (78 %)."""
    outstanding, good, three, four, uninspected = counts
    result = profile(_judged(outstanding=outstanding, good=good, three=three, four=four, uninspected=uninspected))
    assert (result.judged, result.percent_of_schools()) == (judged, percent)
    assert len(result.not_judged) == uninspected


def test_counting_the_uninspected_schools_gives_another_percentage() -> None:
    """WAR-T7: with its six uninspected academies in the base, Warwickshire's 76 % of primaries is 73.4 %."""
    result = profile(_judged(outstanding=24, good=117, three=41, four=4, uninspected=6))
    assert result.percent_with_not_judged(places=1) == Decimal("73.4")


def test_weighting_by_pupils_and_by_schools_differ() -> None:
    """F9, WAR-26: a good school of 100 pupils and an RI school of 300 are 50 % of schools and 25 % of pupils."""
    rows = [JudgedSchool(urn="1", grade=2, pupils=100), JudgedSchool(urn="2", grade=3, pupils=300)]
    result = profile(rows)
    assert (result.percent_of_schools(), result.percent_of_pupils()) == (50, 25)
    assert result.pupils_judged == 400


@pytest.mark.parametrize(("place", "number"), [(91, 4), (61, 3), (60, 2), (111, 4), (150, 5), (1, 1), (30, 1)])
def test_a_rank_among_150_authorities_falls_into_one_of_five_bands(place: int, number: int) -> None:
    """F10: the band of a rank is ceiling(rank ÷ 30)."""
    assert band_number(place, size=30) == number


def test_the_lowest_fifth_is_compared_with_the_median() -> None:
    """F11, SEF-28: NI 92 with a median of 90 and a mean of 54 in the lowest fifth is 40.0."""
    assert lowest_fifth_gap_from(median_all=90, mean_lowest=54) == Decimal("40.0")
    assert lowest_fifth_gap([54, 80, 90, 95, 99]) == Decimal("40.0")


def test_a_difference_is_given_in_percentage_points() -> None:
    """F12, CAM-02: 74.4 % good or better against 81 % nationally is −6.6 percentage points."""
    assert difference_points(74.4, 81) == Decimal("-6.6")


@pytest.mark.parametrize(("votes", "needed"), [(21, 11), (7, 4), (20, 11), (1, 1)])
def test_a_motion_passes_with_more_than_half_the_votes(votes: int, needed: int) -> None:
    """F13, WAR-15: a board of 21 votes decides with 11, a board of 7 with 4."""
    assert majority(votes) == needed


def test_a_budget_that_falls_from_2868_to_1168_has_fallen_by_59_3_percent() -> None:
    """F14, WAR-23: from 2,868 to 1,168 thousand pounds is −59.3 %."""
    assert change_percent(2868, 1168) == Decimal("-59.3")


def test_a_gap_is_the_comparator_less_the_group() -> None:
    """F16, WAL-08: 62 % of the comparator against 44 % of the group is a gap of 18 percentage points."""
    assert gap_points(comparator=62, group=44) == Decimal("18.0")


@pytest.mark.parametrize(("count", "percent"), [(3, 4), (9, 11), (15, 19)])
def test_a_half_is_rounded_up(count: int, percent: int) -> None:
    """F1: 3.75, 11.25 and 18.75 % of 80 print as 4, 11 and 19."""
    assert percent_of(count, of=80) == percent


def test_sefton_national_primary_row_sums_are_tolerated_as_rounding() -> None:
    """INC-10, INC-11, SEF-12: the national primary row sums to 100.3; its good or better is 50, not the text's 52."""
    row = [Decimal(7), Decimal(43), Decimal(43), Decimal("7.3")]
    assert sum(row) == Decimal("100.3")
    assert abs(sum(row) - 100) <= 1
    assert row[0] + row[1] == 50
