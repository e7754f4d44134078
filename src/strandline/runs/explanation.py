"""Why a school is in its category: from a run by its own rules, or afresh from the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from strandline.catalogue import FEATURES
from strandline.engine.evaluate import decide
from strandline.engine.explain import Criterion, Explanation, Provenance
from strandline.engine.explain import explain as explained_by
from strandline.engine.resolve import ResolvedPack, resolve
from strandline.kernel.errors import UserError
from strandline.kernel.identifiers import LaCode
from strandline.runs import judgements as officers
from strandline.runs import tables
from strandline.runs.evidence import Given, SchoolNotInRun, school_in, together
from strandline.runs.judgements import Judgements
from strandline.runs.proposals import usable_pack
from strandline.runs.record import LATEST, Run, open_run
from strandline.runs.rules_of import rules_of
from strandline.runs.support import answers
from strandline.sources.facts import Facts, facts
from strandline.sources.facts.inputs import is_register
from strandline.sources.store import Store
from strandline.strategy.model.rules import Predecessors


class NothingToExplain(UserError):
    """Neither a run was named, nor a pack and a day."""


class NoSuchSchool(UserError):
    """No register that has been added knows the school as open on the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One school explained: who it is, the explanation, what it is entitled to, and the run where there is one."""

    urn: int
    school_name: str
    la_name: str
    pack: str
    title: str
    as_at: date
    run_id: str
    explanation: Explanation
    entitlements: tuple[dict[str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What is known of one school, and the rules it is held against."""

    rules: ResolvedPack
    school: Mapping[str, Given]
    provenance: Mapping[str, Provenance]
    run_id: str = ""
    preset: str = ""


def explain(
    home: Path,
    *,
    urn: int,
    run: str | None = None,
    pack: str | None = None,
    as_at: date | None = None,
    judgements: Path | None = None,
    settings: Mapping[str, str] | None = None,
    preset: str | None = None,
) -> Explained:
    """
    Say why a school is where it is: in the run named; else under `pack` as at a day; else in the newest run.

    Missing: a figure that is not there is named with its reason.
    Raises:  RunNotFound, SchoolNotInRun, NoSuchSchool, NothingToExplain, PackNotFound, PackRefused, JudgementsRefused.
    """
    if run is None and pack is not None and as_at is not None:
        case = _afresh(home, urn=urn, pack=pack, as_at=as_at, judgements=judgements, settings=settings, preset=preset)
    elif run is None and (pack is not None or as_at is not None):
        raise NothingToExplain("A pack and a day belong together", what_to_do="Name both --pack and --as-at, or --run")
    else:
        case = _of_run(open_run(home, run or LATEST), urn=urn)
    return _explained(case)


def _explained(case: _Case) -> Explained:
    decision = decide(case.rules, case.school)
    entitled = answers(case.rules, category=decision.category, school=case.school, preset=case.preset)
    pack = case.rules.pack
    return Explained(
        urn=int(str(case.school["urn"])),
        school_name=str(case.school.get("school_name") or ""),
        la_name=str(case.school.get("la_name") or ""),
        pack=pack.id,
        title=pack.title,
        as_at=case.rules.as_at,
        run_id=case.run_id,
        explanation=explained_by(case.rules, decision, school=case.school, provenance=case.provenance),
        entitlements=entitled,
    )


def _of_run(run: Run, *, urn: int) -> _Case:
    releases = {release.release_id: release for release in run.manifest.inputs.releases}
    titled = {
        name: Provenance(
            title=release.title,
            publisher=release.publisher,
            published_on=release.published_on,
            release_id=name,
            status=release.status,
        )
        for name, release in releases.items()
    }
    return _Case(
        rules=rules_of(run),
        school=school_in(run, urn=urn),
        provenance=_provenance(run.table("provenance"), run.table("filled"), urn=urn, titled=titled),
        run_id=run.run_id,
        preset=run.manifest.inputs.preset,
    )


def _afresh(
    home: Path,
    *,
    urn: int,
    pack: str,
    as_at: date,
    judgements: Path | None,
    settings: Mapping[str, str] | None,
    preset: str | None,
) -> _Case:
    chosen = usable_pack(home, which=pack, preset=preset)
    judged = officers.read(judgements, declared=chosen.judgements, as_at=as_at) if judgements else Judgements()
    gathered = _facts_of(home, urn=urn, as_at=as_at, predecessors=chosen.inspections.predecessors is Predecessors.CARRY)
    rules = resolve(chosen, as_at=as_at, clocks=gathered.clocks, settings=settings)
    row, why = (frame.filter(pl.col("urn") == urn) for frame in (gathered.values, gathered.missing))
    supplied = tables.judgement_rows(judged, resolved=rules).filter(pl.col("urn") == urn)
    titled = {
        release["release_id"]: Provenance(
            title=release["title"],
            publisher=release["publisher"],
            published_on=release["published_on"],
            release_id=release["release_id"],
            status=release["status"],
        )
        for release in gathered.releases.iter_rows(named=True)
    }
    return _Case(
        rules=rules,
        school=together(row, missing=why, judged=supplied)[urn],
        provenance=_provenance(gathered.provenance, gathered.filled, urn=urn, titled=titled),
        preset=preset or "",
    )


def _facts_of(home: Path, *, urn: int, as_at: date, predecessors: bool) -> Facts:
    """The facts of the school's authority, or of England where that is not enough. Raises: NoSuchSchool."""
    store = Store(home)
    for authority in (*_authorities(store, urn=urn), None):
        try:
            found = facts(store, as_at=as_at, authority=authority, predecessors=predecessors)
        except UserError:
            if authority is None:
                raise
            continue
        if urn in found.values["urn"]:
            return found
    raise NoSuchSchool(
        f"No register knows a school with URN {urn} as open on {as_at}", what_to_do="See strandline data list"
    )


def _authorities(store: Store, *, urn: int) -> list[LaCode]:
    """The authority in which the newest register that knows the school holds it."""
    registers = [release for release in store.releases() if is_register(release)]
    for release in sorted(registers, key=lambda each: each.published_on, reverse=True):
        rows = pl.scan_parquet(store.table_path(release.release_id, "schools"))
        if "la_code" in rows.collect_schema():
            found = rows.filter(pl.col("urn") == urn).select("la_code").collect().drop_nulls()
            if found.height:
                return [LaCode.parse(str(found["la_code"][0]))]
    return []


def _provenance(
    groups: pl.DataFrame, filled: pl.DataFrame, *, urn: int, titled: Mapping[str, Provenance]
) -> dict[str, Provenance]:
    """Feature → release: the release of its group, unless another one filled it."""
    by_group = dict(groups.filter(pl.col("urn") == urn).select("group", "release_id").iter_rows())
    found = {name: by_group.get(str(feature.group)) for name, feature in FEATURES.items()}
    found |= dict(filled.filter(pl.col("urn") == urn).select("feature", "release_id").iter_rows())
    return {name: titled[release] for name, release in found.items() if release is not None and release in titled}


__all__ = ["Criterion", "Explained", "NoSuchSchool", "NothingToExplain", "SchoolNotInRun", "explain"]
