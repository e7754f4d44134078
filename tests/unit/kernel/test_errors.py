"""Errors are sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest

from strandline.kernel.errors import DataError, Problem, UserError
from strandline.kernel.missing import WORDS, Missing, MissingReason
from strandline.kernel.rounding import percentage, percentages, round_half_up


def test_a_user_error_says_what_where_and_what_to_do() -> None:
    error = UserError("no run is called x", where="runs", what_to_do="List the runs first")
    assert str(error) == "no run is called x (runs). List the runs first."


def test_a_data_error_lists_every_problem_and_counts_those_it_does_not_print() -> None:
    problems = tuple(Problem(what="bad date", file="a.csv", row=n, column="DATE", value="x") for n in range(60))
    text = str(DataError("the file is refused", problems=problems))
    assert 'bad date (a.csv, row 0, column DATE, value "x").' in text
    assert text.endswith("and 10 more")


def test_a_value_of_many_lines_is_shown_on_one_and_cut() -> None:
    assert str(Problem(what="odd", value="a\nb" * 1000)) == f'odd (value "{("a b" * 27)[:80]}…").'
    assert str(Problem(what="odd", value="   ")) == 'odd (value "   ").'


def test_every_reason_for_a_missing_figure_has_words() -> None:
    assert set(WORDS) == set(MissingReason)
    assert str(Missing(reason=MissingReason.SUPPRESSED, token="SUPP")).endswith('("SUPP")')


def test_halves_are_rounded_up_and_away_from_zero() -> None:
    assert [round_half_up(x) for x in (0.5, 1.5, 2.5, -2.5)] == [1, 2, 3, -3]
    assert round_half_up(0.285, places=2) == Decimal("0.29")
    assert percentages((3, 9, 15, 32, 21)) == tuple(Decimal(n) for n in (4, 11, 19, 40, 26))
    with pytest.raises(ZeroDivisionError):
        percentage(1, 0)
