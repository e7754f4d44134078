"""Questions in SQL over the stored releases: as at a day, reading only, nothing else in reach."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from strandline.sources.adding import add
from strandline.sources.store import Store
from strandline.sources.warehouse import QueryFailed, Warehouse


@pytest.fixture
def filled(store: Store, tmp_path: Path, register_contract, results_contract, register_text, results_text) -> Store:
    """A register, and results of two years published a year apart."""
    (tmp_path / "register_2018-08-31.csv").write_text(register_text, encoding="utf-8")
    (tmp_path / "2016-2017.csv").write_text(results_text, encoding="utf-8")
    (tmp_path / "2017-2018.csv").write_text(results_text.replace("61%", "64%"), encoding="utf-8")
    names = ("register_2018-08-31.csv", "2016-2017.csv", "2017-2018.csv")
    add(store, [tmp_path / name for name in names], layouts=[register_contract, results_contract])
    return store


NATIONAL = """
SELECT release_period, value FROM small_results__indicators WHERE entity = 5 AND indicator = ? ORDER BY release_period
"""


def test_each_kind_and_table_is_a_view_with_its_release(filled: Store) -> None:
    with Warehouse(filled) as warehouse:
        assert warehouse.views == (
            "small_register__missing",
            "small_register__schools",
            "small_results__indicators",
            "small_results__missing",
            "small_results__schools",
        )
        rows = warehouse.run("national", NATIONAL, ["PTRWM_EXP"])
        assert rows.rows() == [("2016-2017", 61.0), ("2017-2018", 64.0)]
        first = warehouse.run("any", "SELECT * FROM small_register__schools LIMIT 1")
        assert first.columns[:4] == ["release_id", "release_period", "release_published_on", "release_status"]


def test_what_was_not_yet_published_is_not_there(filled: Store) -> None:
    with Warehouse(filled, as_at=date(2018, 1, 1)) as warehouse:
        assert warehouse.run("national", NATIONAL, ["PTRWM_EXP"]).rows() == [("2016-2017", 61.0)]
        assert not any(view.startswith("small_register") for view in warehouse.views)
        assert warehouse.run("releases", "SELECT kind, as_at FROM releases").rows() == [("small_results", None)]


def test_on_the_day_of_publication_it_is_there(filled: Store) -> None:
    with Warehouse(filled, as_at=date(2017, 12, 14)) as warehouse:
        assert len(warehouse.releases) == 1


def test_a_frame_may_be_asked_together_with_the_views(filled: Store) -> None:
    with Warehouse(filled) as warehouse:
        warehouse.register("wanted", pl.DataFrame({"urn": [100000]}))
        rows = warehouse.run("join", "SELECT school_name FROM small_register__schools JOIN wanted USING (urn)")
        assert rows.rows() == [("Alder School",)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM '/etc/hostname'",
        "COPY (SELECT 1) TO 'out.csv'",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "CREATE TABLE t (n INT)",
        "DROP VIEW small_results__schools",
        "DELETE FROM releases",
        "SELECT 1; SELECT 2",
        "not sql",
    ],
)
def test_nothing_but_one_query_over_the_views_is_run(filled: Store, sql: str) -> None:
    with Warehouse(filled) as warehouse, pytest.raises(QueryFailed, match="Step attack"):
        warehouse.run("attack", sql)


def test_a_stored_table_cannot_be_overwritten_from_sql(filled: Store) -> None:
    release = filled.releases("small_register")[0]
    path = filled.table_path(release.release_id, "schools")
    with Warehouse(filled) as warehouse, pytest.raises(QueryFailed):
        warehouse.run("attack", f"COPY (SELECT 1) TO '{path}'")
    assert filled.check() == ()


def test_a_failing_step_is_named(filled: Store) -> None:
    with Warehouse(filled) as warehouse, pytest.raises(QueryFailed, match=r"Step 310_school failed: .*no_such_column"):
        warehouse.run("310_school", "SELECT no_such_column FROM releases")


def test_an_empty_store_has_an_empty_list_of_releases(tmp_path: Path) -> None:
    with Warehouse(Store(tmp_path / "nowhere")) as warehouse:
        assert warehouse.views == ()
        assert warehouse.run("none", "SELECT count(*) AS n FROM releases").item() == 0
