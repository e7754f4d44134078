"""
Why a whole group of features is missing for a school, where no cell says it.

A cell's own reason (the publisher's mark) always goes first; these are what is left to say when there is no cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from strandline.catalogue import FEATURES, Feature, Group
from strandline.kernel.missing import MissingReason as Why
from strandline.sources.facts.figures import GROUPS, NATIONAL, Told
from strandline.sources.facts.vocabulary import years_without_results
from strandline.sources.inspections.frameworks import REGIMES
from strandline.sources.results.measures import MEASURES

REPORT_CARDS_FROM = REGIMES[-1].first_day


def inspection_reasons(*, as_at: date, events: frozenset[str]) -> dict[str, Why]:
    """The reason for each inspection feature of a school that has no such inspection; `events`: kinds in any file."""
    if not events:
        return {name: Why.NO_RELEASE for name, feature in FEATURES.items() if feature.group in _INSPECTION}
    card = Why.NEVER_INSPECTED if "report_card" in events else Why.NO_RELEASE
    if REPORT_CARDS_FROM is not None and as_at < REPORT_CARDS_FROM:
        card = Why.NOT_APPLICABLE
    by_group = {
        Group.INSPECTION: Why.NEVER_INSPECTED,
        Group.PREVIOUS_INSPECTION: Why.NO_PREVIOUS,
        Group.UNGRADED_INSPECTION: Why.NOT_APPLICABLE if "ungraded" in events else Why.NO_RELEASE,
        Group.REPORT_CARD: card,
    }
    return {name: by_group[feature.group] for name, feature in FEATURES.items() if feature.group in by_group}


def figure_reasons(
    told: Iterable[Told],
    *,
    years: Mapping[Group, int | None],
    as_at: date,
    authorities: pl.DataFrame,
    seats: pl.DataFrame,
) -> pl.DataFrame:
    """
    The reason for each figure of a school that no release tells of.

    Shape: `authorities` has `urn` and `la`; `seats` urn, group and release_id of the schools that a release does tell
           of → urn, group_name, reason: one row per other school and group of figures.
    """
    frames = [pl.DataFrame(schema={"urn": pl.Int64, "group_name": pl.String, "reason": pl.String})]
    told = tuple(told)
    for family, groups in GROUPS.items():
        for back, group in enumerate(groups):
            latest = years[family]
            year = None if latest is None else latest - back
            of_year = [t for t in told if t.group is family and (year is None or t.year == year)]
            untold = authorities.join(seats.filter(pl.col("group") == str(group)), on="urn", how="anti")
            frames.append(_group_reasons(of_year, family, group, year, as_at=as_at, authorities=untold))
    return pl.concat(frames)


def column_reasons(*, years: Mapping[Group, int | None]) -> dict[str, Why]:
    """
    The reason for a figure of a school that a release does tell of, where the release has no such column.

    The publisher never measured it for that year, or another file than those in the warehouse holds it.
    """
    reasons: dict[str, Why] = {}
    for family, groups in GROUPS.items():
        latest = years[family]
        for feature in (f for f in FEATURES.values() if f.group in groups):
            if latest is None or "_release_status" in feature.name:
                reasons[feature.name] = Why.BLANK if latest is not None else Why.NO_RELEASE
            elif measured_in(feature, latest - feature.years_back):
                reasons[feature.name] = Why.NO_RELEASE
            else:
                reasons[feature.name] = Why.NOT_COLLECTED
    return reasons


def measured_in(feature: Feature, year: int) -> bool:
    """Whether the publisher's own tables ever held the feature for that year."""
    name = _own_year_name(feature)
    return any(m.feature == name and m.lag == 0 and m.covers(year) for m in MEASURES)


_INSPECTION = (Group.INSPECTION, Group.PREVIOUS_INSPECTION, Group.UNGRADED_INSPECTION, Group.REPORT_CARD)


def _own_year_name(feature: Feature) -> str:
    suffix = ("", "_previous", "_before_previous")[feature.years_back]
    return feature.name.removesuffix(suffix)


def _group_reasons(
    of_year: list[Told], family: Group, group: Group, year: int | None, *, as_at: date, authorities: pl.DataFrame
) -> pl.DataFrame:
    known = [t.release.coverage for t in of_year if t.release.published_on <= as_at]
    areas = [int(c.removeprefix("authority:")) for c in known if c.startswith("authority:")]
    there = pl.lit(NATIONAL in known) | pl.col("la").is_in(areas).fill_null(value=False)
    if year is not None and (str(family), year) in years_without_results():
        otherwise = Why.NOT_PUBLISHED
    else:
        otherwise = Why.NOT_YET_PUBLISHED if of_year and not known else Why.NO_RELEASE
    return authorities.select(
        "urn",
        pl.lit(str(group)).alias("group_name"),
        pl.when(there).then(pl.lit(str(Why.NO_RECORD))).otherwise(pl.lit(str(otherwise))).alias("reason"),
    )
