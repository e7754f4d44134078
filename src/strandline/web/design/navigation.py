"""The main navigation: one entry per module that has a front page, shown to those whose role sees the module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

SEES = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place in the navigation: what it is called, the module that opens it, the name of its page."""

    label: str
    url_name: str
    module: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry as this person sees it on this page."""

    label: str
    href: str
    current: bool
    here: bool


ENTRIES = (
    Entry(label="Front page", url_name="home:index"),
    Entry(label="Schools", url_name="schools:index", module="SCHOOLS"),
    Entry(label="Decisions", url_name="decisions:index", module="DECISIONS"),
    Entry(label="Triggers", url_name="triggers:index", module="TRIGGERS"),
    Entry(label="Intelligence", url_name="intelligence:index", module="INTELLIGENCE"),
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
    try:
        href = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    inside = href != reverse_root() and request.path.startswith(href)
    return Place(label=entry.label, href=href, current=request.path == href, here=inside or request.path == href)


def reverse_root() -> str:
    """Give the address of the front page, under which every other lies."""
    try:
        return reverse("home:index")
    except NoReverseMatch:
        return "/"


def _sees(actor: Any, module: str) -> bool:
    from strandline.web.people.roles import Level, Module

    return bool(actor.can(Module[module], Level.SEES))
