"""Every answer of the API: one shape for what went wrong, a mark by which an unchanged answer is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from strandline.kernel.errors import UserError
from strandline.web.people.permits import Permit
from strandline.web.people.roles import Level, Module

View = Callable[..., HttpResponseBase]
NOT_THERE = ("There is nothing at this address that the token reaches", "Look at the list of addresses in /api/")
NO_TOKEN = (
    "The request carries no token that opens the API",
    "Send the header Authorization: Bearer <token>, with a token that has neither expired nor been revoked",
)


class TokenReachesLess(HttpError):
    """The token's role does not see this part of the desk."""

    def __init__(self, module: Module) -> None:
        super().__init__(403, f"The role of this token does not see {module.value}")


def failure(
    request: HttpRequest, *, status: int, message: str, what_to_do: str, problems: list[dict[str, str]] | None = None
) -> JsonResponse:
    """What went wrong, as JSON."""
    number = getattr(request, "id", "")
    error = {
        "status": status,
        "message": message,
        "what_to_do": what_to_do,
        "request_id": number,
        "problems": problems or [],
    }
    answer = JsonResponse({"error": error}, status=status)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="strandline"'
    return answer


def say_failures(api: NinjaAPI) -> None:
    """Give every failure of an API the one shape."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        AuthenticationError: lambda request, _: failure(
            request, status=401, message=NO_TOKEN[0], what_to_do=NO_TOKEN[1]
        ),
        Throttled: lambda request, _: failure(
            request,
            status=429,
            message="The token has asked too often in the last minute",
            what_to_do="Wait as many seconds as Retry-After says",
        ),
        Http404: lambda request, _: failure(request, status=404, message=NOT_THERE[0], what_to_do=NOT_THERE[1]),
        ValidationError: _invalid,
        TokenReachesLess: lambda request, error: failure(
            request, status=403, message=error.message, what_to_do="Ask for a token with a role that does"
        ),
        UserError: lambda request, error: failure(
            request, status=422, message=error.what, what_to_do=error.what_to_do or "Change the question"
        ),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [{"where": ".".join(map(str, each["loc"])), "what": str(each["msg"])} for each in error.errors]
    return failure(
        request,
        status=422,
        message="The question cannot be read",
        what_to_do="Correct what the problems name; every address is described in /api/",
        problems=problems,
    )


def answered(view: View, *, asks: Module | None) -> View:
    """A view of the API: its permit, errors as JSON, a mark for unchanged answers, and nothing kept by others."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            response = _no_such_method(request, response)
        if response.status_code == 200 and isinstance(response, HttpResponse):
            mark = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
            response.headers["ETag"] = mark
            response = get_conditional_response(request, etag=mark, response=response) or response
        response.headers["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Authorization"])
        return response

    answer.permit = (  # type: ignore[attr-defined]
        Permit(module=asks, level=Level.SEES, by_token=True)
        if asks
        else Permit(reason="A token that opens the API is told that nothing is here", by_token=True)
    )
    return answer


def _no_such_method(request: HttpRequest, before: HttpResponseBase) -> HttpResponse:
    allowed = before.headers.get("Allow", "GET")
    answer = failure(
        request, status=405, message=f"The API is not asked with {request.method}", what_to_do=f"Use {allowed}"
    )
    answer.headers["Allow"] = allowed
    return answer
