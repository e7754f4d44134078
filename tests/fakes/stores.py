"""A store of releases written by hand: the tables as contracts would have stored them, without any official file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from strandline.kernel.missing import MissingReason
from strandline.sources.facts.inputs import INSPECTION, LINK, MARK, REGISTER, SUCCESSION
from strandline.sources.release import Release

Row = Mapping[str, Any]


class FakeStore:
    """As much of a store as a warehouse and facts need. Each `add_…` returns the release id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._releases: dict[str, Release] = {}

    def releases(self, kind: str | None = None) -> tuple[Release, ...]:
        """Every release, or those of one kind."""
        return tuple(release for release in self._releases.values() if kind in (None, release.kind))

    def table_path(self, release_id: str, table: str) -> Path:
        """The Parquet file of one table."""
        return self.folder / release_id / f"{table}.parquet"

    def add_register(
        self,
        *rows: Row,
        as_at: date,
        kind: str = "gias_establishments",
        coverage: str = "national",
        published: date | None = None,
    ) -> str:
        """A register as at a day; it has only the columns that its rows name."""
        return self._add(kind, as_at.isoformat(), {"schools": _table(rows, {**REGISTER, **SUCCESSION})}, as_at=as_at,
                         published=published or as_at, coverage=coverage)  # fmt: skip

    def add_links(self, *links: tuple[int, int, str, date | None], as_at: date) -> str:
        """Links as (urn, link_urn, link_type, linked_on)."""
        rows = [dict(zip(LINK, link, strict=True)) for link in links]
        return self._add("gias_links", as_at.isoformat(), {"links": _table(rows, LINK)}, as_at=as_at, published=as_at)

    def add_inspections(self, *rows: Row, published: date, kind: str = "ofsted_mi", marks: Sequence[Row] = ()) -> str:
        """Inspections, graded unless the row says otherwise."""
        events = [{"event": "graded", "which": "latest", **row} for row in rows]
        tables = {"inspections": _table(events, INSPECTION), "missing": _table(marks, MARK)}
        return self._add(kind, published.isoformat(), tables, as_at=published, published=published)

    def add_figures(
        self,
        kind: str,
        period: str,
        figures: Mapping[int, Mapping[str, float | str | None]],
        *,
        published: date,
        status: str = "final",
        coverage: str = "national",
    ) -> str:
        """Figures by school and publisher's field: a number, a token such as SUPP, or None for a blank."""
        cells = [
            {"entity": entity, "urn": urn, "indicator": name, **_cell(value)}
            for entity, (urn, fields) in enumerate(figures.items())
            for name, value in fields.items()
        ]
        kinds = {"entity": pl.UInt32, "urn": pl.Int64, "indicator": pl.String, "value": pl.Float64,
                 "reason": pl.String, "token": pl.String}  # fmt: skip
        long = pl.DataFrame(cells, schema=kinds).with_columns(pl.col("token").cast(pl.Categorical))
        schools = pl.DataFrame(
            {"entity": range(len(figures)), "urn": list(figures)}, schema={"entity": pl.UInt32, "urn": pl.Int64}
        )
        tables = {"schools": schools, "indicators": long.sort("indicator", "entity")}
        return self._add(kind, period, tables, published=published, status=status, coverage=coverage)

    def _add(
        self,
        kind: str,
        period: str,
        tables: Mapping[str, pl.DataFrame],
        *,
        published: date,
        as_at: date | None = None,
        status: str = "",
        coverage: str = "national",
    ) -> str:
        release_id = f"{kind}-{period}-{len(self._releases):03d}"
        (self.folder / release_id).mkdir(parents=True)
        for name, frame in tables.items():
            frame.write_parquet(self.table_path(release_id, name))
        self._releases[release_id] = Release(
            release_id=release_id,
            kind=kind,
            title=f"{kind} {period}",
            publisher="Strandline tests",
            licence="none",
            period=period,
            as_at=as_at,
            published_on=published,
            status=status,
            coverage=coverage,
            sha256=release_id,
            file_name=f"{release_id}.csv",
            rows=1,
            tables=tuple(tables),
            contract=kind,
            table_hashes={},
        )
        return release_id


TOKENS = {
    "SUPP": MissingReason.SUPPRESSED,
    "NE": MissingReason.NO_ENTRIES,
    "NP": MissingReason.NOT_PUBLISHED,
    "NA": MissingReason.NOT_APPLICABLE,
    "LOWCOV": MissingReason.LOW_COVERAGE,
    "NEW": MissingReason.NEW_SCHOOL,
    "z": MissingReason.NOT_APPLICABLE,
    "c": MissingReason.SUPPRESSED,
    "x": MissingReason.NOT_AVAILABLE,
    "low": MissingReason.ROUNDS_TO_ZERO,
    "??": MissingReason.UNKNOWN_TOKEN,
}


def _cell(value: float | str | None) -> dict[str, float | str | None]:
    if value is None:
        return {"value": None, "reason": str(MissingReason.BLANK), "token": ""}
    if isinstance(value, str):
        return {"value": None, "reason": str(TOKENS[value]), "token": value}
    return {"value": value, "reason": None, "token": None}


def _table(rows: Sequence[Row], columns: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    named = {name for row in rows for name in row}
    return pl.DataFrame(list(rows), schema={name: kind for name, kind in columns.items() if name in named or not rows})
