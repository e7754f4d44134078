"""The rules of a run as they stood: its own copy of the pack, at its own date and clocks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from strandline.engine.resolve import ResolvedPack, resolve
from strandline.runs.manifest import Manifest
from strandline.runs.pack_copies import pack_of
from strandline.runs.record import Run


def rules_of(run: Run) -> ResolvedPack:
    """The pack of a run, resolved as it was when the run was made."""
    inputs = run.manifest.inputs
    return resolve(pack_of(run), as_at=inputs.as_at, clocks=run.manifest.clocks, settings=dict(inputs.settings))


def kept_rules(run: Run) -> ResolvedPack:
    """The same, read once by a programme that goes on running: a run is never changed."""
    return _read_once(run.folder)


@lru_cache(maxsize=8)
def _read_once(folder: Path) -> ResolvedPack:
    return rules_of(Run(folder=folder, manifest=Manifest.read(folder)))
