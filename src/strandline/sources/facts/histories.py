"""
What happened to each school up to a day: inspections of every framework, the schools before it, the groups it joined.

Facts hold the latest of each; here is all of it, in the words of its time. Nothing is converted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from strandline.kernel.identifiers import LaCode
from strandline.sources.facts import making
from strandline.sources.facts.steps import Steps
from strandline.sources.store import Store
from strandline.sources.warehouse import Warehouse

NOT_ASKED: Final = frozenset(("school_missing", "graded_inspection", "later_inspection", "judgement_missing"))
"""What facts work out besides: which of several holds today, and why there is none."""
STEPS: Final = tuple(
    name for name in (*making.REGISTER_STEPS, *making.SCHOOL_STEPS, *making.INSPECTION_STEPS) if name not in NOT_ASKED
)
MEMBERSHIP: Final = {
    "urn": pl.Int64,
    "group_uid": pl.Int64,
    "group_name": pl.String,
    "group_type": pl.String,
    "joined_on": pl.Date,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Histories:
    """
    Dated rows of the schools that were open on the day.

    `inspections`:  school, at_urn (the URN inspected; negative where a predecessor is not named), inspected_on,
                    report_on, event, framework, the judgements, release_id; the latest first.
    `predecessors`: urn, predecessor, name, linked_on, closed_on.
    `memberships`:  urn, group_uid, group_name, group_type, joined_on; as the latest file of group links tells.
    """

    inspections: pl.DataFrame
    predecessors: pl.DataFrame
    memberships: pl.DataFrame


def histories(store: Store, *, as_at: date, authority: LaCode | None = None) -> Histories:
    """
    Everything dated that the releases tell of each school up to `as_at`, predecessors' inspections included.

    Raises: NoRegister.
    """
    with Warehouse(store) as warehouse:
        db = Steps(warehouse)
        making.prepare(db, store, as_at=as_at, authority=authority, predecessors=True)
        for name in STEPS:
            db.run(name)
        inspections = db.frame("school_inspection").sort(["school", "inspected_on"], descending=[False, True])
        predecessors = _predecessors(db)
        urns = db.frame("school_authority").select("urn")
    members = memberships(store, as_at=as_at).join(urns, on="urn", how="semi")
    return Histories(inspections=inspections, predecessors=predecessors, memberships=members)


def memberships(store: Store, *, as_at: date) -> pl.DataFrame:
    """Which groups each school is in, by the file of group links that stood on the day, or the first after it."""
    releases = [release for release in store.releases() if "group_links" in release.tables]
    if not releases:
        return pl.DataFrame(schema=MEMBERSHIP)
    then = [release for release in releases if release.published_on <= as_at]
    chosen = (
        max(then, key=lambda release: release.published_on)
        if then
        else min(releases, key=lambda release: release.published_on)
    )
    rows = pl.read_parquet(store.table_path(chosen.release_id, "group_links"), memory_map=False)
    return (
        rows.select(pl.col(name).cast(kind, strict=False) for name, kind in MEMBERSHIP.items())
        .filter(pl.col("joined_on").is_null() | (pl.col("joined_on") <= as_at))
        .sort("urn", "joined_on", "group_uid")
    )


def _predecessors(db: Steps) -> pl.DataFrame:
    """The schools that each one continues, with the last name under which a register shows them."""
    links = db.frame("predecessor").filter(pl.col("is_linked"))
    named = (
        db.frame("register_row")
        .join(db.frame("release").select("release_id", "published_on"), on="release_id")
        .sort("published_on")
        .group_by("urn")
        .agg(pl.col("school_name").drop_nulls().last(), pl.col("closed_on").drop_nulls().last())
        .rename({"urn": "predecessor", "school_name": "name"})
    )
    return (
        links.select("urn", "predecessor", "linked_on")
        .join(db.frame("school_authority").select("urn"), on="urn", how="semi")
        .join(named, on="predecessor", how="left")
        .sort("urn", "linked_on", "predecessor")
    )
