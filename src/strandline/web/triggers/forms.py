"""What people type about a trigger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from strandline.web.design.dates import DateParts
from strandline.web.triggers.actions import Verdict
from strandline.web.triggers.models import Outcome


class DecideForm(forms.Form):
    """Act, not act, or defer until a day: with the reason."""

    outcome = forms.ChoiceField(label="What is decided", choices=Outcome.choices, widget=forms.RadioSelect)
    until = DateParts(
        label="Defer until", required=False, help_text="Only for a deferral. On that day it is due again."
    )
    action = forms.CharField(
        label="What will be done, by whom, by when",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wanted where the decision is to act.",
    )
    reason = forms.CharField(
        label="Reason",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What an inspector or an auditor would want to read in two years.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A deferral names a later day; a decision to act says what will be done."""
        kept = super().clean() or {}
        outcome, until = kept.get("outcome"), kept.get("until")
        if outcome == Outcome.DEFER and until is None and "until" not in self.errors:
            self.add_error("until", "Enter the day until which it is deferred")
        if outcome == Outcome.DEFER and until is not None and until <= timezone.localdate():
            self.add_error("until", "The day lies in the past: a deferral names a later day")
        if outcome == Outcome.ACT and not kept.get("action"):
            self.add_error("action", "Enter what will be done")
        return kept

    def verdict(self) -> Verdict:
        """What was decided."""
        kept = self.cleaned_data
        outcome = Outcome(kept["outcome"])
        return Verdict(
            outcome=outcome,
            reason=kept["reason"],
            action=kept["action"],
            until=kept["until"] if outcome is Outcome.DEFER else None,
        )


class ReturnForm(forms.Form):
    """Why a decision goes back to the person who proposed it."""

    reason = forms.CharField(label="Why it goes back", max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    version = forms.IntegerField(widget=forms.HiddenInput)
