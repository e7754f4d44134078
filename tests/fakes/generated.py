"""The made-up authorities on disk, with a run of each: made once for all the workers of a test run."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pytest

from strandline.runs.record import Run, list_runs

DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Generated:
    """A home with the official files of Sandmouth and Ardenshire and a run of each, and one with Northwold's."""

    home: Path
    northwold: Path

    def runs(self) -> dict[str, Run]:
        """The runs by their packs."""
        every = (*list_runs(self.home), *list_runs(self.northwold))
        return {each.manifest.inputs.pack.id: each for each in every}

    def with_runs_of(self, packs: Collection[str], *, at: Path) -> Path:
        """A home of its own with the files of the first two and only the runs of some packs; files are linked."""
        at.mkdir(parents=True)
        for each in self.home.iterdir():
            if each.is_dir():
                shutil.copytree(each, at / each.name, copy_function=os.link)
            else:
                shutil.copy2(each, at / each.name)
        for run in list_runs(at):
            if run.manifest.inputs.pack.id not in packs:
                shutil.rmtree(at / "runs" / run.run_id)
        return at


def generated(factory: pytest.TempPathFactory) -> Generated:
    """The made-up authorities; the first worker that asks makes them, the others wait for it."""
    shared = factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else factory.getbasetemp()
    folder = shared / "made-up-authorities"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / DONE).exists():
            _make(folder)
            (folder / DONE).touch()
    return Generated(home=folder / "home", northwold=folder / "northwold")


def _make(folder: Path) -> None:
    from strandline.generate.demonstration import generate
    from strandline.runs import data
    from strandline.runs.proposals import run

    for one in generate(folder / "files"):
        authority = one.authority
        home = folder / ("northwold" if authority.key == "northwold" else "home")
        data.add(home, paths=one.files, part=True)
        run(home, pack=authority.pack, as_at=authority.as_at, authority=str(authority.code), judgements=one.judgements)
