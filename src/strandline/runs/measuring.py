"""Numbers for a paper: each is asked of the run's tables in SQL, and keeps its question."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl

from strandline.kernel.units import Unit
from strandline.reports.figures import Number, Query, Scalar, Share
from strandline.runs.record import Run
from strandline.sources.store import Store
from strandline.sources.warehouse import Warehouse

OF_THE_RUN = ("decisions", "facts", "missing", "blocking", "entitlements", "categories")


class Measuring:
    """
    The tables of a run, and `national`: what was known of every school in England on the same day.

    The value of a number is always the answer to its own question.
    """

    def __init__(self, home: Path, run: Run, *, national: pl.DataFrame) -> None:
        self.run = run
        self.as_at = run.manifest.inputs.as_at
        self._warehouse = Warehouse(Store(home), as_at=date.min)
        for name in OF_THE_RUN:
            self._warehouse.register(name, run.table(name))
        self._warehouse.register("national", national)

    def number(
        self, sql: str, *parameters: Scalar, source: str = "", unit: Unit = Unit.SCHOOLS, missing: str = ""
    ) -> Number:
        """Ask for one number; `source` is the release that it rests on, the run itself if none is named."""
        query = Query(sql=sql, parameters=parameters)
        return Number(
            value=self.ask(query),
            query=query,
            release_id=source or self.run.run_id,
            date=self.as_at,
            unit=unit,
            missing=missing,
        )

    def share(self, part: str, whole: str, *parameters: Scalar, table: str, source: str = "") -> Share:
        """How many rows of `table` meet both conditions, of those that meet `whole`."""
        counted = f"SELECT count(*) FROM {table} WHERE {whole}"
        return Share(
            part=self.number(f"{counted} AND {part}", *parameters, source=source),
            whole=self.number(counted, *parameters, source=source),
        )

    def ask(self, query: Query) -> int | float | None:
        """The one number that a query asks for."""
        answer: int | float | None = self.rows(query.sql, *query.parameters).item()
        return answer

    def rows(self, sql: str, *parameters: Scalar) -> pl.DataFrame:
        """The rows of any question."""
        return self._warehouse.run("a figure of the paper", sql, list(parameters))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._warehouse.close()
