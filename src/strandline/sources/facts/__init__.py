"""
Facts: one row per school as at a day, with exactly the catalogue's features, each null explained.

`facts(store, as_at=…)` is the one way in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from strandline.catalogue import Group
from strandline.kernel.identifiers import LaCode
from strandline.sources.facts import making
from strandline.sources.facts.assembly import assemble, explain_nulls
from strandline.sources.facts.making import NoRegister, NoSchools
from strandline.sources.facts.steps import Steps
from strandline.sources.store import Store
from strandline.sources.warehouse import Warehouse

__all__ = ["Facts", "NoRegister", "NoSchools", "facts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """
    What was known of each school on `as_at`.

    `values`:     one row per urn, sorted, exactly the catalogue's features; null is missing.
    `missing`:    urn, feature, reason, token, release_id; one row for every null in `values`.
    `provenance`: urn, group, release_id, published_on; the release behind each group of features.
    `filled`:     urn, feature, release_id, published_on; values that another release than the group's gave.
    `releases`:   the releases that any value came from.
    `clocks`:     the results years that rules are read for.
    """

    as_at: date
    values: pl.DataFrame
    missing: pl.DataFrame
    provenance: pl.DataFrame
    filled: pl.DataFrame
    releases: pl.DataFrame
    clocks: dict[str, int | None]


def facts(store: Store, *, as_at: date, authority: LaCode | None = None, predecessors: bool = True) -> Facts:
    """
    What was known on `as_at` of every school open that day, in England or in one authority.

    `predecessors` says whether a school not yet inspected carries the outcome of the school it continues.
    Nothing published after `as_at` is used, except a register where none is older: its rows are then worked back
    by opening and closing dates and marked `register_reconstructed`.

    Raises: NoRegister, NoSchools.
    """
    with Warehouse(store) as warehouse:
        db = Steps(warehouse)
        making.prepare(db, store, as_at=as_at, authority=authority, predecessors=predecessors)
        schools = making.describe(db, as_at=as_at, authority=authority)
        years, told = making.measure(db, store, schools=schools, as_at=as_at, authority=authority)
        values = assemble(schools["urn"], making.parts(db, schools=schools, years=years))
        reasons = making.why_missing(db, schools=schools, years=years, told=told, as_at=as_at)
        missing = explain_nulls(values, reasons)
        provenance, filled = making.provenance(db)
        used = pl.concat([provenance["release_id"], filled["release_id"]]).unique()
        releases = db.frame("release").filter(pl.col("release_id").is_in(used.implode())).drop("coverage")
    return Facts(
        as_at=as_at,
        values=values,
        missing=missing,
        provenance=provenance,
        filled=filled,
        releases=releases.sort("release_id"),
        clocks={f"{group}_results_year": years[group] for group in (Group.KS2, Group.KS4)},
    )
