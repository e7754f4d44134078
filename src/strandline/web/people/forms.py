"""What people type to invite and to assign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils import timezone

from strandline.web.design.dates import DateParts
from strandline.web.design.written import DeskForm
from strandline.web.people import reach
from strandline.web.people.models import ROLES, SCOPE_CHOICES, Organisation, OrganisationKind
from strandline.web.people.queries import as_registered, organisations, reach_without_school
from strandline.web.people.reach import Wanted
from strandline.web.people.roles import Role, Scope


class ReachForm(DeskForm):
    """A role and what it reaches."""

    role = forms.ChoiceField(label="Role", choices=[("", "Choose a role"), *ROLES])
    scope = forms.ChoiceField(
        label="Reaches",
        required=False,
        choices=[("", "What the role usually reaches"), *SCOPE_CHOICES],
        help_text="Leave as it is, unless an officer should see only their own caseload.",
    )
    school_urn = forms.IntegerField(
        label="School (URN)",
        required=False,
        min_value=10_000,
        max_value=9_999_999,
        help_text="For head teachers, chairs, governors and providers.",
    )
    cluster = forms.CharField(
        label="Trust, diocese or consortium",
        required=False,
        max_length=100,
        help_text="The trust's number, or the name of the diocese or consortium as the register has it.",
    )

    def __init__(self, *args: Any, authority: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authority = authority

    def clean(self) -> dict[str, Any]:
        """Mark the fields that do not belong together, and a reach in which the authority has no school."""
        cleaned = super().clean() or {}
        if not cleaned.get("role") or "school_urn" in self.errors or "cluster" in self.errors:
            return cleaned
        found = reach.problems(self.wanted())
        if not found:
            cleaned["cluster"] = as_registered(self.wanted(), authority=self.authority)
            found = reach_without_school(self.wanted(), authority=self.authority)
        for name, text in found.items():
            self.add_error(name, text)
        return cleaned

    def wanted(self) -> Wanted:
        """The reach that was asked for."""
        kept = self.cleaned_data
        return Wanted(
            role=Role(kept["role"]),
            scope=Scope(kept["scope"]) if kept.get("scope") else None,
            school_urn=kept.get("school_urn"),
            cluster=kept.get("cluster") or "",
        )


class InviteForm(ReachForm):
    """A person to invite."""

    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(label="Work e-mail address", max_length=254)
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label="Works for", queryset=Organisation.objects.none(), required=False, empty_label="Not listed: named below"
    )
    new_organisation = forms.CharField(label="Name of an organisation not listed", required=False, max_length=200)
    new_kind = forms.ChoiceField(
        label="What it is",
        required=False,
        choices=[("", "Choose"), *OrganisationKind.choices[1:]],
        help_text="People of a contractor act for the council; the audit shows both.",
    )
    field_order = ("name", "email", "organisation", "new_organisation", "new_kind", "role", "scope", "school_urn")

    def __init__(self, *args: Any, authority: int, **kwargs: Any) -> None:
        super().__init__(*args, authority=authority, **kwargs)
        self.fields["organisation"].queryset = organisations(authority=authority)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An organisation that is not listed needs its kind."""
        cleaned = super().clean()
        if cleaned.get("new_organisation") and not cleaned.get("new_kind"):
            self.add_error("new_kind", "Choose what the organisation is")
        return cleaned


class AssignForm(ReachForm):
    """A role for a person who is there already."""

    starts_on = DateParts(label="From", initial=timezone.localdate)
    ends_on = DateParts(label="To", required=False, help_text="Leave empty where no end is known.")

    def clean(self) -> dict[str, Any]:
        """The end does not lie before the start."""
        cleaned = super().clean()
        start, finish = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and finish and finish < start:
            self.add_error("ends_on", "The end lies before the start")
        return cleaned


class EndForm(DeskForm):
    """The end of a role."""

    on = DateParts(label="Last day", initial=timezone.localdate)
    reason = forms.CharField(label="Why", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class SignInForm(DeskForm):
    """Stopping or allowing a sign-in."""

    reason = forms.CharField(label="Why", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class AcceptForm(DeskForm):
    """The password of a new account."""

    password = forms.CharField(
        label="Choose a password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three unconnected words are good.",
    )
    again = forms.CharField(label="The same again", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def clean(self) -> dict[str, Any]:
        """Both the same, and strong enough."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password"), cleaned.get("again")
        if first and second and first != second:
            self.add_error("again", "The two passwords differ")
        if first:
            try:
                password_validation.validate_password(first)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned
