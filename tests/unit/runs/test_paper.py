"""The paper of a run: every number answers its own question, and nothing is lost between run and paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes.shire import AS_AT

from strandline import runs
from strandline.reports import compose
from strandline.runs.measuring import Measuring
from strandline.runs.paper import Meeting, national_facts
from strandline.runs.paper_input import paper_input


@pytest.fixture
def home(settle: Callable[..., Path], tmp_path: Path) -> Path:
    return settle(tmp_path / "home")


@pytest.fixture
def measuring(home: Path) -> Iterator[Measuring]:
    run = runs.run(home, pack="shire-2012", as_at=AS_AT, authority="937")
    with Measuring(home, run, national=national_facts(home, run)) as opened:
        yield opened


def test_every_figure_of_the_paper_equals_its_own_query(measuring: Measuring) -> None:
    figures = compose(paper_input(measuring)).figures()
    asked = [(figure.value, measuring.ask(figure.query)) for figure in figures if not figure.missing]
    assert len(asked) > 20
    assert [(printed, answer) for printed, answer in asked if printed != pytest.approx(answer)] == []


def test_categories_and_states_of_the_paper_are_those_of_the_run(measuring: Measuring) -> None:
    view = paper_input(measuring)
    assert {row.code: row.count.value for row in view.categories} == {"1": 2, "S": 0, "3": 0, "4": 1}
    decided = view.decisions
    assert (decided.schools.value, decided.undecided.value, decided.needs_judgement.value) == (6, 1, 1)
    assert view.area == "Shire"


def test_what_is_missing_for_undecided_schools_is_counted(measuring: Measuring) -> None:
    rows = {row.feature: row.schools.value for row in paper_input(measuring).undecided}
    assert rows["Overall effectiveness at the latest graded inspection, 1 (best) to 4"] == 1


def test_inspections_are_compared_with_england_over_schools_judged(measuring: Measuring) -> None:
    (overall,) = paper_input(measuring).inspections
    first = overall.rows[0]
    assert (first.local.part.value, first.local.whole.value, first.not_counted.value) == (2, 4, 1)
    assert first.national is not None


def test_entitlements_are_summed_with_days(measuring: Measuring) -> None:
    totals = {row.support: row for row in paper_input(measuring).entitlements}
    assert totals["School improvement partner"].schools.value == 3
    assert (totals["Officer days"].amount.value, totals["Officer days"].amount_words) == (18.0, "days a year")


def test_values_behind_the_categories_carry_citation_and_status(measuring: Measuring) -> None:
    (small,) = paper_input(measuring).parameters
    assert (small.meaning, small.value) == ("Roll below which a school is small", "60 pupils")
    assert small.citation == "Every School a Good School, 4"


def test_the_paper_is_written_in_every_form_with_its_figures(home: Path, tmp_path: Path) -> None:
    run = runs.run(home, pack="shire-2012", as_at=AS_AT, authority="937")
    files = runs.report(
        home, run=run.run_id, out=tmp_path / "paper", formats=("html", "docx"), meeting=Meeting(committee="Scrutiny")
    )
    assert [path.suffix for path in files] == [".html", ".docx", ".json"]
    assert "Scrutiny" in files[0].read_text(encoding="utf-8")
    assert json.loads(files[-1].read_text(encoding="utf-8"))[0]["sql"].startswith("SELECT")


def test_no_school_is_named_in_the_paper(home: Path, tmp_path: Path) -> None:
    run = runs.run(home, pack="shire-2012", as_at=AS_AT, authority="937")
    (page, _) = runs.report(home, run=run.run_id, out=tmp_path, formats=("html",))
    assert "Alder Primary" not in page.read_text(encoding="utf-8")
