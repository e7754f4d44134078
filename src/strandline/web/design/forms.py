"""Form fields in the desk's markup: which control, which classes, what describes it; and a form's errors in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField, Field, widgets
from django.forms.renderers import DjangoTemplates

WIDTHS = (2, 3, 4, 5, 10, 20, 30)


class DeskRenderer(DjangoTemplates):
    """Renders `{{ form }}` and `{{ field.as_field_group }}` with the desk's own field; FORM_RENDERER names it."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/bound_field.html"
    bound_field_class = BoundField


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """An error as the summary prints it: the sentence and the id of the control that it is about."""

    text: str
    target: str = ""


def errors(form: BaseForm) -> Iterator[FieldError]:
    """Give the form's errors, those of the whole first, then field by field as on the page."""
    if not form.is_bound:
        return
    for text in form.non_field_errors():
        yield FieldError(text=str(text))
    for bound in [*form.hidden_fields(), *form.visible_fields()]:
        for text in sentences(bound):
            yield FieldError(text=text, target="" if bound.is_hidden else first_control(bound))


def sentences(bound: BoundField) -> list[str]:
    """Give the field's errors; one left empty is named, since the summary stands far from its label."""
    said = []
    for error in bound.errors.as_data():
        plain = bound.field.error_messages.get("required") == Field.default_error_messages["required"]
        if error.code == "required" and plain and not bound.is_hidden:
            said.append(f"{ASKS.get(control(bound), 'Fill in')} “{bound.label}”")
        else:
            said.extend(str(message) for message in error.messages)
    return said


def first_control(bound: BoundField) -> str:
    """Give the id of the control that takes the focus: the first of several."""
    several = isinstance(bound.field.widget, (widgets.ChoiceWidget, widgets.MultiWidget))
    single = isinstance(bound.field.widget, widgets.Select) and not isinstance(bound.field.widget, widgets.RadioSelect)
    if several and not single:
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def control(bound: BoundField) -> str:
    """Name the kind of control that the field's template draws."""
    kinds: tuple[tuple[type[widgets.Widget], str], ...] = (
        (widgets.CheckboxSelectMultiple, "checkboxes"),  # before its own base
        (widgets.RadioSelect, "radios"),
        (widgets.CheckboxInput, "checkbox"),
        (widgets.MultiWidget, "parts"),
        (widgets.Select, "select"),
        (widgets.Textarea, "textarea"),
        (widgets.FileInput, "file"),
        (widgets.PasswordInput, "password"),
    )
    return next((kind for widget, kind in kinds if isinstance(bound.field.widget, widget)), "input")


def is_optional(bound: BoundField, kind: str) -> bool:
    """Whether a field says that it may stay empty; a form that narrows a list (`narrows`) need not say so."""
    asked = bound.field.required or getattr(bound.form, "narrows", False)
    return not asked and kind not in {"checkbox", "checkboxes"}


def field_context(bound: BoundField, *, label_class: str, width: int | None, rows: int | None) -> dict[str, Any]:
    """Give what the field's template prints."""
    kind = control(bound)
    described = " ".join(
        name
        for name, there in ((f"{bound.auto_id}_helptext", bound.help_text), (f"{bound.auto_id}_error", bound.errors))
        if there
    )
    limit = getattr(bound.field, "max_length", None) if kind == "textarea" else None
    return {
        "field": bound,
        "control": kind,
        "errors": sentences(bound) if bound.errors else [],
        "described": described,
        "label_class": label_class,
        "limit": limit,
        "widget": bound.as_widget(attrs=_attributes(bound, kind=kind, width=width, rows=rows))
        if kind in CLASSES
        else "",
        "optional": is_optional(bound, kind),
    }


ASKS = {
    "radios": "Choose an answer to",
    "checkboxes": "Choose at least one answer to",
    "select": "Choose an answer to",
    "checkbox": "Tick",
    "file": "Choose a file for",
}
CLASSES = {
    "input": "govuk-input",
    "password": "govuk-input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
}
ERROR_CLASSES = {"input": "govuk-input--error", "password": "govuk-input--error", "select": "govuk-select--error"}


def _attributes(bound: BoundField, *, kind: str, width: int | None, rows: int | None) -> dict[str, Any]:
    classes = [CLASSES[kind], str(bound.field.widget.attrs.get("class", ""))]
    if bound.errors:
        classes.append(ERROR_CLASSES.get(kind, f"govuk-{'textarea' if kind == 'textarea' else 'file-upload'}--error"))
    if width:
        classes.append(f"govuk-input--width-{min(WIDTHS, key=lambda one: abs(one - width))}")
    attributes: dict[str, Any] = {"class": " ".join(filter(None, classes)), "required": False}
    if kind == "textarea":
        attributes["rows"] = rows or bound.field.widget.attrs.get("rows", 5)
        if getattr(bound.field, "max_length", None):
            attributes["class"] += " govuk-js-character-count"
            attributes["maxlength"] = False
    return attributes
