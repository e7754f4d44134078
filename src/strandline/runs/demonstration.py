"""The demonstration: generated authorities, from official layouts on disk to the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from strandline.generate import Generated, generate
from strandline.runs import data
from strandline.runs.paper import report
from strandline.runs.proposals import run as make_run
from strandline.runs.record import Run
from strandline.runs.totals import EntitlementLine, entitlement_totals

EXPLAINED = {"sandmouth": "inconsistent", "ardenshire": "3D", "northwold": "NA"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One authority of the demonstration: its files, its run, a school worth explaining, totals and papers."""

    name: str
    files: tuple[Path, ...]
    run: Run
    explained_urn: int
    totals: tuple[EntitlementLine, ...]
    papers: tuple[Path, ...]


def authorities(folder: Path, *, seed: int = 1) -> tuple[Generated, ...]:
    """Generate the three authorities below `folder`, in the publishers' layouts; another seed gives other schools."""
    return generate(folder, seed=seed)


def demonstrate(
    folder: Path, *, seed: int = 1, papers: bool = True, progress: Callable[[str], None] | None = None
) -> tuple[Shown, ...]:
    """
    Generate three authorities below `folder`, add their files, run each one's strategy and write the papers.

    Everything is made anew each time but the store: adding the same files twice changes nothing.
    Raises: whatever adding, running and reporting raise; ReportsNotInstalled where papers are asked for without it.
    """
    tell = progress if progress is not None else _silent
    tell("Generating three authorities")
    made = authorities(folder / "files", seed=seed)
    home = folder / "home"
    for one in made:
        tell(f"Adding the files of {one.authority.name}")
        data.add(home, paths=one.files, part=True)
    return tuple(_show(one, home=home, folder=folder, papers=papers, tell=tell) for one in made)


def _show(one: Generated, *, home: Path, folder: Path, papers: bool, tell: Callable[[str], None]) -> Shown:
    authority = one.authority
    tell(f"Running {authority.pack} for {authority.name}")
    run = make_run(
        home, pack=authority.pack, as_at=authority.as_at, authority=str(authority.code), judgements=one.judgements
    )
    written: tuple[Path, ...] = ()
    if papers:
        tell(f"Writing the paper of {authority.name}")
        written = report(home, run=run.run_id, out=folder / "papers" / authority.key)
    return Shown(
        name=authority.name,
        files=one.files,
        run=run,
        explained_urn=_worth_explaining(run, category=EXPLAINED[authority.key]),
        totals=entitlement_totals(run),
        papers=written,
    )


def _worth_explaining(run: Run, *, category: str) -> int:
    """The first school in the category, or of the run where the category is empty."""
    decisions = run.decisions.sort("urn")
    found = decisions.filter(pl.col("category") == category)
    return int((found if found.height else decisions)["urn"][0])


def _silent(stage: str) -> None:
    """Tell nobody."""
