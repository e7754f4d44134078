"""What people type about officers, tasks and visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from strandline.web.design.dates import DateParts
from strandline.web.design.written import DeskForm
from strandline.web.officers.models import Responsibility, SchoolView, TaskState
from strandline.web.officers.work import work
from strandline.web.people.models import User
from strandline.web.schools.models import Document

SMALL = {"rows": 3}


class OfficerForm(DeskForm):
    """An officer of the service."""

    officer: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label="Officer",
        queryset=User.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose an officer"},
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class ProposeForm(OfficerForm):
    """Who is to be the named officer of a school, from when."""

    starts_on = DateParts(label="From", initial=timezone.localdate)
    reason = forms.CharField(label="Why", required=False, max_length=2_000, widget=forms.Textarea(attrs=SMALL))


class ReallocateForm(OfficerForm):
    """Several schools to one officer from a day."""

    effective_on = DateParts(label="First day", help_text="Old allocations end the day before: for example 1 9 2026.")
    reason = forms.CharField(label="Why", max_length=2_000, widget=forms.Textarea(attrs=SMALL))
    schools = forms.MultipleChoiceField(
        label="Schools",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one school"},
    )
    field_order = ("schools", "officer", "effective_on", "reason")

    def __init__(self, *args: Any, schools: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["schools"].choices = schools  # type: ignore[attr-defined]


class DeclareForm(DeskForm):
    """Whether there is a conflict of interest, and which."""

    conflict = forms.ChoiceField(
        label="Do you, or somebody close to you, have an interest in this school?",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        help_text="A post, a place on the governing board or trust, a child at the school, paid work for it.",
        error_messages={"required": "Say whether there is an interest"},
    )
    nature = forms.CharField(
        label="What the interest is", required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        """An interest is named."""
        kept = super().clean() or {}
        if kept.get("conflict") == "yes" and not kept.get("nature"):
            self.add_error("nature", "Write what the interest is")
        return kept


class SafeguardForm(DeskForm):
    """What makes a declared interest acceptable."""

    safeguard = forms.CharField(
        label="What is done about it",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example another officer chairs reviews, or this one takes no part in decisions.",
        error_messages={"required": "Write what is done about the interest"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(DeskForm):
    """Why."""

    reason = forms.CharField(
        label="Why",
        max_length=2_000,
        widget=forms.Textarea(attrs=SMALL),
        error_messages={"required": "Write the reason"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(ReasonForm):
    """The last day of an officer with a school."""

    on = DateParts(label="Last day", initial=timezone.localdate)
    field_order = ("on", "reason")


class ReplyForm(DeskForm):
    """What a school says of its named officer."""

    view = forms.ChoiceField(
        label="The school's reply",
        choices=SchoolView.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the reply"},
    )
    text = forms.CharField(
        label="In the school's words", required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        """A concern or a comment has words."""
        kept = super().clean() or {}
        if kept.get("view") in (SchoolView.CONCERN, SchoolView.COMMENT) and not kept.get("text"):
            self.add_error("text", "Write what the school says")
        return kept


class AnnounceForm(DeskForm):
    """An inspection of which the authority was told."""

    inspected_on = DateParts(label="First day of the inspection", initial=timezone.localdate)
    event = forms.CharField(
        label="Kind of inspection",
        required=False,
        max_length=40,
        help_text="As announced, for example full inspection.",
    )


class TaskForm(OfficerForm):
    """A task at a school."""

    title = forms.CharField(
        label="What is to be done", max_length=200, error_messages={"required": "Write what is to be done"}
    )
    kind = forms.ChoiceField(
        label="Kind", required=False, help_text="A visit with its day is planned; once the day is past, it is overdue."
    )
    due_on = DateParts(label="By")
    field_order = ("title", "kind", "due_on", "officer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = [each for each in work().tasks.values() if each.due == "typed"]
        self.fields["kind"].choices = [(each.key, each.title) for each in reversed(typed)]  # type: ignore[attr-defined]
        self.fields["officer"].required = False
        self.fields["officer"].label = "By whom"
        self.fields["officer"].empty_label = "The school's named officer"  # type: ignore[attr-defined]


class SettleForm(DeskForm):
    """A task done, or not needed."""

    state = forms.ChoiceField(
        label="What became of it",
        choices=[(TaskState.DONE, "Done"), (TaskState.NOT_NEEDED, "Not needed")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it"},
    )
    on = DateParts(label="On", initial=timezone.localdate)
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs=SMALL),
        help_text="Why, if not needed.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """What is not needed says why; nothing was done tomorrow."""
        kept = super().clean() or {}
        if kept.get("state") == TaskState.NOT_NEEDED and not kept.get("note"):
            self.add_error("note", "Write why it is not needed")
        if kept.get("on") and kept["on"] > timezone.localdate():
            self.add_error("on", "The day lies in the future")
        return kept


class VisitForm(DeskForm):
    """A visit for the log."""

    kind = forms.ChoiceField(label="Kind of visit", error_messages={"required": "Choose the kind of visit"})
    visited_on = DateParts(label="On", initial=timezone.localdate)
    visitor = forms.CharField(label="Who came", max_length=150, error_messages={"required": "Write who came"})
    note = forms.CharField(label="Note", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}))
    authority_action = forms.CharField(
        label="What the authority did",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs=SMALL),
        help_text="Wanted for a visit by an inspector: what was prepared, who attended, what follows.",
    )
    letter: forms.ModelChoiceField[Document] = forms.ModelChoiceField(
        label="Visit letter",
        queryset=Document.objects.none(),
        required=False,
        empty_label="None",
        help_text="One of the documents kept with the school.",
    )

    def __init__(self, *args: Any, letters: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", "Choose"), *((each.key, each.title) for each in work().visits.values())]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["letter"].queryset = letters  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An inspector's visit says what the authority did; nobody came tomorrow."""
        kept = super().clean() or {}
        if kept.get("kind") == "hmi_monitoring" and not kept.get("authority_action"):
            self.add_error("authority_action", "Write what the authority did")
        if kept.get("visited_on") and kept["visited_on"] > timezone.localdate():
            self.add_error("visited_on", "The day lies in the future")
        return kept


class TagForm(DeskForm):
    """What a task or a visit was for, and the hours that it took."""

    priorities = forms.MultipleChoiceField(
        label="Priorities of the strategy", required=False, widget=forms.CheckboxSelectMultiple
    )
    responsibility = forms.ChoiceField(
        label="Core responsibility", required=False, choices=[("", "None of them"), *Responsibility.choices]
    )
    hours = forms.DecimalField(
        label="Hours", required=False, min_value=0, max_value=999, max_digits=5, decimal_places=2
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, priorities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if priorities:
            self.fields["priorities"].choices = priorities  # type: ignore[attr-defined]
        else:
            del self.fields["priorities"]
