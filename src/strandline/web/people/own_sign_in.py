"""The authority's own sign-in: allauth's OpenID Connect, with the token's signature checked always."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponseBase


class CheckedAdapter(OpenIDConnectOAuth2Adapter):
    """allauth may leave a signature unchecked where the token came straight from the service; the desk does not."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        return claims


def leave(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """To the authority's own sign-in."""
    return _view(OAuth2LoginView, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from it."""
    return _view(OAuth2CallbackView, request, provider_id)


def _view(kind: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        answer: HttpResponseBase = kind.adapter_view(CheckedAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as absent:
        raise Http404 from absent
    return answer
