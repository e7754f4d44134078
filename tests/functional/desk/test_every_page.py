"""
Every page that a role reaches by links from the front page: it opens, axe finds nothing, nothing scrolls sideways.

Each address of the URLconf is asked for as each role; what shows a kind of elements that no page of that address has
shown before is opened at the width of a desk and of a telephone, and at 400 %. Each form is also sent empty, so that
the errors it says are held to the same. At the end no page of the desk is left that nobody has seen.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.urls import NoReverseMatch, Resolver404, URLPattern, get_resolver, resolve, reverse
from playwright.sync_api import APIResponse, Page

STARTS = tuple(
    "/ /schools/ /decisions/ /triggers/ /intelligence/ /concerns/ /officers/ /strategies/ /people/ /audit/".split()
)
STATES = (
    "/schools/?q=zzzzzz",
    "/schools/?q=primery",
    "/schools/?as_at=2026-03-01",
    "/schools/?as_at=31/02/2026",
    "/schools/?sort=-name&per=200&column=local_authority",
    "/schools/map/?q=zzzzzz",
    "/schools/{school}/?as_at=2001-01-01",
    "/schools/{school}/trail/",
    "/decisions/queue/?q=zzzzzz",
    "/decisions/schools/{school}/?as_at=2001-01-01",
    "/decisions/schools/{school}/reply/",
    "/decisions/schools/{school}/challenge/",
    "/decisions/schools/{school}/risk/",
    "/triggers/?q=zzzzzz",
    "/triggers/powers/{school}/",
    "/intelligence/?q=zzzzzz",
    "/intelligence/schools/{school}/add/",
    "/concerns/?q=zzzzzz",
    "/concerns/?view=watch",
    "/concerns/?view=closed",
    "/concerns/?open=late&open=notice&kind=concern",
    "/concerns/reassign/",
    "/concerns/schools/{school}/add/",
    "/concerns/notices/1/escalate/",
    "/concerns/conditions/3/",
    "/concerns/decisions/3/answer/",
    "/officers/schools/{school}/",
    "/people/me/",
    "/api/",
    "/api/tokens/",
    "/account/password/change/",
    "/account/second-factor/",
    "/components/",
    "/nowhere/",
    "/schools/1/",
)
NOBODY = ("/", "/account/login/", "/account/logout/", "/account/password/reset/", "/account/signup/", "/nowhere/")
ROLES = (
    "head_of_service service_manager officer analyst consortium_lead board_member head_teacher chair_of_governors "
    "governor elected_member diocese trust external_provider auditor"
).split()
THOROUGH = {"head_of_service": 2, "officer": 2, "head_teacher": 2}
ELSEWHERE = {
    "account_reset_password_from_key": "wants the key of a letter: tests/web/people",
    "api:api-root": "stands at the address of api:root",
    "api:revoke": "nobody has made a token: tests/web/api",
    "api:run": "answers with data, not with a page: tests/web/api",
    "decisions:tried": "nobody has tried other values: tests/web/decisions",
    "mfa_deactivate_totp": "nobody has a second factor: tests/web/people",
    "mfa_download_recovery_codes": "nobody has a second factor: tests/web/people",
    "mfa_view_recovery_codes": "nobody has a second factor: tests/web/people",
    "mfa_edit_webauthn": "nobody has a security key: tests/web/people",
    "mfa_remove_webauthn": "nobody has a security key: tests/web/people",
    "officers:accept_interest": "no interest has been declared: tests/web/officers",
    "officers:declare": "every allocation has been declared on: tests/web/officers",
    "openid_connect_callback": "no other service signs people in: tests/web/people",
    "openid_connect_login": "no other service signs people in: tests/web/people",
    "people:accept": "nobody has been invited: tests/web/people",
    "people:kept": "no session has ended over a form: tests/web/robustness",
    "people:withdraw": "nobody has been invited: tests/web/people",
    "schools:contact": "no contact is kept: tests/web/schools",
    "schools:end_contact": "no contact is kept: tests/web/schools",
    "schools:document": "no document is kept: tests/web/schools",
    "schools:withdraw_document": "no document is kept: tests/web/schools",
    "schools:sharing": "the school of the accounts is maintained, and shares all: tests/web/schools",
}
"""Pages that the demonstration's desk has nothing for, and where they are held."""
COLOUR = re.compile(r"--step-\d")  # the colour scale has a test of its own
BLANK = """(form) => {
  form.noValidate = true;
  for (const one of form.elements) {
    if (["hidden", "submit", "button", "fieldset"].includes(one.type)) continue;
    if (one.type === "radio" || one.type === "checkbox") one.checked = false; else one.value = "";
  }
  form.submit();
}"""
# What a person finds in the main part: links, buttons, fields and the words of headings and cells.
FINDS = """() => [...document.querySelectorAll(
    "main a, main button, main label, main h1, main h2, main h3, main h4, main td, main dd, main p, main li")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length)
  .filter((one) => !one.closest(".govuk-pagination__list"))
  .map((one) => one.textContent.replace(/\\s+/g, " ").trim()).filter(Boolean)"""


