"""What is read as a figure ahead of publication, and what is not."""

from __future__ import annotations

import pytest
from django.utils import timezone

from strandline.web.schools.forward_forms import FigureForm


def _form(value: str, *, year: int | None = None) -> FigureForm:
    today = timezone.localdate()
    day = {"given_on_day": 1, "given_on_month": 1, "given_on_year": year or today.year}
    return FigureForm({"value": value, "source": "The head teacher's forecast", **day})


@pytest.mark.parametrize(
    ("typed", "number"),
    [("62", 62.0), ("62.5", 62.5), ("62.5%", 62.5), ("62.5 %", 62.5), ("-0.4", -0.4), ("−0.4", -0.4), (" 62 ", 62.0)],
)
def test_a_plain_decimal_is_read_as_it_stands(typed: str, number: float) -> None:
    form = _form(typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == number


@pytest.mark.parametrize(
    "typed",
    ["6_2", "1,000", "62,5", "5%5", "%55", "1e1", "1.2.3", "62.", ".5", "--4", "+4", "0x10", "inf", "nan", "٦٢", "6 2"],
)
def test_anything_else_is_refused_in_words_and_never_guessed(typed: str) -> None:
    form = _form(typed)
    assert not form.is_valid()
    assert f"“{typed}” cannot be read as a figure" in str(form.errors["value"])


def test_a_figure_was_not_given_in_another_century() -> None:
    assert _form("62", year=2000).is_valid()
    form = _form("62", year=1999)
    assert "lies before 2000" in str(form.errors["given_on"])
