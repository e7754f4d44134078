"""What the templates print about people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from strandline.web.people.scope import Actor


def signed_in_person(request: HttpRequest) -> dict[str, Any]:
    """For every template: `actor` (None before sign-in) and `can`, such as `{% if can.decisions_acts %}`."""
    actor = getattr(request, "actor", None)
    return {"actor": actor, "can": Can(actor)}


class Can:
    """`can.<module>` sees, `can.<module>_acts` acts."""

    def __init__(self, actor: Actor | None) -> None:
        self._actor = actor

    def __getitem__(self, name: str) -> bool:
        from strandline.web.people.roles import Level, Module

        if self._actor is None:
            return False
        module, acts = (name.removesuffix("_acts"), name.endswith("_acts"))
        return self._actor.can(Module(module), Level.ACTS if acts else Level.SEES)
