"""A million schools: compiled rules with the truth of every leaf, against CASE by hand and openfisca-core."""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
from fisca import simulation

from strandline.engine.compile import CompiledSql, compile_categories
from strandline.engine.resolve import ResolvedPack, resolve
from strandline.strategy.reading import read_pack

SCHOOLS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
ROUNDS = 9
PACK = Path(__file__).resolve().parent / "packs" / "bench-2013"
BY_HAND = (PACK / "by_hand.sql").read_text(encoding="utf-8")


def medians(runs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median milliseconds of each, taken in turns after one round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(ROUNDS + 1):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            if number:
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(taken) for name, taken in times.items()}


def leaves_by_hand(resolved: ResolvedPack, compiled: CompiledSql) -> str:
    """Every comparison as an analyst would write it, parameters filled in."""
    texts = [f"({leaf.text}) AS {leaf.column}" for leaf in compiled.leaves]
    written = ", ".join(texts)
    for name, constant in resolved.constants.items():
        if constant.parameter is not None:
            written = re.sub(rf"\b{name}\b", str(constant.value), written)
    return written


def same(connection: duckdb.DuckDBPyConnection) -> None:
    """Stop where a decided school is in another category by hand."""
    (differing,) = connection.execute(
        "SELECT count(*) FROM hand JOIN ours USING (urn) WHERE ours.state IN ('decided', 'out_of_scope') "
        "AND hand.category IS DISTINCT FROM CAST(ours.category AS VARCHAR)"
    ).fetchone()
    if differing:
        raise SystemExit(f"the answers differ for {differing} schools")


def measure(connection: duckdb.DuckDBPyConnection, resolved: ResolvedPack, *, missing: float) -> None:
    """One table of results, for facts of which a share is missing."""
    connection.execute("SELECT setseed(0.42)")
    facts = (PACK / "facts.sql").read_text(encoding="utf-8")
    connection.execute(facts.replace("$schools", str(SCHOOLS)).replace("$missing", str(missing)))
    full = compile_categories(resolved, narrow=True, trials=False)
    plain = compile_categories(resolved, narrow=True, details=False)
    leaves = leaves_by_hand(resolved, full)

    def into(table: str, sql: str) -> Callable[[], object]:
        return lambda: connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {sql}")

    ours = f"Strandline in full: category, state, what is missing, {len(full.leaves)} leaves, {len(full.rules)} rules"
    runs: dict[str, Callable[[], object]] = {
        "CASE by hand, category only": into("hand", f"SELECT urn, {BY_HAND} AS category FROM facts"),
        f"CASE by hand, and {len(full.leaves)} leaves": into(
            "hand_leaves", f"SELECT urn, {BY_HAND} AS category, {leaves} FROM facts"
        ),
        "Strandline: category, state, what is missing": into("plain", plain.sql),
        ours: into("ours", full.sql),
    }
    if not missing:
        fisca = simulation(connection.execute("SELECT * FROM facts ORDER BY urn").fetchnumpy())
        runs["openfisca-core: build, set arrays, calculate; no explanation"] = fisca
    taken = medians(runs)
    same(connection)
    if not missing:
        same_as_fisca(connection, fisca())
    (open_schools,) = connection.execute("SELECT count(*) FROM ours WHERE state = 'undecided'").fetchone()
    shown = "none missing" if not missing else f"{missing:.0%} of five figures missing, {open_schools:,} undecided"
    print(f"{SCHOOLS:,} schools, {shown}; {ROUNDS} rounds in turns, categories compared and equal.\n")
    print("| | ms | of CASE by hand | of CASE and leaves by hand | of Strandline in full |\n|---|---|---|---|---|")
    hand, hand_leaves = list(taken.values())[:2]
    for name, took in taken.items():
        print(f"| {name} | {took:.0f} | {took / hand:.2f} | {took / hand_leaves:.2f} | {took / taken[ours]:.2f} |")
    print()


def same_as_fisca(connection: duckdb.DuckDBPyConnection, numbers: np.ndarray) -> None:
    """Stop where openfisca puts a school in another category."""
    codes = ["", *re.findall(r"THEN '(\w+)'", BY_HAND)]
    expected = connection.execute("SELECT coalesce(category, '') FROM hand ORDER BY urn").fetchall()
    if differing := sum(codes[number] != code for number, (code,) in zip(numbers, expected, strict=True)):
        raise SystemExit(f"openfisca differs for {differing} schools")


def main() -> None:
    """Measure with everything there and with some of it missing."""
    resolved = resolve(read_pack(PACK), as_at=date(2013, 4, 30))
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        measure(connection, resolved, missing=0)
        measure(connection, resolved, missing=0.05)


if __name__ == "__main__":
    main()
