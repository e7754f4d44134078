"""All that happened to a school up to a day: worked out as the facts are, and saying what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from strandline.sources.facts import histories as dated
from strandline.sources.facts import making
from strandline.sources.facts.histories import Histories, histories
from strandline.sources.facts.steps import step_texts

MAY_2013 = date(2013, 5, 1)
JOINED = date(2012, 9, 1)
NOW = date(2026, 1, 1)


@pytest.fixture
def told(store, primary) -> Callable[[str], Histories]:
    """An academy that continues a school, and a school of its own: all that is told of them as at a day."""
    store.add_register(
        primary(140_001, establishment_type="Academy converter", opened_on=JOINED),
        primary(110_001, school_name="The school before", status="Closed", closed_on=date(2012, 8, 31)),
        primary(100_002),
        as_at=MAY_2013,
    )
    store.add_links((140_001, 110_001, "Predecessor", JOINED), as_at=MAY_2013)
    store.add_inspections(
        graded(110_001, "2009-03-01", 2),
        graded(110_001, "2006-11-20", 3),
        graded(140_001, "2013-02-11", 1),
        graded(100_002, "2010-01-19", 4),
        graded(100_002, "2013-04-23", 3),
        published=NOW,
        kind="inspection_history",
    )
    return lambda as_at: histories(store, as_at=date.fromisoformat(as_at))


def graded(urn: int, day: str, grade: int) -> dict[str, Any]:
    """A graded inspection."""
    return {"urn": urn, "inspected_on": date.fromisoformat(day), "overall_grade": grade}


def of(told: Histories, urn: int) -> list[tuple[str, int]]:
    """The days and grades of a school, as listed."""
    rows = told.inspections.filter(pl.col("school") == urn)
    return [(str(day), grade) for day, grade in rows.select("inspected_on", "overall_grade").iter_rows()]


def test_the_steps_are_those_of_the_facts_in_their_order_and_each_has_its_sql() -> None:
    every = (*making.REGISTER_STEPS, *making.SCHOOL_STEPS, *making.INSPECTION_STEPS)
    assert list(dated.STEPS) == [name for name in every if name not in dated.NOT_ASKED]
    assert set(every) >= dated.NOT_ASKED, "a step left out must be one that the facts run"
    assert set(step_texts()) >= set(dated.STEPS)


@pytest.mark.parametrize("as_at", ["2013-04-30", "2013-03-01", "2012-10-01"])
def test_the_latest_of_the_history_is_what_the_facts_state(told, know, as_at: str) -> None:
    known, history = know(as_at), told(as_at)
    for urn in (140_001, 100_002):
        day, grade = of(history, urn)[0]
        assert (str(known(urn, "inspection_date")), known(urn, "inspection_grade")) == (day, grade)


def test_the_history_goes_back_through_the_school_before_and_stops_at_the_day(told) -> None:
    assert of(told("2013-04-30"), 140_001) == [("2013-02-11", 1), ("2009-03-01", 2), ("2006-11-20", 3)]
    assert of(told("2013-02-10"), 140_001) == [("2009-03-01", 2), ("2006-11-20", 3)]


def test_the_school_before_is_named_with_the_days_of_both(told) -> None:
    (row,) = told("2013-04-30").predecessors.iter_rows(named=True)
    assert (row["urn"], row["predecessor"], row["name"]) == (140_001, 110_001, "The school before")
    assert (row["linked_on"], row["closed_on"]) == (JOINED, date(2012, 8, 31))
