"""Tokens, and who a token stands for."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from strandline.web.api.holding import may_hand_on
from strandline.web.api.models import Token
from strandline.web.people import scope
from strandline.web.people.actions import digest
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import Role, Scope
from strandline.web.people.scope import Actor, Held


def tokens(actor: Actor) -> QuerySet[Token]:
    """The tokens of the actor's authority, the newest first."""
    return Token.objects.for_actor(actor).select_related("made_by", "revoked_by")


def open_token(secret: str) -> Token | None:
    """The token with this secret, if it opens anything today."""
    if not secret or len(secret) > 200:
        return None
    with scope.everywhere("a token itself says for which authority it is"):
        rows = Token.objects.select_related("made_by__organisation")
        token = rows.filter(token_hash=digest(secret)).first()
    return token if token is not None and token.is_open(timezone.localdate()) else None


def actor_of_token(token: Token, *, request_id: str = "") -> Actor | None:
    """
    Whoever made the token, narrowed to its reach.

    None where they have left or reach less far now: a token never outlives the right to make it.
    """
    maker = actor_for(token.made_by, authority=token.authority, request_id=request_id)
    held = Held(
        role=Role(token.role),
        authority=token.authority,
        scope=Scope(token.scope),
        school_urn=token.school_urn,
        cluster=token.cluster,
    )
    if not may_hand_on(maker, held):
        return None
    return Actor(
        user=maker.user,
        authority=token.authority,
        assignments=(held,),
        organisation=maker.organisation,
        request_id=request_id,
        caseload=maker.caseload if held.scope is Scope.CASELOAD else frozenset(),
    )
