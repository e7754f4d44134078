"""
What other rooms tell of schools, asked only where the room is there.

`officers.queries.named_officers(actor, on=…)` gives {urn: ((user id, name), …)} of the schools in the actor's reach.
A room with a module `school_record` adds to the school page: `events(actor, school, on=…)` gives timeline events
(`design.parts.Event`) in a fixed number of queries, `sections(actor, school, on=…)` gives (heading, component) pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from strandline.web.design.parts import Event
from strandline.web.people.roles import Module
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

Officers = Mapping[int, tuple[tuple[int, str], ...]]


def named_officers(actor: Actor, *, on: date) -> Officers:
    """The named officers of each school on a day; none where nobody keeps them or the actor may not see them."""
    ask = _found("officers.queries", "named_officers")
    if ask is None or not actor.can(Module.OFFICERS):
        return {}
    found: Officers = ask(actor, on=on)
    return found


def events(actor: Actor, school: School, *, on: date) -> Iterable[Event]:
    """What other rooms add to a school's timeline."""
    for room in settings.PRESENT:
        ask = _found(f"{room}.school_record", "events") if room != "schools" else None
        if ask is not None:
            yield from ask(actor, school, on=on)


@cache
def _found(module: str, name: str) -> Callable[..., Any] | None:
    whole = f"strandline.web.{module}"
    room = whole.rpartition(".")[0]
    if find_spec(room) is None or find_spec(whole) is None:
        return None
    return getattr(import_module(whole), name, None)
