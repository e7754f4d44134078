"""
Making a run: gather the facts, decide every school by compiled SQL, keep what came out.

Rules propose, people decide: a run holds proposals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from strandline._version import __version__
from strandline.catalogue import FEATURES
from strandline.engine.compile import CompiledSql, compile_categories
from strandline.engine.resolve import resolve
from strandline.kernel.errors import UserError
from strandline.kernel.identifiers import LaCode
from strandline.runs import judgements as officers
from strandline.runs import pack_copies, record, tables
from strandline.runs.evidence import Given, together
from strandline.runs.judgements import Judgements
from strandline.runs.manifest import Inputs, Manifest, PackUsed, ReleaseUsed
from strandline.runs.record import Run
from strandline.runs.support import entitlements, needed
from strandline.sources.facts import Facts, facts
from strandline.sources.store import Store
from strandline.sources.warehouse import Warehouse
from strandline.strategy.model import Pack
from strandline.strategy.model.rules import Predecessors
from strandline.strategy.reading import read_pack

Progress = Callable[[str], None]


class PackHasNoCategories(UserError):
    """A library of rules cannot categorise schools."""


class UnknownPreset(UserError):
    """No offer of the pack has a preset of that name."""


def run(
    home: Path,
    *,
    pack: str,
    as_at: date,
    authority: str = "all",
    judgements: Path | None = None,
    preset: str | None = None,
    settings: Mapping[str, str] | None = None,
    predecessors: bool | None = None,
    progress: Progress | None = None,
) -> Run:
    """
    Decide every school of an authority, or of England, under `pack` as it stood on `as_at`, and keep the run.

    The same inputs give the same run, byte for byte; one that is there already is kept.

    Missing: a school without the figures that a rule needs is undecided and the figures are named; none is guessed.
    Raises:  PackNotFound, PackRefused, PackHasNoCategories, UnknownPreset, UnknownSetting, JudgementsRefused,
             NoRegister, NoSchools.
    """
    tell = progress if progress is not None else _silent
    tell("Reading the pack")
    chosen = usable_pack(home, which=pack, preset=preset)
    judged = officers.read(judgements, declared=chosen.judgements, as_at=as_at) if judgements else Judgements()
    carried = chosen.inspections.predecessors is Predecessors.CARRY if predecessors is None else predecessors
    tell("Gathering the facts")
    place = None if authority == "all" else LaCode.parse(authority)
    gathered = facts(Store(home), as_at=as_at, authority=place, predecessors=carried)
    tell("Deciding")
    resolved = resolve(chosen, as_at=as_at, clocks=gathered.clocks, settings=settings)
    supplied = sorted({judgement.name for judgement in judged.used})
    compiled = compile_categories(resolved, table="facts", supplied=supplied)
    decided = _decided(home, compiled, tables.with_judgements(gathered.values, judged))
    made = tables.make(gathered, decided=decided, resolved=resolved, compiled=compiled, judged=judged)
    made["entitlements"] = entitlements(
        resolved,
        decisions=made["decisions"],
        schools=_asked(gathered, judgements=made["judgements"], names=needed(resolved)),
        preset=preset or "",
    )
    tell("Keeping the run")
    inputs = Inputs(
        version=__version__,
        as_at=as_at,
        authority=authority,
        pack=PackUsed(
            id=chosen.id,
            title=chosen.title,
            publisher=chosen.publisher,
            sha256=chosen.sha256,
        ),
        preset=preset or "",
        settings=tuple(sorted((settings or {}).items())),
        predecessors=carried,
        releases=tuple(ReleaseUsed(**row) for row in gathered.releases.iter_rows(named=True)),
        judgements=judged.fingerprint,
    )
    manifest = Manifest(
        inputs=inputs,
        clocks=dict(gathered.clocks),
        counts=tables.counts(made["decisions"]),
        warnings=(*resolved.warnings, *tables.warnings(gathered, judged=judged, pack=chosen, authority=authority)),
        outputs=(),
    )
    return record.write(home, manifest=manifest, tables=made, copies=pack_copies.copies(home, which=pack, pack=chosen))


def usable_pack(home: Path, *, which: str, preset: str | None = None) -> Pack:
    """A pack that can categorise. Raises: PackNotFound, PackRefused, PackHasNoCategories, UnknownPreset."""
    pack = read_pack(which, folders=pack_copies.own_folders(home))
    if not pack.categories:
        raise PackHasNoCategories(
            f"{pack.id} holds rules for other packs and no categories", what_to_do="See strandline packs list"
        )
    presets = sorted({name for offer in pack.offers for name in offer.presets})
    if preset is not None and preset not in presets:
        raise UnknownPreset(
            f'{pack.id} has no preset "{preset}"',
            what_to_do=f"It has {', '.join(presets)}" if presets else "It has none: leave --preset out",
        )
    return pack


def _decided(home: Path, compiled: CompiledSql, table: pl.DataFrame) -> pl.DataFrame:
    with Warehouse(Store(home)) as warehouse:
        warehouse.register("facts", table)
        return warehouse.run("categorise", compiled.sql)


def _asked(gathered: Facts, *, judgements: pl.DataFrame, names: tuple[str, ...]) -> dict[int, dict[str, Given]]:
    """Every school with the few figures that are asked for."""
    features = [name for name in names if name in FEATURES]
    why = gathered.missing.filter(pl.col("feature").is_in(features))
    return together(gathered.values.select("urn", *features), missing=why, judged=judgements)


def _silent(stage: str) -> None:
    """Tell nobody."""
