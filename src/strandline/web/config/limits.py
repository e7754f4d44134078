"""What is the same round every answer: what a page may do in the browser, and how large a request may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, QueryDict

from strandline.web.people import failures

Answer = Callable[[HttpRequest], HttpResponseBase]
NULL = "\x00"
LARGEST_NUMBER = 2**31 - 1
API = "/api/v1/"
NOT_USED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
POLICY = ", ".join([*(f"{name}=()" for name in NOT_USED), "publickey-credentials-get=(self)"])
"""Nothing that the desk does not use, in its pages or in what they might be made to hold; security keys it does."""


class FeaturesMiddleware:
    """Says with each answer which features of the browser its page may use."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and add the header."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class LargestRequestMiddleware:
    """Refuses what is larger than the largest file that the desk keeps, before a byte of it is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or refuse."""
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdecimal() and int(said) <= settings.LARGEST_REQUEST_BYTES:
            return self.get_response(request)
        return failures.too_large(request)


class OddAddressMiddleware:
    """Takes out of an address the character that PostgreSQL keeps nowhere, and knows which numbers no row can have."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer without it; nothing stands at an address that holds it in its path. The API refuses it by itself."""
        if NULL in request.path_info:
            return failures.not_found(request)
        if not request.path_info.startswith(API) and any(
            NULL in text for name, values in request.GET.lists() for text in (name, *values)
        ):
            plain = QueryDict(mutable=True)
            for name, values in request.GET.lists():
                plain.setlist(name.replace(NULL, ""), [value.replace(NULL, "") for value in values])
            request.GET = plain  # type: ignore[assignment] # as Django itself sets it
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> Any:  # noqa: ARG002
        """Nothing stands at a number that no row can have; a database would not even take the question."""
        if any(isinstance(value, int) and value > LARGEST_NUMBER for value in kwargs.values()):
            return failures.not_found(request)
        return None
