"""The files and runs of the demonstration, on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from strandline.runs import data
from strandline.runs.demonstration import authorities
from strandline.runs.proposals import run as make_run

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One authority on disk: its code and name, the strategy it follows, its run."""

    code: int
    name: str
    pack: str
    as_at: date
    run_id: str


def make(folder: Path, *, home: Path, seed: int, tell: Tell) -> tuple[Made, ...]:
    """Generate the authorities below `folder`, add their files, run their strategies. What is there already stays."""
    tell("Generating three authorities")
    made = []
    for one in authorities(folder / "files", seed=seed):
        authority = one.authority
        tell(f"Running {authority.pack} for {authority.name}")
        data.add(home, paths=one.files, part=True)
        run = make_run(
            home, pack=authority.pack, as_at=authority.as_at, authority=str(authority.code), judgements=one.judgements
        )
        made.append(
            Made(
                code=int(authority.code),
                name=authority.name,
                pack=authority.pack,
                as_at=authority.as_at,
                run_id=run.run_id,
            )
        )
    return tuple(made)


def most_recent(made: tuple[Made, ...], *, on: date) -> Made:
    """The authority whose figures are the most recent on a day: the one in which every role has an account."""
    return max(made, key=lambda each: (each.as_at <= on, each.as_at if each.as_at <= on else date.min))
