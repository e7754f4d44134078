"""
Every page that a role reaches by links from the front page: it opens, axe finds nothing, nothing scrolls sideways.

One page is opened for each address in the URLconf and kind of elements on it: two schools that show the same kinds of
elements count as one. Each form is also sent as it stands, so that the errors it says are held to the same.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

STARTS = (
    "/",
    "/schools/",
    "/decisions/",
    "/triggers/",
    "/intelligence/",
    "/officers/",
    "/strategies/",
    "/people/",
    "/audit/",
)
ROLES = (
    "head_of_service service_manager officer analyst consortium_lead board_member head_teacher chair_of_governors "
    "governor elected_member diocese trust external_provider auditor"
).split()
PICTURED = ("head_of_service", "officer", "head_teacher", "elected_member")
KINDS_OF_ELEMENTS = """() => {
  const kind = (one) => [one.tagName, ...["class", "role", "type"].map((name) => one.getAttribute(name))].join(" ");
  return [...new Set([...document.body.querySelectorAll("*")].map(kind))].sort().join("|");
}"""
MOST = 150


@pytest.fixture(scope="session")
def looked_at() -> set[tuple[str, str]]:
    """What axe has seen already: address and kinds of elements, whatever the role."""
    return set()


def route_of(path: str) -> str:
    """The address in the URLconf, with what is asked for: a list with another filter is the same page."""
    parts = urlsplit(path)
    try:
        route = resolve(parts.path).route
    except Resolver404:
        return parts.path
    return "?".join((route, ",".join(sorted({name for name, _ in parse_qsl(parts.query)} & {"part", "view", "kind"}))))


def name_of(route: str) -> str:
    """The name of a page's picture."""
    return (
        route.strip("?").replace("<", "").replace(">", "").replace("int:", "").replace("/", "-").strip("-") or "front"
    )


def links(page: Page, home: str) -> Iterator[str]:
    """The addresses of the desk that the page leads to."""
    for href in page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
        if href.startswith(home) and not href.startswith(f"{home}/static/"):
            yield href.removeprefix(home).split("#")[0]


def walk(page: Page, home: str, dead: list[str]) -> Iterator[tuple[str, str]]:
    """Open every address once, following links and noting those that lead nowhere; yield address and route."""
    waiting, known = deque((path, "") for path in STARTS if opens(page, home, path)), set()
    while waiting and len(known) < MOST:
        path, linked_on = waiting.popleft()
        route = route_of(path)
        if route in known:
            continue
        known.add(route)
        answer = page.context.request.get(home + path, timeout=60_000)
        if answer.status >= 400:
            dead.append(f"{path}, linked on {linked_on}, answers {answer.status}")
            continue
        if "text/html" not in answer.headers.get("content-type", "") or "content-disposition" in answer.headers:
            continue
        page.goto(home + path)
        yield path, route
        waiting.extend((link, path) for link in links(page, home))


def held(page: Page, path: str, look: Callable[[], None]) -> list[str]:
    """What is wrong with a page on a desk and on a telephone; at 400 % only whether it scrolls sideways."""
    wrong = []
    for width, height in ((1280, 900), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        try:
            look()
        except AssertionError as found:
            wrong.append(f"{path} at {width}: {str(found).splitlines()[0]}")
    page.set_viewport_size({"width": 320, "height": 256})
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return [*wrong, f"{path} scrolls sideways at 320"] if wide > 0 else wrong


def opens(page: Page, home: str, path: str) -> bool:
    """Whether the role may open a starting page at all."""
    return bool(page.context.request.get(home + path).status < 400)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_role_reaches_is_accessible(role, visit, desk, inspect, looked_at) -> None:
    page = visit("/static/design/strandline.svg", role=role, scripts=True)
    problems, seen = [], 0
    for path, route in walk(page, desk.url, problems):
        seen += 1
        kinds = hashlib.sha256(page.evaluate(KINDS_OF_ELEMENTS).encode()).hexdigest()
        if (route, kinds) in looked_at:
            continue
        looked_at.add((route, kinds))
        problems += held(page, path, partial(inspect, page, f"{role}/{name_of(route)}", picture=role in PICTURED))
    assert seen >= 1
    assert not problems, "\n".join(problems)
