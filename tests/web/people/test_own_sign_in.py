"""The authority's own sign-in: OpenID Connect against a service on this machine."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterator
from urllib.error import HTTPError

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from fakes.sign_in_service import CLIENT, SECRET, Service, sign_in_service

from strandline.web.people.models import User
from strandline.web.people.roles import Role

pytestmark = pytest.mark.django_db


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture
def service(settings: object) -> Iterator[Service]:
    with sign_in_service() as running:
        app = {
            "provider_id": "own",
            "name": "Northwold account",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": running.url},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield running


def go_through(client: Client, service: Service) -> object:
    """Press the button, agree at the service, come back."""
    leaving = client.post("/account/own/own/login/?process=login")
    assert leaving.status_code == 302
    assert leaving.url.startswith(f"{service.url}/authorize")
    try:
        urllib.request.build_opener(StayHere).open(leaving.url)
        raise AssertionError("the service should lead back")
    except HTTPError as answer:
        back = answer.headers["Location"]
        answer.close()
    return client.get(back.replace("http://testserver", ""))


def says(email: str, *, verified: bool = True) -> dict[str, object]:
    return {"sub": "a-1", "email": email, "email_verified": verified, "name": "Ola Reader"}


def invited(client: Client, email: str) -> str:
    client.post("/people/invite/", {"name": "Ola Reader", "email": email, "role": "officer"})
    return client.session["invitation_address"]["address"].replace("http://testserver", "")


def test_an_invited_person_signs_in_through_their_organisation_without_a_password(
    service: Service, as_role: Callable[..., Client]
) -> None:
    address = invited(as_role(Role.HEAD_OF_SERVICE), "ola@example.org")
    guest = Client()
    page = guest.get(address).content.decode()
    assert "Sign in with your organisation instead" in page
    assert guest.post(address, {"with": "own"}).status_code == 302
    user = User.objects.get(email="ola@example.org")
    assert not user.has_usable_password()
    assert "Continue with Northwold account" in guest.get("/account/login/").content.decode()
    service.claims = says("ola@example.org")
    assert go_through(guest, service).status_code == 302
    assert guest.get("/people/me/").status_code == 200
    again = Client()
    assert go_through(again, service).status_code == 302
    assert again.get("/people/me/").status_code == 200


def test_an_account_of_the_organisation_alone_opens_nothing(service: Service) -> None:
    service.claims = says("stranger@example.org")
    client = Client()
    page = go_through(client, service)
    assert "made by invitation" in page.content.decode()
    assert not User.objects.exists()
    assert client.get("/people/me/").status_code == 302


def test_an_address_that_the_service_has_not_verified_takes_over_no_account(
    service: Service, person: Callable[..., User]
) -> None:
    user = person(Role.OFFICER)
    service.claims = says(user.email, verified=False)
    client = Client()
    go_through(client, service)
    assert client.get("/people/me/").status_code == 302


def test_a_token_signed_with_another_key_opens_nothing(service: Service, person: Callable[..., User]) -> None:
    user = person(Role.OFFICER)
    service.claims = says(user.email)
    service.sign_with = rsa.generate_private_key(65537, 2048)
    client = Client()
    page = go_through(client, service)
    assert client.get("/people/me/").status_code == 302
    assert "did not let you in" in page.content.decode()


@pytest.mark.parametrize("wrong", [{"aud": "another-desk"}, {"iss": "http://elsewhere"}, {"exp": 1_000_000_000}])
def test_a_token_for_another_or_too_old_opens_nothing(
    service: Service, person: Callable[..., User], wrong: dict[str, object]
) -> None:
    service.claims = says(person(Role.OFFICER).email) | wrong
    client = Client()
    go_through(client, service)
    assert client.get("/people/me/").status_code == 302


def test_an_answer_that_was_not_asked_for_opens_nothing(service: Service, person: Callable[..., User]) -> None:
    service.claims = says(person(Role.OFFICER).email)
    client = Client()
    answer = client.get("/account/own/own/login/callback/", {"code": "code-0", "state": "made-up"})
    assert "did not let you in" in answer.content.decode()
    assert client.get("/people/me/").status_code == 302
