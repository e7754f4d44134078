"""
What the SQL steps read: the tables of all visible releases, put on top of each other under one set of columns.

A register, a link file or an inspection file knows some of these columns; those it lacks are null. Nothing is
decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

import polars as pl

from strandline.sources.release import Release

INT, NUM, TEXT, DAY, FLAG = pl.Int64, pl.Float64, pl.String, pl.Date, pl.Boolean
OLD_SCHOOL = date(1900, 1, 1)
"""What the registers print as the opening date of a school older than their records."""

REGISTER: Mapping[str, type[pl.DataType]] = {
    "urn": INT,
    "laestab": INT,
    "la_code": INT,
    "la_name": TEXT,
    "region": TEXT,
    "school_name": TEXT,
    "establishment_type": TEXT,
    "phase": TEXT,
    "ofsted_phase": TEXT,
    "isprimary": FLAG,
    "issecondary": FLAG,
    "ispost16": FLAG,
    "status": TEXT,
    "opened_on": DAY,
    "closed_on": DAY,
    "statutory_low_age": INT,
    "statutory_high_age": INT,
    "religious_character": TEXT,
    "diocese": TEXT,
    "trust_uid": INT,
    "trust_name": TEXT,
    "sponsor_name": TEXT,
    "federation_name": TEXT,
    "easting": NUM,
    "northing": NUM,
    "postcode": TEXT,
    "ward": TEXT,
    "district": TEXT,
    "constituency": TEXT,
    "idaci_quintile": INT,
    "pupils_on_roll": INT,
    "capacity": INT,
    "fsm_percent": NUM,
}
MARK: Mapping[str, type[pl.DataType]] = {"urn": INT, "column": TEXT, "reason": TEXT, "token": TEXT}
LINK: Mapping[str, type[pl.DataType]] = {"urn": INT, "link_urn": INT, "link_type": TEXT, "linked_on": DAY}
SUCCESSION: Mapping[str, type[pl.DataType]] = {"urn": INT, "other_urn": INT, "opened_on": DAY, "closed_on": DAY}
INSPECTION: Mapping[str, type[pl.DataType]] = {
    "urn": INT,
    "inspected_urn": INT,
    "inspection_number": TEXT,
    "event": TEXT,
    "which": TEXT,
    "inspected_on": DAY,
    "published_on": DAY,
    "overall_grade": INT,
    "overall_token": TEXT,
    "category_of_concern": TEXT,
    "quality_of_education": INT,
    "behaviour_attitudes": INT,
    "personal_development": INT,
    "leadership_management": INT,
    "early_years": INT,
    "sixth_form": INT,
    "safeguarding_effective": FLAG,
    "rc_inclusion": TEXT,
    "rc_curriculum_teaching": TEXT,
    "rc_achievement": TEXT,
    "rc_attendance_behaviour": TEXT,
    "rc_personal_development": TEXT,
    "rc_leadership_governance": TEXT,
    "rc_early_years": TEXT,
    "rc_post_16": TEXT,
    "rc_safeguarding": TEXT,
    "ungraded_outcome": TEXT,
}


class Releases(Protocol):
    """As much of the store as facts need."""

    def releases(self, kind: str | None = None) -> tuple[Release, ...]:
        """Every visible release."""

    def table_path(self, release_id: str, table: str) -> Path:
        """The Parquet file of one table of a release."""


def register_rows(store: Releases, releases: Iterable[Release]) -> pl.DataFrame:
    """Every row of every register-like release. An opening on 1 January 1900 means an old school: no date."""
    rows = _stacked(store, (r for r in releases if is_register(r)), table="schools", columns=REGISTER)
    opened = pl.col("opened_on")
    return rows.with_columns(
        pl.when(opened != OLD_SCHOOL).then(opened).alias("opened_on"),
        pl.col("establishment_type").str.replace_all(r"\s+", " ").str.strip_chars(),
        _tables_phase().alias("tables_phase"),
    ).drop("isprimary", "issecondary", "ispost16")


def link_rows(store: Releases, releases: Iterable[Release]) -> pl.DataFrame:
    """
    Every link between schools that any release prints.

    The performance tables' list of schools links by `other_urn`: of a closed school the one after it, of a newly opened
    one the one before it.
    """
    printed = _stacked(store, (r for r in releases if "links" in r.tables), table="links", columns=LINK)
    lists = _stacked(store, (r for r in releases if is_register(r)), table="schools", columns=SUCCESSION)
    changed = lists.filter(pl.col("other_urn").is_not_null())
    ends = pl.col("closed_on").is_not_null()
    began = changed.filter(ends | pl.col("opened_on").is_not_null()).select(
        "release_id",
        "urn",
        pl.col("other_urn").alias("link_urn"),
        pl.when(ends).then(pl.lit("Successor")).otherwise(pl.lit("Predecessor")).alias("link_type"),
        pl.when(ends).then(pl.col("closed_on").dt.offset_by("1d")).otherwise("opened_on").alias("linked_on"),
    )
    return pl.concat([printed, began])


def inspection_rows(store: Releases, releases: Iterable[Release]) -> pl.DataFrame:
    """Every inspection that any release prints; where none says which URN was inspected it is the school's own."""
    with_inspections = (r for r in releases if "inspections" in r.tables)
    rows = _stacked(store, with_inspections, table="inspections", columns=INSPECTION)
    dated = rows.filter(pl.col("inspected_on").is_not_null())
    return dated.with_columns(pl.coalesce("inspected_urn", "urn").alias("inspected_urn")).with_row_index("row_id")


