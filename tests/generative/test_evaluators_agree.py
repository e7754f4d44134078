"""The compiled SQL and the reference evaluator give the same answer for every generated pack and school."""

from __future__ import annotations

import random
from collections.abc import Iterator

import duckdb
import pytest
from factories.agreement import differences
from factories.rules import AS_AT, CLOCKS, SUPPLIED, Maker, schools
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strandline.engine.compile import compile_categories
from strandline.engine.resolve import resolve

PACKS, SCHOOLS = 100, 120


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        yield connection


@settings(
    max_examples=PACKS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(chance=st.randoms(use_true_random=False), seed=st.integers(0, 2**32))
def test_the_compiled_sql_decides_as_the_reference_does(chance, seed, connection):
    pack = Maker(chance).pack()
    assert differences(pack, schools(SCHOOLS, seed=seed), connection) == []


@pytest.mark.parametrize("seed", range(12))
def test_shuffled_rows_give_the_same_decisions(seed, connection):
    pack = Maker(random.Random(seed)).pack()
    rows = schools(400, seed=seed)
    compiled = compile_categories(resolve(pack, as_at=AS_AT, clocks=CLOCKS), table="rows_seen", supplied=SUPPLIED)
    answers = []
    for seen in (rows, rows.sample(fraction=1.0, shuffle=True, seed=seed), rows.reverse()):
        connection.register("rows_seen", seen)
        answers.append(connection.execute(compiled.sql).pl().sort("urn"))
        connection.unregister("rows_seen")
    assert answers[0].equals(answers[1])
    assert answers[0].equals(answers[2])


@pytest.mark.parametrize("seed", range(100, 110))
def test_long_conditions_become_columns_and_say_the_same(seed, connection, monkeypatch):
    monkeypatch.setattr("strandline.engine.absence.SHORT", 0)
    pack = Maker(random.Random(seed)).pack()
    assert differences(pack, schools(100, seed=seed), connection) == []
