"""The HTML paper in a real browser: no accessibility violation, no sideways scrolling, reachable by keyboard."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from strandline.reports import compose, write

TESTS = Path(__file__).resolve().parents[2]
AXE = TESTS / "functional" / "vendor" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP, PHONE, FOUR_HUNDRED_PER_CENT = (1280, 900), (360, 740), (320, 256)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium on the PATH"),
]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    specification = importlib.util.spec_from_file_location("fake_report_inputs", TESTS / "fakes" / "report_inputs.py")
    fakes = importlib.util.module_from_spec(specification)
    sys.modules["fake_report_inputs"] = fakes
    specification.loader.exec_module(fakes)
    folder = tmp_path_factory.mktemp("paper")
    return write(compose(fakes.world().view), folder, formats=("html",))[0]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(params=[DESKTOP, PHONE, FOUR_HUNDRED_PER_CENT], ids=["desktop", "phone", "zoom 400 %"])
def page(request: pytest.FixtureRequest, browser: Browser, paper: Path) -> Iterator[Page]:
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.goto(paper.as_uri())
    yield opened
    opened.close()


def test_axe_finds_nothing_at_wcag_2_2_aa(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert len(found["passes"]) > 20
    told = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]
    assert told == []


def test_the_page_does_not_scroll_sideways(page: Page) -> None:
    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1]


def test_the_skip_link_is_first_and_shows_itself(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    box = page.locator(".skip").bounding_box()
    assert box["x"] >= 0


def test_wide_tables_scroll_in_a_region_that_the_keyboard_reaches(page: Page) -> None:
    region = page.locator("#categories .scroll")
    region.focus()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    overflow = region.evaluate("element => element.scrollWidth > element.clientWidth")
    assert overflow == (page.viewport_size["width"] < 700)


def test_captions_stay_inside_the_window(page: Page) -> None:
    width = page.viewport_size["width"]
    rights = page.eval_on_selector_all(
        "caption span, figcaption", "items => items.map(item => item.getBoundingClientRect().right)"
    )
    assert rights
    assert max(rights) <= width


def test_the_font_inside_the_file_is_used(page: Page) -> None:
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').length") == 2


def test_nothing_leaves_the_file(browser: Browser, paper: Path) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(paper.as_uri())
    page.evaluate("document.fonts.ready")
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert complaints == []
