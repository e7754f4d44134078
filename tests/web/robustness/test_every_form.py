"""
Every form of the desk: two people at one record, double clicks, sessions that end, long pastes.

The forms are those that stand on the pages, found by following the links of a desk in full use as several roles. No
address takes a form that is not among them, but for those that are named here with the test that holds each.
"""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as desk_settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from fakes.every_form import Sheet, Walk, route, takes_posts
from fakes.full_desk import complete
from fakes.permission_walk import BY_TOKEN, DESK

from strandline.web.audit.models import AuditRow
from strandline.web.people import scope
from strandline.web.people.models import Assignment, Draft, User
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import Role

SIGNS = "“Quotes” 'single' \"double\" £1,234.50 & <b>bold</b> <script>alert('x')</script> {{ 7 }} {% now %} é –"
LINE = (f"{SIGNS} " * 99)[:9_999] + "."
AREA = (f"{SIGNS}\n" * 99)[:9_999] + "."
SHORT = "O'Hara <b>& £5"
ROLES = (Role.HEAD_OF_SERVICE, Role.OFFICER, Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS)
SENT = (302,)
SAID = (200, 409, 422)
REFUSED = (400, 403, 404, 409, 422)
ROOT = Path(__file__).resolve().parents[3]
ELSEWHERE = {
    "decisions:take": (
        "is shown for a run that nobody took in, which is one choice and no text",
        "test_a_run_on_disk_is_taken_to_the_desk_once",
    ),
    "people:accept": (
        "has passwords and no text, for somebody without an account",
        "test_an_invited_person_makes_an_account_and_signs_in",
    ),
    "people:switch": (
        "is one choice among one's own authorities: it writes no record, and twice is as good as once",
        "test_a_person_of_two_authorities_chooses_which_they_work_in",
    ),
    "design:form": (
        "shows how a form looks and keeps nothing",
        "test_errors_come_in_the_order_of_the_page_and_name_what_was_left_empty",
    ),
}
"""Addresses that take a form and are not walked: why, and the test of each. Signing in is the library's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A desk in full use: its forms, and for each role two people who have signed in."""

    sheets: tuple[Sheet, ...]
    pages: tuple[tuple[str, str], ...]
    asks: tuple[str, ...]
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
    first = complete({role: actor_for(people[role.words], authority=made.code) for role in Role})
    chosen = {role.words: people[role.words] for role in ROLES}
    clients = {role: signed_in(user) for role, user in chosen.items()}
    found: dict[tuple[str, tuple[str, ...]], Sheet] = {}
    pages: dict[str, tuple[str, str]] = {}
    asks: set[str] = set()
    for role, client in clients.items():
        walk = Walk(role=role, client=client, of_each=2 if role == Role.HEAD_OF_SERVICE.words else 1)
        for each in walk.sheets(first=first):
            found.setdefault((each.name, (*sorted(each.values), *each.written)), each)
        asks |= walk.asks
        for path in walk.pages:
            pages.setdefault(route(path), (role, path.partition("?")[0]))
    return Desk(
        sheets=tuple(found.values()),
        pages=tuple(pages.values()),
        asks=tuple(sorted(asks)),
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
    "concerns:add_condition",
    "concerns:answer",
    "concerns:close",
    "concerns:delete",
    "concerns:escalate",
    "concerns:move",
    "concerns:narrative",
    "concerns:settle",
    "concerns:turn",
    "decisions:override",
    "decisions:risk",
    "intelligence:change",
    "officers:end",
    "schools:contact",
    "strategies:change",
    "triggers:decide",
}
"""Records that two people may edit at once: case, decision, risk, item, allocation, contact, strategy, trigger."""
COPIES = {"decisions:clone"}
"""What is copied stays as it was, whoever takes another copy."""


