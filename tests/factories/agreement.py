"""Both evaluators over one pack and a table of schools, and where they differ."""

from __future__ import annotations

import duckdb
import polars as pl
from factories.rules import AS_AT, CLOCKS, SUPPLIED

from strandline.engine.compile import compile_categories
from strandline.engine.evaluate import Evaluator, decide
from strandline.engine.resolve import resolve
from strandline.strategy.model import Pack


def differences(pack: Pack, rows: pl.DataFrame, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Every school, column and pair of answers in which the compiled SQL and the reference differ."""
    resolved = resolve(pack, as_at=AS_AT, clocks=CLOCKS)
    compiled = compile_categories(resolved, table="generated", supplied=SUPPLIED, trials=True)
    connection.register("generated", rows)
    try:
        answers = {row["urn"]: row for row in connection.execute(compiled.sql).pl().iter_rows(named=True)}
    finally:
        connection.unregister("generated")
    found = []
    for school in rows.iter_rows(named=True):
        decision = decide(resolved, school)
        evaluator = Evaluator(resolved, school)
        expected = {
            "category": decision.category,
            "state": decision.state.value,
            "missing": ",".join(decision.missing),
            **{leaf.column: evaluator.leaf(leaf.node).truth for leaf in compiled.leaves},
            **{f"rule__{name}": trace.truth for name, trace in decision.rules.items()},
            **{
                column: tried.trace.truth
                for (column, _), tried in zip(compiled.categories, decision.tried, strict=True)
            },
        }
        answer = answers[school["urn"]]
        found += [
            f"{column}: SQL {answer[column]!r}, reference {value!r}; school {school}"
            for column, value in expected.items()
            if answer[column] != value
        ]
    return found
