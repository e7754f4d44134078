"""A date asked for as day, month and year, each typed: quicker and safer for remembered dates than a calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("Day", "Month", "Year")


class DatePartsWidget(forms.MultiWidget):
    """Three short boxes with labels of their own."""

    template_name = "design/forms/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part.lower(): forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: date | None) -> list[str]:
        """Give the boxes' texts for a date."""
        return ["", "", ""] if value is None else [str(value.day), str(value.month), str(value.year)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the boxes with their labels and widths."""
        context = super().get_context(name, value, attrs)
        for box, part in zip(context["widget"]["subwidgets"], PARTS, strict=True):
            box["label"] = part
            box["width"] = 4 if part == "Year" else 2
        return context


class DateParts(forms.MultiValueField):
    """A date typed in three parts. What is wrong is said in a sentence that names the part."""

    widget = DatePartsWidget

    def __init__(self, *, label: str = "", **kwargs: Any) -> None:
        fields = [forms.CharField(required=False) for _ in PARTS]
        super().__init__(fields=fields, require_all_fields=False, label=label, **kwargs)

    def clean(self, value: Any) -> date | None:
        """Give the date. Raises: ValidationError with the part that is missing or wrong."""
        typed = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(typed):
            if self.required:
                raise ValidationError(f"Enter {self._name()}, for example 30 4 2013")
            return None
        absent = [part.lower() for part, text in zip(PARTS, typed, strict=True) if not text]
        if absent:
            raise ValidationError(f"{self._name().capitalize()} needs a {' and a '.join(absent)}")
        return self.compress(typed)

    def compress(self, data_list: list[str]) -> date:
        """Give the date of day, month and year as typed. Raises: ValidationError."""
        try:
            day, month, year = (int(text) for text in data_list)
            if year < 1900:
                raise ValidationError(f"{self._name().capitalize()} needs a year with four digits")
            return date(year, month, day)
        except (ValueError, OverflowError) as wrong:
            typed = " ".join(data_list)
            raise ValidationError(f"“{typed}” is not a date: write day, month and year, as 30 4 2013") from wrong

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another date was typed."""
        before = initial if isinstance(initial, list) else DatePartsWidget().decompress(initial)
        return [str(part or "").strip() for part in data or []] != before

    def _name(self) -> str:
        return (self.label or "the date").lower()
