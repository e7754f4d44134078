"""
A form that was sent after the session had ended: its text is kept, and offered again after sign-in.

A signed cookie remembers who last signed in with this browser, so that a draft is only ever shown to its writer.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from strandline.web.people.models import Draft, User

COOKIE = "desk_writer"
SALT = "strandline.writer"
DAYS_KEPT = 14
LARGEST_CHARACTERS = 1_000_000
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "secret", "code", "token")


def keep(request: HttpRequest) -> Draft | None:
    """Keep what was sent; None where nobody is known to have written it with this browser, or nothing was written."""
    writer = _writer(request)
    fields = [[name, value] for name, values in request.POST.lists() for value in values if _may_keep(name)]
    if writer is None or not fields or sum(len(value) for _, value in fields) > LARGEST_CHARACTERS:
        return None
    Draft.objects.filter(user=writer, kept_at__lt=timezone.now() - timedelta(days=DAYS_KEPT)).delete()
    return Draft.objects.create(user=writer, path=request.get_full_path()[:500], fields=fields)


def is_from_our_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on this desk; without its word, no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def remember_writer(request: HttpRequest, response: HttpResponseBase) -> None:
    """Note in the browser who writes with it."""
    if not request.user.is_authenticated or _signed(request) == str(request.user.pk):
        return
    response.set_cookie(
        COOKIE,
        signing.dumps(str(request.user.pk), salt=SALT),
        max_age=DAYS_KEPT * 24 * 60 * 60,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _may_keep(name: str) -> bool:
    return not any(word in name.lower() for word in NEVER_KEPT)


def _writer(request: HttpRequest) -> User | None:
    known = str(request.user.pk) if request.user.is_authenticated else _signed(request)
    return User.objects.filter(pk=known, is_active=True).first() if known else None


def _signed(request: HttpRequest) -> str:
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DAYS_KEPT * 24 * 60 * 60))
    except signing.BadSignature:
        return ""
