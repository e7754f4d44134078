"""Category marks: the code in the mark, the words beside it, a reason where nothing is known."""

from __future__ import annotations

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
