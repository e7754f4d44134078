"""Addresses of the API and of its tokens."""

from __future__ import annotations

from django.urls import URLPattern, include, path

from strandline.web.api import views
from strandline.web.api.answering import answered
from strandline.web.api.service import ASKS, api

app_name = "api"


def _addresses() -> list[URLPattern]:
    """What the service answers, each under its permit; its description is open to everyone and stands apart."""
    patterns, _, _ = api.urls
    found = [each for each in patterns if isinstance(each, URLPattern) and each.name != "openapi-json"]
    for each in found:
        each.callback = answered(each.callback, asks=ASKS.get(each.name or ""))
    return found


urlpatterns = [
    path("", views.docs, name="docs"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/new/", views.make, name="make"),
    path("tokens/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("v1/openapi.json", views.openapi, name="openapi"),
    path("v1/", include(_addresses())),
]
