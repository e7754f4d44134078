"""Category marks: the code in the mark, the words beside it, a reason where nothing is known."""

from __future__ import annotations

from strandline.web.design.maps import LegendEntry, SchoolMap
from strandline.web.design.marks import CategoryMark


def test_a_category_has_its_code_in_the_mark_and_its_words_beside_it() -> None:
    html = CategoryMark(code="3A", words="Satisfactory <twice>", step=4).html()
    assert '<strong class="desk-mark desk-mark--step-4">3A</strong>' in html
    assert '<span class="desk-category__words">Satisfactory &lt;twice&gt;</span>' in html


def test_a_step_beyond_the_scale_takes_the_last_colour() -> None:
    assert CategoryMark(code="9", step=12).colour_class == "desk-mark--step-8"


def test_an_undecided_school_is_hatched_and_says_why() -> None:
    mark = CategoryMark(state="undecided", reason="results are suppressed")
    assert mark.colour_class == "desk-mark--unknown"
    assert "Undecided: results are suppressed" in mark.html()
    assert '<span class="govuk-visually-hidden">Undecided</span>' in mark.mark_html()


def test_a_category_without_a_step_is_plain() -> None:
    assert CategoryMark(code="B").colour_class == "desk-mark--plain"


def test_a_code_of_words_is_printed_as_words_and_not_said_twice() -> None:
    html = CategoryMark(code="good_to_great", words="Good to Great", step=2).html()
    assert ">Good to great</strong>" in html
    assert "desk-category__words" not in html


def legend(*codes: str) -> SchoolMap:
    entries = tuple(LegendEntry(mark=CategoryMark(code=code, words=code)) for code in codes)
    return SchoolMap(key="k", title="t", places_href="/", places=(), legend=entries)


def test_marks_on_a_map_hold_short_codes() -> None:
    assert legend("2A", "3", "").signs == {"2A": "2A", "3": "3"}
    assert [sign for _, sign in legend("2A", "").entries] == ["", ""]


def test_marks_on_a_map_are_numbered_where_codes_are_words() -> None:
    shown = legend("great", "good_to_great", "great", "")
    assert shown.signs == {"great": "1", "good_to_great": "2"}
    assert [sign for _, sign in shown.entries] == ["1", "2", "1", ""]