@dataclass(slots=True)
class Seen:
    """What the walks have seen so far: kinds of elements by address, views, forms, who has walked."""

    kinds: dict[str, set[str]] = field(default_factory=dict)
    views: set[str] = field(default_factory=set)
    forms: set[tuple[str, str]] = field(default_factory=set)
    refused: int = 0
    walked: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def seen() -> Seen:
    """What all roles of this module have seen together."""
    return Seen()


class Elements(HTMLParser):
    """The links of a page, the addresses of its forms that ask for something, and the kinds of its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[str] = []
        self.kinds: set[str] = set()
        self._inside: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        has = dict(attrs)
        kind = " ".join([tag, *(has.get(name) or "" for name in ("class", "role", "type"))])
        self.kinds.add(COLOUR.sub("", kind))
        if tag == "a" and has.get("href"):
            self.links.append(str(has["href"]))
        elif tag == "form" and has.get("method") == "post":
            self._inside = has.get("action") or ""
        elif tag in ("input", "select", "textarea") and self._inside is not None and has.get("type") != "hidden":
            self.forms.append(self._inside)
            self._inside = None

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a form."""
        if tag == "form":
            self._inside = None


def route_of(path: str) -> str:
    """The address in the URLconf, with the names of what is asked for."""
    parts = urlsplit(path)
    try:
        route = resolve(parts.path).route
    except Resolver404:
        return parts.path
    return "?".join((route, ",".join(sorted({name for name, value in parse_qsl(parts.query) if value}))))


def name_of(route: str) -> str:
    """The name of a page's picture."""
    plain = route.strip("?").replace("int:", "").replace("str:", "").replace("slug:", "").replace("uuid:", "")
    return "".join(one if one.isalnum() else "-" for one in plain).strip("-") or "front"


def is_page(answer: APIResponse) -> bool:
    """Whether an answer is a page of the desk, not a file."""
    return (
        "text/html" in answer.headers.get("content-type", "")
        and "attachment" not in answer.headers.get("content-disposition", "")
    )  # fmt: skip


