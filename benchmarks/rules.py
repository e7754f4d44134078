"""A million schools: the compiled rules with the truth of every leaf, against CASE by hand and against openfisca-core."""

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

from strandline.engine.compile import compile_categories
from strandline.engine.resolve import resolve
from strandline.strategy.reading import read_pack

SCHOOLS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
ROUNDS = 7
CODES = ("4", "F", "3A", "3B", "3D", "3C", "W", "2B", "2A", "1")
FACTS = """
CREATE TABLE facts AS SELECT i::BIGINT AS urn, random() < 0.98 AS state_funded, random() < 0.7 AS takes_ks2, random() < 0.2 AS takes_ks4,
  random() < 0.05 AS special, (random() * 90)::INTEGER AS ks2_cohort, round(random() * 70 + 30) AS ks2_l4_em,
  round(random() * 30 + 70) AS ks2_english_2lp, round(random() * 30 + 70) AS ks2_maths_2lp, (random() * 200)::INTEGER AS ks4_cohort,
  round(random() * 70 + 20) AS ks4_5acem, round(random() * 60 + 40) AS ks4_english_progress, round(random() * 60 + 40) AS ks4_maths_progress,
  (1 + random() * 3)::INTEGER AS inspection_grade, (1 + random() * 3)::INTEGER AS leadership_grade,
  (1 + random() * 3)::INTEGER AS previous_inspection_grade, DATE '2009-01-01' + (random() * 1500)::INTEGER AS inspection_date,
  ['improving', 'stable', 'declining'][1 + (random() * 2)::INTEGER] AS direction_of_travel,
  ['none', 'none', 'special_measures', 'serious_weaknesses'][1 + (random() * random() * 3)::INTEGER] AS category_of_concern,
  round(random() * 10, 1) AS absence_percent, round(random() * 70, 1) AS fsm_percent, round(random() * 10 - 5, 1) AS ks2_reading_progress,
  (random() * 900)::INTEGER AS pupils_on_roll
FROM range({schools}) AS t(i)
"""
PRIMARY = (
    "takes_ks2 AND NOT special AND ks2_cohort >= 11 AND ks2_l4_em < 60 AND ks2_english_2lp < 87 AND ks2_maths_2lp < 86"
)
SECONDARY = (
    "takes_ks4 AND NOT special AND ks4_cohort > 5 AND ks4_5acem < 40 AND ks4_english_progress < 70 AND ks4_maths_progress < 70"
)
BY_HAND = f"""
CASE WHEN NOT state_funded THEN NULL
  WHEN inspection_grade = 4 OR category_of_concern IN ('special_measures', 'serious_weaknesses') THEN '4'
  WHEN ({PRIMARY}) OR ({SECONDARY}) THEN 'F'
  WHEN inspection_grade = 3 AND inspection_date < DATE '2012-09-01' AND direction_of_travel = 'declining' THEN '3A'
  WHEN inspection_grade = 3 AND inspection_date < DATE '2012-09-01' THEN '3B'
  WHEN inspection_grade = 3 AND leadership_grade <= 2 THEN '3D'
  WHEN inspection_grade = 3 THEN '3C'
  WHEN absence_percent > 8 OR fsm_percent > 60 AND ks2_reading_progress < -3 THEN 'W'
  WHEN inspection_grade = 2 AND (direction_of_travel = 'declining' OR previous_inspection_grade = 1) THEN '2B'
  WHEN inspection_grade = 2 AND pupils_on_roll BETWEEN 1 AND 5000 THEN '2A'
  WHEN inspection_grade = 1 THEN '1' END
"""


