"""What people type to make a token."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from strandline.web.api.holding import roles_to_hand_on
from strandline.web.design.dates import DateParts
from strandline.web.design.written import DeskForm
from strandline.web.people.forms import ReachForm
from strandline.web.people.roles import SCOPES
from strandline.web.people.scope import Actor


def _half_a_year_on() -> date:
    return timezone.localdate() + timedelta(days=183)


class TokenForm(ReachForm):
    """A token to make."""

    name = forms.CharField(
        label="What it is for", max_length=100, help_text="The report or system that will use it, and who keeps that."
    )
    expires_on = DateParts(label="Works until", initial=_half_a_year_on, help_text="A year from today at most.")
    field_order = ("name", "role", "scope", "school_urn", "cluster", "expires_on")

    def __init__(self, *args: Any, maker: Actor, **kwargs: Any) -> None:
        super().__init__(*args, authority=maker.authority, **kwargs)
        offered = roles_to_hand_on(maker)
        scopes = {scope for role in offered for scope in SCOPES[role]}
        self.fields["role"].choices = [("", "Choose a role"), *((role.value, role.words) for role in offered)]  # type: ignore[attr-defined]
        usual, *every = self.base_fields["scope"].choices  # type: ignore[attr-defined]
        self.fields["scope"].choices = [usual, *(each for each in every if each[0] in scopes)]  # type: ignore[attr-defined]


class RevokeForm(DeskForm):
    """The end of a token."""

    version = forms.IntegerField(widget=forms.HiddenInput)
