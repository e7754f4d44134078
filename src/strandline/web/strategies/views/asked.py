"""What the addresses of strategies ask for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from strandline.web.people.requests import whole_number
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor
from strandline.web.strategies import presenters, queries
from strandline.web.strategies.models import StrategyVersion


def strategy(actor: Actor, pk: int) -> StrategyVersion:
    """A version that the person may read; 404 for every other."""
    return get_object_or_404(queries.visible(actor), pk=pk)


def frame(actor: Actor, row: StrategyVersion, *, here: str) -> dict[str, Any]:
    """What every page of a version prints: its title and state, and the way to its other pages."""
    return {
        "strategy": row,
        "state": presenters.tag(row),
        "tabs": presenters.tabs(row, here=here, sees_receipts=actor.can(Module.PUBLICATION, Level.SEES)),
        "may_draft": actor.can(Module.RUNS, Level.ACTS),
        "may_publish": actor.can(Module.PUBLICATION, Level.ACTS),
    }


def seen(request: HttpRequest, row: Any) -> int:
    """The version of the record that the person saw when they opened the form."""
    given = request.POST.get("version", "")
    return (whole_number(given) or 0) if given else int(row.version)
