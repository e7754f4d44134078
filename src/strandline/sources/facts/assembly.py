"""
Columns and reasons → the facts: one row per school with exactly the catalogue's features, each null explained.

A null takes the reason of its own cell where a step gave one, else of its school and group, else of its feature.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from strandline.catalogue import FEATURES, Feature, Kind
from strandline.kernel.errors import BugError
from strandline.kernel.missing import MissingReason

TYPES: Mapping[Kind, pl.DataType] = {
    Kind.NUMBER: pl.Float64(),
    Kind.INTEGER: pl.Int64(),
    Kind.BOOLEAN: pl.Boolean(),
    Kind.CODE: pl.String(),
    Kind.TEXT: pl.String(),
    Kind.DATE: pl.Date(),
}
NAMES = pl.Enum(list(FEATURES))
REASONS = pl.Enum([str(reason) for reason in MissingReason])
MISSING: Mapping[str, pl.DataType] = {
    "urn": pl.Int64(),
    "feature": NAMES,
    "reason": REASONS,
    "token": pl.Categorical(),
    "release_id": pl.Categorical(),
}
CELL: Mapping[str, pl.DataType] = {
    "urn": pl.Int64(),
    "feature": pl.String(),
    "reason": pl.String(),
    "token": pl.String(),
    "release_id": pl.String(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """
    What is known about nulls.

    `cells`: CELL columns, one row per explained cell. `groups`: urn, group_name, reason. `features`: for all schools.
    """

    cells: tuple[pl.DataFrame, ...] = ()
    groups: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema={"urn": pl.Int64, "group_name": pl.String, "reason": pl.String})
    )
    features: Mapping[str, MissingReason] = field(default_factory=dict)


def assemble(urns: pl.Series, parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """
    One row per urn, sorted, with every catalogue feature in catalogue order and type.

    Shape: each part has `urn`, once per school, and any features; columns that are no feature are left out.
    """
    table = pl.DataFrame({"urn": urns.sort()})
    for part in parts:
        names = [name for name in part.columns if name in FEATURES and name not in table.columns]
        table = table.join(part.select("urn", *names), on="urn", how="left", validate="1:1", maintain_order="left")
    lacking = [pl.lit(None).alias(name) for name in FEATURES if name not in table.columns]
    table = table.with_columns(lacking)
    return table.select(pl.col(f.name).cast(TYPES[f.kind]) for f in FEATURES.values())


def explain_nulls(values: pl.DataFrame, reasons: Reasons) -> pl.DataFrame:
    """
    One row for every null in `values`: urn, feature, reason, token, release_id; by feature, then urn.

    Raises: BugError for a null that nothing explains.
    """
    cells = pl.concat(
        [pl.DataFrame(schema=CELL), *(frame.select(*CELL).cast(pl.Schema(CELL)) for frame in reasons.cells)]
    )
    by_feature = cells.partition_by("feature", as_dict=True, include_key=False)
    by_group = {
        str(name): _aligned(values, group) for (name,), group in reasons.groups.group_by("group_name")
    }  # fmt: skip
    alike = {reason: _same(values, reason) for reason in {None, *reasons.features.values()}}
    frames = [pl.DataFrame(schema=MISSING)]
    for feature in FEATURES.values():
        if not values[feature.name].null_count():
            continue
        default = alike[reasons.features.get(feature.name)]
        if str(feature.group) in by_group:
            of_group = by_group[str(feature.group)]
            default = of_group.zip_with(of_group.is_not_null(), default)
        gaps = values.select("urn", default.alias("default")).filter(values[feature.name].is_null())
        frames.append(_explained(gaps, feature, by_feature.get((feature.name,))))
    missing = pl.concat(frames)
    unexplained = missing.filter(pl.col("reason").is_null())
    if unexplained.height:
        names = ", ".join(str(name) for name in unexplained["feature"].unique().sort())
        raise BugError(f"facts are missing without a reason: {names}")
    return missing


def _aligned(values: pl.DataFrame, group: pl.DataFrame) -> pl.Series:
    """A group's reasons in the order of the schools."""
    reason = group.select("urn", pl.col("reason").cast(REASONS))
    return values.select("urn").join(reason, on="urn", how="left", maintain_order="left")["reason"]


def _same(values: pl.DataFrame, reason: str | None) -> pl.Series:
    return pl.repeat(reason, values.height, dtype=REASONS, eager=True)


def _explained(gaps: pl.DataFrame, feature: Feature, cells: pl.DataFrame | None) -> pl.DataFrame:
    name = pl.lit(feature.name).cast(NAMES).alias("feature")
    if cells is None:
        nothing = (pl.lit(None, MISSING[column]).alias(column) for column in ("token", "release_id"))
        return gaps.select("urn", name, pl.col("default").alias("reason"), *nothing)
    first = cells.unique("urn", keep="first", maintain_order=True)
    return gaps.join(first, on="urn", how="left", maintain_order="left").select(
        "urn",
        name,
        pl.coalesce(pl.col("reason").cast(REASONS), "default").alias("reason"),
        pl.col("token").cast(pl.Categorical),
        pl.col("release_id").cast(pl.Categorical),
    )
