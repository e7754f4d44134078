"""All official files, added by the command line; England and two authorities run, compared, explained and reported."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from strandline import runs
from strandline.cli.app import invoke
from strandline.engine.evaluate import decide
from strandline.reports import compose
from strandline.runs.causes import Cause, standing
from strandline.runs.evidence import schools_in
from strandline.runs.measuring import Measuring
from strandline.runs.paper import national_facts
from strandline.runs.paper_input import paper_input
from strandline.runs.record import verify
from strandline.runs.rules_of import rules_of

pytestmark = pytest.mark.official_data

TODAY = date(2025, 10, 1)
CARDS = date(2026, 7, 1)
PAPER = date(2013, 4, 30)


@pytest.fixture(scope="module")
def home(official_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with every official file, the dictionaries beside them passed over."""
    folder = tmp_path_factory.mktemp("home")
    assert invoke(["data", "add", str(official_data), "--home", str(folder), "--json"]) == 0
    return folder


@pytest.fixture(scope="module")
def england(home: Path) -> runs.Run:
    return runs.run(home, pack="england-2026", as_at=TODAY)


@pytest.fixture(scope="module")
def warwickshire(home: Path) -> runs.Run:
    return runs.run(home, pack="warwickshire-2013", as_at=PAPER, authority="937")


@pytest.fixture(scope="module")
def hampshire(home: Path) -> runs.Run:
    return runs.run(home, pack="england-2026", as_at=TODAY, authority="850")


def test_every_school_in_england_is_in_a_category_or_says_why_not(england: runs.Run) -> None:
    decisions = england.decisions
    assert decisions.height == decisions["urn"].n_unique() == 21_990
    without = decisions.filter(pl.col("category").is_null())
    assert without.filter(pl.col("reason").is_null() | (pl.col("reason") == "")).is_empty()
    undecided = without.filter(pl.col("state") == "undecided")
    assert undecided.filter(pl.col("missing").list.len() == 0).is_empty()
    assert sum(runs.summarise(england).states.values()) == 21_990


def test_the_compiled_rules_and_the_reference_evaluator_agree_on_real_schools(
    england: runs.Run, warwickshire: runs.Run
) -> None:
    for run, every in ((england, 97), (warwickshire, 1)):
        rules = rules_of(run)
        sample = run.decisions.gather_every(every)
        known = schools_in(run, urns=sample["urn"])
        for urn, category, state in sample.select("urn", "category", "state").iter_rows():
            decision = decide(rules, known[urn])
            assert (decision.category, decision.state.value) == (category, state), urn
            assert standing(decision) == (category or state)


def test_every_school_without_a_category_is_blocked_by_what_the_evaluator_misses(warwickshire: runs.Run) -> None:
    rules = rules_of(warwickshire)
    waiting = warwickshire.decisions.filter(pl.col("state").is_in(["undecided", "needs_judgement"]))
    known = schools_in(warwickshire, urns=waiting["urn"])
    for urn, missing in waiting.select("urn", "missing").iter_rows():
        assert sorted(missing) == list(decide(rules, known[urn]).missing), urn


def test_each_judged_primary_of_warwickshire_has_one_of_eight_categories_or_names_what_is_missing(
    warwickshire: runs.Run,
) -> None:
    judged = warwickshire.table("facts").filter(
        (pl.col("sector") == "primary") & pl.col("inspection_grade").is_not_null()
    )
    decisions = warwickshire.decisions.filter(pl.col("urn").is_in(judged["urn"].implode()))
    assert decisions.height > 140
    codes = set(warwickshire.table("categories")["code"])
    assert codes == {"1", "2A", "2B", "3A", "3B", "3C", "3D", "4"}
    assert set(decisions["category"].drop_nulls()) <= codes
    lacking = {name for names in decisions.filter(pl.col("category").is_null())["missing"] for name in names}
    assert lacking <= {"leadership_grade", "direction_of_travel"}
    assert "leadership_grade" in lacking


def test_a_real_run_is_the_same_to_the_byte_when_it_is_made_again(home: Path, warwickshire: runs.Run) -> None:
    before = {path.name: path.read_bytes() for path in warwickshire.folder.iterdir() if path.is_file()}
    kept = warwickshire.folder.with_name(".kept")
    shutil.move(warwickshire.folder, kept)
    try:
        again = runs.run(home, pack="warwickshire-2013", as_at=PAPER, authority="937")
        assert {path.name: path.read_bytes() for path in again.folder.iterdir() if path.is_file()} == before
    finally:
        shutil.rmtree(kept)
    verify(again)


def test_no_figure_of_a_later_day_is_used(england: runs.Run, warwickshire: runs.Run) -> None:
    dated = ("register", "identity", "location", "responsible_body", "roll")
    for run in (england, warwickshire):
        as_at = run.manifest.inputs.as_at
        late = run.table("provenance").filter(pl.col("published_on") > as_at)
        assert [
            name for name in late["group"].unique() if not name.startswith(dated) and "inspection" not in name
        ] == []
        facts = run.table("facts")
        for name in ("inspection_date", "inspection_published", "previous_inspection_date", "report_card_date"):
            assert facts.filter(pl.col(name) > as_at).is_empty(), name


def test_who_moved_since_report_cards_came_and_why(home: Path, england: runs.Run) -> None:
    later = runs.run(home, pack="england-2026", as_at=CARDS)
    found = runs.diff(home, before=england.run_id, after=later.run_id)
    assert found.unchanged + len(found.moves) >= 21_990
    assert all(move.causes for move in found.moves)
    moved = [move for move in found.moves if move.after in ("RC", "NA") and Cause.JOINED not in move.causes]
    assert len(moved) > 500
    assert [move for move in moved if Cause.FIGURE not in move.causes] == []
    assert all(any(change.name.startswith("rc_") for change in move.changes) for move in moved)


@pytest.mark.parametrize("state", ["decided", "undecided", "out_of_scope"])
def test_a_school_is_explained_in_sentences_that_name_its_figures(
    home: Path, warwickshire: runs.Run, state: str
) -> None:
    for urn, category in warwickshire.decisions.filter(state=state).select("urn", "category").head(5).iter_rows():
        found = runs.explain(home, urn=urn, run=warwickshire.run_id)
        explanation = found.explanation
        assert (explanation.category, explanation.state.value) == (category, state)
        assert explanation.sentences
        assert all(row.paragraph for row in explanation.criteria)
        if state == "undecided":
            assert any(sentence.startswith(("Missing", "Not stated")) for sentence in explanation.sentences)


def test_every_figure_of_hampshires_paper_equals_its_query(home: Path, hampshire: runs.Run) -> None:
    with Measuring(home, hampshire, national=national_facts(home, hampshire)) as measuring:
        view = paper_input(measuring)
        figures = compose(view).figures()
        asked = [(figure.value, measuring.ask(figure.query)) for figure in figures if not figure.missing]
    assert len(asked) > 200
    assert [pair for pair in asked if pair[0] != pytest.approx(pair[1])] == []
    assert (view.area, view.area_code) == ("Hampshire", "850")
    assert len(view.authorities.values) > 145


def test_the_command_line_shows_england_as_json(
    home: Path, england: runs.Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["runs", "show", england.run_id, "--home", str(home), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["summary"]["schools"] == 21_990
    assert {release["kind"] for release in shown["inputs"]["releases"]} >= {"ofsted_mi", "inspection_history"}