def medians(*runs: Callable[[], object]) -> list[float]:
    """Median milliseconds of each, taken in turns."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for slot, run in zip(times, runs, strict=True):
            start = time.perf_counter()
            run()
            slot.append((time.perf_counter() - start) * 1000)
    return [statistics.median(slot) for slot in times]


def main() -> None:
    """Measure in one process, check that the answers are the same, print a table."""
    connection = duckdb.connect()
    connection.execute("SELECT setseed(0.42)")
    connection.execute(FACTS.format(schools=SCHOOLS))
    pack = read_pack(Path(__file__).parent / "packs" / "bench-2013")
    resolved = resolve(pack, as_at=date(2013, 4, 30))
    full = compile_categories(resolved)
    plain = compile_categories(resolved, details=False)
    leaves = ", ".join(f"({leaf.text}) AS {leaf.column}" for leaf in full.leaves)
    for name, constant in resolved.constants.items():
        leaves = re.sub(rf"\b{name}\b", str(constant.value), leaves) if constant.parameter else leaves
    by_hand = f"SELECT urn, {BY_HAND} AS category FROM facts"
    by_hand_leaves = f"SELECT urn, {BY_HAND} AS category, {leaves} FROM facts"

    def into(table: str, sql: str) -> Callable[[], object]:
        return lambda: connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {sql}")

    rows: list[tuple[str, float]] = []
    times = medians(
        into("hand", by_hand), into("hand_leaves", by_hand_leaves), into("ours_plain", plain.sql), into("ours", full.sql)
    )
    differing = connection.execute(
        "SELECT count(*) FROM hand JOIN ours USING (urn) WHERE hand.category IS DISTINCT FROM ours.category"
    ).fetchone()
    if differing != (0,):
        raise SystemExit(f"the answers differ for {differing} schools")
    hand, hand_leaves, ours_plain, ours = times
    rows += [
        ("CASE by hand in DuckDB, category only", hand),
        (f"CASE by hand and {len(full.leaves)} leaves by hand in DuckDB", hand_leaves),
        ("Strandline: category, state, what is missing", ours_plain),
        (f"Strandline: the same with {len(full.leaves)} leaves, {len(full.rules)} rules, {len(full.categories)} categories", ours),
    ]
    fisca, categories = openfisca(connection)
    expected = connection.execute("SELECT category FROM hand ORDER BY urn").fetchnumpy()["category"]
    wanted = np.ma.filled(expected.astype(object), "") if isinstance(expected, np.ma.MaskedArray) else expected
    if (differing_fisca := int((np.where(wanted == None, "", wanted) != categories).sum())) != 0:  # noqa: E711
        raise SystemExit(f"openfisca differs for {differing_fisca} schools")
    rows.append(("openfisca-core: build, set arrays, calculate; no explanation", fisca))
    print(f"{SCHOOLS:,} schools, {ROUNDS} rounds in turns, the categories compared and equal.\n")
    print("| | ms | against CASE by hand | against CASE and leaves by hand | Strandline in full is |\n|---|---|---|---|---|")
    for name, took in rows:
        print(f"| {name} | {took:.0f} | {took / hand:.2f} | {took / hand_leaves:.2f} | {took / ours:.2f} times as fast |")


def openfisca(connection: duckdb.DuckDBPyConnection) -> tuple[float, np.ndarray]:
    """Median milliseconds of openfisca-core with arrays, and its categories in order of URN."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    school = build_entity(key="school", plural="schools", label="School", is_person=True)
    columns = connection.execute("SELECT * FROM facts ORDER BY urn").fetchnumpy()
    del columns["urn"]
    columns["inspected_before"] = columns.pop("inspection_date") < np.datetime64("2012-09-01")
    columns["declining"] = columns.pop("direction_of_travel") == "declining"
    concern = columns.pop("category_of_concern")
    columns["of_concern"] = (concern == "special_measures") | (concern == "serious_weaknesses")
    columns = {name: np.asarray(values) for name, values in columns.items()}
    system = TaxBenefitSystem([school])

    def variable(name: str, kind: type, formula: Callable[..., object] | None = None) -> type:
        body = {"value_type": kind, "entity": school, "definition_period": DateUnit.YEAR, "label": name}
        return type(name, (Variable,), body | ({"formula": formula} if formula else {}))

    def primary(s, period):  # noqa: ANN001, ANN202
        return (
            s("takes_ks2", period) * ~s("special", period) * (s("ks2_cohort", period) >= 11) * (s("ks2_l4_em", period) < 60)
            * (s("ks2_english_2lp", period) < 87) * (s("ks2_maths_2lp", period) < 86)
        )  # fmt: skip

    def secondary(s, period):  # noqa: ANN001, ANN202
        return (
            s("takes_ks4", period) * ~s("special", period) * (s("ks4_cohort", period) > 5) * (s("ks4_5acem", period) < 40)
            * (s("ks4_english_progress", period) < 70) * (s("ks4_maths_progress", period) < 70)
        )  # fmt: skip

    def category(s, period):  # noqa: ANN001, ANN202
        grade = s("inspection_grade", period)
        before, declining = s("inspected_before", period), s("declining", period)
        tests = [
            ~s("state_funded", period),
            (grade == 4) | s("of_concern", period),
            s("below_primary", period) | s("below_secondary", period),
            (grade == 3) & before & declining,
            (grade == 3) & before,
            (grade == 3) & (s("leadership_grade", period) <= 2),
            grade == 3,
            (s("absence_percent", period) > 8) | (s("fsm_percent", period) > 60) & (s("ks2_reading_progress", period) < -3),
            (grade == 2) & (declining | (s("previous_inspection_grade", period) == 1)),
            (grade == 2) & (s("pupils_on_roll", period) >= 1) & (s("pupils_on_roll", period) <= 5000),
            grade == 1,
        ]
        return np.select(tests, range(len(tests)), default=0)

    for name, values in columns.items():
        kind = {"b": bool, "i": int, "f": float}[values.dtype.kind]
        system.add_variable(variable(name, kind))
    system.add_variable(variable("below_primary", bool, primary))
    system.add_variable(variable("below_secondary", bool, secondary))
    system.add_variable(variable("category_number", int, category))

    def run() -> np.ndarray:
        simulation = SimulationBuilder().build_default_simulation(system, count=len(columns["special"]))
        for name, values in columns.items():
            simulation.set_input(name, "2013", values)
        return simulation.calculate("category_number", "2013")

    (took,) = medians(run)
    return took, np.array(["", *CODES], dtype=object)[run()]


if __name__ == "__main__":
    main()