def test_every_address_that_takes_a_form_is_walked_or_has_a_test_of_its_own(desk: Desk) -> None:
    taking = {each.name for each in DESK if each not in BY_TOKEN and takes_posts(each.view)}
    found = places(desk.sheets)
    assert len(taking) > 90
    assert sorted(taking - found - set(ELSEWHERE)) == [], "nobody tries these forms"
    assert sorted(set(ELSEWHERE) & found) == [], "these are walked: take them off the list"
    assert sorted(found - taking) == []
    written = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {test for _, test in ELSEWHERE.values()} - written == set()
    for each in BY_TOKEN:
        path = re.sub(r"<(?:\w+:)?\w+>", "1", each.pattern)
        assert Client().post(path, {"name": "x"}).status_code in (401, 404, 405), each.name


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
        client, form = desk.clients[each.role], each.filled("Words of today", valid=True)
        with undone():
            first = client.post(each.action, form)
            rows = AuditRow.objects.count()
            if first.status_code not in SENT:
                continue
            again = client.post(each.action, each.filled("Words of today", valid=True))
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
            first = desk.clients[each.role].post(each.action, each.filled("Words of the first", valid=True))
            if first.status_code not in SENT:
                continue
            rows = AuditRow.objects.count()
            mine = each.filled(f"Mine, the second: {SHORT}", valid=True, form_key=str(uuid.uuid4()))
            answer = desk.seconds[each.role].post(each.action, mine)
            page = text_of(answer)
            name = User.objects.get(pk=desk.clients[each.role].session["_auth_user_id"]).name
            lost = each.written and f"Mine, the second: {SHORT}" not in html.unescape(page)
            untold = name not in page
            if answer.status_code != 409 or lost or untold or AuditRow.objects.count() != rows:
                wrong.append(f"{each.name}: {answer.status_code}, words lost: {bool(lost)}, not told: {untold}")
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
            before, there = AuditRow.objects.count(), list(Draft.objects.values_list("pk", flat=True))
            answer = browser.post(each.action, each.filled(LINE, AREA))
            drafts = list(Draft.objects.filter(user=user).exclude(pk__in=there))
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


ODD = (
    "\x00a\x00",
    "\N{SUPERSCRIPT TWO}",
    "9" * 5_000,
    "-1",
    "9999-12-31",
    "0001-01-01",
    "%' OR 1=1; DROP TABLE x; --",
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{PILE OF POO}" * 300,
)
"""What no page of the desk sends: in a number, a date, a choice, a text."""


TURNS = 3
"""How often a page is asked: each time every parameter holds another of what is odd, and the next page others."""


def test_nothing_that_stands_in_an_address_breaks_a_page(desk: Desk) -> None:
    wrong = []
    assert len(desk.asks) > 30
    for number, (role, path) in enumerate(desk.pages):
        turned = [
            {name: ODD[(at + number + turn * 3) % len(ODD)] for at, name in enumerate(desk.asks)}
            for turn in range(TURNS)
        ]
        for query in (*map(urlencode, turned), "q=%ff%fe%00&as_at=%00&page=%00"):
            with undone():
                answer = desk.clients[role].get(f"{path}?{query}")
                page = text_of(answer)
            if answer.status_code not in (*SENT, *SAID, *REFUSED) or "Traceback" in page:
                wrong.append(f"{path}?{query[:400]}: {answer.status_code}")
            elif answer.status_code in REFUSED and "<h1 " not in page:
                wrong.append(f"{path}?{query[:400]}: {answer.status_code} without a sentence")
    assert wrong == [], "\n".join(wrong)


def test_nothing_that_is_sent_in_a_form_breaks_a_page(desk: Desk) -> None:
    wrong = []
    for number, each in enumerate(desk.sheets):
        fields = {*each.values, *each.written} - {"csrfmiddlewaretoken", "form_key"}
        for odd in ODD[number % 2 :: 2]:
            with undone():
                answer = desk.clients[each.role].post(each.action, dict.fromkeys(fields, odd))
                page = text_of(answer)
            if answer.status_code not in (*SENT, *SAID, *REFUSED) or "Traceback" in page:
                wrong.append(f"{each.name} {odd[:20]!r}: {answer.status_code}")
    assert wrong == [], "\n".join(wrong)
