"""The addresses of the desk: one line for each room."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from strandline.web.config.health import health

ADDRESSES = {
    "home": "",
    "schools": "schools/",
    "decisions": "decisions/",
    "triggers": "triggers/",
    "intelligence": "intelligence/",
    "officers": "officers/",
    "concerns": "concerns/",
    "strategies": "strategies/",
    "people": "people/",
    "audit": "audit/",
    "api": "api/",
    "design": "components/",
}


def _rooms() -> list[URLResolver]:
    folder = settings.WEB
    return [
        path(address, include(f"strandline.web.{room}.urls"))
        for room, address in ADDRESSES.items()
        if (folder / room / "urls.py").is_file()
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("account/", include("strandline.web.people.sign_in")),
    *_rooms(),
]
handler400 = "strandline.web.people.failures.unreadable"
handler403 = "strandline.web.people.failures.closed"
handler404 = "strandline.web.people.failures.not_found"
handler500 = "strandline.web.people.failures.broken"
