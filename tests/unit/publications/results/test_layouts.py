"""A layout states what changed since the one it inherits, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from strandline.kernel.citations import Verification
from strandline.kernel.errors import BugError
from strandline.sources import contracts
from strandline.sources.results import layouts
from strandline.sources.results.performance_tables import KS2, KS4


@pytest.mark.parametrize(
    ("book", "layout", "columns"),
    [
        (KS2, "2017", 290),
        (KS2, "2018", 326),
        (KS2, "2019", 318),
        (KS2, "2025", 311),
        (KS4, "2017", 416),
        (KS4, "2018", 496),
        (KS4, "2019", 505),
        (KS4, "2019_provisional", 25),
        (KS4, "2023", 515),
        (KS4, "2025_provisional", 497),
    ],
)
def test_each_year_has_as_many_columns_as_its_dictionary(book: layouts.Book, layout: str, columns: int) -> None:
    assert len(book.layouts[layout].fields) == columns


def test_a_later_layout_keeps_what_it_does_not_drop_and_adds_what_it_states() -> None:
    before, after = KS2.layouts["2018"], KS2.layouts["2019"]
    assert before.has("TSENELSE")
    assert not after.has("TSENELSE")
    assert after.has("PCON_CODE")
    assert not before.has("PCON_CODE")
    assert after.has("PTRWM_EXP")
    assert before.has("PTRWM_EXP")


def test_the_case_of_a_field_name_never_matters() -> None:
    assert KS2.layouts["2017"].has("TNOTFSM6CLA1A")
    assert KS2.layouts["2017"].has("TNotFSM6CLA1A")


def test_years_before_2017_say_that_only_part_of_the_columns_is_known() -> None:
    early = [layout for book in (KS2, KS4) for layout in book.layouts.values() if min(layout.years) < 2017]
    assert {year for layout in early for year in layout.years} == set(range(2007, 2017))
    assert all(layout.partial and layout.verification is Verification.SECONDARY for layout in early)


def test_every_year_has_a_dated_publication_with_its_source() -> None:
    for book in (KS2, KS4):
        for layout in book.layouts.values():
            for year in layout.years:
                found = book.publication(year=year, status=layout.statuses[0])
                assert found is not None, f"{book.kind} {year}"
                assert found.source


def test_the_revised_results_of_2017_came_out_on_the_days_the_releases_bear() -> None:
    ks2, ks4 = KS2.publication(year=2017, status="revised"), KS4.publication(year=2017, status="final")
    assert ks2 is not None
    assert ks2.on == date(2017, 12, 14)
    assert ks4 is not None
    assert ks4.on == date(2018, 1, 25)


def test_provisional_figures_have_a_date_of_their_own() -> None:
    provisional = KS4.publication(year=2019, status="provisional")
    revised = KS4.publication(year=2019, status="revised")
    assert provisional is not None
    assert revised is not None
    assert provisional.on < revised.on


@pytest.fixture
def book_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], layouts.Book]:
    """Reads a book of layouts from text."""

    def read(text: str) -> layouts.Book:
        (tmp_path / "stated.toml").write_text('kind = "k"\ntitle = "t"\n' + text, encoding="utf-8")
        monkeypatch.setattr(layouts, "files", lambda _: tmp_path)
        layouts.read_book.cache_clear()
        return layouts.read_book("anywhere", "stated.toml")

    return read


def test_a_layout_that_drops_what_it_does_not_have_is_a_mistake(book_of: Callable[[str], layouts.Book]) -> None:
    with pytest.raises(BugError, match="drops NOTHERE"):
        book_of(
            '[layout.a]\nyears = [2017]\ncount = "TELIG"\n[layout.b]\ninherits = "a"\nyears = [2018]\ndrop = "NOTHERE"'
        )


def test_a_layout_that_states_a_field_twice_is_a_mistake(book_of: Callable[[str], layouts.Book]) -> None:
    with pytest.raises(BugError, match="twice"):
        book_of('[layout.a]\nyears = [2017]\ncount = "TELIG"\npercent = "telig"')


def test_a_layout_cannot_inherit_from_one_that_comes_after_it(book_of: Callable[[str], layouts.Book]) -> None:
    with pytest.raises(BugError, match="not stated before"):
        book_of('[layout.b]\ninherits = "a"\nyears = [2018]\ncount = "TELIG"')


def test_the_disadvantage_difference_says_whose_pupils_it_compares() -> None:
    contract = contracts()["Key stage 2 performance tables 2017"]
    assert "minus other pupils of the nation" in contract.column("diffn_rwm_exp").meaning


def test_every_meaning_is_of_a_field_that_some_layout_has() -> None:
    for book in (KS2, KS4):
        for name in book.meanings:
            assert any(layout.has(name) for layout in book.layouts.values()), name