def inspection_marks(store: Releases, releases: Iterable[Release]) -> pl.DataFrame:
    """The publisher's marks in inspection files: why a judgement of a school's row is not there."""
    marked = (r for r in releases if {"inspections", "missing"} <= set(r.tables))
    return _stacked(store, marked, table="missing", columns=MARK).rename({"column": "field"})


def release_rows(releases: Iterable[Release]) -> pl.DataFrame:
    """One row per release, as the steps and `Facts.releases` know it."""
    columns: dict[str, type[pl.DataType]] = {
        "release_id": TEXT,
        "kind": TEXT,
        "title": TEXT,
        "publisher": TEXT,
        "period": TEXT,
        "as_at": DAY,
        "published_on": DAY,
        "status": TEXT,
        "coverage": TEXT,
        "licence": TEXT,
        "sha256": TEXT,
    }
    rows = [{name: getattr(release, name) for name in columns} for release in releases]
    return pl.DataFrame(rows, schema=columns).sort("release_id")


def is_register(release: Release) -> bool:
    """Whether the release describes schools as such, not results beside their names."""
    return "schools" in release.tables and "indicators" not in release.tables


def _tables_phase() -> pl.Expr:
    """The performance tables mark the key stages a school is listed for; in words of the register."""
    primary, secondary, post_16 = pl.col("isprimary"), pl.col("issecondary"), pl.col("ispost16")
    return (
        pl.when(primary & secondary)
        .then(pl.when(pl.col("statutory_low_age") < 8).then(pl.lit("all-through")))
        .when(primary)
        .then(pl.lit("primary"))
        .when(secondary)
        .then(pl.lit("secondary"))
        .when(post_16)
        .then(pl.lit("16 plus"))
    )


def _stacked(
    store: Releases, releases: Iterable[Release], *, table: str, columns: Mapping[str, type[pl.DataType]]
) -> pl.DataFrame:
    schema: dict[str, type[pl.DataType]] = {"release_id": TEXT, **columns}
    frames = [pl.DataFrame(schema=schema)]
    for release in releases:
        scan = pl.scan_parquet(store.table_path(release.release_id, table))
        there = scan.collect_schema().names()
        frames.append(
            scan.select(
                pl.lit(release.release_id).alias("release_id"),
                *(
                    pl.col(name).cast(kind, strict=False) if name in there else pl.lit(None, kind).alias(name)
                    for name, kind in columns.items()
                ),
            ).collect()
        )
    return pl.concat(frames)
