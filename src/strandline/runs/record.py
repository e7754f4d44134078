"""
Runs on disk: one folder each, written whole or not at all, never changed afterwards.

    home/runs/<run_id>/{manifest.json, decisions.parquet, leaves.parquet, missing.parquet, entitlements.parquet, …}
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from strandline.kernel.errors import DataError, Problem, UserError
from strandline.runs.manifest import FILE_NAME, Manifest, Output, file_digest

FOLDER = "runs"
LATEST = "latest"


class RunNotFound(UserError):
    """No run has the name that was given."""


class RunAmbiguous(UserError):
    """Several runs begin with the letters that were given."""


class RunDamaged(DataError):
    """A file of a run is no longer what its manifest says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as it lies on disk; each table is read when it is asked for."""

    folder: Path
    manifest: Manifest

    @property
    def run_id(self) -> str:
        """The name of the run."""
        return self.manifest.run_id

    def table(self, name: str) -> pl.DataFrame:
        """One of the tables of the run by its name, such as decisions or entitlements. Raises: RunDamaged."""
        path = self.folder / f"{name}.parquet"
        if not path.exists():
            raise RunDamaged(
                f"The run {self.run_id} has no table {name}",
                problems=(Problem(what="The file is not there", file=str(path)),),
                what_to_do="Make the run again",
            )
        return pl.read_parquet(path, memory_map=False)

    @property
    def decisions(self) -> pl.DataFrame:
        """One row per school: identity, category, state, reason."""
        return self.table("decisions")


def write(
    home: Path, *, manifest: Manifest, tables: Mapping[str, pl.DataFrame], copies: Mapping[str, bytes] | None = None
) -> Run:
    """
    Put a run on disk, its tables and `copies` of other files: first out of sight, then under its name in one step.

    A run of that name is already the same run: it is kept and returned.
    """
    runs = home / FOLDER
    target = runs / manifest.run_id
    if target.is_dir():
        return Run(folder=target, manifest=_manifest(target))
    runs.mkdir(parents=True, exist_ok=True)
    _sweep(runs)
    staging = runs / f".staging-{os.getpid()}-{manifest.run_id}"
    staging.mkdir()
    try:
        outputs = [_write_table(staging, name=name, frame=frame) for name, frame in sorted(tables.items())]
        outputs += [
            _write_copy(staging, name=name, content=content) for name, content in sorted((copies or {}).items())
        ]
        complete = manifest.with_outputs(tuple(outputs))
        (staging / FILE_NAME).write_text(complete.text(), encoding="utf-8")
        try:
            staging.rename(target)
        except OSError:
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Run(folder=target, manifest=complete)


def open_run(home: Path, name: str) -> Run:
    """The run of that name, or whose name begins so, or the newest for `latest`. Raises: RunNotFound, RunAmbiguous."""
    known = _folders(home)
    if not known:
        raise RunNotFound("There is no run yet", where=str(home / FOLDER), what_to_do="Make one with strandline run")
    if name == LATEST:
        newest = max(known, key=lambda folder: (folder.stat().st_mtime_ns, folder.name))
        return Run(folder=newest, manifest=_manifest(newest))
    exact = [folder for folder in known if folder.name == name]
    found = exact or [folder for folder in known if folder.name.startswith(name) or folder.name.endswith(f"_{name}")]
    if len(found) == 1:
        return Run(folder=found[0], manifest=_manifest(found[0]))
    if not found:
        raise RunNotFound(f'There is no run "{name}"', what_to_do="See strandline runs list")
    names = ", ".join(folder.name for folder in found)
    raise RunAmbiguous(f'{len(found)} runs begin with "{name}"', where=names, what_to_do="Write more of the name")


def list_runs(home: Path) -> tuple[Run, ...]:
    """Every run, the newest first."""
    folders = sorted(_folders(home), key=lambda folder: (-folder.stat().st_mtime_ns, folder.name))
    return tuple(Run(folder=folder, manifest=_manifest(folder)) for folder in folders)


def verify(run: Run) -> None:
    """Compare every file of the run with its manifest. Raises: RunDamaged, naming all that differ."""
    problems = []
    for output in run.manifest.outputs:
        path = run.folder / output.name
        if not path.is_file():
            problems.append(Problem(what="The file is not there", file=str(path)))
        elif file_digest(path) != output.sha256:
            problems.append(Problem(what="The bytes are not those that the run wrote", file=str(path)))
    if problems:
        raise RunDamaged(
            f"The run {run.run_id} was changed",
            problems=tuple(problems),
            what_to_do="Remove the folder and make the run again",
        )


def remove(run: Run) -> None:
    """Take a run off the disk: first out of sight, then away."""
    hidden = run.folder.with_name(f".staging-{os.getpid()}-{run.run_id}")
    run.folder.rename(hidden)
    shutil.rmtree(hidden)


def _manifest(folder: Path) -> Manifest:
    """The manifest of a run on disk. Raises: RunDamaged."""
    try:
        return Manifest.read(folder)
    except (ValueError, KeyError, TypeError) as error:
        raise RunDamaged(
            f"The manifest of the run {folder.name} cannot be read",
            problems=(Problem(what="It is not a manifest of this version", file=str(folder / FILE_NAME)),),
            what_to_do="Remove the folder and make the run again",
        ) from error


def _folders(home: Path) -> list[Path]:
    runs = home / FOLDER
    if not runs.is_dir():
        return []
    return [folder for folder in runs.iterdir() if not folder.name.startswith(".") and (folder / FILE_NAME).is_file()]


def _write_table(folder: Path, *, name: str, frame: pl.DataFrame) -> Output:
    path = folder / f"{name}.parquet"
    frame.write_parquet(path, compression="zstd", statistics=True)
    return Output(name=path.name, rows=frame.height, sha256=file_digest(path))


def _write_copy(folder: Path, *, name: str, content: bytes) -> Output:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return Output(name=name, rows=None, sha256=file_digest(path))


def _sweep(runs: Path) -> None:
    """Remove what a killed process left behind."""
    for left in runs.glob(".staging-*"):
        process = left.name.split("-")[1]
        if process.isdigit() and not _alive(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
