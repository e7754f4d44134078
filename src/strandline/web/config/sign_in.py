"""Settings of sign-in: allauth for passwords, the authority's own sign-in (OIDC), codes and security keys."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

from strandline.web.config.environment import PRODUCTION, DeskRefused, Environment

MINUTES_15 = "15m"


def sign_in_settings(environment: Environment) -> dict[str, Any]:
    """Everything that allauth reads. Raises: DeskRefused."""
    return {
        "ACCOUNT_ADAPTER": "strandline.web.people.adapters.AccountAdapter",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",  # the invitation was opened at this address
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_SESSION_REMEMBER": True,  # how long is decided by people.expiry, on the server
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if environment.https else "http",
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 15 * 60,
        "ACCOUNT_RATE_LIMITS": {
            "login": f"60/{MINUTES_15}/ip",
            "login_failed": f"30/{MINUTES_15}/ip,5/{MINUTES_15}/key",
            "reset_password": "20/h/ip,5/h/key",
            "reset_password_from_key": "20/h/ip",
            "change_password": "5/m/user",
            "reauthenticate": "10/m/user",
        },
        "ALLAUTH_TRUSTED_PROXY_COUNT": _number("STRANDLINE_PROXIES", default=0),
        "MFA_ADAPTER": "strandline.web.people.adapters.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not environment.https,
        "MFA_TOTP_ISSUER": "Strandline",
        "SOCIALACCOUNT_ADAPTER": "strandline.web.people.adapters.OwnSignInAdapter",
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": True,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": _own_sign_in(environment)}},
    }


def own_sign_in_origins() -> list[str]:
    """Where a form may lead besides the desk: to the authority's own sign-in, which the browser checks."""
    parts = urlsplit(os.environ.get("STRANDLINE_OIDC_ISSUER", ""))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def _own_sign_in(environment: Environment) -> list[dict[str, Any]]:
    """The authority's own sign-in, where STRANDLINE_OIDC_ISSUER names it."""
    issuer = os.environ.get("STRANDLINE_OIDC_ISSUER", "")
    if not issuer:
        return []
    client = os.environ.get("STRANDLINE_OIDC_CLIENT_ID", "")
    secret = os.environ.get("STRANDLINE_OIDC_CLIENT_SECRET", "")
    if not (client and secret):
        raise DeskRefused(
            "The authority's own sign-in has an issuer but no client",
            where="STRANDLINE_OIDC_ISSUER",
            what_to_do="Set STRANDLINE_OIDC_CLIENT_ID and STRANDLINE_OIDC_CLIENT_SECRET as well",
        )
    if not issuer.startswith("https://") and environment.mode == PRODUCTION:
        raise DeskRefused(
            "The authority's own sign-in would be asked over plain HTTP",
            where="STRANDLINE_OIDC_ISSUER",
            what_to_do="Give its https:// address",
        )
    trusted = os.environ.get("STRANDLINE_OIDC_TRUST_EMAIL", "") == "1"
    settings = {"server_url": issuer, **({"verified_email": True} if trusted else {})}
    name = os.environ.get("STRANDLINE_OIDC_NAME", "your council account")
    return [{"provider_id": "own", "name": name, "client_id": client, "secret": secret, "settings": settings}]


def _number(name: str, *, default: int) -> int:
    text = os.environ.get(name, "").strip()
    if text and not text.isdigit():
        raise DeskRefused(f'"{text}" is not a number', where=name, what_to_do="Write a whole number")
    return int(text) if text else default
