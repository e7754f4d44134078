"""Tables: escaped, sorted by links that keep the address, with reasons where a figure is missing."""

from __future__ import annotations

import time

import pytest
from django.utils.safestring import mark_safe

from strandline.web.design.tables import Cell, Column, Row, Table

COLUMNS = (Column(heading="School", header=True, sort="name"), Column(heading="Pupils", kind="number", sort="pupils"))


def table(*rows, **more) -> Table:
    return Table(caption="Schools", columns=COLUMNS, rows=rows, **more)


def test_words_are_escaped_and_markup_of_components_is_not() -> None:
    body = table(("<b>A & “B”</b>", mark_safe("<em>7</em>"))).body_html()
    assert "&lt;b&gt;A &amp; “B”&lt;/b&gt;" in body
    assert "<em>7</em>" in body


def test_addresses_and_orders_are_escaped() -> None:
    body = table((Cell(text='"x"', href='/?a=1&b="2"', sort='"'), "1")).body_html()
    assert 'href="/?a=1&amp;b=&quot;2&quot;"' in body
    assert 'data-sort-value="&quot;"' in body


def test_a_heading_sorts_and_sorts_the_other_way_and_goes_back_to_the_first_page() -> None:
    head = table(query="category=3A&page=4&sort=name", sorted_by="name").head_html()
    assert 'aria-sort="ascending"><a class="desk-sort desk-sort--ascending" href="?category=3A&amp;sort=-name"' in head
    assert 'aria-sort="none"><a class="desk-sort desk-sort--none" href="?category=3A&amp;sort=pupils"' in head


def test_a_missing_figure_says_why_and_keeps_the_publishers_mark() -> None:
    body = table(("A", Cell(missing="suppressed by the publisher", mark="SUPP"))).body_html()
    assert 'class="desk-missing">suppressed by the publisher <span class="desk-missing__mark">(SUPP)</span>' in body


def test_a_changed_row_says_what_changed_beside_its_heading() -> None:
    body = table(Row(cells=("A", "1"), changed="New on 1 May 2013", key="school-1")).body_html()
    assert '<tr class="desk-row--changed" id="school-1"><th scope="row"' in body
    assert '<span class="desk-changed">New on 1 May 2013</span></th>' in body


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        table(("A",)).body_html()


def test_two_hundred_rows_are_quick() -> None:
    rows = [(Cell(text=f"School {at}", href=f"/schools/{at}/", hint="URN"), str(at)) for at in range(200)]
    started = time.perf_counter()
    table(*rows).body_html()
    assert time.perf_counter() - started < 0.25
