"""What people type to give a figure ahead of publication."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from strandline.web.design.dates import DateParts
from strandline.web.design.written import DeskForm
from strandline.web.schools import measures
from strandline.web.schools.models import AHEAD, FigureKind

LARGEST_COHORT = 5_000
FIRST_YEAR = 2000
PLAIN = re.compile(r"[-\N{MINUS SIGN}]?[0-9]+(\.[0-9]+)?\s*%?")


class FigureForm(DeskForm):
    """The number, of how many pupils, who says so, since when."""

    value = forms.CharField(
        label="Figure",
        max_length=20,
        help_text="A percentage without a sign: 62.5. A progress score with its sign: −0.4.",
        error_messages={"required": "Enter the figure"},
    )
    cohort = forms.IntegerField(
        label="Pupils in the cohort",
        required=False,
        min_value=1,
        max_value=LARGEST_COHORT,
        help_text="How many pupils the figure is of. A floor with a smallest cohort cannot be tried without it.",
        error_messages={
            "invalid": "Write the number of pupils in digits",
            "min_value": "A cohort has at least one pupil",
            "max_value": f"A cohort has at most {LARGEST_COHORT:,} pupils",
        },
    )
    source = forms.CharField(
        label="Source",
        max_length=300,
        help_text="Who says so and on what: for example the head teacher's forecast from the assessments of March.",
        error_messages={"required": "Say who gave the figure and on what it rests"},
    )
    given_on = DateParts(label="Day on which it was given")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, measure: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = measure

    def clean_value(self) -> float:
        """The number as typed; whether it fits the measure is asked in `clean`."""
        typed = self.cleaned_data["value"]
        if not PLAIN.fullmatch(typed):
            raise forms.ValidationError(
                f"“{typed}” cannot be read as a figure: write digits, with one point at most, as 62.5 or −0.4"
            )
        return float(typed.replace("\N{MINUS SIGN}", "-").removesuffix("%"))

    def clean_given_on(self) -> date:
        """A day that has come, of this century."""
        day: date = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day on which it was given is still to come")
        if day.year < FIRST_YEAR:
            raise forms.ValidationError(f"The day on which it was given lies before {FIRST_YEAR}: look at the year")
        return day

    def clean(self) -> dict[str, Any]:
        """Whether the number can be one of its measure."""
        kept = self.cleaned_data
        feature = measures.MEASURES.get(kept.get("measure") or self.about)
        if feature is not None and "value" in kept:
            least, most, said = measures.LIMITS[feature.unit]
            if not least <= kept["value"] <= most:
                self.add_error("value", said)
        return kept


class NewFigureForm(FigureForm):
    """A figure for a results year to come."""

    results_year = forms.TypedChoiceField(
        label="Results year",
        coerce=int,
        error_messages={"required": "Choose the results year"},
    )
    measure = forms.ChoiceField(
        label="Measure",
        error_messages={
            "required": "Choose the measure",
            "invalid_choice": "That measure is not known: choose one from the list",
        },
    )
    kind = forms.ChoiceField(
        label="What it is",
        choices=[(each.value, each.label) for each in AHEAD],
        widget=forms.RadioSelect,
        help_text="Rules are tried on predictions and, where there is none, on estimates; never on targets.",
        error_messages={"required": "Choose what the figure is", "invalid_choice": "Choose what the figure is"},
    )
    field_order = ("results_year", "measure", "kind", "value", "cohort", "source", "given_on")

    def __init__(self, *args: Any, published: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.published = published
        first, last = min(published.values()) + 1, max(published.values()) + measures.YEARS_AHEAD
        years = self.fields["results_year"]
        years.choices = [(year, measures.year_words(year)) for year in range(first, last + 1)]  # type: ignore[attr-defined]
        years.error_messages["invalid_choice"] = (
            f"Choose a results year from {measures.year_words(first)} to {measures.year_words(last)}: "
            "earlier ones have been published, later ones are too far ahead"
        )
        self.fields["measure"].choices = [("", "Choose"), *measures.choices()]  # type: ignore[attr-defined]

    def clean_kind(self) -> FigureKind:
        """The kind as such."""
        return FigureKind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        """Whether the year is still ahead for the key stage of the measure."""
        kept = super().clean()
        year, measure = kept.get("results_year"), kept.get("measure")
        if year and measure:
            latest = self.published[measures.stage_of(measure)]
            if year <= latest:
                self.add_error("results_year", measures.published_words(measure, year))
            elif year > latest + measures.YEARS_AHEAD:
                self.add_error("results_year", f"{measures.year_words(year)} is too far ahead")
        return kept
