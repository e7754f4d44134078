"""The schools of a run as rows for a list or a spreadsheet."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from strandline.runs.record import Run
from strandline.runs.summary import STATES


def school_rows(run: Run, *, categories: Collection[str] | None = None, state: str | None = None) -> pl.DataFrame:
    """
    The decisions of a run, those of some categories or of one state only.

    Shape: one row per school in the order of the categories, then by name.
    """
    rows = run.decisions
    if categories:
        rows = rows.filter(pl.col("category").is_in(list(categories)))
    if state:
        rows = rows.filter(pl.col("state") == state)
    codes = run.table("categories")["code"].to_list()
    place = pl.col("category").replace_strict(dict(zip(codes, range(len(codes)), strict=True)), default=len(codes))
    order = pl.col("state").replace_strict(dict(zip(STATES, range(len(STATES)), strict=True)))
    return rows.sort(place, order, "school_name", "urn")
