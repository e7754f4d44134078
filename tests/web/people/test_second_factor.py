"""Codes from an app, security keys, and codes for a lost phone."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor

from strandline.web.people.models import User
from strandline.web.people.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "tide-line-2026"


def sign_in(user: User, client: Client | None = None) -> Client:
    there = client or Client()
    there.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return there


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def confirm(client: Client) -> None:
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302


def switch_codes_on(client: Client) -> str:
    confirm(client)
    page = client.get("/account/second-factor/totp/activate/").content.decode()
    secret = re.search(r"Secret: <code>([A-Z0-9]+)</code>", page)[1]
    answer = client.post("/account/second-factor/totp/activate/", {"code": code_for(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_a_password_alone_no_longer_opens_an_account_with_codes(person: Callable[..., User]) -> None:
    user = person(Role.OFFICER)
    secret = switch_codes_on(sign_in(user))
    client = sign_in(user)
    assert client.get("/people/me/").status_code == 302, "the password is half of it"
    wrong = client.post("/account/second-factor/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get("/people/me/").status_code == 302
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    from django.core.cache import cache

    cache.clear()  # the very code that switched codes on counts once
    right = client.post("/account/second-factor/authenticate/", {"code": code_for(secret)})
    assert right.status_code == 302
    assert client.get("/people/me/").status_code == 200


def test_the_secret_of_the_codes_lies_encrypted(person: Callable[..., User]) -> None:
    secret = switch_codes_on(sign_in(person(Role.OFFICER)))
    kept = str([row.data for row in Authenticator.objects.all()])
    assert "secret" in kept
    assert secret not in kept


def test_a_code_for_a_lost_phone_opens_the_account_once(person: Callable[..., User]) -> None:
    user = person(Role.OFFICER)
    client = sign_in(user)
    switch_codes_on(client)
    page = client.get("/account/second-factor/recovery-codes/").content.decode()
    code = re.findall(r"<li><code>(\w+)</code></li>", page)[0]
    first, second = sign_in(user), sign_in(user)
    assert first.post("/account/second-factor/authenticate/", {"code": code}).status_code == 302
    assert second.post("/account/second-factor/authenticate/", {"code": code}).status_code == 200
    assert first.get("/people/me/").status_code == 200
    assert second.get("/people/me/").status_code == 302


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Key:
    """A security key in software: one credential, its counter, its signatures."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.credential = b"k" * 32
        self.count = 0

    def _data(self, *, relying: str, attested: bool) -> bytes:
        self.count += 1
        head = hashlib.sha256(relying.encode()).digest() + struct.pack(">BI", 0x45 if attested else 0x05, self.count)
        if not attested:
            return head
        numbers = self.private.public_key().public_numbers()
        point = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        return head + bytes(16) + struct.pack(">H", 32) + self.credential + cbor.encode(point)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": "http://testserver"}).encode()

    def make(self, options: dict) -> dict:
        said = options["publicKey"]
        data = self._data(relying=said["rp"]["id"], attested=True)
        statement = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", said["challenge"])
        return self._answer({"attestationObject": b64(statement), "clientDataJSON": b64(client)})

    def use(self, options: dict) -> dict:
        said = options["publicKey"]
        data = self._data(relying=said["rpId"], attested=False)
        client = self._client("webauthn.get", said["challenge"])
        signed = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "authenticatorData": b64(data),
                "clientDataJSON": b64(client),
                "signature": b64(signed),
                "userHandle": None,
            }
        )

    def _answer(self, response: dict) -> dict:
        name = b64(self.credential)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}


def options_in(page: str) -> dict:
    return json.loads(re.search(r'<script id="js_data" type="application/json">(.*?)</script>', page, re.DOTALL)[1])


def test_a_security_key_is_the_second_factor(person: Callable[..., User]) -> None:
    user, key = person(Role.OFFICER), Key()
    client = sign_in(user)
    confirm(client)
    page = client.get("/account/second-factor/webauthn/add/").content.decode()
    made = key.make(options_in(page)["creation_options"])
    added = client.post("/account/second-factor/webauthn/add/", {"name": "Blue key", "credential": json.dumps(made)})
    assert added.status_code == 302, added.content.decode()
    assert "Blue key" in client.get("/account/second-factor/webauthn/").content.decode()
    again = sign_in(user)
    assert again.get("/people/me/").status_code == 302
    page = again.get("/account/second-factor/authenticate/").content.decode()
    used = key.use(options_in(page)["request_options"])
    answer = again.post("/account/second-factor/authenticate/", {"credential": json.dumps(used)})
    assert answer.status_code == 302, answer.content.decode()
    assert again.get("/people/me/").status_code == 200


def test_another_key_does_not_open_the_account(person: Callable[..., User]) -> None:
    user, key = person(Role.OFFICER), Key()
    client = sign_in(user)
    confirm(client)
    page = client.get("/account/second-factor/webauthn/add/").content.decode()
    made = key.make(options_in(page)["creation_options"])
    client.post("/account/second-factor/webauthn/add/", {"name": "Blue key", "credential": json.dumps(made)})
    again = sign_in(user)
    page = again.get("/account/second-factor/authenticate/").content.decode()
    used = Key().use(options_in(page)["request_options"])
    answer = again.post("/account/second-factor/authenticate/", {"credential": json.dumps(used)})
    assert answer.status_code == 200
    assert again.get("/people/me/").status_code == 302


def test_every_page_of_signing_in_is_in_the_desks_own_frame(person: Callable[..., User]) -> None:
    user = person(Role.OFFICER)
    client = sign_in(user)
    switch_codes_on(client)
    pages = (
        "/account/second-factor/ /account/second-factor/totp/deactivate/ /account/second-factor/webauthn/add/ "
        "/account/second-factor/webauthn/ /account/second-factor/recovery-codes/ /account/logout/ "
        "/account/second-factor/recovery-codes/generate/ /account/password/change/ /people/me/"
    ).split()
    before = (
        "/account/login/ /account/signup/ /account/password/reset/ /account/password/reset/done/ /account/inactive/"
    )
    guest = Client()
    shown = {page: client.get(page) for page in pages} | {page: guest.get(page) for page in before.split()}
    for page, answer in shown.items():
        text = answer.content.decode()
        assert answer.status_code == 200, page
        assert text.count("<h1") == 1, page
        assert 'lang="en-GB"' in text, page
        assert not re.search(r"<script(?![^>]*(?:src=|application/json))", text), page
        assert 'style="' not in text, page


def test_where_a_second_factor_is_required_a_password_alone_opens_nothing_of_the_service(
    person: Callable[..., User], settings: object
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = sign_in(person(Role.HEAD_OF_SERVICE))
    led = client.get("/people/", follow=True)
    assert led.redirect_chain == [("/account/second-factor/", 302)]
    assert "wants a second factor" in led.content.decode()
    assert client.get("/people/me/").status_code == 200
    switch_codes_on(client)
    assert client.get("/people/").status_code == 200


def test_nobody_outside_the_service_is_asked_for_a_second_factor(person: Callable[..., User], settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    assert sign_in(person(Role.AUDITOR)).get("/people/").status_code == 200
