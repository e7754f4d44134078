"""What every answer tells the browser, those to errors among them; and the pages that say what went wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from strandline.web.people.roles import Role

pytestmark = pytest.mark.django_db


def policy_of(answer: Any) -> dict[str, list[str]]:
    text = answer.headers["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in text.split(";") if part.strip()}


def assert_guarded(answer: Any) -> None:
    policy = policy_of(answer)
    assert policy["script-src"][0] == "'self'"
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    assert "'unsafe-eval'" not in answer.headers["Content-Security-Policy"]
    assert policy["style-src"] == ["'self'"]
    for directive in ("object-src", "base-uri", "frame-ancestors"):
        assert policy[directive] == ["'none'"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    if answer.headers["Content-Type"].startswith("text/html"):
        text = answer.content.decode()
        nonces = set(re.findall(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"]))
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", text)
        run = [one for one in inline if 'type="application/json"' not in one]
        assert [one for one in run if not any(f'nonce="{nonce}"' in one for nonce in nonces)] == []
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"", text) == []


PAGES = (
    "/",
    "/account/login/",
    "/account/password/reset/",
    "/account/second-factor/",
    "/account/logout/",
    "/api/",
    "/api/v1/openapi.json",
    "/api/v1/schools",
    "/api/tokens/new/",
    "/health",
    "/schools/",
    "/schools/map/",
    "/schools/export.csv",
    "/schools/1/",
    "/nowhere/",
    "/people/invitation/none/",
    "/components/",
    "/people/me/",
)


@pytest.mark.parametrize("path", PAGES)
def test_the_answer_carries_the_security_headers(as_role: Callable[..., Client], path: str) -> None:
    assert_guarded(Client().get(path))
    assert_guarded(as_role(Role.HEAD_OF_SERVICE).get(path))


def test_every_failure_is_a_sentence_in_the_house_look_and_guarded(
    as_role: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    head, officer = as_role(Role.HEAD_OF_SERVICE), as_role(Role.OFFICER)
    many = {f"f{number}": "x" for number in range(5_001)}
    forgetful = Client(enforce_csrf_checks=True)
    forgetful.cookies = officer.cookies
    told = {
        "too many fields": (head.post("/people/invite/", many), 400, "could not be read"),
        "too long a form": (
            head.post("/people/invite/", {"name": "x" * 6_000_000}),
            413,
            "The text of a form may have 5 MB",
        ),
        "another host": (head.get("/", headers={"Host": "elsewhere.example"}), 400, "could not be read"),
        "not theirs": (officer.get("/people/invite/"), 403, ""),
        "forged": (forgetful.post("/people/me/", {"x": "1"}), 403, ""),
        "nowhere": (head.get("/nowhere/"), 404, "nothing at this address"),
        "too large": (head.post("/people/invite/", CONTENT_LENGTH="99999999"), 413, "more than the desk takes at once"),
        "not a length": (head.post("/people/invite/", CONTENT_LENGTH="-1"), 413, "more than the desk takes at once"),
    }
    from strandline.web.home import views

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("the password is tide-line")

    monkeypatch.setattr(views, "render", breaks)
    head.raise_request_exception = False
    told["our fault"] = (head.get("/"), 500, "it is our fault")
    for name, (answer, status, words) in told.items():
        text = answer.content.decode()
        assert answer.status_code == status, name
        assert words in text, name
        assert "<h1 " in text, name
        assert 'class="desk-header"' in text, name
        assert not [word for word in ("Traceback", "tide-line", "RuntimeError", "django.") if word in text], name
        assert_guarded(answer)
    assert told["our fault"][0].headers["X-Request-ID"] in told["our fault"][0].content.decode()


PRODUCTION = """
import json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from django.test import Client
plain, safe = Client(), Client(headers={"Host": "desk.example.gov.uk", "X-Forwarded-Proto": "https"})
led, page = plain.get("/account/login/", headers={"Host": "desk.example.gov.uk"}), safe.get("/account/login/")
names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "DEBUG")
print(json.dumps({
    "led": [led.status_code, led.headers["Location"]],
    "status": page.status_code,
    "hsts": page.headers.get("Strict-Transport-Security", ""),
    "cookies": [str(each) for each in page.cookies.values()],
    "settings": {name: getattr(settings, name) for name in names},
    "same_site": [settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE],
}))
"""


def test_in_production_all_is_https_and_every_cookie_is_closed(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STRANDLINE_")} | {
        "DJANGO_SETTINGS_MODULE": "strandline.web.config.settings",
        "STRANDLINE_HOME": str(tmp_path),
        "STRANDLINE_MODE": "production",
        "STRANDLINE_SECRET_KEY": "gV7-3kQx_9ZpLw2sYt8RbN4mHcJ6fDa1UeXo5iKvTy0W",
        "STRANDLINE_HOSTS": "desk.example.gov.uk",
    }
    environment.pop("DATABASE_URL", None)
    (tmp_path / "desk").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", PRODUCTION], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["led"] == [301, "https://desk.example.gov.uk/account/login/"]
    assert found["status"] == 200
    assert "max-age=31536000" in found["hsts"]
    assert found["cookies"]
    for cookie in found["cookies"]:
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}, cookie
    expected = dict.fromkeys(found["settings"], True) | {"DEBUG": False}
    assert found["settings"] == expected
    assert found["same_site"] == ["Lax", "Lax"]
