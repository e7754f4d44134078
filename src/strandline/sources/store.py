"""
The store of releases: immutable Parquet, one folder per release, named in a manifest that is swapped whole.

    home/
      manifest.json          the visible releases and the hash of each release.json
      lock                   held (flock) by whoever changes the two lines above and below
      releases/<id>/         release.json and the tables
      incoming/<name>/       staging; its `alive` file is locked while the writer lives, so that the next writer
                             can tell a working neighbour from the remains of a dead one

Only what the manifest names is visible. A folder is written, flushed and renamed into place before it is named, so
a writer killed at any instant leaves either the old manifest or the new one, and never half a release.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from strandline.kernel.errors import Problem, UserError
from strandline.sources.release import Release, ReleaseDamaged

UNNAMED_FOR_SECONDS = 3600.0


class UnknownRelease(UserError):
    """A release is named that the store does not hold."""


class Store:
    """The releases under `home`. Reading needs no lock; making a Store touches nothing."""

    def __init__(self, home: Path) -> None:
        self.home = Path(home)

    @property
    def folder(self) -> Path:
        """Where the release folders stand."""
        return self.home / "releases"

    def releases(self, kind: str | None = None) -> tuple[Release, ...]:
        """Every visible release, or those of one kind, by kind, period, publication date and id."""
        found = (self._read(release_id) for release_id in self._manifest())
        chosen = (release for release in found if kind is None or release.kind == kind)
        return tuple(sorted(chosen, key=lambda r: (r.kind, r.period, r.published_on, r.release_id)))

    def release(self, release_id: str) -> Release:
        """The release of that id, which may be cut short as long as it is the only one. Raises: UnknownRelease."""
        return self._read(_the_one(self._manifest(), release_id))

    def table_path(self, release_id: str, table: str) -> Path:
        """The Parquet file of one table of a release. Raises: UnknownRelease."""
        release = self.release(release_id)
        if table not in release.tables:
            raise UnknownRelease(
                f"Release {release.release_id} has no table {table}", what_to_do=f"It has {', '.join(release.tables)}"
            )
        return self.folder / release.release_id / f"{table}.parquet"

    def with_sha256(self, sha256: str) -> Release | None:
        """The release that was made from the file with that hash, where there is one."""
        return next((release for release in self.releases() if release.sha256 == sha256), None)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A folder to prepare releases in, `<staging>/<release_id>/…`; gone at the end, whatever happened."""
        made = [path for path in (self.home, self.home / "incoming") if not path.exists()]
        name = uuid.uuid4().hex
        unlocked, folder = self.home / "incoming" / f".{name}", self.home / "incoming" / name
        unlocked.mkdir(parents=True)
        try:
            with (unlocked / "alive").open("w") as alive:
                fcntl.flock(alive, fcntl.LOCK_EX)
                unlocked.rename(folder)  # a folder with a plain name is always locked while its writer lives
                yield folder
        finally:
            shutil.rmtree(unlocked, ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)
            for path in reversed(made):
                with suppress(OSError):
                    path.rmdir()

    def commit(self, staging: Path, releases: tuple[Release, ...]) -> tuple[Release, ...]:
        """Make staged releases visible, all in one swap. Returns those that were not there already."""
        for release in releases:
            _write(staging / release.release_id / "release.json", release.to_json())
            _flush_folder(staging / release.release_id)
        with self._locked():
            visible = dict(self._manifest())
            held = {self._read(release_id).sha256 for release_id in visible}
            new = tuple(release for release in releases if release.sha256 not in held)
            for release in new:
                self._put(staging / release.release_id, release.release_id)
                visible[release.release_id] = _hash(self.folder / release.release_id / "release.json")
            _flush_folder(self.folder)
            if new:
                self._swap(visible)
        return new

    def remove(self, release_id: str) -> str:
        """Take a release out, first of the manifest, then off the disk; returns its id. Raises: UnknownRelease."""
        with self._locked():
            known = self._manifest()
            whole = _the_one(known, release_id)
            self._swap({name: sha for name, sha in known.items() if name != whole})
            shutil.rmtree(self.folder / whole, ignore_errors=True)
        return whole

    def check(self, progress: Callable[[str], None] | None = None) -> tuple[Problem, ...]:
        """Hash every file of every visible release again. Returns one problem for each that is not as stored."""
        problems: list[Problem] = []
        for release_id, recorded in self._manifest().items():
            if progress is not None:
                progress(release_id)
            problems += self._check_release(release_id, recorded)
        return tuple(problems)

    def _check_release(self, release_id: str, recorded: str) -> Iterator[Problem]:
        mend = f"Run `strandline data remove {release_id}` and add the file again"
        record = self.folder / release_id / "release.json"
        if not record.is_file() or _hash(record) != recorded:
            state = "changed" if record.is_file() else "gone"
            yield Problem(what=f"The record of release {release_id} is {state}", file=str(record), what_to_do=mend)
            return
        for table, sha256 in Release.from_json(record.read_text(encoding="utf-8")).table_hashes.items():
            path = self.folder / release_id / f"{table}.parquet"
            if not path.is_file() or _hash(path) != sha256:
                state = "has changed since it was stored" if path.is_file() else "is gone"
                yield Problem(what=f"Table {table} of {release_id} {state}", file=str(path), what_to_do=mend)

    def _manifest(self) -> Mapping[str, str]:
        path = self.home / "manifest.json"
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        try:
            return dict(json.loads(text)["releases"])
        except (ValueError, KeyError, TypeError) as error:
            raise ReleaseDamaged(
                f"{path} is not a manifest",
                what_to_do="Restore it from a copy, or move it and `releases` away and add the files again",
            ) from error

    def _read(self, release_id: str) -> Release:
        path = self.folder / release_id / "release.json"
        try:
            return Release.from_json(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise ReleaseDamaged(
                f"The manifest names {release_id}, but {path} is not there",
                what_to_do=f"Run `strandline data remove {release_id}`",
            ) from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.home / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._sweep()
            yield

    def _sweep(self) -> None:
        """Clear what dead writers left: unnamed release folders, and staging whose `alive` nobody holds."""
        named = self._manifest()
        for folder in self.folder.iterdir():
            if folder.name not in named:
                shutil.rmtree(folder, ignore_errors=True)
        incoming = self.home / "incoming"
        for folder in incoming.iterdir() if incoming.is_dir() else ():
            if not _in_use(folder):
                shutil.rmtree(folder, ignore_errors=True)

    def _put(self, staged: Path, release_id: str) -> None:
        shutil.rmtree(self.folder / release_id, ignore_errors=True)
        staged.rename(self.folder / release_id)

    def _swap(self, visible: Mapping[str, str]) -> None:
        path = self.home / "manifest.json"
        fresh = self.home / "manifest.json.new"
        _write(fresh, json.dumps({"version": 1, "releases": dict(sorted(visible.items()))}, indent=1) + "\n")
        fresh.replace(path)
        _flush_folder(self.home)


def _the_one(known: Iterable[str], release_id: str) -> str:
    names = tuple(known)
    matches = [name for name in names if name == release_id] or [n for n in names if n.startswith(release_id)]
    if len(matches) == 1:
        return matches[0]
    what = "No release is" if not matches else f"{len(matches)} releases are"
    raise UnknownRelease(f"{what} called {release_id}", what_to_do="See `strandline data list`")


def file_hash(path: Path) -> str:
    """The sha256 of a file, in hexadecimal; the file is also flushed to the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return _hash(path)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _in_use(staging: Path) -> bool:
    """Whether the writer of a staging folder lives; one not yet named plainly is given an hour to be."""
    if staging.name.startswith("."):
        return staging.exists() and time.time() - staging.stat().st_mtime < UNNAMED_FOR_SECONDS
    try:
        with (staging / "alive").open("a") as alive:
            fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
