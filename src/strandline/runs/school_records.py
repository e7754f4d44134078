"""A run's schools one by one, in plain values: what another programme keeps of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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
AUTHORITY = "authority_of_school"


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


def authorities_of(run: Run) -> tuple[int, ...]:
    """The codes of the authorities whose schools the run holds; 0 for schools of no known authority."""
    return tuple(sorted(run.decisions["la"].fill_null(0).unique()))


def school_records(run: Run, *, authorities: Collection[int] | None = None) -> Iterator[SchoolRecord]:
    """
    Every school of the run, authority by authority, then by URN; `authorities` narrows. One authority is held at once.

    Missing: a run whose home no longer holds the releases gives records without history.
    """
    wanted = sorted(authorities_of(run) if authorities is None else authorities)
    parts = _parts(run, wanted)
    sources = {release.release_id: place for place, release in enumerate(run.manifest.inputs.releases)}
    for authority in wanted:
        yield from _records({name: each.pop(authority, None) for name, each in parts.items()}, sources=sources)


Part = Mapping[str, pl.DataFrame | None]


def _parts(run: Run, authorities: Sequence[int]) -> dict[str, dict[int, pl.DataFrame]]:
    """The tables that records are made of, each apart by authority."""
    places = run.decisions.select("urn", pl.col("la").fill_null(0).alias(AUTHORITY))
    places = places.filter(pl.col(AUTHORITY).is_in(authorities))
    frames = {
        "facts": run.table("facts"),
        "decisions": run.decisions.select("urn", "category", "state", "reason"),
        "missing": run.table("missing").select("urn", "feature", "reason", "token"),
        "provenance": run.table("provenance").select("urn", pl.col("group").alias("about"), "release_id"),
        "filled": run.table("filled").select("urn", pl.col("feature").alias("about"), "release_id"),
        **_histories(run, authorities),
    }
    return {name: _apart(frame, places) for name, frame in frames.items()}


def _apart(frame: pl.DataFrame, places: pl.DataFrame) -> dict[int, pl.DataFrame]:
    told = frame.join(places, on="urn", how="inner", maintain_order="left")
    parts = told.partition_by(AUTHORITY, as_dict=True, include_key=False, maintain_order=True)
    return {int(key[0]): part for key, part in parts.items()}


def _records(part: Part, *, sources: Mapping[str, int]) -> Iterator[SchoolRecord]:
    """The records of one authority."""
    decided = {row[0]: row[1:] for row in _rows(part["decisions"])}
    gaps, told, dated = _gaps(part["missing"]), _sources(part, places=sources), _dated(part)
    facts = part["facts"]
    for row in facts.sort("urn").iter_rows(named=True) if facts is not None else ():
        urn = row["urn"]
        category, state, reason = decided[urn]
        yield SchoolRecord(
            urn=urn,
            facts={name: value for name, value in row.items() if value is not None},
            gaps=gaps.get(urn, {}),
            sources=told.get(urn, {}),
            category=category or "",
            state=state,
            reason=reason or "",
            history=dated.get(urn, {}),
        )


def _rows(frame: pl.DataFrame | None) -> Iterator[tuple[Any, ...]]:
    return frame.iter_rows() if frame is not None else iter(())


def _named(frame: pl.DataFrame | None) -> Iterator[Record]:
    return frame.iter_rows(named=True) if frame is not None else iter(())


def _gaps(missing: pl.DataFrame | None) -> dict[int, Record]:
    """Why figures are not there, with a group that lacks all of its figures for one reason written as one."""
    if missing is None:
        return {}
    sizes = {str(group): len(features) for group, features in groups().items()}
    of_group = {name: str(feature.group) for name, feature in FEATURES.items()}
    missing = missing.with_columns(pl.col("feature", "reason").cast(pl.String))
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


def _sources(part: Part, *, places: Mapping[str, int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for name in ("provenance", "filled"):
        for urn, about, release in _rows(part[name]):
            if release in places:
                found.setdefault(urn, {})[str(about)] = places[release]
    return found


def _histories(run: Run, authorities: Sequence[int]) -> dict[str, pl.DataFrame]:
    """The dated tables of the releases that the home holds, each by URN; none where it holds no release."""
    inputs = run.manifest.inputs
    store = Store(_home_of(run))
    if not store.releases():
        return {}
    place = None if inputs.authority == "all" else LaCode.parse(inputs.authority)
    if len(authorities) == 1 and authorities[0]:
        place = LaCode(authorities[0])  # the quicker question
    told = histories(store, as_at=inputs.as_at, authority=place)
    return {
        "inspections": told.inspections.drop("urn", strict=False).rename({"school": "urn"}),
        "predecessors": told.predecessors,
        "memberships": told.memberships,
    }


def _dated(part: Part) -> dict[int, Record]:
    found: dict[int, Record] = {}
    for row in _named(part.get("inspections")):
        _of(found, row["urn"])["inspections"].append(_inspection(row))
    for row in _named(part.get("predecessors")):
        _of(found, row.pop("urn"))["predecessors"].append(_kept(row))
    for row in _named(part.get("memberships")):
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
