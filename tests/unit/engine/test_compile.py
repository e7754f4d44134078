"""The compiled SQL: its columns, its dialects, and that it holds nothing of a rule's text."""

from __future__ import annotations

import random
from datetime import date

import duckdb
import polars as pl
import pytest
import sqlglot
from factories.packs import little, trial
from factories.rules import AS_AT, CLOCKS, SUPPLIED, Maker, schools

from strandline.catalogue import FEATURES, Kind
from strandline.engine.compile import compile_categories
from strandline.engine.dialects import UnknownDialect, dialect
from strandline.engine.resolve import resolve

DTYPES = {
    Kind.NUMBER: pl.Float64,
    Kind.INTEGER: pl.Int64,
    Kind.BOOLEAN: pl.Boolean,
    Kind.CODE: pl.String,
    Kind.TEXT: pl.String,
    Kind.DATE: pl.Date,
}
SCHOOL = {
    "urn": 100000,
    "state_funded": True,
    "takes_ks2": True,
    "special": False,
    "inspection_grade": 3,
    "inspection_date": date(2012, 3, 14),
    "direction_of_travel": "declining",
    "ks2_cohort": 30,
    "ks2_l4_em": 62.0,
    "ks2_english_2lp": 80.0,
}


@pytest.fixture
def resolved():
    return resolve(little(), as_at=date(2013, 9, 30), clocks={"ks2_results_year": 2012})


def table(*rows):
    """Facts with every column of the catalogue."""
    schema = {name: DTYPES[feature.kind] for name, feature in FEATURES.items()}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def answers(compiled, facts):
    with duckdb.connect() as connection:
        connection.register("facts", facts)
        return connection.execute(compiled.sql).pl().to_dicts()


def test_one_row_per_school_with_category_state_missing_leaves_rules_and_trials(resolved):
    compiled = compile_categories(resolved)
    (row,) = answers(compiled, table(SCHOOL))
    assert list(row) == [
        "urn",
        "category",
        "state",
        "missing",
        *(leaf.column for leaf in compiled.leaves),
        *(f"rule__{name}" for name in compiled.rules),
        *(column for column, _ in compiled.categories),
    ]
    assert (row["urn"], row["category"], row["state"], row["missing"]) == (100000, "3A", "decided", "")
    column = next(leaf.column for leaf in compiled.leaves if leaf.text == "ks2_l4_em < floor_attainment")
    assert row[column] is False
    assert row["rule__below_floor"] is False
    assert row["rule__below_floor_previous"] is None


def test_a_school_without_a_figure_names_it(resolved):
    (row,) = answers(compile_categories(resolved), table({**SCHOOL, "ks2_l4_em": None}))
    assert (row["category"], row["state"], row["missing"]) == (None, "undecided", "ks2_l4_em")


def test_judgements_that_were_supplied_are_columns_of_the_table(resolved):
    school = {**SCHOOL, "inspection_date": date(2012, 9, 14), "leadership_grade": 3}
    facts = table(school)
    (without,) = answers(compile_categories(resolved), facts)
    assert (without["state"], without["missing"]) == ("needs_judgement", "capacity_to_improve")
    judged = facts.with_columns(capacity_to_improve=pl.lit("low"))
    (row,) = answers(compile_categories(resolved, supplied=["capacity_to_improve"]), judged)
    assert (row["category"], row["state"]) == ("3C", "decided")


def test_without_details_only_the_decision_comes_out(resolved):
    compiled = compile_categories(resolved, details=False)
    (row,) = answers(compiled, table(SCHOOL))
    assert row == {"urn": 100000, "category": "3A", "state": "decided", "missing": ""}
    assert "below_floor_previous" not in compiled.rules


def test_narrow_columns_hold_the_same_words(resolved):
    facts = table(SCHOOL, {**SCHOOL, "urn": 2, "ks2_l4_em": None}, {**SCHOOL, "urn": 3, "state_funded": False})
    wide, narrow = (answers(compile_categories(resolved, narrow=narrow), facts) for narrow in (False, True))
    assert wide == narrow


def test_each_leaf_is_computed_once(resolved):
    compiled = compile_categories(resolved)
    assert compiled.sql.count('"in__inspection_grade" = 3') == 1
    assert len({leaf.text for leaf in compiled.leaves}) == len(compiled.leaves)


def test_no_text_of_a_rule_and_no_text_of_a_pack_reaches_the_query_unquoted(tmp_path):
    pack = trial(
        tmp_path,
        """\
        categories:
          - {code: "x'; DROP TABLE facts; --", title: T, when: "school_name = '''; DROP TABLE facts; --'", CITE}
        """,
    )
    compiled = compile_categories(resolve(pack, as_at=date(2013, 1, 1)))
    (row,) = answers(compiled, table({"urn": 1, "school_name": "'; DROP TABLE facts; --"}))
    assert row["category"] == "x'; DROP TABLE facts; --"
    assert len(sqlglot.parse(compiled.sql, dialect="duckdb")) == 1


def test_numbers_are_doubles_in_either_dialect():
    for name, suffix in (("duckdb", "e0"), ("spark", "E0")):
        writing = dialect(name)
        assert writing.literal(0.1, Kind.NUMBER) == f"0.1{suffix}"
        assert writing.literal(1e22, Kind.NUMBER) == "1e+22"
        assert writing.literal(None, Kind.NUMBER) == "CAST(NULL AS DOUBLE)"


def test_an_unknown_dialect_is_refused(resolved):
    with pytest.raises(UnknownDialect, match="Take duckdb or spark"):
        compile_categories(resolved, dialect="oracle")


@pytest.mark.parametrize("seed", range(8))
def test_the_spark_dialect_is_spark_and_says_the_same(seed):
    """Spark itself needs Java; here its SQL is read as Spark's, written for DuckDB, and run."""
    rules = resolve(Maker(random.Random(seed)).pack(), as_at=AS_AT, clocks=CLOCKS)
    spark = compile_categories(rules, dialect="spark", supplied=SUPPLIED)
    (translated,) = sqlglot.transpile(spark.sql, read="spark", write="duckdb")
    native = compile_categories(rules, supplied=SUPPLIED)
    facts = schools(60, seed=seed)
    with duckdb.connect() as connection:
        connection.register("facts", facts)
        assert connection.execute(translated).fetchall() == connection.execute(native.sql).fetchall()
