"""What inspectors had found by the day: told once, published by then, of the school or of those it continues."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

MAY_2013 = date(2013, 5, 1)
NOW = date(2026, 1, 1)


def graded(urn: int, day: str, grade: int | None = 2, **changes: Any) -> dict[str, Any]:
    """A graded inspection."""
    return {"urn": urn, "inspected_on": date.fromisoformat(day), "overall_grade": grade} | changes


def test_no_inspection_counts_before_its_report_was_published(store, know, primary):
    store.add_register(primary(100_001), as_at=MAY_2013)
    store.add_inspections(
        graded(100_001, "2013-05-20", 3, published_on=date(2013, 6, 14)),
        graded(100_001, "2009-03-01", 2, published_on=date(2009, 3, 20)),
        published=NOW,
    )
    assert know("2013-06-13")(100_001, "inspection_grade") == 2
    assert know("2013-06-14")(100_001, "inspection_grade") == 3
    assert know("2009-03-01")(100_001, "inspection_grade") == "<never_inspected>"


def test_where_no_file_has_the_publication_date_the_inspections_own_day_stands_for_it(store, know, primary):
    store.add_register(primary(100_001), as_at=MAY_2013)
    store.add_inspections(graded(100_001, "2013-05-20", 3), published=NOW, kind="inspection_history")
    known = know("2013-05-20")
    assert known(100_001, "inspection_grade") == 3
    assert known(100_001, "inspection_published") == "<no_release>"
    assert know("2013-05-19")(100_001, "inspection_grade") == "<never_inspected>"


def test_an_inspection_told_by_two_files_is_told_once_by_the_fuller_and_keeps_the_known_publication(
    store, know, primary
):
    store.add_register(primary(100_001), as_at=MAY_2013)
    store.add_inspections(graded(100_001, "2012-10-01"), published=NOW, kind="inspection_history")
    full = store.add_inspections(
        graded(100_001, "2012-10-01", leadership_management=1, published_on=date(2012, 10, 30)), published=MAY_2013
    )
    known = know("2013-06-01")
    assert known(100_001, "leadership_grade") == 1
    assert known(100_001, "graded_inspections") == 1
    assert known(100_001, "previous_inspection_grade") == "<no_previous>"
    assert known.source(100_001, "inspection") == full
    assert know("2012-10-29")(100_001, "inspection_grade") == "<never_inspected>"


DIRECTIONS = {
    (3, 2): "improving", (2, 2): "stable", (1, 4): "declining", (None, 2): "<not_judged>", (2, None): "<not_judged>",
}  # fmt: skip


def test_direction_of_travel_compares_the_two_latest_overall_grades(store, know, primary):
    urns = {100_001 + number: pair for number, pair in enumerate(DIRECTIONS)}
    store.add_register(*(primary(urn) for urn in urns), as_at=MAY_2013)
    events = [
        (graded(urn, "2010-01-01", 4), graded(urn, "2011-01-01", before), graded(urn, "2013-01-01", latest))
        for urn, (before, latest) in urns.items()
    ]
    store.add_inspections(*(event for three in events for event in three), published=NOW)
    known = know("2013-06-01")
    assert {pair: known(urn, "direction_of_travel") for urn, pair in urns.items()} == DIRECTIONS
    assert {known(urn, "graded_inspections") for urn in urns} == {3}


def test_a_first_inspection_has_no_direction(store, know, primary):
    store.add_register(primary(100_001), primary(100_002), as_at=MAY_2013)
    store.add_inspections(graded(100_001, "2013-01-01"), published=NOW)
    known = know("2013-06-01")
    assert known(100_001, "direction_of_travel") == "<no_previous>"
    assert known(100_002, "direction_of_travel") == "<never_inspected>"
    assert known(100_002, "previous_inspection_date") == "<never_inspected>"
    assert known(100_002, "graded_inspections") == 0


WORDS = {
    "2012-08-31": ("R1", "satisfactory"), "2012-09-01": ("R2", "requires_improvement"),
    "2015-08-31": ("R2", "requires_improvement"), "2015-09-01": ("R3", "requires_improvement"),
    "2019-09-01": ("R4", "requires_improvement"), "2024-09-01": ("R4", "requires_improvement"),
}  # fmt: skip


def test_grade_three_keeps_the_word_of_its_framework(store, know, primary):
    urns = {100_001 + number: day for number, day in enumerate(WORDS)}
    store.add_register(*(primary(urn) for urn in urns), as_at=MAY_2013)
    store.add_inspections(*(graded(urn, day, 3) for urn, day in urns.items()), published=NOW)
    known = know("2025-01-01")
    names = ("inspection_framework", "inspection_wording")
    assert {day: tuple(known(urn, name) for name in names) for urn, day in urns.items()} == WORDS
    assert {known(urn, "inspection_grade") for urn in urns} == {3}


def test_an_inspection_without_an_overall_judgement_has_no_grade_and_says_why(store, know, primary):
    store.add_register(primary(100_001), as_at=MAY_2013)
    store.add_inspections(
        graded(
            100_001, "2024-11-05", None, overall_token="Not judged", quality_of_education=2, leadership_management=3
        ),
        published=NOW,
    )
    known = know("2025-01-01")
    assert known(100_001, "inspection_framework") == "R5"
    assert known(100_001, "inspection_wording") == "not_judged"
    assert known(100_001, "inspection_grade") == "<not_judged>"
    assert known.token(100_001, "inspection_grade") == "Not judged"
    assert known(100_001, "quality_of_education_grade") == 2


def test_a_judgement_that_the_framework_did_not_have_a_file_lacks_or_a_mark_replaces_is_told_apart(
    store, know, primary
):
    store.add_register(primary(100_001), primary(100_002), primary(100_003), as_at=MAY_2013)
    store.add_inspections(graded(100_001, "2013-01-01"), published=NOW, kind="inspection_history")
    store.add_inspections(
        graded(100_002, "2013-02-01", quality_of_education=None, leadership_management=2, sixth_form=None),
        graded(100_003, "2013-02-01", quality_of_education=2, leadership_management=None, sixth_form=1),
        published=NOW,
        marks=[{"urn": 100_003, "column": "latest__leadership_management", "reason": "not_applicable", "token": "9"}],
    )
    known = know("2013-06-01")
    assert known(100_001, "leadership_grade") == "<no_release>"
    assert known(100_001, "quality_of_education_grade") == "<not_judged>"
    assert known(100_002, "sixth_form_grade") == "<not_applicable>"
    assert known(100_003, "leadership_grade") == "<not_applicable>"
    assert known.token(100_003, "leadership_grade") == "9"


def test_a_report_card_is_no_grade_but_its_category_of_concern_is_the_latest(store, know, primary):
    store.add_register(primary(100_001), as_at=MAY_2013)
    store.add_inspections(
        graded(100_001, "2023-01-10", 2, category_of_concern="none"),
        {"urn": 100_001, "event": "report_card", "inspected_on": date(2025, 12, 2), "published_on": date(2026, 1, 9),
         "rc_inclusion": "urgent_improvement", "rc_leadership_governance": "needs_attention",
         "rc_safeguarding": "met", "category_of_concern": "requires_significant_improvement"},
        published=NOW,
    )  # fmt: skip
    before, after = know("2026-01-08"), know("2026-01-09")
    assert before(100_001, "category_of_concern") == "none"
    assert before(100_001, "rc_inclusion") == "<never_inspected>"
    assert after(100_001, "category_of_concern") == "requires_significant_improvement"
    assert after(100_001, "rc_inclusion") == "urgent_improvement"
    assert after(100_001, "inspection_grade") == 2
    assert after(100_001, "inspection_date") == date(2023, 1, 10)
    assert know("2025-10-01")(100_001, "rc_inclusion") == "<not_applicable>"


def test_an_ungraded_inspection_counts_only_after_the_graded_one(store, know, primary):
    store.add_register(primary(100_001), as_at=MAY_2013)
    ungraded = {"urn": 100_001, "event": "ungraded", "ungraded_outcome": "School remains Good"}
    store.add_inspections(
        ungraded | {"inspected_on": date(2018, 3, 1)},
        graded(100_001, "2020-01-10", 2),
        ungraded | {"inspected_on": date(2022, 3, 1)},
        published=NOW,
    )
    assert know("2021-01-01")(100_001, "ungraded_outcome") == "<not_applicable>"
    known = know("2023-01-01")
    assert known(100_001, "ungraded_inspection_date") == date(2022, 3, 1)
    assert known(100_001, "ungraded_outcome") == "School remains Good"


def test_without_any_inspection_file_nothing_is_said_of_being_inspected(store, know, primary):
    store.add_register(primary(100_001), as_at=MAY_2013)
    known = know("2013-06-01")
    for name in ("inspection_grade", "direction_of_travel", "previous_inspection_grade", "rc_inclusion"):
        assert known(100_001, name) == "<no_release>"


def chain(store, primary, *urns: int, opened: str = "2012-09-01") -> None:
    """Register the first URN; each later one is the predecessor of the one before it."""
    day = date.fromisoformat(opened)
    store.add_register(primary(urns[0], opened_on=day), as_at=MAY_2013)
    pairs = pairwise(urns)
    store.add_links(*((urn, before, "Predecessor", day) for urn, before in pairs), as_at=MAY_2013)


def test_a_school_not_yet_inspected_carries_its_predecessors_outcome_only_where_asked(store, know, primary):
    chain(store, primary, 140_001, 110_001)
    store.add_inspections(graded(110_001, "2009-03-01", 3), published=NOW)
    carried, own = know("2013-06-01", predecessors=True), know("2013-06-01", predecessors=False)
    assert carried(140_001, "inspection_grade") == 3
    assert carried(140_001, "inspection_of_predecessor") is True
    assert carried(140_001, "predecessor_urn") == 110_001
    assert own(140_001, "inspection_grade") == "<never_inspected>"
    assert own(140_001, "predecessor_urn") == 110_001


def test_its_own_inspection_goes_before_the_predecessors_which_becomes_the_previous(store, know, primary):
    chain(store, primary, 140_001, 110_001)
    store.add_inspections(graded(110_001, "2009-03-01", 3), graded(140_001, "2013-04-01", 2), published=NOW)
    known = know("2013-06-01")
    assert known(140_001, "inspection_of_predecessor") is False
    assert known(140_001, "previous_inspection_grade") == 3
    assert known(140_001, "direction_of_travel") == "improving"
    assert know("2013-06-01", predecessors=False)(140_001, "direction_of_travel") == "<no_previous>"


def test_a_long_chain_reaches_the_first_school_and_a_circle_ends(store, know, primary):
    urns = [140_001, *range(110_001, 110_041)]
    chain(store, primary, *urns, urns[0])
    store.add_inspections(graded(urns[-1], "2005-10-01", 1), published=NOW)
    known = know("2013-06-01")
    assert known(140_001, "inspection_grade") == 1
    assert known(140_001, "graded_inspections") == 1


def test_links_are_read_from_either_end_and_not_before_their_day(store, know, primary):
    store.add_register(primary(140_001), as_at=MAY_2013)
    store.add_links((110_001, 140_001, "Successor", date(2013, 9, 1)), as_at=NOW)
    store.add_inspections(graded(110_001, "2009-03-01", 3), published=NOW)
    assert know("2013-08-31")(140_001, "inspection_grade") == "<never_inspected>"
    assert know("2013-09-01")(140_001, "inspection_grade") == 3


def test_a_merger_says_not_whose_outcome_counts_so_none_is_carried_unless_the_inspectorate_does(store, know, primary):
    store.add_register(primary(140_001), as_at=MAY_2013)
    store.add_links(
        (140_001, 110_001, "Predecessor - merged", date(2012, 9, 1)),
        (140_001, 110_002, "Predecessor - merged", date(2012, 9, 1)), as_at=MAY_2013,
    )  # fmt: skip
    store.add_inspections(graded(110_001, "2009-03-01", 3), graded(110_002, "2010-03-01", 2), published=MAY_2013)
    assert know("2013-06-01")(140_001, "inspection_grade") == "<never_inspected>"
    store.add_inspections(graded(140_001, "2009-03-01", 3, inspected_urn=110_001), published=NOW)
    known = know("2013-06-01")
    assert known(140_001, "inspection_grade") == 3
    assert known(140_001, "inspection_of_predecessor") is True


def test_an_inspection_before_the_school_opened_is_a_predecessors_even_where_the_file_does_not_say(
    store, know, primary
):
    store.add_register(primary(140_001, opened_on=date(2012, 9, 1)), as_at=MAY_2013)
    store.add_inspections(graded(140_001, "2009-03-01", 3), published=NOW, kind="inspections_latest_derived")
    carried, own = know("2013-06-01"), know("2013-06-01", predecessors=False)
    assert (carried(140_001, "inspection_grade"), carried(140_001, "inspection_of_predecessor")) == (3, True)
    assert own(140_001, "inspection_grade") == "<never_inspected>"


def test_a_predecessor_that_lives_on_counts_only_with_what_came_before_the_split(store, know, primary):
    store.add_register(primary(140_001, opened_on=date(2012, 9, 1)), primary(110_001), as_at=MAY_2013)
    store.add_links((140_001, 110_001, "Predecessor - Split School", date(2012, 9, 1)), as_at=MAY_2013)
    store.add_inspections(graded(110_001, "2009-03-01", 3), graded(110_001, "2013-02-01", 1), published=NOW)
    known = know("2013-06-01")
    assert known(140_001, "inspection_grade") == 3
    assert known(110_001, "inspection_grade") == 1
    assert known(140_001, "graded_inspections") == 1


def test_the_tables_own_list_of_schools_links_a_closed_school_to_the_one_after_it(store, know, primary):
    store.add_register(
        primary(110_001, status="Closed", closed_on=date(2013, 8, 31), other_urn=140_001),
        primary(140_001, opened_on=date(2013, 9, 1), other_urn=110_001),
        as_at=date(2014, 1, 1), kind="school_spine",
    )  # fmt: skip
    store.add_inspections(graded(110_001, "2009-03-01", 3), published=NOW)
    assert know("2013-08-31")(110_001, "inspection_grade") == 3
    known = know("2013-09-01")
    assert known.urns == [140_001]
    assert known(140_001, "inspection_grade") == 3
    assert known(140_001, "predecessor_urn") == 110_001
