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
CELL = {"urn": pl.Int64, "feature": pl.String, "reason": pl.String, "token": pl.String, "release_id": pl.String}


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
    One row for every null in `values`: urn, feature, reason, token, release_id. Raises: BugError for an unexplained one.
    """
    cells = pl.concat(
        [pl.DataFrame(schema=dict(CELL)), *(cells.select(*CELL).cast(dict(CELL)) for cells in reasons.cells)]
    )  # type: ignore[arg-type]
    by_feature = cells.partition_by("feature", as_dict=True, include_key=False)
    by_group = reasons.groups.partition_by("group_name", as_dict=True, include_key=False)
    nothing = cells.clear().drop("feature")
    frames = [
        _explained(
            values.filter(pl.col(feature.name).is_null()).select("urn"),
            feature,
            cells=by_feature.get((feature.name,), nothing),
            group=by_group.get((str(feature.group),)),
            otherwise=reasons.features.get(feature.name),
        )
        for feature in FEATURES.values()
        if values[feature.name].null_count()
    ]
    missing = pl.concat(frames) if frames else pl.DataFrame(schema=_missing_schema())
    unexplained = missing.filter(pl.col("reason").is_null())
    if unexplained.height:
        names = ", ".join(str(name) for name in unexplained["feature"].unique().sort())
        raise BugError(f"facts are missing without a reason: {names}")
    return missing.sort("urn", "feature")


def _explained(
    gaps: pl.DataFrame, feature: Feature, *, cells: pl.DataFrame, group: pl.DataFrame | None, otherwise: str | None
) -> pl.DataFrame:
    table = gaps.join(cells.unique("urn", keep="first", maintain_order=True), on="urn", how="left")
    if group is not None:
        table = table.join(group.rename({"reason": "group_reason"}), on="urn", how="left")
    else:
        table = table.with_columns(pl.lit(None, pl.String).alias("group_reason"))
    return table.select(
        "urn",
        pl.lit(feature.name).cast(NAMES).alias("feature"),
        pl.coalesce("reason", "group_reason", pl.lit(otherwise, pl.String)).cast(REASONS).alias("reason"),
        pl.col("token").cast(pl.Categorical),
        pl.col("release_id").cast(pl.Categorical),
    )


def _missing_schema() -> dict[str, pl.DataType]:
    return {
        "urn": pl.Int64(),
        "feature": NAMES,
        "reason": REASONS,
        "token": pl.Categorical(),
        "release_id": pl.Categorical(),
    }
