"""Every pair of colours that the desk puts on each other reaches 4.5:1; borders and marks reach 3:1."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from strandline.reports import palette
from strandline.web import design

CSS = (Path(design.__file__).parent / "static/design/desk.css").read_text(encoding="utf-8")
NAMED = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", CSS))
BRAND = {
    "ink": "#14213d",
    "tide": "#0f6674",
    "foam": "#e8f1f2",
    "sand": "#f6f1e7",
    "coral": "#b5402a",
    "amber": "#8a5a00",
    "kelp": "#1d6b3a",
}
WORDS_ON = [
    *((words, ground) for words in ("ink", "tide", "slate", "deep-tide") for ground in ("white", "foam", "sand")),
    *(("white", ground) for ground in ("ink", "tide", "coral", "amber", "kelp", "deep-tide")),
    *((words, "white") for words in ("coral", "amber", "kelp")),
    ("foam", "ink"),
    ("ink", "focus"),
    ("ink", "unknown"),
]
LINES_ON = [("tide", "white"), ("ink", "white"), ("slate", "white"), ("ink", "focus"), ("slate", "unknown")]


def rule(selector: str) -> dict[str, str]:
    """The declarations of a rule, with variables looked up."""
    found = re.search(rf"^{re.escape(selector)} \{{([^}}]*)\}}", CSS, re.MULTILINE)
    assert found, selector
    pairs = dict(part.strip().split(": ", 1) for part in found[1].split(";") if ": " in part)
    return {name: re.sub(r"var\(--([a-z-]+)\)", lambda one: NAMED[one[1]], value) for name, value in pairs.items()}


@pytest.mark.parametrize("name", BRAND)
def test_the_style_sheet_has_the_colours_of_the_brand(name) -> None:
    assert NAMED[name] == BRAND[name]


@pytest.mark.parametrize(("words", "ground"), WORDS_ON)
def test_words_can_be_read(words, ground) -> None:
    assert palette.contrast(NAMED[words], NAMED[ground]) >= 4.5


@pytest.mark.parametrize(("line", "ground"), LINES_ON)
def test_lines_can_be_seen(line, ground) -> None:
    assert palette.contrast(NAMED[line], NAMED[ground]) >= 3


@pytest.mark.parametrize("kind", ["", "--done", "--due", "--late", "--new", "--draft"])
def test_a_tag_can_be_read(kind) -> None:
    drawn = {**rule(".desk-tag"), **rule(f".desk-tag{kind}")}
    assert palette.contrast(drawn["color"], drawn["background"]) >= 4.5


@pytest.mark.parametrize("step", range(1, 9))
def test_a_category_has_the_colour_of_the_papers_and_can_be_read(step) -> None:
    mark = rule(f".desk-mark--step-{step}")
    assert mark["background"] == palette.STEPS[step - 1]
    assert palette.contrast(mark["color"], mark["background"]) >= 4.5
    drawn = rule(f".desk-map__mark--step-{step} svg > :first-child")
    assert drawn["fill"] == palette.STEPS[step - 1]


def test_no_category_is_red() -> None:
    for colour in palette.STEPS:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert not (red > 1.5 * green and red > 1.5 * blue)


def test_the_stripes_of_what_is_not_known_leave_its_words_readable() -> None:
    for stripe in ("#f2f3f5", "#e9ebee"):
        assert palette.contrast(NAMED["slate"], stripe) >= 4.5
    assert palette.contrast(NAMED["ink"], NAMED["unknown-line"]) >= 4.5
