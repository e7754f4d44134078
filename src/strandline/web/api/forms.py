"""What people type to make a token."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils import timezone

from strandline.web.design.dates import DateParts
from strandline.web.people.forms import ReachForm


def _half_a_year_on() -> date:
    return timezone.localdate() + timedelta(days=183)


class TokenForm(ReachForm):
    """A token to make."""

    name = forms.CharField(
        label="What it is for", max_length=100, help_text="The report or system that will use it, and who keeps that."
    )
    expires_on = DateParts(label="Works until", initial=_half_a_year_on, help_text="A year from today at most.")
    field_order = ("name", "role", "scope", "school_urn", "cluster", "expires_on")


class RevokeForm(forms.Form):
    """The end of a token."""

    version = forms.IntegerField(widget=forms.HiddenInput)