@dataclass(slots=True)
class Walk:
    """One role's walk over the desk."""

    page: Page
    home: str
    seen: Seen
    most: int
    wrong: list[str] = field(default_factory=list)
    empty: list[tuple[str, str]] = field(default_factory=list)

    def pages(self, starts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Ask for every address, following links and noting those that lead nowhere; yield what looks new."""
        waiting: deque[tuple[str, str]] = deque((path, "") for path in starts)
        asked: set[str] = set()
        often: dict[str, int] = {}
        while waiting:
            path, linked_on = waiting.popleft()
            route = route_of(path)
            if path in asked or often.get(route, 0) >= self.most or (linked_on and path.count("&")):
                continue
            asked.add(path)
            often[route] = often.get(route, 0) + 1
            answer = self.page.context.request.get(self.home + path, timeout=60_000)
            if answer.status >= 400 and linked_on:
                self.wrong.append(f"{path}, linked on {linked_on}, answers {answer.status}")
            if answer.status < 400:
                self.note(path)
            if answer.status >= 500 or not is_page(answer):
                continue
            elements = Elements()
            elements.feed(answer.text())
            waiting.extend((link, path) for link in self.inward(path, elements.links))
            if answer.status < 400:
                self.empty += [(path, form) for form in elements.forms]
            known = self.seen.kinds.setdefault(route.partition("?")[0], set())
            if elements.kinds - known:
                known |= elements.kinds
                yield path, route

    def note(self, path: str) -> None:
        """The view behind an address has been seen."""
        self.seen.views.add(resolve(urlsplit(path).path).view_name)

    def inward(self, path: str, links: list[str]) -> Iterator[str]:
        """The addresses of the desk among a page's links."""
        for link in links:
            whole = urljoin(self.home + path, link).split("#")[0]
            if whole.startswith(f"{self.home}/") and not whole.startswith(f"{self.home}/static/"):
                yield whole.removeprefix(self.home)

    def forms_sent_empty(self) -> Iterator[str]:
        """Send each form empty that was not sent before; yield where one was refused."""
        for path, action in self.empty:
            form = (route_of(path).partition("?")[0], route_of(urljoin(path, action)).partition("?")[0])
            if form in self.seen.forms:
                continue
            self.seen.forms.add(form)
            self.page.goto(self.home + path)
            found = self.page.locator(f'form[method=post][action="{action}"]' if action else "form[method=post]")
            with self.page.expect_navigation():
                found.last.evaluate(BLANK)
            if self.page.locator(".govuk-error-summary").count():
                self.seen.refused += 1
                yield path


def held(page: Page, name: str, inspect: object) -> list[str]:
    """What is wrong with a page at a desk and on a telephone; at 400 % whether it scrolls sideways or loses a thing."""
    wrong = []
    for width, height in ((1280, 900), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        try:
            inspect(page, name)  # type: ignore[operator]
        except AssertionError as found:
            wrong.append(f"{page.url} at {width}: {str(found).splitlines()[0]}")
        if width == 1280:
            there = page.evaluate(FINDS)
    page.set_viewport_size({"width": 320, "height": 256})
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    lost = set(there) - set(page.evaluate(FINDS))
    page.set_viewport_size({"width": 1280, "height": 900})
    return [
        *wrong,
        *([f"{page.url} scrolls sideways at 320"] if wide > 0 else []),
        *([f"{page.url} loses at 320: {sorted(lost)[:5]}"] if lost else []),
    ]


def look_at_everything(walk: Walk, starts: tuple[str, ...], role: str, inspect: object) -> int:
    """Hold all that is new on a walk; give how many pages were."""
    new = 0
    for path, route in walk.pages(starts):
        new += 1
        walk.page.goto(walk.home + path)
        walk.wrong += held(walk.page, f"{role}/{name_of(route)}", inspect)
    for path in walk.forms_sent_empty():
        new += 1
        walk.wrong += held(walk.page, f"{role}/{name_of(route_of(path))}-errors", inspect)
    return new


@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_role_reaches_is_accessible(role, visit, desk, inspect, seen, complaints) -> None:
    complaints.expected += ["404 (Not Found)", "403 (Forbidden)", "400 (Bad Request)", "422 ("]
    page = visit("/static/design/strandline.svg", role=role)
    walk = Walk(page=page, home=desk.url, seen=seen, most=THOROUGH.get(role, 1))
    starts = (*STARTS, *(state.format(school=desk.school) for state in STATES))
    look_at_everything(walk, starts, role, inspect)
    seen.walked.add(role)
    assert not walk.wrong, "\n".join(walk.wrong)


def test_every_page_before_signing_in_is_accessible(visit, desk, inspect, seen, complaints) -> None:
    complaints.expected += ["404 (Not Found)"]
    page = visit("/static/design/strandline.svg")
    walk = Walk(page=page, home=desk.url, seen=seen, most=2)
    assert look_at_everything(walk, NOBODY, "nobody", inspect) >= 3
    seen.walked.add("nobody")
    assert not walk.wrong, "\n".join(walk.wrong)


def views(patterns: list[object], prefix: str = "") -> Iterator[str]:
    """Every view of the URLconf by its name."""
    for each in patterns:
        if isinstance(each, URLPattern):
            yield f"{prefix}{each.name}"
        else:
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix  # type: ignore[attr-defined]
            yield from views(each.url_patterns, inner)  # type: ignore[attr-defined]


def doors(patterns: list[object], names: set[str], school: int, prefix: str = "") -> Iterator[str]:
    """Addresses of views that no link leads to: numbers are tried from 1, words are made up."""
    for each in patterns:
        if not isinstance(each, URLPattern):
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix  # type: ignore[attr-defined]
            yield from doors(each.url_patterns, names, school, inner)  # type: ignore[attr-defined]
            continue
        name, wanted = f"{prefix}{each.name}", each.pattern.converters
        for number in (1, 2, 3) if "pk" in wanted else (1,):
            if name in names:
                with suppress(NoReverseMatch):
                    values = {one: {"urn": school, "pk": number}.get(one, "x") for one in wanted}
                    yield reverse(name, kwargs=values)


def knocked(walk: Walk, names: set[str], school: int) -> Iterator[str]:
    """Ask for each; what answers, and not with a page, is no page; yield the pages."""
    for path in list(doors(get_resolver().url_patterns, names, school)):
        if resolve(path).view_name in walk.seen.views:
            continue
        answer = walk.page.context.request.get(walk.home + path, max_redirects=0, timeout=60_000)
        if answer.status not in (403, 404):
            walk.note(path)
            if answer.status == 200 and is_page(answer):
                yield path


def test_no_page_of_the_desk_was_left_out(visit, desk, inspect, seen, complaints) -> None:
    if seen.walked < {*ROLES, "nobody"}:
        pytest.skip("only some roles have walked")
    complaints.expected += ["404 (Not Found)", "403 (Forbidden)"]
    everything = set(views(get_resolver().url_patterns))
    for role in ("head_of_service", "head_teacher", ""):
        page = visit("/static/design/strandline.svg", role=role)
        walk = Walk(page=page, home=desk.url, seen=seen, most=1)
        for path in knocked(walk, everything - seen.views - ELSEWHERE.keys(), desk.school):
            page.goto(desk.url + path)
            walk.wrong += held(page, f"{role or 'nobody'}/{name_of(route_of(path))}", inspect)
        assert not walk.wrong, "\n".join(walk.wrong)
    assert sorted(everything - seen.views - ELSEWHERE.keys()) == []
    assert seen.refused >= 10
