"""
The addresses of signing in: allauth's own views, each under a permit of ours.

Only what stands in these tables is reachable: open sign-up, changing one's e-mail address, and the rest of allauth are
left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from allauth.account import urls as account
from allauth.mfa import urls as mfa
from allauth.socialaccount import urls as social
from django.urls import URLPattern, URLResolver, include, path

from strandline.web.people import own_sign_in
from strandline.web.people.permits import public, signed_in

BEFORE = public("A step of signing in.")
AFTER = signed_in("One's own password and second factor.")
ANONYMOUS = frozenset(
    "account_login account_logout account_signup account_inactive account_reset_password account_reset_password_done "
    "account_reset_password_from_key account_reset_password_from_key_done mfa_authenticate mfa_login_webauthn "
    "socialaccount_login_cancelled socialaccount_login_error "
    "socialaccount_signup".split()
)
OWN = frozenset(
    "account_reauthenticate account_change_password account_set_password mfa_index mfa_reauthenticate "
    "mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes mfa_activate_totp "
    "mfa_deactivate_totp mfa_list_webauthn mfa_add_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn "
    "mfa_edit_webauthn".split()
)


def _guarded(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield URLResolver(each.pattern, list(_guarded(each.url_patterns)), each.default_kwargs)
        elif each.name in ANONYMOUS | OWN:
            guard = BEFORE if each.name in ANONYMOUS else AFTER
            yield URLPattern(each.pattern, guard(each.callback), each.default_args, each.name)


urlpatterns = [
    path("", include(list(_guarded(account.urlpatterns)))),
    path("second-factor/", include(list(_guarded(mfa.urlpatterns)))),
    path("own/", include(list(_guarded(social.urlpatterns)))),
    path("own/<slug:provider_id>/login/", BEFORE(own_sign_in.leave), name="openid_connect_login"),
    path("own/<slug:provider_id>/login/callback/", BEFORE(own_sign_in.come_back), name="openid_connect_callback"),
]
