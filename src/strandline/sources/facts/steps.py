"""The numbered SQL steps, in order, over named tables; a step that fails is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files

import duckdb
import polars as pl

from strandline.kernel.errors import BugError


class Steps:
    """A private in-memory database: tables in, views by number, frames out."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def table(self, name: str, frame: pl.DataFrame) -> None:
        """Make a frame known to the steps under `name`."""
        self._connection.register(f"{name}__frame", frame)
        self._connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS FROM "{name}__frame"')
        self._connection.unregister(f"{name}__frame")

    def tables(self, frames: Mapping[str, pl.DataFrame]) -> None:
        """Make each frame known under its name."""
        for name, frame in frames.items():
            self.table(name, frame)

    def run(self, name: str) -> None:
        """Work out one numbered step and keep it as a table. Raises: BugError, naming the step."""
        try:
            self._connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {_sql()[name]}')
        except duckdb.Error as error:
            raise BugError(f"SQL step {name} failed: {error}") from error

    def frame(self, name: str) -> pl.DataFrame:
        """The rows of a table or step."""
        return self._connection.table(name).pl()


@contextmanager
def steps() -> Iterator[Steps]:
    """A fresh database that vanishes at the end."""
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute("SET enable_progress_bar = false")
        yield Steps(connection)


@cache
def _sql() -> Mapping[str, str]:
    """Step name → SQL, from `sql/NNN_name.sql`."""
    folder = files("strandline.sources").joinpath("sql")
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return {f.name[4:-4]: f.read_text(encoding="utf-8") for f in found}
