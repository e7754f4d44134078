"""What a person typed into a form, as the page gives it back where the form can no longer be sent."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField, widgets
from django.http import QueryDict
from django.utils.formats import date_format

from strandline.web.design.dates import DateParts

CODE = re.compile(r"[a-z]+(_[a-z0-9]+)+")
NEVER_SHOWN = (widgets.PasswordInput, widgets.FileInput)


class DeskForm(forms.Form):
    """A form of the desk: what it read remembers it, so that a page of refusal can speak in its words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.data, QueryDict):
            vars(self.data)["read_by"] = self


def form_of(sent: QueryDict) -> BaseForm | None:
    """The last form that read what was sent."""
    found = vars(sent).get("read_by")
    return found if isinstance(found, BaseForm) else None


def sent_names(bound: BoundField) -> list[str]:
    """The names under which a field's boxes are sent."""
    widget = bound.field.widget
    if isinstance(widget, widgets.MultiWidget):
        return [f"{bound.html_name}{each}" for each in widget.widgets_names]  # type: ignore[attr-defined]
    return [bound.html_name]


def typed(form: BaseForm) -> list[tuple[str, str]]:
    """Each visible field's label and what was typed, a choice as the form offered it."""
    return [
        (str(bound.label), text)
        for bound in form.visible_fields()
        if not isinstance(bound.field.widget, NEVER_SHOWN)
        for text in _texts(bound)
    ]


def _texts(bound: BoundField) -> list[str]:
    data: Any = bound.data
    if isinstance(bound.field, DateParts):
        return [_day(bound.field, [str(part or "").strip() for part in data or []])]
    if isinstance(bound.field.widget, widgets.CheckboxInput):
        return ["Yes"] if data else []
    values = data if isinstance(data, list | tuple) else [data]
    return [_choice(bound, str(value)) for value in values if value not in (None, "")]


def _day(field: DateParts, parts: list[str]) -> str:
    try:
        return date_format(field.compress(parts), "j F Y")
    except forms.ValidationError:
        return " ".join(filter(None, parts))


def _choice(bound: BoundField, value: str) -> str:
    """The words of a choice; one that is offered no longer is named as well as can be."""
    if not isinstance(bound.field.widget, widgets.ChoiceWidget):
        return value
    for offered, words in _offered(bound.field.widget.choices):
        if str(offered) == value:
            return words
    return value.replace("_", " ").capitalize() if CODE.fullmatch(value) else value


def _offered(choices: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for offered, words in choices:
        found += _offered(words) if isinstance(words, list | tuple) else [(str(offered), str(words))]
    return found
