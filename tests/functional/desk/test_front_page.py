"""The head of service sees which schools worry us, why, who is on it, what is overdue and what changed: at one look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

LAPTOP = {"width": 1280, "height": 720}
HEADINGS = ("Schools that want attention", "Overdue or blank", "Waits for you", "Since ")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_front_page_of_the_head_of_service_is_one_screen_of_a_laptop(
    scripts: bool, visit: Callable[..., Page]
) -> None:
    page = visit("/", role="head_of_service", scripts=scripts)
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollHeight") <= LAPTOP["height"]
    for words in HEADINGS:
        box = page.locator("h1, h2").filter(has_text=words).bounding_box()
        assert box is not None, words
        assert 0 <= box["y"] < LAPTOP["height"] - 40, words
    lines = page.locator("main li, main tbody tr")
    assert lines.count() > 15
    last = max(box["y"] + box["height"] for box in (each.bounding_box() for each in lines.all()) if box)
    assert last <= LAPTOP["height"]
