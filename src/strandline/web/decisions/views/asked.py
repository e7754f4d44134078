"""What the addresses of decisions ask for."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from strandline.kernel.errors import UserError
from strandline.web.people.requests import whole_number


def as_at(request: HttpRequest) -> date:
    """The day of `?as_at=`, today without it. Raises: UserError for what is no date, or lies ahead."""
    asked = request.GET.get("as_at", "").strip()
    if not asked:
        return timezone.localdate()
    try:
        day = date.fromisoformat(asked)
    except ValueError as error:
        raise UserError(f"“{asked[:40]}” is not a date", what_to_do="Write it as 2013-04-30") from error
    if day > timezone.localdate():
        raise UserError(f"{date_format(day, 'j F Y')} lies ahead", what_to_do="Choose today or a day before")
    return day


def version(request: HttpRequest) -> int:
    """The version of the record that the person saw when they opened the form."""
    return whole_number(request.POST.get("version", "")) or 0


def numbers(request: HttpRequest, name: str) -> list[int]:
    """The boxes that were ticked."""
    found = (whole_number(each) for each in request.POST.getlist(name))
    return [each for each in found if each is not None]
