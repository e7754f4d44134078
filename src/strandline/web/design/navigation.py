"""The main navigation: one entry per module that has a front page, shown to those whose role sees the module."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse

FRONT = "home:index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    A place in the navigation: what it is called, the module that opens it, the name of its page.

    `for_school` is what a head teacher or governor reads instead, where the page shows them something else.
    """

    label: str
    url_name: str
    module: str = ""
    for_school: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry as this person sees it on this page."""

    label: str
    href: str
    current: bool
    here: bool


ENTRIES = (
    Entry(label="Front page", url_name=FRONT),
    Entry(label="Schools", url_name="schools:index", module="SCHOOLS"),
    Entry(label="Decisions", url_name="decisions:index", module="DECISIONS"),
    Entry(label="Triggers", url_name="triggers:index", module="TRIGGERS"),
    Entry(label="Intelligence", url_name="intelligence:index", module="INTELLIGENCE"),
    Entry(label="Concerns", url_name="concerns:index", module="CONCERNS", for_school="Notices"),
    Entry(label="Officers", url_name="officers:index", module="OFFICERS"),
    Entry(label="Strategy", url_name="strategies:index", module="STRATEGIES"),
    Entry(label="People", url_name="people:index", module="PEOPLE"),
    Entry(label="Audit", url_name="audit:index", module="AUDIT"),
)


def places(request: HttpRequest) -> tuple[Place, ...]:
    """Give the navigation of the person who asks; nothing for somebody who is not signed in."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ()
    return tuple(place for entry in ENTRIES if (place := _place(entry, request, actor)))


def _place(entry: Entry, request: HttpRequest, actor: Any) -> Place | None:
    if entry.module and not _sees(actor, entry.module):
        return None
    addresses = _addresses(settings.ROOT_URLCONF, get_script_prefix())
    href = addresses.get(entry.url_name)
    if href is None:
        return None
    inside = href != addresses.get(FRONT, "/") and request.path.startswith(href)
    label = entry.for_school if entry.for_school and _is_of_a_school(actor) else entry.label
    return Place(label=label, href=href, current=request.path == href, here=inside or request.path == href)


@lru_cache(maxsize=8)
def _addresses(urls: str, prefix: str) -> dict[str, str]:
    """The address of each entry that has a page, under these addresses and this prefix."""
    del urls, prefix
    found = {}
    for entry in ENTRIES:
        with suppress(NoReverseMatch):
            found[entry.url_name] = reverse(entry.url_name)
    return found


def _sees(actor: Any, module: str) -> bool:
    from strandline.web.people.roles import Level, Module

    return bool(actor.can(Module[module], Level.SEES))


def _is_of_a_school(actor: Any) -> bool:
    from strandline.web.people.roles import OFFICERS_OF_THE_SERVICE, Role

    return OFFICERS_OF_THE_SERVICE.isdisjoint(actor.roles) and Role.AUDITOR not in actor.roles
