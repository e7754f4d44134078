"""What people type about a strategy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from strandline.web.design.dates import DateParts
from strandline.web.design.written import DeskForm
from strandline.web.strategies.actions import Outline
from strandline.web.strategies.models import STATEMENT_LENGTH, Group, PlanKind


class DraftForm(DeskForm):
    """From which pack a version is drafted."""

    pack = forms.ChoiceField(
        label="Pack",
        widget=forms.RadioSelect,
        help_text="The rules, the offer and the lists are taken from it as it stands now, each with its source.",
    )

    def __init__(self, *args: Any, packs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pack"].choices = packs  # type: ignore[attr-defined]


class OutlineForm(DeskForm):
    """What the authority itself says of a version."""

    title = forms.CharField(label="Title", max_length=200)
    period_from = DateParts(label="In force from", help_text="For example, 1 9 2026.")
    period_until = DateParts(label="In force until")
    summary = forms.CharField(label="In one or two sentences", required=False, max_length=2_000, widget=forms.Textarea)
    statement = forms.CharField(
        label="The role of the authority",
        required=False,
        max_length=STATEMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="At most one printed page. A line left empty begins a new paragraph.",
    )

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins."""
        kept = super().clean() or {}
        since, until = kept.get("period_from"), kept.get("period_until")
        if since and until and until <= since:
            self.add_error("period_until", "The last day lies before the first: enter a later one")
        return kept

    def outline(self) -> Outline:
        """What was typed."""
        names = ("title", "period_from", "period_until", "summary", "statement")
        return Outline(**{name: self.cleaned_data[name] for name in names})


class PlanForm(DeskForm):
    """A plan that the strategy serves, or a strategy beside it."""

    kind = forms.ChoiceField(label="What it is", choices=PlanKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="Title", max_length=200)
    address = forms.URLField(
        label="Address on the web", required=False, max_length=500, assume_scheme="https", widget=forms.TextInput
    )
    how = forms.CharField(
        label="How they fit together", required=False, max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ApproveForm(DeskForm):
    """The day and the place of the approval."""

    approved_on = DateParts(label="Approved on")
    where = forms.CharField(
        label="Approved by", max_length=200, help_text="The board or committee, and the item where there is one."
    )

    def clean_approved_on(self) -> Any:
        """Approval is recorded on the day or afterwards."""
        day = self.cleaned_data["approved_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day lies ahead: record the approval on the day or afterwards")
        return day


class ReasonForm(DeskForm):
    """Why something goes back."""

    reason = forms.CharField(label="Why it goes back", max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}))


class CommentForm(DeskForm):
    """What a group said."""

    group = forms.ChoiceField(label="Who said it", choices=Group.choices, widget=forms.RadioSelect)
    said = forms.CharField(
        label="What they said", max_length=4_000, widget=forms.Textarea, help_text="In their words. Nobody is named."
    )
    heard_on = DateParts(label="Said on")
    heard_where = forms.CharField(
        label="Where", required=False, max_length=200, help_text="A meeting, a survey, a letter."
    )

    def clean_heard_on(self) -> Any:
        """What was said was said by today."""
        day = self.cleaned_data["heard_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day lies ahead: give the day on which it was said")
        return day


class AnswerForm(DeskForm):
    """What the authority did about it."""

    did = forms.CharField(
        label="What we did",
        max_length=4_000,
        widget=forms.Textarea,
        help_text="Also where nothing was changed: say why.",
    )
