"""
What other rooms tell of schools, asked only where the room is there.

A room with a module `school_record` adds to the school page: `events(actor, school, on=…)` gives timeline events
(`design.parts.Event`) in a fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet

from strandline.web.design.parts import Event
from strandline.web.officers.models import Allocation
from strandline.web.officers.queries.allocations import running
from strandline.web.people.roles import Module
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School
from strandline.web.schools.queries.within import Among, unscoped

Officers = Mapping[int, tuple[tuple[int, str], ...]]
"""By URN the named officers: (user id, name)."""


def allocations(actor: Actor, *, on: date) -> QuerySet[Allocation]:
    """The allocations in force on a day; ask it only of schools in reach. None for those who do not see officers."""
    rows = unscoped(Allocation)
    return rows.filter(running(on)) if actor.can(Module.OFFICERS) else rows.none()


def officers_of(rows: QuerySet[Allocation], urns: Sequence[int]) -> Officers:
    """The named officers of some schools."""
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    told = rows.filter(Among("school", urns)).order_by()
    asked = told.values_list("starts_on", "pk", "school", "officer", "officer__name")
    for _, _, urn, user, name in sorted(asked, reverse=True):  # the latest first
        found[urn] = (*found.get(urn, ()), (user, name))
    return found


def events(actor: Actor, school: School, *, on: date) -> Iterable[Event]:
    """What other rooms add to a school's timeline."""
    for room in settings.PRESENT:
        ask = _events_of(room)
        if ask is not None:
            yield from ask(actor, school, on=on)


@cache
def _events_of(room: str) -> Callable[..., Any] | None:
    whole = f"strandline.web.{room}.school_record"
    if not apps.is_installed(f"strandline.web.{room}") or find_spec(whole) is None:
        return None
    return getattr(import_module(whole), "events", None)
