"""
A real browser on a real desk.

`visit(path, role=…, window=…, scripts=…)` opens a page as somebody; `inspect(page, name)` holds it to axe at WCAG 2.2
AA, one h1, a title, no sideways scrolling, and keeps its screenshot under build/screenshots/desk; `keys(page)` uses
nothing but the keyboard. When a test ends, no page may have broken the content policy, thrown an error or missed a
file.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[3]
AXE = ROOT / "tests/functional/vendor/axe-core/axe.min.js"
SHOTS = ROOT / "build/screenshots/desk"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WINDOWS = {"desktop": (1280, 900), "phone": (360, 740), "zoom": (320, 256)}
READY = (
    "!document.body || document.body.classList.contains('desk-ready') || !document.querySelector('script[type=module]')"
)
ARGUMENTS = [
    "--headless",
    "--lang=en-GB",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here drives a browser; without one it is skipped and says so."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if shutil.which("chromium") is None:
                item.add_marker(pytest.mark.skip(reason="needs chromium on the PATH"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A desk that runs: where, and how each role signs in."""

    url: str
    people: dict[str, dict[str, Any]]

    def session(self, role: str) -> str:
        """The cookie of a person who has signed in with a role."""
        return str(self.people[role]["session"])

    @property
    def school(self) -> int:
        """The URN of the school whose head teacher, chair and governor have accounts."""
        return int(self.people["head_teacher"]["school"])


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The home of a filled desk: one for the whole run of tests, whichever worker comes first fills it.

    Who works on the pages sets STRANDLINE_FILLED_DESK to a folder that keeps it from run to run.
    """
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent
    folder = Path(os.environ.get("STRANDLINE_FILLED_DESK", folder))
    folder.mkdir(parents=True, exist_ok=True)
    home, said = folder / "filled-desk", folder / "filled-desk.json"
    with (folder / "filled-desk.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.is_file():
            filling = [sys.executable, str(Path(__file__).parent / "seed.py")]
            seeded = subprocess.run(filling, env=environment(home), capture_output=True, text=True, check=False)
            assert seeded.returncode == 0, seeded.stderr
            said.write_text(seeded.stdout.splitlines()[-1], encoding="utf-8")
    return home


def environment(home: Path) -> dict[str, str]:
    """What the desk's processes are started with."""
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "STRANDLINE_HOME": str(home),
        "STRANDLINE_SECRET_KEY": "only-for-the-browser",
        "DJANGO_SETTINGS_MODULE": "strandline.web.config.settings",
    }


@pytest.fixture(scope="module")
def desk(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of the module's own, served as in production: what other modules' people have done is not on it."""
    home = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(filled, home)
    port = free_port()
    log = (home / "server.log").open("w", encoding="utf-8")
    starting = [sys.executable, "-c", "from strandline.cli import main; main()", "desk", "--port", str(port)]
    server = subprocess.Popen(
        [*starting, "--workers", "1", "--no-tasks"], env=environment(home), stdout=log, stderr=subprocess.STDOUT
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/health", server, home / "server.log")
        people = json.loads((filled.parent / "filled-desk.json").read_text(encoding="utf-8"))
        yield Desk(url=f"http://127.0.0.1:{port}", people=people)
    finally:
        stop(server)
        log.close()


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a desk; one that takes too long over its last answer is not waited for."""
    server.terminate()
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the desk answers; say what it said if it does not."""
    for _ in range(600):
        with suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
            if answer.status == 200:
                return
        if server.poll() is not None:
            break
        time.sleep(0.2)
    raise AssertionError(f"the desk did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """
    One browser for the journeys of a module.

    It ends with the module: while it runs, its event loop keeps other tests of the same worker from the database.
    """
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS, env={**os.environ, "LANGUAGE": "en_GB"}
        )
        yield running
        running.close()


@dataclass(slots=True)
class Complaints:
    """What pages complained about while a test ran."""

    said: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Write down errors, broken content policies and files that were not found."""
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))
        page.on("console", lambda one: self.hear(one))  # noqa: PLW0108 - a method of a slotted class cannot be marked

    def hear(self, one: ConsoleMessage) -> None:
        """Write down an error; a browser's own wish for a favicon is none."""
        if one.type == "error" and not one.location["url"].endswith("/favicon.ico"):
            self.said.append(f"{one.location['url']}: {one.text}")

    def unexpected(self) -> list[str]:
        """What no test announced."""
        return [one for one in self.said if not any(words in one for words in self.expected)]


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """What pages complain about; a test that expects an answer of 404 adds it to `expected`."""
    heard = Complaints()
    yield heard
    assert heard.unexpected() == []


