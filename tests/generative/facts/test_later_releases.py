"""Facts as at a day stay as they were, whatever is published later."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from fakes.stores import FakeStore
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strandline.sources.facts import Facts, facts

DAY = date(2017, 12, 20)
URNS = (100_001, 100_002, 140_001)
LATER = st.integers(1, 3000).map(lambda days: DAY + timedelta(days=days))
FIELDS = st.fixed_dictionaries(
    {
        "TELIG": st.integers(1, 90),
        "PTRWM_EXP": st.one_of(st.integers(0, 100), st.just("SUPP")),
        "READPROG": st.one_of(st.floats(-20, 20), st.just("LOWCOV"), st.none()),
    }
)
RESULTS = st.dictionaries(st.sampled_from(URNS), FIELDS, min_size=1)


def school(urn: int, **changes: Any) -> dict[str, Any]:
    """A register row with every attribute printed."""
    return {
        "urn": urn, "laestab": 9_280_000 + urn % 1000, "la_code": 928, "la_name": "Northamptonshire",
        "region": "East Midlands", "school_name": f"School {urn}", "establishment_type": "Academy converter",
        "phase": "Primary", "status": "Open", "opened_on": date(2011, 9, 1), "closed_on": None,
        "statutory_low_age": 4, "statutory_high_age": 11, "pupils_on_roll": 200, "capacity": 210, "trust_uid": 5,
        "trust_name": "A Trust", "easting": 1.0, "northing": 2.0, "postcode": "AA1 1AA", "ward": "A", "district": "B",
        "constituency": "C", "religious_character": "None", "diocese": "Not applicable", "fsm_percent": 10.0,
    } | changes  # fmt: skip


@st.composite
def later_releases(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """What may still come: registers, inspections, results, links."""
    kinds = draw(st.lists(st.sampled_from(("register", "inspections", "results", "links")), min_size=1, max_size=4))
    return [(kind, _of(draw, kind)) for kind in kinds]


def _of(draw: st.DrawFn, kind: str) -> Any:
    day = draw(LATER)
    match kind:
        case "register":
            la = draw(st.sampled_from((928, 940, 941)))
            chosen = draw(st.lists(st.sampled_from((*URNS, 150_001)), unique=True, min_size=1))
            name = draw(st.text("ABC ", min_size=1, max_size=5))
            closed = draw(st.one_of(st.none(), LATER))
            rows = [school(u, la_code=la, school_name=name, closed_on=closed, pupils_on_roll=1) for u in chosen]
            return {"rows": rows, "as_at": day}
        case "inspections":
            return {"urn": draw(st.sampled_from(URNS)), "day": day, "grade": draw(st.integers(1, 4))}
        case "results":
            period, status = (
                draw(st.sampled_from(("2016-2017", "2017-2018"))),
                draw(st.sampled_from(("revised", "final"))),
            )
            return {"period": period, "status": status, "figures": draw(RESULTS), "published": day}
    return {"pair": draw(st.permutations(URNS))[:2], "day": day}


def state(store: FakeStore) -> Facts:
    """The facts of the day."""
    return facts(store, as_at=DAY)  # type: ignore[arg-type]


def earlier(folder: Path) -> FakeStore:
    """What was published by the day."""
    store = FakeStore(folder)
    store.add_register(*(school(urn) for urn in URNS), as_at=date(2017, 9, 1))
    store.add_links((140_001, 100_009, "Predecessor", date(2011, 9, 1)), as_at=date(2017, 9, 1))
    store.add_inspections(
        {"urn": 100_001, "inspected_on": date(2016, 1, 1), "overall_grade": 3, "published_on": date(2016, 2, 1)},
        {"urn": 100_009, "inspected_on": date(2010, 1, 1), "overall_grade": 2, "published_on": date(2010, 2, 1)},
        published=date(2017, 10, 1),
    )
    figures = {urn: {"TELIG": 30, "PTRWM_EXP": 60, "READPROG": -1.5} for urn in URNS}
    store.add_figures("ks2_results", "2016-2017", figures, published=date(2017, 9, 28), status="provisional")
    store.add_figures("ks2_results_trim", "2015-2016", figures, published=date(2016, 12, 15))
    return store


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(later_releases())
def test_facts_of_an_earlier_day_never_change_when_later_releases_are_added(releases: list[tuple[str, Any]]) -> None:
    """Every value stays, the sources stay, and no school comes or goes."""
    with tempfile.TemporaryDirectory() as folder:
        store = earlier(Path(folder))
        before = state(store)
        for kind, release in releases:
            _add(store, kind, release)
        after = state(store)
    assert after.values.equals(before.values)
    assert after.provenance.equals(before.provenance)
    assert after.clocks == before.clocks


def _add(store: FakeStore, kind: str, release: Any) -> None:
    match kind:
        case "register":
            store.add_register(*release["rows"], as_at=release["as_at"])
        case "inspections":
            row = {"urn": release["urn"], "inspected_on": release["day"], "overall_grade": release["grade"]}
            store.add_inspections(row, published=release["day"])
        case "results":
            store.add_figures(
                "ks2_results", release["period"], release["figures"],
                published=release["published"], status=release["status"],
            )  # fmt: skip
        case "links":
            urn, predecessor = release["pair"]
            store.add_links((urn, predecessor, "Predecessor", release["day"]), as_at=release["day"])


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(range(4)))
def test_the_order_in_which_releases_are_added_changes_nothing(order: list[int]) -> None:
    """Facts depend on what was published, not on when it was filed."""
    schools = [school(urn) for urn in URNS]
    steps = (
        lambda store: store.add_register(*schools, as_at=date(2017, 9, 1)),
        lambda store: store.add_register(*schools[:2], as_at=date(2016, 9, 1)),
        lambda store: store.add_inspections(
            {"urn": 100_001, "inspected_on": date(2016, 1, 1), "overall_grade": 3}, published=date(2017, 1, 1)
        ),
        lambda store: store.add_figures(
            "ks2_results", "2016-2017", {100_001: {"PTRWM_EXP": 60}}, published=date(2017, 12, 14)
        ),
    )
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        one, other = FakeStore(Path(first)), FakeStore(Path(second))
        for number in range(4):
            steps[number](one)
            steps[order[number]](other)
        values: list[pl.DataFrame] = [state(store).values for store in (one, other)]
    assert values[0].equals(values[1])
