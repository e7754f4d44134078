"""How many there are, in words."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template


@pytest.mark.parametrize(
    ("count", "noun", "said"),
    [
        (1, "schools", "1 school"),
        (1, "people", "1 person"),
        (1, "entries", "1 entry"),
        (2, "entries", "2 entries"),
        (11, "schools", "1 to 10 of 11 schools"),
        (0, "schools", ""),
    ],
)
def test_a_list_says_how_many_there_are(count: int, noun: str, said: str) -> None:
    page = Paginator(list(range(count)), 10).get_page(1)
    text = Template('{% load design %}{% pagination page noun="' + noun + '" %}').render(Context({"page": page}))
    assert text.partition('<p class="desk-pagination__count">')[2].partition("</p>")[0] == said
