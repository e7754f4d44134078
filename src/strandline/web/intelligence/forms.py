"""What people type about local intelligence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from strandline.web.design.dates import DateParts
from strandline.web.design.written import DeskForm
from strandline.web.intelligence.actions import Heard
from strandline.web.intelligence.kinds import kinds
from strandline.web.intelligence.models import LEVELS, Confidence, Weight
from strandline.web.intelligence.reach import Sharing

SMALL = {"rows": 3}


class ItemForm(DeskForm):
    """One thing that was heard."""

    kind = forms.ChoiceField(label="What kind", error_messages={"required": "Choose the kind"})
    text = forms.CharField(
        label="What was heard",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Facts first. Write so that the person it is about could read it.",
        error_messages={"required": "Write what was heard"},
    )
    source = forms.CharField(
        label="Source",
        max_length=200,
        help_text="Who told it, or where it was read. Seen by everybody who may know the item.",
        error_messages={"required": "Write the source"},
    )
    happened_on = DateParts(label="When it happened or was heard", initial=timezone.localdate)
    confidence = forms.ChoiceField(
        label="How sure",
        choices=Confidence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how sure"},
    )
    weight = forms.ChoiceField(label="Weight", choices=Weight.choices, widget=forms.RadioSelect, initial=Weight.SOME)
    sharing = forms.ChoiceField(
        label="Who may know",
        choices=LEVELS,
        widget=forms.RadioSelect,
        initial=Sharing.SCHOOL,
        help_text="The school sees what is held about it, unless there is a reason to withhold it.",
    )
    withheld_reason = forms.CharField(
        label="Why it is withheld from the school",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs=SMALL),
        help_text="Wanted for the first two levels. The school does not see the reason.",
    )
    review_by = DateParts(
        label="Review by",
        required=False,
        help_text="After this day it counts for nothing until it is looked at again. Empty: as usual for its kind.",
    )
    subject_access = forms.BooleanField(
        label="It is about a person who can be named: show it when they ask what is held about them", required=False
    )
    bears_on = forms.ChoiceField(
        label="A judgement of the strategy that it bears on", required=False, help_text="It feeds the next run."
    )

    def __init__(self, *args: Any, judgements: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [("", "Choose"), *((each.key, f"{each.title}: {each.hint}") for each in kinds().values())]
        self.fields["kind"].choices = listed  # type: ignore[attr-defined]
        if judgements:
            self.fields["bears_on"].choices = [("", "None"), *judgements]  # type: ignore[attr-defined]
        else:
            del self.fields["bears_on"]

    def clean(self) -> dict[str, Any]:
        """What is withheld says why; nothing happened tomorrow."""
        kept = super().clean() or {}
        today = timezone.localdate()
        if kept.get("sharing") and int(kept["sharing"]) < Sharing.SCHOOL and not kept.get("withheld_reason"):
            self.add_error("withheld_reason", "Write why the school may not see it")
        if kept.get("happened_on") and kept["happened_on"] > today:
            self.add_error("happened_on", "The day lies in the future")
        if kept.get("review_by") and kept["review_by"] <= today:
            self.add_error("review_by", "The day of the review has passed: give a day after today")
        return kept

    def heard(self) -> Heard:
        """What was heard, in the types of the action."""
        kept = self.cleaned_data
        name, _, value = kept.get("bears_on", "").partition("=")
        return Heard(
            kind=kept["kind"],
            text=kept["text"],
            source=kept["source"],
            happened_on=kept["happened_on"],
            confidence=kept["confidence"],
            weight=int(kept["weight"]),
            sharing=Sharing(int(kept["sharing"])),
            withheld_reason=kept["withheld_reason"],
            review_by=kept["review_by"],
            subject_access=kept["subject_access"],
            bears_on=name,
            bears_value=value,
        )


class ChangeForm(ItemForm):
    """The same item, changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A review day that was kept may lie in the past."""
        kept = super().clean()
        if "review_by" in self.errors and not self.has_changed_review():
            del self.errors["review_by"]
            kept["review_by"] = self.initial["review_by"]
        return kept

    def has_changed_review(self) -> bool:
        """Whether another day was typed."""
        return "review_by" in self.changed_data


class ReviewForm(DeskForm):
    """Kept in use until a later day, or closed."""

    outcome = forms.ChoiceField(
        label="What becomes of it",
        choices=[("keep", "Keep it in use"), ("close", "Close it: it counts for nothing any more, and is kept")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of it"},
    )
    until = DateParts(label="Next review by", required=False, help_text="Where it is kept in use.")
    note = forms.CharField(
        label="Why", max_length=2_000, widget=forms.Textarea(attrs=SMALL), error_messages={"required": "Write why"}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """What is kept in use has a next review, in the future."""
        kept = super().clean() or {}
        if kept.get("outcome") == "keep" and "until" not in self.errors:
            if not kept.get("until"):
                self.add_error("until", "Enter the day of the next review")
            elif kept["until"] <= timezone.localdate():
                self.add_error("until", "The day has passed: give a day after today")
        return kept
