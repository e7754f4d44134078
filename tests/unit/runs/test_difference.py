"""Two runs compared: every cause that a move can have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from fakes.shire import AS_AT, PACK, SCHOOLS

from strandline import runs
from strandline.runs.difference import Cause, Difference, Move

YEAR_ON = date(2013, 12, 1)


def by_urn(found: Difference) -> dict[int, Move]:
    return {move.urn: move for move in found.moves}


def run_of(home: Path, *, as_at: date = AS_AT, authority: str = "937", **options: object) -> str:
    return runs.run(home, pack="shire-2012", as_at=as_at, authority=authority, **options).run_id


def test_a_run_compared_with_itself_has_no_moves(settle: Callable[..., Path]) -> None:
    home = settle()
    name = run_of(home)
    found = runs.diff(home, before=name, after=name)
    assert (found.moves, found.values, found.notes, found.unchanged) == ((), (), (), 6)


def test_a_figure_that_changed_is_the_cause_and_is_named(settle: Callable[..., Path]) -> None:
    home = settle(later={100001: 4})
    found = runs.diff(home, before=run_of(home), after=run_of(home, as_at=YEAR_ON))
    move = by_urn(found)[100001]
    assert (move.before, move.after, move.causes) == ("1", "4", (Cause.FIGURE,))
    assert [(change.name, change.before, change.after) for change in move.changes] == [("inspection_grade", "2", "4")]


def test_a_parameter_that_moved_on_with_its_clock_is_the_cause(settle: Callable[..., Path]) -> None:
    home = settle()
    found = runs.diff(home, before=run_of(home), after=run_of(home, as_at=YEAR_ON))
    move = by_urn(found)[100002]
    assert (move.before, move.after, move.causes) == ("1", "S", (Cause.PARAMETER,))
    assert [(value.name, value.before, value.after) for value in found.values] == [("small", "60", "120")]
    assert ("small", "60", "120") in [(change.name, change.before, change.after) for change in move.changes]


def test_figure_and_parameter_are_both_causes_where_neither_would_do_alone(settle: Callable[..., Path]) -> None:
    home = settle()
    before = run_of(home)
    shrunk = {**SCHOOLS, 100001: {"school_name": "Alder Primary", "pupils_on_roll": 100}}
    settle(schools=shrunk, registered=date(2013, 10, 1))
    move = by_urn(runs.diff(home, before=before, after=run_of(home, as_at=YEAR_ON)))[100001]
    assert (move.before, move.after, move.causes) == ("1", "S", (Cause.FIGURE, Cause.PARAMETER))
    assert {change.name for change in move.changes} == {"pupils_on_roll", "small"}


def test_what_would_only_have_moved_it_elsewhere_is_no_cause(settle: Callable[..., Path]) -> None:
    home = settle(later={100002: 4})
    move = by_urn(runs.diff(home, before=run_of(home), after=run_of(home, as_at=YEAR_ON)))[100002]
    assert (move.before, move.after, move.causes) == ("1", "4", (Cause.FIGURE,))


def test_an_edited_pack_is_the_cause(settle: Callable[..., Path]) -> None:
    home = settle()
    before = run_of(home)
    settle(pack=PACK.replace('when: "inspection_grade = 4"', 'when: "inspection_grade IN (3, 4)"'))
    found = runs.diff(home, before=before, after=run_of(home))
    move = by_urn(found)[100003]
    assert (move.before, move.after, move.causes) == ("needs judgement", "4", (Cause.PACK,))
    assert "The pack shire-2012 was changed between the runs." in found.notes


def test_a_judgement_supplied_is_a_changed_figure(settle: Callable[..., Path], tmp_path: Path) -> None:
    home = settle()
    judged = tmp_path / "judged.csv"
    judged.write_text("urn,name,value,reason,by-role,date\n100003,leadership_strong,no,two visits,partner,2012-11-01\n")
    found = runs.diff(home, before=run_of(home), after=run_of(home, judgements=judged))
    move = by_urn(found)[100003]
    assert (move.before, move.after, move.causes) == ("needs judgement", "3", (Cause.FIGURE,))
    assert "Officers' judgements differ." in found.notes


def test_schools_that_joined_or_left_are_told_apart_from_movers(settle: Callable[..., Path]) -> None:
    home = settle()
    before = run_of(home)
    fewer = {urn: school for urn, school in SCHOOLS.items() if urn != 100001}
    settle(schools=fewer, registered=date(2012, 10, 1))
    after = run_of(home)
    left, joined = runs.diff(home, before=before, after=after), runs.diff(home, before=after, after=before)
    assert by_urn(left)[100001].causes == (Cause.LEFT,)
    assert by_urn(left)[100001].after == "not in the run"
    assert by_urn(joined)[100001].causes == (Cause.JOINED,)
    assert by_urn(joined)[100001].school_name == "Alder Primary"


def test_flows_count_who_went_from_where_to_where(settle: Callable[..., Path]) -> None:
    home = settle(later={100001: 4, 100002: 4})
    found = runs.diff(home, before=run_of(home), after=run_of(home, as_at=YEAR_ON))
    assert found.flows == (("1", "4", 2),)
    assert found.unchanged == 4
