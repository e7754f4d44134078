"""Two runs compared: who joined, who left, who moved, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from strandline.kernel.dates import long_date
from strandline.runs.causes import Cause, Change, Comparing, changed_constants
from strandline.runs.record import Run, open_run

ABSENT = "not in the run"

__all__ = ["Cause", "Change", "Difference", "Move", "diff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One school whose standing is not what it was."""

    urn: int
    school_name: str
    before: str
    after: str
    causes: tuple[Cause, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """
    Two runs compared. `flows` counts (from, to) over all who moved; `values` are those of the pack that differ.

    `unchanged` schools stand in both runs in one and the same category or state.
    """

    before: str
    after: str
    unchanged: int
    moves: tuple[Move, ...]
    flows: tuple[tuple[str, str, int], ...]
    values: tuple[Change, ...]
    notes: tuple[str, ...]


def diff(home: Path, *, before: str, after: str) -> Difference:
    """Compare two runs by name. Raises: RunNotFound, RunAmbiguous."""
    one, two = open_run(home, before), open_run(home, after)
    both = _standings(one).join(_standings(two), on="urn", how="full", coalesce=True, suffix="_after")
    moved = both.filter(pl.col("standing").ne_missing(pl.col("standing_after")))
    comparing = Comparing.of(one, two, urns=moved["urn"])
    moves = []
    for urn, name, old, _, name_after, new in moved.select(
        "urn", "school_name", "standing", "la", "school_name_after", "standing_after"
    ).iter_rows():
        causes, changes = comparing.why(urn, joined=old is None, left=new is None)
        shown = name_after or name or ""
        moves.append(
            Move(urn=urn, school_name=shown, before=old or ABSENT, after=new or ABSENT, causes=causes, changes=changes)
        )
    flows = Counter((move.before, move.after) for move in moves)
    return Difference(
        before=one.run_id,
        after=two.run_id,
        unchanged=both.height - moved.height,
        moves=tuple(sorted(moves, key=lambda move: (move.before, move.after, move.school_name, move.urn))),
        flows=tuple((*pair, count) for pair, count in sorted(flows.items(), key=lambda item: (-item[1], item[0]))),
        values=changed_constants(comparing.old_rules, comparing.new_rules),
        notes=_notes(one, two),
    )


def _standings(run: Run) -> pl.DataFrame:
    """Each school's category or, without one, its state in words."""
    standing = pl.coalesce("category", pl.col("state").str.replace_all("_", " ")).alias("standing")
    return run.decisions.select("urn", "school_name", "la", standing)


def _notes(one: Run, two: Run) -> tuple[str, ...]:
    """What differs between the inputs of the runs, in sentences."""
    old, new = one.manifest.inputs, two.manifest.inputs
    found = []
    if old.pack.id != new.pack.id:
        found.append(f"The packs are different ones: {old.pack.title}, then {new.pack.title}.")
    elif old.pack.sha256 != new.pack.sha256:
        found.append(f"The pack {new.pack.id} was changed between the runs.")
    if old.as_at != new.as_at:
        found.append(f"As at {long_date(old.as_at)}, then as at {long_date(new.as_at)}.")
    if old.authority != new.authority:
        found.append(f"The runs are of different areas: {old.authority}, then {new.authority}.")
    if old.predecessors != new.predecessors:
        found.append("One run lets schools carry the inspections of those they replaced, the other does not.")
    if old.settings != new.settings or old.preset != new.preset:
        found.append("Settings or presets differ.")
    if old.judgements != new.judgements:
        found.append("Officers' judgements differ.")
    files = {release.release_id for release in new.releases} - {release.release_id for release in old.releases}
    if files:
        found.append(f"New official files: {', '.join(sorted(files))}.")
    return tuple(found)
