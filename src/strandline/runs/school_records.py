"""A run's schools one by one, in plain values: what another programme keeps of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from strandline.catalogue import FEATURES, groups
from strandline.kernel.identifiers import LaCode
from strandline.runs.manifest import plain
from strandline.runs.record import Run
from strandline.sources.facts.histories import histories
from strandline.sources.store import Store

Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRecord:
    """
    One school of a run.

    `facts`:    feature → value, those without a value left out, dates as dates.
    `gaps`:     {"reasons": {reason: [feature or "@group", …]}, "tokens": {feature: token}}; `@group` is all of a group.
    `sources`:  group or feature → place of its release in the run's list.
    `category`, `state`, `reason`: what the run proposes.
    `history`:  {"inspections": […], "predecessors": […], "trusts": […]} in plain values, the latest first.
    """

    urn: int
    facts: Record
    gaps: Record
    sources: dict[str, int]
    category: str
    state: str
    reason: str
    history: Record


def releases_of(run: Run) -> list[Record]:
    """The official files behind a run, in plain values; a record's sources are places in this list."""
    return [dict(plain(each)) for each in run.manifest.inputs.releases]


def categories_of(run: Run) -> list[Record]:
    """The categories of the run's pack in their order: code, title, words, order, colour_step."""
    return run.table("categories").to_dicts()


def school_records(run: Run) -> Iterator[SchoolRecord]:
    """
    Every school of the run, by URN.

    Missing: a run whose home no longer holds the releases gives records without history.
    """
    decided = {row[0]: row[1:] for row in run.decisions.select("urn", "category", "state", "reason").iter_rows()}
    gaps, sources, dated = _gaps(run), _sources(run), _histories(run)
    facts = run.table("facts").sort("urn")
    for row in facts.iter_rows(named=True):
        urn = row["urn"]
        category, state, reason = decided[urn]
        yield SchoolRecord(
            urn=urn,
            facts={name: value for name, value in row.items() if value is not None},
            gaps=gaps.get(urn, {}),
            sources=sources.get(urn, {}),
            category=category or "",
            state=state,
            reason=reason or "",
            history=dated.get(urn, {}),
        )


def _gaps(run: Run) -> dict[int, Record]:
    """Why figures are not there, with a group that lacks all of its figures for one reason written as one."""
    sizes = {str(group): len(features) for group, features in groups().items()}
    of_group = {name: str(feature.group) for name, feature in FEATURES.items()}
    missing = run.table("missing").with_columns(pl.col("feature", "reason").cast(pl.String))
    missing = missing.with_columns(
        pl.col("feature").replace_strict(of_group, return_dtype=pl.String).alias("group"),
    )
    whole = pl.len().over("urn", "group", "reason") == pl.col("group").replace_strict(sizes, return_dtype=pl.Int64)
    short = missing.with_columns(
        pl.when(whole).then(pl.lit("@") + pl.col("group")).otherwise(pl.col("feature")).alias("name")
    )
    found: dict[int, Record] = {}
    named = short.select("urn", "reason", "name").unique(maintain_order=True)
    for urn, reason, names in named.group_by("urn", "reason", maintain_order=True).agg("name").iter_rows():
        found.setdefault(urn, {"reasons": {}, "tokens": {}})["reasons"][reason] = names
    told = missing.filter(pl.col("token").is_not_null() & (pl.col("token") != ""))
    for urn, feature, token in told.select("urn", "feature", "token").iter_rows():
        found[urn]["tokens"][feature] = token
    return found


def _sources(run: Run) -> dict[int, dict[str, int]]:
    places = {release.release_id: place for place, release in enumerate(run.manifest.inputs.releases)}
    found: dict[int, dict[str, int]] = {}
    for table, name in (("provenance", "group"), ("filled", "feature")):
        for urn, about, release in run.table(table).select("urn", name, "release_id").iter_rows():
            if release in places:
                found.setdefault(urn, {})[about] = places[release]
    return found


def _histories(run: Run) -> Mapping[int, Record]:
    inputs = run.manifest.inputs
    store = Store(_home_of(run))
    if not store.releases():
        return {}
    place = None if inputs.authority == "all" else LaCode.parse(inputs.authority)
    told = histories(store, as_at=inputs.as_at, authority=place)
    found: dict[int, Record] = {}
    for row in told.inspections.iter_rows(named=True):
        of = _of(found, row.pop("school"))
        of["inspections"].append(_inspection(row))
    for row in told.predecessors.iter_rows(named=True):
        _of(found, row.pop("urn"))["predecessors"].append(_kept(row))
    for row in told.memberships.iter_rows(named=True):
        _of(found, row.pop("urn"))["trusts"].append(_kept(row))
    return found


def _of(found: dict[int, Record], urn: int) -> Record:
    return found.setdefault(urn, {"inspections": [], "predecessors": [], "trusts": []})


LEFT_OUT = {"urn", "inspected_urn", "which", "block", "place", "has_overall_grade", "published_on", "words"}


def _inspection(row: Record) -> Record:
    """One inspection: what it judged, the grade also in the word of its own framework."""
    kept = _kept({name: value for name, value in row.items() if name not in LEFT_OUT})
    grade, words = row["overall_grade"], row["words"]
    if grade is not None and row["has_overall_grade"] and 1 <= grade <= len(words):
        kept["overall_words"] = words[grade - 1]
    return kept


def _kept(row: Record) -> Record:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if value is not None
    }


def _home_of(run: Run) -> Path:
    return run.folder.parent.parent
