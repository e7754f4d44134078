"""What the addresses of decisions ask for."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone


def as_at(request: HttpRequest) -> date:
    """The day of `?as_at=`, today without it. Raises: Http404 for what is no date, or lies ahead."""
    asked = request.GET.get("as_at", "").strip()
    if not asked:
        return timezone.localdate()
    try:
        day = date.fromisoformat(asked)
    except ValueError as error:
        raise Http404 from error
    if day > timezone.localdate():
        raise Http404
    return day


def version(request: HttpRequest) -> int:
    """The version of the record that the person saw when they opened the form."""
    given = request.POST.get("version", "")
    return int(given) if given.isdigit() else 0


def numbers(request: HttpRequest, name: str) -> list[int]:
    """The boxes that were ticked."""
    return [int(each) for each in request.POST.getlist(name) if each.isdigit()]
