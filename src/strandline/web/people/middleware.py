"""What happens round every request: a number for it, the permit checked, the fences closed afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Any

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect

from strandline.kernel.errors import UserError
from strandline.web.audit.actions import AlreadyDone, note_location
from strandline.web.audit.versions import StaleRecord
from strandline.web.people import failures, scope
from strandline.web.people.permits import SecondFactorWanted, permit_of
from strandline.web.people.scope import Actor

Answer = Callable[[HttpRequest], HttpResponseBase]


class PermitMiddleware:
    """Closes a view that carries no permit, answers refusals in words, and closes the fences when all is written."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer within one scope."""
        request.id = uuid.uuid4().hex  # type: ignore[attr-defined]
        with ExitStack() as opened:
            request.in_force = lambda actor: opened.enter_context(scope.acting(actor))  # type: ignore[attr-defined]
            response = self.get_response(request)
        actor = getattr(request, "actor", None)
        if isinstance(actor, Actor):
            _note_where_it_led(actor, response)
            if isinstance(response, StreamingHttpResponse) and not response.is_async:
                response.streaming_content = _within(actor, response.streaming_content)  # type: ignore[arg-type]
        response.headers["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:  # noqa: ARG002
        """Refuse a view that says nothing about who may enter."""
        if permit_of(view) is None:
            name = getattr(view, "__qualname__", repr(view))
            raise ImproperlyConfigured(f"{view.__module__}.{name} carries no permit: decorate it with permit or public")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A form sent twice goes where the first went; a stale record and a refusal get their page."""
        if isinstance(exception, AlreadyDone):
            return HttpResponseRedirect(exception.location or request.path)
        if isinstance(exception, SecondFactorWanted):
            messages.warning(request, str(exception))
            return redirect("mfa_index")
        if isinstance(exception, StaleRecord):
            return failures.stale(request, exception)
        if isinstance(exception, UserError):
            return failures.refused(request, exception)
        return None


def _note_where_it_led(actor: Actor, response: HttpResponseBase) -> None:
    if actor.key and isinstance(response, HttpResponseRedirect):
        note_location(user_id=actor.user.pk, key=actor.key, request_id=actor.request_id, location=response.url)


def _within(actor: Actor, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of an answer that is still being written when the middleware has returned."""
    with scope.acting(actor):
        yield from parts
