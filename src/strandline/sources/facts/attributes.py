"""
What the registers print of a school, unpacked: the values, the release behind each, and why one is not there.

Each attribute comes from the step `school_attribute` as a pair of value and release. `attributes.csv` says which
attributes last (a later register may still tell them) and what a blank means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from strandline.kernel.missing import MissingReason
from strandline.sources.facts.steps import Steps
from strandline.sources.facts.vocabulary import attributes

SOURCE = {"urn": pl.Int64, "feature": pl.String, "group_name": pl.String, "release_id": pl.String}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One column of the registers: the feature it gives (if it is one itself), and how its blanks are read."""

    name: str
    feature: str
    group: str
    lasting: bool
    blank_means: str


def every_attribute() -> tuple[Attribute, ...]:
    """The attributes in the order of `attributes.csv`."""
    rows = attributes().iter_rows(named=True)
    return tuple(
        Attribute(
            name=row["attribute"],
            feature=row["feature"] or "",
            group=row["group"],
            lasting=row["lasting"],
            blank_means=row["blank_means"],
        )
        for row in rows
    )


def settings(db: Steps) -> pl.DataFrame:
    """
    Where each school is and who is responsible for it, by feature name.

    Missing: "Does not apply" and its like are no religious character; "Unknown" is not known.
    """
    pairs = db.frame("school_attribute")
    own = [a for a in every_attribute() if a.feature and a.group != "identity"]
    character = pl.col("religious_character").str.to_lowercase()
    church = ~character.is_in(["does not apply", "none", "not applicable"])
    return pairs.select(
        "urn", *(pl.col(a.name).struct.field("v").alias(a.feature) for a in own)
    ).with_columns(
        pl.when(~character.is_in(["unknown", "not recorded"])).then(church).alias("church_school")
    )  # fmt: skip


def attribute_sources(db: Steps) -> pl.DataFrame:
    """The release behind each attribute that has a value: SOURCE columns."""
    pairs = db.frame("school_attribute")
    frames = [pl.DataFrame(schema=SOURCE)]
    for attribute in every_attribute():
        pair = pl.col(attribute.name).struct
        frames.append(
            pairs.filter(pair.field("v").is_not_null()).select(
                "urn",
                pl.lit(attribute.feature or attribute.name).alias("feature"),
                pl.lit(attribute.group).alias("group_name"),
                pair.field("r").alias("release_id"),
            )
        )
    return pl.concat(frames)


def attribute_gaps(db: Steps) -> pl.DataFrame:
    """
    Why each attribute that has no value has none.

    Shape: urn, attribute, feature, reason, release_id.
    Missing: blank in the release that speaks of it: what a blank means there; told only by a register later than the
             day: not yet published; in registers, but not for this school: no record; in none: no release.
    """
    return pl.concat(list(_gaps(db)))


def _gaps(db: Steps) -> Iterator[pl.DataFrame]:
    pairs = db.frame("school_attribute")
    seats = db.frame("register_row").join(db.frame("register_release").select("release_id", "later"), on="release_id")
    seats = seats.join(pairs.select("urn"), on="urn", how="semi")
    holding = db.frame("register_row").group_by("release_id").agg(pl.exclude("urn").is_not_null().any())
    for attribute in every_attribute():
        holders = holding.filter(pl.col(attribute.name))["release_id"].implode()
        told = seats.filter(pl.col("release_id").is_in(holders))
        pair = pl.col(attribute.name)
        there = pl.col("urn").is_in(told["urn"].implode())
        nowhere = MissingReason.NO_RECORD if told.height else MissingReason.NO_RELEASE
        untold = pl.when(there).then(
            pl.lit(attribute.blank_means if attribute.lasting else str(MissingReason.NOT_YET_PUBLISHED))
        )
        reason = pl.when(pair.is_not_null()).then(pl.lit(attribute.blank_means)).otherwise(
            untold.otherwise(pl.lit(str(nowhere)))
        )  # fmt: skip
        yield pairs.filter(pair.struct.field("v").is_null()).select(
            "urn",
            pl.lit(attribute.name).alias("attribute"),
            pl.lit(attribute.feature).alias("feature"),
            reason.alias("reason"),
            pair.struct.field("r").alias("release_id"),
        )
