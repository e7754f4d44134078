"""What people type about a trigger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from strandline.web.design.dates import DateParts
from strandline.web.design.written import DeskForm
from strandline.web.triggers.actions import Verdict
from strandline.web.triggers.models import Outcome, Regulator


class DecideForm(DeskForm):
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


class ReturnForm(DeskForm):
    """Why a decision goes back to the person who proposed it."""

    reason = forms.CharField(label="Why it goes back", max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReferralForm(DeskForm):
    """A letter that notifies a regulator of a concern."""

    regulator = forms.ChoiceField(label="To whom", choices=Regulator.choices, widget=forms.RadioSelect)
    letter = forms.CharField(
        label="The letter",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Leave an empty line between paragraphs. Name no child and no member of staff.",
        error_messages={"required": "Write the letter"},
    )

    def __init__(self, *args: Any, department: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(Regulator.OFSTED, Regulator.OFSTED.label), (Regulator.DEPARTMENT, department)]
        self.fields["regulator"].choices = told  # type: ignore[attr-defined]


class SentForm(DeskForm):
    """When a letter went out, and by when an answer is looked for."""

    sent_on = DateParts(label="Sent on", initial=timezone.localdate)
    answer_due_on = DateParts(label="Answer looked for by")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Nothing was sent tomorrow; an answer comes after the letter."""
        kept = super().clean() or {}
        sent, due = kept.get("sent_on"), kept.get("answer_due_on")
        if sent and sent > timezone.localdate():
            self.add_error("sent_on", "The day lies in the future")
        if sent and due and due <= sent:
            self.add_error("answer_due_on", "Give a day after the letter was sent")
        return kept


class AnswerForm(DeskForm):
    """What a regulator answered, and when."""

    answered_on = DateParts(label="Answered on", initial=timezone.localdate)
    answer = forms.CharField(
        label="The answer",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="In the regulator’s words where they matter.",
        error_messages={"required": "Write what the regulator said"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Nobody answered tomorrow."""
        kept = super().clean() or {}
        if kept.get("answered_on") and kept["answered_on"] > timezone.localdate():
            self.add_error("answered_on", "The day lies in the future")
        return kept