# A drawn box stands in for a radio or a check box: its ring shows the focus.
FOCUS_SHOWS = """() => {
  const one = document.activeElement;
  const boxed = one.matches(".govuk-radios__input, .govuk-checkboxes__input");
  const looks = () => {
    const style = boxed ? getComputedStyle(one.nextElementSibling, "::before") : getComputedStyle(one);
    return [style.outlineStyle, style.outlineColor, style.outlineWidth, style.boxShadow, style.backgroundColor,
            style.borderBottomColor, style.borderTopWidth].join();
  };
  const focused = looks();
  one.blur();
  const plain = looks();
  one.focus({preventScroll: true});
  return focused !== plain;
}"""

Visit = Callable[..., Page]


@pytest.fixture
def visit(desk: Desk, chromium: Browser, complaints: Complaints) -> Iterator[Visit]:
    """Open a page: `visit("/schools/", role="officer", window="phone", scripts=False)`; no role is nobody."""
    opened: list[BrowserContext] = []

    def open_page(path: str, *, role: str = "", window: str = "desktop", scripts: bool = True) -> Page:
        width, height = WINDOWS[window]
        context = chromium.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, locale="en-GB"
        )
        context.set_default_timeout(20_000)
        context.set_default_navigation_timeout(60_000)
        opened.append(context)
        if role:
            context.add_cookies([{"name": "sessionid", "value": desk.session(role), "url": desk.url}])
        page = context.new_page()
        complaints.listen(page)
        page.goto(desk.url + path)
        if scripts:
            page.wait_for_function(READY)
        return page

    yield open_page
    for context in opened:
        context.close()


Inspect = Callable[..., None]


@pytest.fixture
def inspect(chromium: Browser) -> Inspect:
    """Hold a page to what every page keeps, and keep its picture: `inspect(page, "school-overview")`."""

    def look(page: Page, name: str, *, picture: bool = True) -> None:
        if picture:
            keep_picture(page, name)
        with scripted(page, chromium) as readable:
            found = violations(readable)
        assert not found, f"axe: {found}"
        assert page.locator("h1").count() == 1, f"{page.url} has not exactly one h1"
        assert page.title().endswith("– Strandline")
        wide = overflow(page)
        assert not wide, f"scrolls sideways: {wide}"

    return look


@contextmanager
def scripted(page: Page, chromium: Browser) -> Iterator[Page]:
    """The page where scripts run; else its twin, the very same elements, opened where axe itself can run."""
    if page.evaluate("document.body.classList.contains('js-enabled')"):
        yield page
        return
    elements = re.sub(r"<script\b[^>]*>.*?</script>", "", page.content(), flags=re.DOTALL)
    context = chromium.new_context(viewport=page.viewport_size, locale="en-GB")
    twin = context.new_page()
    twin.route(page.url, lambda route: route.fulfill(body=elements, content_type="text/html; charset=utf-8"))
    twin.goto(page.url)
    yield twin
    context.close()


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds at WCAG 2.2 AA: the rule and where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [(one["id"], [str(node["target"]) for node in one["nodes"]]) for one in found["violations"]]


def overflow(page: Page) -> list[str]:
    """What makes the page scroll sideways: elements that stand out to the right, outside their own frames."""
    return list(
        page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              return [...document.body.querySelectorAll("*")]
                .filter((one) => one.getBoundingClientRect().right > width + 1)
                .filter((one) => !one.parentElement.closest(".desk-table, .desk-map__canvas"))
                .map((one) => `${one.tagName}.${one.getAttribute("class") ?? ""}`).slice(0, 8);
            }"""
        )
    )


def keep_picture(page: Page, name: str) -> Path:
    """Keep a screenshot of the whole page as build output."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    path = SHOTS / f"{name}-{width}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=path, full_page=True, animations="disabled")
    return path


@dataclass(frozen=True, slots=True)
class Keys:
    """A person who has no mouse."""

    page: Page

    def here(self) -> str:
        """The words of what has the focus."""
        return str(
            self.page.evaluate(
                """() => { const one = document.activeElement;
                  const label = one.labels?.[0]?.textContent ?? one.getAttribute("aria-label");
                  return (label ?? one.textContent ?? "").replace(/\\s+/g, " ").trim(); }"""
            )
        )

    def reach(self, words: str, *, most: int = 200, shift: bool = False) -> None:
        """Press Tab until what has the focus says `words`; each stop on the way must show that it has the focus."""
        for _ in range(most):
            self.page.keyboard.press("Shift+Tab" if shift else "Tab")
            if words in self.here():
                assert self.shows_focus(), f"{words!r} has the focus and does not show it"
                return
        raise AssertionError(f"{words!r} was not reached in {most} presses of Tab; the last stop was {self.here()!r}")

    def shows_focus(self) -> bool:
        """Whether what has the focus looks different: an outline, a shadow or another background."""
        return bool(self.page.evaluate(FOCUS_SHOWS))

    def press(self, key: str = "Enter") -> None:
        """Press a key on what has the focus."""
        self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(words)


@pytest.fixture
def keys() -> Callable[[Page], Keys]:
    """Use a page by keyboard only: `keys(page).reach("Save")`."""
    return Keys
