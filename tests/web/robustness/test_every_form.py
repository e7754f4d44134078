"""
Every form of the desk takes a long paste, or gives it back whole.

The forms are those that stand on the pages, found by following the links of a desk in full use as several roles.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as desk_settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from fakes.every_form import Sheet, Walk

from strandline.web.people import scope
from strandline.web.people.models import Assignment, User
from strandline.web.people.roles import Role

SIGNS = "“Quotes” 'single' \"double\" £1,234.50 & <b>bold</b> <script>alert('x')</script> {{ 7 }} {% now %} é –"
LINE = (f"{SIGNS} " * 99)[:9_999] + "."
AREA = (f"{SIGNS}\n" * 99)[:9_999] + "."
SHORT = "O'Hara <b>& £5"
ROLES = (Role.HEAD_OF_SERVICE, Role.OFFICER, Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS)
SENT = (302,)
SAID = (200, 409, 422)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A desk in full use: its forms, and for each role two people who have signed in."""

    sheets: tuple[Sheet, ...]
    clients: dict[str, Client]
    seconds: dict[str, Client]


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any, sandmouth_home: Path) -> Iterator[Desk]:
    """The demonstration's desk of Sandmouth; all is rolled back afterwards."""
    with django_db_blocker.unblock(), override_settings(RUNS_HOME=sandmouth_home), transaction.atomic():
        with scope.everywhere("the file fills its desk"):
            yield _filled()
        transaction.set_rollback(True)


@pytest.fixture
def desk(filled: Desk, db: None) -> Desk:
    """The filled desk, as it was for the test before."""
    return filled


def _filled() -> Desk:
    from strandline.runs.record import list_runs
    from strandline.web.home.demonstration import filling
    from strandline.web.home.demonstration.authorities import Made

    (run,) = list_runs(desk_settings.RUNS_HOME)
    inputs = run.manifest.inputs
    made = Made(code=990, name="Sandmouth", pack=inputs.pack.id, as_at=inputs.as_at, run_id=run.run_id)
    people = {one.role: User.objects.get(email=one.email) for one in filling._full(made)}
    chosen = {role.words: people[role.words] for role in ROLES}
    clients = {role: signed_in(user) for role, user in chosen.items()}
    found: dict[tuple[str, tuple[str, ...]], Sheet] = {}
    for role, client in clients.items():
        of_each = 2 if role == Role.HEAD_OF_SERVICE.words else 1
        for each in Walk(role=role, client=client, of_each=of_each).sheets():
            found.setdefault((each.name, (*sorted(each.values), *each.written)), each)
    return Desk(
        sheets=tuple(found.values()),
        clients=clients,
        seconds={role: signed_in(_another_like(user)) for role, user in chosen.items()},
    )


def signed_in(user: User) -> Client:
    """A browser in which somebody has signed in; what breaks is answered, not raised."""
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=desk_settings.AUTHENTICATION_BACKENDS[0])
    return client


def _another_like(user: User) -> User:
    """A second person with the same assignments."""
    second = User.objects.create_user(f"second.{user.email}", name="A colleague", password="tide-line-2026")
    for held in Assignment.objects.filter(user=user):
        held.pk, held.user = None, second
        held.save()
    return second


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def text_of(answer: Any) -> str:
    raw = answer.getvalue() if answer.streaming else answer.content
    return raw.decode(errors="replace") if answer.headers.get("Content-Type", "").startswith("text/html") else ""


def is_escaped(page: str) -> bool:
    return "<script>alert" not in page and "<b>bold" not in page and "<b>&" not in page


def shows(page: str, words: str) -> bool:
    """Whether a page gives words back whole; a browser sends the ends of its lines in its own way."""
    plain = html.unescape(page.replace("<br>", "\n")).replace("\r\n", "\n")
    return words in plain or words.replace("\n", "\n\n") in plain


def writes(queries: CaptureQueriesContext, words: str) -> bool:
    """Whether what went to the database holds the words to the letter."""
    kept = words.replace("'", "''")
    return any(kept in each["sql"] for each in queries.captured_queries if each["sql"].startswith(("INSERT", "UPDATE")))


def places(sheets: Any) -> set[str]:
    return {each.name for each in sheets}


def test_a_paste_of_ten_thousand_characters_is_kept_or_given_back_in_every_field(desk: Desk) -> None:
    assert (len(LINE), len(AREA)) == (10_000, 10_000)
    wrong = []
    written = [each for each in desk.sheets if each.written]
    for each in written:
        with undone(), CaptureQueriesContext(connection) as queries:
            answer = desk.clients[each.role].post(each.action, each.filled(LINE, AREA))
        page, status = text_of(answer), answer.status_code
        pasted = {LINE for _ in each.lines} | {AREA for _ in each.areas}
        if status not in (*SENT, *SAID) or not is_escaped(page):
            wrong.append(f"{each.name} answers {status}")
        elif status in SENT and not all(writes(queries, words) for words in pasted):
            wrong.append(f"{each.name} keeps less than was pasted")
        elif status in SAID and not all(shows(page, words) for words in pasted):
            wrong.append(f"{each.name} ({status}) gives back less than was pasted")
    assert wrong == [], "\n".join(wrong)
    assert len(written) > 30
