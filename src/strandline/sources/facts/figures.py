"""
Which release tells which figure of which year, and the cells themselves, for the steps that choose among them.

The *results year* of a group is the latest whose own release was published by the as-at day, among releases that cover
the schools asked for. It is one year for a whole run, so that every school is judged by the same cohort year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from strandline.catalogue import FEATURES, Group
from strandline.kernel.dates import AcademicYear, NotADate
from strandline.kernel.identifiers import LaCode
from strandline.sources.facts.inputs import Releases
from strandline.sources.release import Release
from strandline.sources.results.measures import MEASURES, Measure

NATIONAL = "national"
SUFFIXES: Mapping[int, str] = {0: "", 1: "_previous", 2: "_before_previous"}
GROUPS: Mapping[Group, tuple[Group, ...]] = {
    Group.KS2: (Group.KS2, Group.KS2_PREVIOUS, Group.KS2_BEFORE_PREVIOUS),
    Group.KS4: (Group.KS4, Group.KS4_PREVIOUS, Group.KS4_BEFORE_PREVIOUS),
    Group.CENSUS: (Group.CENSUS,),
    Group.ABSENCE: (Group.ABSENCE,),
    Group.FINANCE: (Group.FINANCE,),
}
"""Each family of figures, and its catalogue groups by years back from the latest year."""

WANTED = {
    "release_id": pl.String,
    "group_name": pl.String,
    "back": pl.Int64,
    "lag": pl.Int64,
    "feature": pl.String,
    "field": pl.String,
    "per": pl.String,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One release that tells the figures of `group` for `year`, from `lag` years later."""

    release: Release
    group: Group
    year: int
    lag: int
    measures: tuple[Measure, ...]


def year_of(release: Release) -> int | None:
    """The calendar year in which the release's period ends, where its period is a year of schools."""
    try:
        return AcademicYear.parse(release.period).ends_in
    except NotADate:
        return None


def tellings(releases: Iterable[Release]) -> tuple[Told, ...]:
    """Every (release, group, year) for which a release holds at least one feature."""
    found: list[Told] = []
    for release in releases:
        year = year_of(release)
        if "indicators" not in release.tables or year is None:
            continue
        held: dict[tuple[Group, int], list[Measure]] = {}
        for measure in MEASURES:
            if measure.kind == release.kind and measure.covers(year):
                held.setdefault((FEATURES[measure.feature].group, measure.lag), []).append(measure)
        found += [
            Told(release=release, group=group, year=year - lag, lag=lag, measures=tuple(measures))
            for (group, lag), measures in held.items()
        ]
    return tuple(found)


def covers(release: Release, authority: LaCode | None, *, held_nationally: bool) -> bool:
    """Whether a release may set the year: a national one or the authority's own; any, where none is national."""
    if release.coverage == NATIONAL:
        return True
    if authority is None:
        return not held_nationally
    return release.coverage == f"authority:{authority}"


def results_years(told: Iterable[Told], *, as_at: date, authority: LaCode | None) -> dict[Group, int | None]:
    """The latest year of each family of figures that was published by `as_at`; None where there is none."""
    known = [t for t in told if t.lag == 0 and t.release.published_on <= as_at]
    years: dict[Group, int | None] = {}
    for group in GROUPS:
        of_group = [t for t in known if t.group is group]
        national = any(t.release.coverage == NATIONAL for t in of_group)
        usable = [t.year for t in of_group if covers(t.release, authority, held_nationally=national)]
        years[group] = max(usable, default=None)
    return years


def wanted_measures(told: Iterable[Told], *, years: Mapping[Group, int | None], as_at: date) -> pl.DataFrame:
    """
    Which field of which known release holds which feature; one row per release, feature and years back.

    Where a release prints a percentage and its counts, the printed percentage is taken.
    """
    rows = [
        {
            "release_id": t.release.release_id,
            "group_name": str(t.group),
            "back": latest - t.year,
            "lag": t.lag,
            "feature": measure.feature + SUFFIXES[latest - t.year],
            "field": measure.field.upper(),
            "per": measure.per.upper(),
        }
        for t in told
        if (latest := years[t.group]) is not None
        and 0 <= latest - t.year < len(GROUPS[t.group])
        and t.release.published_on <= as_at
        for measure in t.measures
    ]
    wanted = pl.DataFrame(rows, schema=WANTED).sort("release_id", "back", "feature", "per", "field")
    return wanted.unique(["release_id", "back", "feature"], keep="first", maintain_order=True)


def entity_seats(store: Releases, wanted: pl.DataFrame) -> pl.DataFrame:
    """Which school is in which wanted release."""
    frames = [pl.DataFrame(schema={"release_id": pl.String, "urn": pl.Int64})]
    for release_id in wanted["release_id"].unique(maintain_order=True):
        scan = pl.scan_parquet(store.table_path(release_id, "schools"))
        urn = pl.col("urn").cast(pl.Int64, strict=False)
        frames.append(
            scan.select(pl.lit(release_id).alias("release_id"), urn)
            .filter(pl.col("urn").is_not_null())
            .unique()
            .collect()
        )
    return pl.concat(frames)


def entity_values(store: Releases, wanted: pl.DataFrame, *, urns: pl.Series) -> pl.DataFrame:
    """The wanted cells of the wanted releases for `urns`: value, or reason and token."""
    schema = {
        "release_id": pl.String,
        "urn": pl.Int64,
        "indicator": pl.String,
        "value": pl.Float64,
        "reason": pl.String,
        "token": pl.String,
    }
    frames = [pl.DataFrame(schema=schema)]
    for (release_id,), rows in wanted.group_by("release_id", maintain_order=True):
        fields = [field for field in {*rows["field"], *rows["per"]} if field]
        scan = pl.scan_parquet(store.table_path(str(release_id), "indicators"))
        known = _names(scan)
        fields = sorted(field for field in fields if known is None or field in known)
        frames.append(
            scan.filter(pl.col("indicator").is_in(fields) & pl.col("urn").is_in(urns.implode()))
            .select(
                pl.lit(release_id).alias("release_id"),
                *(pl.col(name).cast(kind) for name, kind in schema.items() if name != "release_id"),
            )
            .collect()
        )
    return pl.concat(frames)


def _names(scan: pl.LazyFrame) -> frozenset[str] | None:
    kind = scan.collect_schema()["indicator"]
    return frozenset(kind.categories) if isinstance(kind, pl.Enum) else None
