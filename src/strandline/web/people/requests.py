"""What views take from a request after its permit."""

from __future__ import annotations

from django.http import HttpRequest

from strandline.kernel.errors import BugError
from strandline.web.people.scope import Actor

DIGITS = 18
"""More than any number of a row has, and fewer than a database takes amiss."""


def whole_number(text: str) -> int | None:
    """A number that stood in an address or hidden in a form; None for what no page of ours sends."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def actor_of(request: HttpRequest) -> Actor:
    """The actor whom the permit admitted. Raises: BugError in a view without one."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        raise BugError(f"{request.path} was opened without a permit that names an actor")
    return actor
