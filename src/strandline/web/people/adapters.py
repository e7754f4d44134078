"""Where allauth asks the desk: no open sign-up, sign-ins in the audit, secrets of second factors encrypted."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest

from strandline.web import audit
from strandline.web.people import scope
from strandline.web.people.models import User
from strandline.web.people.queries import actor_for


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation; sign-ins and failed ones are recorded."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Nobody opens an account alone."""
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and record it."""
        super().login(request, user)
        if isinstance(user, User):
            note_sign_in(user, action="people.signed_in", request=request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a failed sign-in to an account that exists; what was typed is not kept."""
        user = User.objects.filter(email__iexact=str(credentials.get("email", ""))).first()
        if user is not None:
            note_sign_in(user, action="people.sign_in_failed", request=request)


class OwnSignInAdapter(DefaultSocialAccountAdapter):
    """The authority's own sign-in opens accounts that exist, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Nobody opens an account alone."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of one-time codes lie encrypted in the database."""

    def encrypt(self, text: str) -> str:
        """Encrypt with a key made from the desk's secret."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Give the secret back."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The desk's name on the security key."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Strandline"}


def note_sign_in(user: User, *, action: str, request: HttpRequest) -> None:
    """Record a sign-in, successful or not, under the person's first authority."""
    actor = actor_for(user, request_id=getattr(request, "id", ""))
    with scope.acting(actor), transaction.atomic():
        audit.record(by=actor, action=action, subject=user, authority=actor.authority or None)


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"strandline second factor " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
