"""Making tokens and revoking them."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.api.holding import may_hand_on
from strandline.web.api.models import Token
from strandline.web.audit.versions import keep, opened
from strandline.web.people import reach
from strandline.web.people.actions import digest
from strandline.web.people.reach import Wanted
from strandline.web.people.scope import Actor, Held

LONGEST_DAYS = 366
PREFIX = "desk_"


class TokenRefused(UserError):
    """A token that cannot be made as asked."""


def make(*, by: Actor, name: str, wanted: Wanted, expires_on: date) -> tuple[Token, str]:
    """
    Make a token. Gives it and its secret, which is kept nowhere.

    Raises: TokenRefused where it would reach further than its maker, or lasts too long.
    """
    today = timezone.localdate()
    if not today <= expires_on <= today + timedelta(days=LONGEST_DAYS):
        raise TokenRefused("A token lasts a year at most", what_to_do="Choose a day between today and then")
    if not may_hand_on(by, held_of(wanted, authority=by.authority)):
        raise TokenRefused(
            "A token reaches no further than whoever makes it", what_to_do="Choose a role within your own reach"
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = Token.objects.create(
            name=name.strip(),
            token_hash=digest(secret),
            ending=secret[-4:],
            authority=by.authority,
            made_by=by.user,
            starts_on=today,
            expires_on=expires_on,
            **reach.fields(wanted),
        )
        after = {"name": token.name, "role": token.role_words, "reach": reach.words(token), "expires_on": expires_on}
        audit.record(by=by, action="api.token_made", subject=token, after=after, school_urn=token.school_urn)
    return token, secret


@transaction.atomic
def revoke(*, by: Actor, token_pk: int, version: int) -> Token:
    """End a token now. Raises: StaleRecord, TokenRefused where it was revoked before."""
    token = opened(Token.objects.for_actor(by), pk=token_pk, version=version)
    if token.revoked_at is not None:
        raise TokenRefused("The token is revoked already", what_to_do="Nothing more is to be done")
    keep(token, revoked_at=timezone.now(), revoked_by=by.user)
    audit.record(by=by, action="api.token_revoked", subject=token, after={"name": token.name})
    return token


def note_use(token: Token, *, on: date) -> None:
    """Keep the day of the latest use, written once a day: a token that nobody uses should be revoked."""
    if token.used_on != on:
        Token.objects.filter(pk=token.pk).update(used_on=on)


def held_of(wanted: Wanted, *, authority: int) -> Held:
    """A reach as an assignment in force."""
    kept = reach.fields(wanted)
    return Held(
        role=wanted.role,
        authority=authority,
        scope=wanted.settled_scope,
        school_urn=wanted.school_urn if kept["school_urn"] else None,
        cluster=str(kept["cluster"]),
    )
