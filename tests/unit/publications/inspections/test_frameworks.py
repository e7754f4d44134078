from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from strandline.sources.inspections.frameworks import REGIMES, Framework, framework_on, regime_on


@pytest.mark.parametrize(
    ("day", "framework"),
    [
        (date(2005, 9, 12), Framework.R1),
        (date(2012, 8, 31), Framework.R1),
        (date(2012, 9, 1), Framework.R2),
        (date(2015, 8, 31), Framework.R2),
        (date(2015, 9, 1), Framework.R3),
        (date(2019, 8, 31), Framework.R3),
        (date(2019, 9, 1), Framework.R4),
        (date(2024, 9, 1), Framework.R4),
        (date(2024, 9, 2), Framework.R5),
        (date(2025, 11, 9), Framework.R5),
        (date(2025, 11, 10), Framework.R6),
        (date(2026, 8, 1), Framework.R6),
    ],
)
def test_the_framework_follows_from_the_first_day_of_the_inspection(day: date, framework: Framework) -> None:
    assert framework_on(day) is framework


def test_the_frameworks_follow_one_another_without_a_gap_or_an_overlap() -> None:
    for earlier, later in pairwise(REGIMES):
        assert earlier.last_day is not None
        assert later.first_day == earlier.last_day + timedelta(days=1)


def test_the_third_grade_is_satisfactory_until_august_2012_and_requires_improvement_from_september() -> None:
    assert regime_on(date(2012, 8, 31)).words[2] == "satisfactory"
    assert regime_on(date(2012, 9, 1)).words[2] == "requires_improvement"


def test_no_overall_grade_exists_from_2_september_2024() -> None:
    assert regime_on(date(2024, 9, 1)).overall_grade
    assert not regime_on(date(2024, 9, 2)).overall_grade
    assert not regime_on(date(2025, 11, 10)).overall_grade
