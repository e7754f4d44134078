"""Statutory clocks count working days; the day of service is not counted and bank holidays are skipped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from strandline.kernel.dates import add_working_days, bank_holidays_england


@pytest.mark.parametrize(
    ("served", "ends"), [(date(2010, 3, 1), date(2010, 3, 22)), (date(2010, 3, 22), date(2010, 4, 14))]
)
def test_fifteen_working_days_run_from_the_day_after_service(at: Callable[..., Any], served: date, ends: date) -> None:
    """Policy §7.3: a notice served on 1 March 2010 runs to 22 March; on 22 March 2010, over Easter, to 14 April."""
    length = at("england-national", as_at=served).constants["warning_notice_initial_working_days"].value
    holidays = bank_holidays_england(2010)
    assert add_working_days(served, int(length), bank_holidays=holidays) == ends


def test_from_april_2016_the_issuer_sets_the_period(at: Callable[..., Any]) -> None:
    """Policy §7.3: from 18 April 2016 the period stands in the notice and no representations are made."""
    constants = at("england-national", as_at=date(2016, 4, 18)).constants
    assert constants["warning_notice_initial_working_days"].value is None
    assert "issuer" in constants["warning_notice_initial_working_days"].why_none
    assert constants["warning_notice_representations"].value is False


@pytest.mark.parametrize(("day", "duty"), [(date(2026, 6, 28), True), (date(2026, 6, 29), False)])
def test_the_duty_to_make_an_academy_order_ended(at: Callable[..., Any], day: date, duty: bool) -> None:
    """Policy §8: the duty to make an academy order for a school in a category was repealed from 29 June 2026."""
    assert at("england-national", as_at=day).constants["academy_order_duty"].value is duty


def test_progress_that_was_not_published_is_not_available(at: Callable[..., Any]) -> None:
    """Policy §12: no key stage 2 progress for 2024 and 2025, no Progress 8 for 2025; a rule returns not available."""
    shown = {year: at("england-national", ks2=year, ks4=year).constants for year in (2023, 2024, 2025)}
    assert {year: c["ks2_progress_published"].value for year, c in shown.items()} == {
        2023: True,
        2024: False,
        2025: False,
    }
    assert {year: c["progress8_published"].value for year, c in shown.items()} == {2023: True, 2024: True, 2025: False}
