"""What people type about schools."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from strandline.web.design.dates import DateParts
from strandline.web.design.written import DeskForm
from strandline.web.schools.models import ContactBody, SharedPart
from strandline.web.schools.uploads import SAID, Upload, UploadRefused, accept

DOCUMENT_KINDS = (
    "Inspection report",
    "Note of visit",
    "Letter",
    "Improvement plan",
    "Self-evaluation",
    "Minutes",
    "Other",
)


class SavedListForm(DeskForm):
    """A name for the list on the screen."""

    name = forms.CharField(
        label="Name of the list", max_length=100, error_messages={"required": "Give the list a name"}
    )
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    shared = forms.BooleanField(label="Show it to everyone in the service", required=False)


class ContactForm(DeskForm):
    """A person to turn to."""

    body = forms.ChoiceField(
        label="Whose contact",
        choices=[("", "Choose"), *ContactBody.choices],
        help_text="A trust's or diocese's contact is shown with each of its schools.",
        error_messages={"required": "Choose whose contact this is"},
    )
    role = forms.CharField(
        label="Role",
        max_length=100,
        help_text="For example head teacher, chair of governors, trust relationship manager, chief executive, HMI.",
        error_messages={"required": "Enter the role"},
    )
    name = forms.CharField(label="Name", max_length=150, error_messages={"required": "Enter the name"})
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        required=False,
        error_messages={"invalid": "Enter an address as name@example.org"},
    )
    telephone = forms.CharField(label="Telephone", max_length=40, required=False)
    note = forms.CharField(
        label="Note", max_length=2000, required=False, widget=forms.Textarea, help_text="Seen only within the service."
    )
    starts_on = DateParts(label="From")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        del self.fields["version" if is_new else "body"]


class EndForm(DeskForm):
    """The day from which a contact no longer holds."""

    ends_on = DateParts(label="Last day")
    version = forms.IntegerField(widget=forms.HiddenInput)


class SharingForm(DeskForm):
    """An agreement to share, or its end."""

    part = forms.ChoiceField(
        label="What", choices=SharedPart.choices, widget=forms.RadioSelect, error_messages={"required": "Choose what"}
    )
    agreed = forms.TypedChoiceField(
        label="The school",
        choices=[("yes", "agrees to share it"), ("no", "does not agree, or no longer does")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the school agrees"},
    )
    from_on = DateParts(label="From")
    note = forms.CharField(
        label="Where the agreement is written", max_length=2000, required=False, widget=forms.Textarea
    )


class ConsortiumForm(DeskForm):
    """The consortium of a school."""

    consortium = forms.CharField(
        label="Consortium", max_length=100, required=False, help_text="Leave empty where the school is in none."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class DocumentForm(DeskForm):
    """A file to keep with a school."""

    file = forms.FileField(
        label="File",
        help_text=f"{SAID}, up to 10 MB.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    title = forms.CharField(label="Title", max_length=200, error_messages={"required": "Enter a title"})
    kind = forms.ChoiceField(label="What it is", choices=[(kind, kind) for kind in DOCUMENT_KINDS])
    dated = DateParts(label="Date of the document")
    shown_to_school = forms.BooleanField(label="The school, its governors and its trust may see it", required=False)

    def clean_file(self) -> Upload:
        """The file, known by its content."""
        try:
            return accept(self.cleaned_data["file"])
        except UploadRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
