"""
Questions in SQL over the stored releases, as at a day.

The one class that runs SQL for other rooms. It opens a private DuckDB in memory whose views are the tables of the
visible releases; from then on nothing but those files can be read, nothing can be written, and no setting can be
changed back. Values go in as parameters, never as text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import Self

import duckdb
import polars as pl

from strandline.kernel.errors import DataError, UserError
from strandline.sources.release import Release
from strandline.sources.store import Store

QUERIES = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})


class QueryFailed(UserError):
    """A named step of SQL cannot be run as written."""


class StoreDamaged(DataError):
    """A stored file is not as it was written."""


class Warehouse:
    """
    The releases of a store, those published later than `as_at` left out, as views named `<kind>__<table>`.

    Shape: each view has the columns of every release of its kind (`union by name`), with `release_id`, `period`,
    `release_published_on` and `release_status` in front. The table `releases` lists what is there.
    """

    def __init__(self, store: Store, *, as_at: date | None = None) -> None:
        known = store.releases()
        self.releases = tuple(r for r in known if as_at is None or r.published_on <= as_at)
        self._connection = duckdb.connect(":memory:")
        try:
            self._make_views(store)
            self._harden(store)
        except duckdb.Error as error:
            self.close()
            raise _damaged(error) from error
        except BaseException:
            self.close()
            raise

    def run(self, name: str, sql: str, params: Sequence[object] | Mapping[str, object] | None = None) -> pl.DataFrame:
        """
        The rows of one query; `name` says in an error which step it was. Parameters are `?` or `$name`.

        Raises: QueryFailed, also for anything that is not one query; StoreDamaged.
        """
        try:
            statements = self._connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type not in QUERIES:
                raise QueryFailed(f"Step {name} is not one query", what_to_do="Write a single SELECT")
            return self._connection.execute(statements[0], params).pl()
        except (duckdb.InvalidInputException, duckdb.IOException) as error:
            raise _damaged(error) if ".parquet" in str(error) else _failed(name, error) from error
        except duckdb.Error as error:
            raise _failed(name, error) from error

    def register(self, name: str, frame: pl.DataFrame) -> None:
        """Make a frame known to later steps under `name`."""
        self._connection.register(name, frame)

    @property
    def views(self) -> tuple[str, ...]:
        """The names of the views, sorted."""
        return tuple(sorted({f"{r.kind}__{table}" for r in self.releases for table in r.tables}))

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _make_views(self, store: Store) -> None:
        for kind in sorted({release.kind for release in self.releases}):
            of_kind = [release for release in self.releases if release.kind == kind]
            for table in sorted({table for release in of_kind for table in release.tables}):
                parts = [_part(store, release, table) for release in of_kind if table in release.tables]
                union = "\nUNION ALL BY NAME\n".join(parts)
                self._connection.execute(f"CREATE VIEW {_name(f'{kind}__{table}')} AS\n{union}")
        self._connection.register("releases_frame", _listing(self.releases))
        self._connection.execute("CREATE TABLE releases AS FROM releases_frame")
        self._connection.unregister("releases_frame")

    def _harden(self, store: Store) -> None:
        files = [str(store.table_path(r.release_id, table)) for r in self.releases for table in r.tables]
        allowed = ", ".join(map(_text, files))
        for setting in (
            "enable_progress_bar = false",
            f"allowed_paths = [{allowed}]",
            "enable_external_access = false",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "lock_configuration = true",
        ):
            self._connection.execute(f"SET {setting}")


def _failed(name: str, error: duckdb.Error) -> QueryFailed:
    return QueryFailed(f"Step {name} failed: {str(error).splitlines()[0]}", what_to_do="Correct the SQL of the step")


def _damaged(error: duckdb.Error) -> StoreDamaged:
    reason = str(error).splitlines()[0]
    return StoreDamaged(
        f"A file of the store cannot be read: {reason}",
        what_to_do="Run `strandline data check`, which names the release to remove and add again",
    )


def _part(store: Store, release: Release, table: str) -> str:
    """One release's rows of a table. DuckDB cannot bind parameters in a view, so names and texts are quoted here."""
    return (
        f"SELECT {_text(release.release_id)} AS release_id, {_text(release.period)} AS release_period, "
        f"{_text(release.published_on.isoformat())}::DATE AS release_published_on, "
        f"{_text(release.status)} AS release_status, * "
        f"FROM read_parquet({_text(str(store.table_path(release.release_id, table)))})"
    )


def _listing(releases: Sequence[Release]) -> pl.DataFrame:
    columns = {
        "release_id": pl.String,
        "kind": pl.String,
        "title": pl.String,
        "publisher": pl.String,
        "licence": pl.String,
        "period": pl.String,
        "as_at": pl.Date,
        "published_on": pl.Date,
        "status": pl.String,
        "coverage": pl.String,
        "sha256": pl.String,
        "rows": pl.Int64,
    }
    return pl.DataFrame([{name: getattr(r, name) for name in columns} for r in releases], schema=columns)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
