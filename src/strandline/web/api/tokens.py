"""Letting a request in by its token, and no more often than agreed."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from strandline.web.api import actions, queries
from strandline.web.api.answering import TokenReachesLess
from strandline.web.api.models import Token
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor

RATE = "240/m"


class ByToken(HttpBearer):
    """`Authorization: Bearer desk_…`: the actor of the request is then the token's maker, narrowed to its reach."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token, where it opens the API now."""
        found = queries.open_token(token.strip())
        actor = queries.actor_of_token(found, request_id=getattr(request, "id", "")) if found else None
        if found is None or actor is None:
            return None
        request.actor = actor  # type: ignore[attr-defined]
        request.in_force(actor)  # type: ignore[attr-defined] # set by PermitMiddleware, which closes it again
        actions.note_use(found, on=timezone.localdate())
        return found


class PerToken(SimpleRateThrottle):
    """So many requests a minute for each token."""

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """The token's number."""
        token = getattr(request, "auth", None)
        return f"api-token-{token.pk}" if isinstance(token, Token) else None


def reaching(request: HttpRequest, module: Module) -> Actor:
    """The actor of a request, narrowed to one module. Raises: TokenReachesLess (403)."""
    narrowed = actor_of(request).under((module, Level.SEES))
    if not narrowed.reaching:
        raise TokenReachesLess(module)
    request.actor = narrowed  # type: ignore[attr-defined]
    request.in_force(narrowed)  # type: ignore[attr-defined]
    return narrowed
