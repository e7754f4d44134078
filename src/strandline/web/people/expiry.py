"""Sessions end on the server: after an hour without a click, and after a working day whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from strandline.web.people import drafts

SINCE = "signed_in_since"
SEEN = "seen_at"
NOTED_EVERY_SECONDS = 60


class ExpiryMiddleware:
    """Ends a session that is too old, before anything is done in its name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """End the session or note that it lives."""
        request.session_ended = False  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            if has_ended(request):
                logout(request)
                request.session_ended = True  # type: ignore[attr-defined]
            else:
                _note(request)
        response = self.get_response(request)
        drafts.remember_writer(request, response)
        return response


def has_ended(request: HttpRequest) -> bool:
    """Whether the session has been idle or open for too long."""
    now = timezone.now().timestamp()
    since, seen = request.session.get(SINCE, now), request.session.get(SEEN, now)
    idle = timedelta(minutes=settings.IDLE_MINUTES).total_seconds()
    longest = timedelta(hours=settings.LONGEST_HOURS).total_seconds()
    return bool(now - seen > idle or now - since > longest)


def _note(request: HttpRequest) -> None:
    now = timezone.now().timestamp()
    if SINCE not in request.session:
        request.session[SINCE] = now
    if now - request.session.get(SEEN, 0) > NOTED_EVERY_SECONDS:
        request.session[SEEN] = now
