"""
Every form of the desk: two people at one record, double clicks, sessions that end, long pastes.

The forms are those that stand on the pages, found by following the links of a desk in full use as several roles.
"""

from __future__ import annotations

import html
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as desk_settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from fakes.every_form import Sheet, Walk

from strandline.web.audit.models import AuditRow
from strandline.web.people import scope
from strandline.web.people.models import Assignment, Draft, User
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


EDITED = {
    "intelligence:change",
    "officers:end",
    "strategies:change",
    "triggers:decide",
}
"""Records that two people may edit at once and that any words change: item, allocation, strategy, trigger."""
COPIES = {"decisions:clone"}
"""What is copied stays as it was, whoever takes another copy."""


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


def test_short_words_with_every_sign_are_kept_and_shown_as_words(desk: Desk) -> None:
    wrong, kept = [], 0
    for each in desk.sheets:
        if not each.written:
            continue
        with undone():
            answer = desk.clients[each.role].post(each.action, each.filled(SHORT))
            pages = [answer]
            if answer.status_code in SENT:
                kept += 1
                pages.append(desk.clients[each.role].get(answer.headers["Location"]))
        statuses = [one.status_code for one in pages]
        if not all(is_escaped(text_of(one)) for one in pages) or max(statuses) >= 500:
            wrong.append(f"{each.name} {statuses}")
    assert wrong == [], "\n".join(wrong)
    assert kept >= 15


def test_a_form_sent_twice_is_done_once(desk: Desk) -> None:
    wrong, done = [], set()
    for each in desk.sheets:
        client, form = desk.clients[each.role], each.filled("Words of today")
        with undone():
            first = client.post(each.action, form)
            rows = AuditRow.objects.count()
            if first.status_code not in SENT:
                continue
            again = client.post(each.action, each.filled("Words of today"))
            if (again.status_code, AuditRow.objects.count()) != (302, rows) or again.url != first.url:
                wrong.append(f"{each.name}: {again.status_code}, {AuditRow.objects.count() - rows} rows more")
            done.add(each.name)
    assert wrong == [], "\n".join(wrong)
    assert len(done) > 20


def test_the_second_of_two_is_told_who_changed_what_and_keeps_their_words(desk: Desk) -> None:
    wrong, told = [], set()
    for each in desk.sheets:
        if not each.versioned or each.name in COPIES:
            continue
        with undone():
            first = desk.clients[each.role].post(each.action, each.filled("Words of the first"))
            if first.status_code not in SENT:
                continue
            rows = AuditRow.objects.count()
            mine = each.filled(f"Mine, the second: {SHORT}", form_key=str(uuid.uuid4()))
            answer = desk.seconds[each.role].post(each.action, mine)
            page = text_of(answer)
            name = User.objects.get(pk=desk.clients[each.role].session["_auth_user_id"]).name
            lost = each.written and f"Mine, the second: {SHORT}" not in html.unescape(page)
            if answer.status_code != 409 or lost or name not in page or AuditRow.objects.count() != rows:
                wrong.append(f"{each.name}: {answer.status_code}{', words lost' if lost else ''}")
            told.add(each.name)
    assert wrong == [], "\n".join(wrong)
    assert told >= EDITED


def test_a_session_that_ends_in_the_middle_of_any_form_loses_no_letter(desk: Desk) -> None:
    wrong = []
    written = [each for each in desk.sheets if each.written]
    for each in written:
        user = User.objects.get(pk=desk.clients[each.role].session["_auth_user_id"])
        with undone():
            browser = signed_in(user)
            browser.get("/people/me/")
            session = browser.session
            session["seen_at"] = (timezone.now() - timedelta(hours=2)).timestamp()
            session.save()
            before = AuditRow.objects.count()
            answer = browser.post(each.action, each.filled(LINE, AREA))
            drafts = list(Draft.objects.filter(user=user))
            if answer.status_code != 302 or len(drafts) != 1 or AuditRow.objects.count() != before:
                wrong.append(f"{each.name}: {answer.status_code}, {len(drafts)} texts kept")
                continue
            kept = dict(drafts[0].fields)
            pasted = dict.fromkeys(each.lines, LINE) | dict.fromkeys(each.areas, AREA)
            browser.force_login(user, backend=desk_settings.AUTHENTICATION_BACKENDS[0])
            page = text_of(browser.get(f"/people/kept/{drafts[0].pk}/"))
            lost = [name for name, words in pasted.items() if kept.get(name) != words or not shows(page, words)]
            if lost or not is_escaped(page) or drafts[0].path != each.action:
                wrong.append(f"{each.name}: {lost or 'shown as code'}")
    assert wrong == [], "\n".join(wrong)
    assert len(written) > 30
