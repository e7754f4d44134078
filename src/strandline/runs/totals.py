"""What the schools of a run are entitled to, in sum."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from strandline.runs.record import Run

ORDER = ("days", "support", "cadence", "offer")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementLine:
    """One thing, how schools stand to it, how many do, and the sum where it is measured (least and most)."""

    kind: str
    key: str
    title: str
    claim: str
    schools: int
    amount_least: float | None
    amount_most: float | None
    unit: str
    every: str
    payers: str
    citation: str


def entitlement_totals(run: Run) -> tuple[EntitlementLine, ...]:
    """Officer days first, then support, visits and meetings, offers; each by title."""
    names = ("kind", "key", "title", "claim")
    measured = pl.col("amount_least").is_not_null().any()
    counted = (
        run.table("entitlements")
        .group_by(names)
        .agg(
            pl.col("urn").n_unique().alias("schools"),
            pl.when(measured).then(pl.col("amount_least").sum()).alias("amount_least"),
            pl.when(measured).then(pl.col("amount_most").sum()).alias("amount_most"),
            *(pl.col(name).first() for name in ("unit", "every", "payers", "citation")),
        )
        .sort(pl.col("kind").replace_strict(dict(zip(ORDER, range(len(ORDER)), strict=True))), "title", "claim", "key")
    )
    return tuple(EntitlementLine(**row) for row in counted.iter_rows(named=True))


def entitlements_of(run: Run, *, urn: int) -> pl.DataFrame:
    """The rows of one school."""
    return run.table("entitlements").filter(pl.col("urn") == urn)
