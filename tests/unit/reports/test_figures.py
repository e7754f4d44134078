"""Figures print what they count, with base, date and query; and never a small group of pupils."""

from __future__ import annotations

from datetime import date

import pytest

from strandline.kernel.units import Unit
from strandline.reports.figures import (
    NO_BREAK,
    Number,
    Published,
    Query,
    Share,
    count,
    difference,
    plain,
    share,
    signed,
)

DAY = date(2013, 4, 30)


def number(value: float | None, *, unit: Unit = Unit.SCHOOLS, sql: str = "SELECT 1", missing: str = "") -> Number:
    return Number(value=value, query=Query(sql=sql), release_id="mi", date=DAY, unit=unit, missing=missing)


def test_a_count_keeps_its_source_date_and_query() -> None:
    figure = count(number(1767, sql="SELECT count(*) FROM facts"))
    assert (figure.display, figure.value, figure.date, figure.source) == ("1,767", 1767, DAY, ("mi",))
    assert figure.query.sql == "SELECT count(*) FROM facts"


def test_a_share_is_rounded_half_up_for_display_only() -> None:
    figure = share(Share(part=number(1), whole=number(8)))
    assert figure.display == f"13{NO_BREAK}%"
    assert figure.value == 12.5
    assert figure.denominator == 8


def test_a_share_asks_part_over_whole_with_parameters_in_order() -> None:
    part = Number(value=3, query=Query(sql="SELECT a = ?", parameters=("x",)), release_id="run", date=DAY)
    whole = Number(value=80, query=Query(sql="SELECT b = ?", parameters=("y",)), release_id="mi", date=DAY)
    figure = share(Share(part=part, whole=whole))
    assert figure.query.sql == "SELECT 100.0 * (SELECT a = ?) / NULLIF((SELECT b = ?), 0)"
    assert figure.query.parameters == ("x", "y")
    assert figure.source == ("run", "mi")


def test_a_share_of_nothing_is_not_nought_per_cent() -> None:
    figure = share(Share(part=number(0), whole=number(0)))
    assert (figure.value, figure.display, figure.missing) == (None, "–", "nothing was in the base")


def test_a_missing_number_says_why() -> None:
    figure = count(number(None, missing="no file that holds it has been added"))
    assert (figure.value, figure.display) == (None, "–")
    assert figure.missing == "no file that holds it has been added"


@pytest.mark.parametrize("pupils", [0, 1, 5])
def test_a_group_of_fewer_than_six_pupils_is_not_printed(pupils: int) -> None:
    figure = count(number(pupils, unit=Unit.PUPILS))
    assert figure.value is None
    assert figure.display == "suppressed"


def test_six_pupils_are_printed_and_five_schools_as_well() -> None:
    assert count(number(6, unit=Unit.PUPILS)).display == "6"
    assert count(number(5)).display == "5"


@pytest.mark.parametrize(("part", "whole"), [(3, 40), (4, 5), (38, 40)])
def test_a_percentage_of_pupils_is_not_printed_when_part_rest_or_base_is_small(part: int, whole: int) -> None:
    proportion = Share(part=number(part, unit=Unit.PUPILS), whole=number(whole, unit=Unit.PUPILS))
    figure = share(proportion)
    assert figure.value is None
    assert figure.display == "suppressed"
    assert figure.denominator is None


def test_a_published_percentage_on_a_small_base_is_not_printed() -> None:
    figure = share(Published(percent=number(50, unit=Unit.PERCENT), whole=number(4, unit=Unit.PUPILS)))
    assert figure.display == "suppressed"


def test_a_difference_of_something_missing_is_missing() -> None:
    known, unknown = share(Share(part=number(1), whole=number(2))), share(Share(part=number(0), whole=number(0)))
    figure = difference(known, unknown)
    assert (figure.value, figure.display, figure.missing) == (None, "–", "nothing was in the base")


@pytest.mark.parametrize(
    ("value", "printed"), [(19.84, "+19.8"), (-6.6, "−6.6"), (0.04, "0.0"), (-0.04, "0.0"), (-0.05, "−0.1")]
)
def test_a_difference_bears_its_sign_and_nought_has_none(value: float, printed: str) -> None:
    assert signed(value, places=1) == printed


@pytest.mark.parametrize(("value", "printed"), [(12345, "12,345"), (2.5, "2.5"), (0.125, "0.13"), (-3, "−3")])
def test_numbers_print_plainly(value: float, printed: str) -> None:
    assert plain(value) == printed
