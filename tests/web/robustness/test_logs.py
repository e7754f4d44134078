"""What stands in the log after a working day: no address of a person, no name, no secret, no small number."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings as desk_settings
from django.test import Client
from fakes.published_desk import Filled, someone

from strandline.web.config.logs import JsonFormatter
from strandline.web.people.models import User
from strandline.web.people.roles import Role
from strandline.web.schools.models import School

SECRETS = (
    "s3cret-invitation",
    "tide-line-2026",
    "desk_t0ken-of-nobody",
    "Ola Reader",
    "ola@example.org",
    "tiny-count",
    "ola-reader",
)


@pytest.fixture
def kept() -> Iterator[list[str]]:
    """Every line that any logger writes, as the desk formats it."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonFormatter().format(record))

    handler, loggers = (
        Keep(),
        [logging.getLogger(), *(logging.getLogger(name) for name in desk_settings.LOGGING["loggers"])],
    )
    for logger in loggers:
        logger.addHandler(handler)
    yield lines
    for logger in loggers:
        logger.removeHandler(handler)


def test_a_working_day_leaves_no_name_no_address_and_no_secret_in_the_log(
    filled: Filled, colleague: Client, kept: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    urn = filled.published[0]
    colleague.raise_request_exception = False
    words = dict.fromkeys(("name", "title", "reason", "note", "text", "q"), "Ola Reader tiny-count 3 pupils")
    for path in (
        "/",
        "/schools/",
        f"/schools/{urn}/",
        f"/schools/{urn}/pupils/",
        f"/decisions/schools/{urn}/",
        "/people/",
    ):
        colleague.get(path, {"q": "Ola Reader", "email": "ola@example.org"})
        colleague.post(path, words)
    for path in (f"/schools/{urn}/contacts/add/", "/people/invite/", f"/intelligence/schools/{urn}/add/"):
        colleague.post(path, {**words, "email": "ola@example.org", "body": "school", "role": "head teacher"})
    colleague.get("/people/invitation/s3cret-invitation/")
    colleague.get("/schools/Ola%20Reader/")
    Client().post("/account/login/", {"login": "ola@example.org", "password": "tide-line-2026"})
    Client().post("/account/password/reset/", {"email": "ola@example.org"})
    Client().get("/api/v1/schools", headers={"Authorization": "Bearer desk_t0ken-of-nobody"})
    Client().get("/", headers={"Host": "ola-reader.example.org"})
    Client(enforce_csrf_checks=True).post("/account/login/", {"login": "ola@example.org"})

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("Ola Reader of tiny-count, ola@example.org, tide-line-2026")

    monkeypatch.setattr("strandline.web.home.views.render", breaks)
    assert colleague.get("/").status_code == 500
    text = "\n".join(kept)
    people = set(User.objects.values_list("email", flat=True))
    schools = set(School.objects.values_list("name", flat=True))
    assert len(kept) > 20
    assert '"error": "RuntimeError"' in text
    assert '"event": "Invalid HTTP_HOST header"' in text
    assert [word for word in (*SECRETS, *people, *schools, str(urn)) if word in text] == []
    assert {key for line in kept for key in json.loads(line)} <= {
        *("at", "level", "logger", "event", "error", "passed"),
        *("request_id", "route", "method", "status", "milliseconds", "person", "task", "address"),
    }


def test_a_person_is_named_in_the_log_by_number_only(waiting: object, kept: list[str]) -> None:
    actor = someone(Role.ANALYST, email="analyst.of.the.day@example.org")
    client = Client()
    client.force_login(actor.user, backend=desk_settings.AUTHENTICATION_BACKENDS[0])
    client.get("/schools/")
    line = next(json.loads(each) for each in kept if '"route": "schools/"' in each)
    assert line["person"] == actor.user.pk
    assert "analyst" not in json.dumps(line)
