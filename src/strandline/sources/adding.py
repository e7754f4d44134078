"""
The one way into the store: read, recognise, check, stage, make visible.

All files named in one call become visible together or, when any is refused, none does; the refusal lists every
reason of every file. A file is known again by its sha256, whatever it is called.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from strandline.kernel.errors import BugError, DataError, Problem
from strandline.sources import contracts
from strandline.sources.checking import Checked, check
from strandline.sources.contract import Contract
from strandline.sources.dating import Stated
from strandline.sources.decoding import Payload, Undecodable, members, sheets
from strandline.sources.recognise import recognise
from strandline.sources.release import Release, release_id
from strandline.sources.store import Store, file_hash

ROWS_PER_GROUP = 1 << 18
SHARE_OF_EARLIER_ROWS_EXPECTED = 0.8


class FilesRefused(DataError):
    """One file or more is not as its contract says; nothing was stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one file (or one member of a zip)."""

    release: Release
    already_there: bool


def add(
    store: Store,
    paths: Iterable[Path],
    *,
    published: date | None = None,
    period: str = "",
    kind: str | None = None,
    status: str = "",
    part: bool = False,
    layouts: Iterable[Contract] | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Added, ...]:
    """
    Recognise, check and store official files; adding a file that is there already is a no-op.

    `published`, `period`, `kind` and `status` answer what the content leaves open, and are refused where they
    contradict it; `part` says that a selection of a publication is meant; `layouts` are the contracts to recognise by,
    all registered ones when not given. `progress` is told each step.

    Raises: FilesRefused, with every reason; the store is then as it was.
    """
    stated = Stated(published=published, period=period, status=status, part=part)
    tell = progress if progress is not None else _silent
    known = tuple(contracts().values() if layouts is None else layouts)
    with store.staging() as staging:
        adding = _Adding(store=store, staging=staging, contracts=known, kind=kind, stated=stated, tell=tell)
        for path in paths:
            adding.take(Path(path))
        if adding.problems:
            files = len({problem.file for problem in adding.problems})
            raise FilesRefused(
                f"{files} file{'s' * (files != 1)} refused; nothing was stored", problems=tuple(adding.problems)
            )
        if adding.staged:
            tell("making visible")
            new = store.commit(staging, tuple(adding.staged.values()))
            adding.staged = {release.sha256: release for release in new}
        return tuple(adding.outcome(store))


class _Adding:
    """One call of `add`: what was found so far."""

    def __init__(
        self,
        *,
        store: Store,
        staging: Path,
        contracts: tuple[Contract, ...],
        kind: str | None,
        stated: Stated,
        tell: Callable[[str], None],
    ) -> None:
        self.store, self.staging, self.contracts = store, staging, contracts
        self.kind, self.stated, self.tell = kind, stated, tell
        self.held = {release.sha256: release for release in store.releases()}
        self.staged: dict[str, Release] = {}
        self.order: list[str] = []
        self.problems: list[Problem] = []

    def take(self, path: Path) -> None:
        """Bring one path, and every file within it, as far as staging."""
        self.tell(f"reading {path.name}")
        if path.exists() and not path.is_file():
            self.problems.append(
                Problem(what="This is no ordinary file", file=str(path), what_to_do="Name a file on disk")
            )
            return
        try:
            content = path.read_bytes()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self.problems.append(
                Problem(what=f"The file cannot be read: {reason}", file=str(path), what_to_do="Check the path")
            )
            return
        try:
            for payload in members(path.name, content, folder=path.absolute().parent.name):
                self._take_payload(payload)
        except Undecodable as refusal:
            self.problems += refusal.problems

    def _take_payload(self, payload: Payload) -> None:
        sha256 = hashlib.sha256(payload.content).hexdigest()
        self.order.append(sha256)
        if sha256 in self.held or sha256 in self.staged:
            return
        stated = replace(self.stated, name=payload.name, folder=payload.folder)
        found, reasons = recognise(sheets(payload), self.contracts, kind=self.kind, periods=stated.periods)
        if found is None:
            self.problems += reasons
            return
        self.tell(f"checking {payload.name} as {found.match.contract.name}")
        checked = check(found, stated=stated)
        problems = [*checked.problems, *self._shrunk(checked, payload.name)]
        if problems:
            self.problems += problems
            return
        self.tell(f"storing {payload.name}")
        self.staged[sha256] = stage(self.staging, checked, sha256=sha256, file_name=payload.name)

    def _shrunk(self, checked: Checked, file: str) -> Iterator[Problem]:
        """A snapshot with far fewer rows than one already stored of the same kind and coverage looks cut."""
        if not checked.contract.period.snapshot or self.stated.part:
            return
        for release in self.held.values():
            same = (release.kind, release.coverage) == (checked.contract.kind, checked.coverage)
            if same and checked.rows < SHARE_OF_EARLIER_ROWS_EXPECTED * release.rows:
                yield Problem(
                    what=f"The file has {checked.rows:,} rows where {release.release_id} has {release.rows:,}",
                    file=file,
                    what_to_do="Get it again from the publisher; if it is meant to be a selection, say --part",
                )
                return

    def outcome(self, store: Store) -> Iterator[Added]:
        """One answer per file, in the order given; another process may have stored the same file meanwhile."""
        visible = {release.sha256: release for release in store.releases()}
        for sha256 in self.order:
            yield Added(release=visible[sha256], already_there=sha256 not in self.staged)


def stage(staging: Path, checked: Checked, *, sha256: str, file_name: str) -> Release:
    """Write the tables of a checked file into `staging/<release id>/` and describe them."""
    contract, when = checked.contract, checked.dated
    if when.published_on is None:
        raise BugError(f"{file_name} passed its check without a day of publication")
    name = release_id(kind=contract.kind, period=when.period, sha256=sha256)
    folder = staging / name
    folder.mkdir()
    hashes = {}
    for table, frame in checked.tables.items():
        path = folder / f"{table}.parquet"
        frame.write_parquet(path, compression="zstd", compression_level=1, row_group_size=ROWS_PER_GROUP)
        hashes[table] = file_hash(path)
    return Release(
        release_id=name,
        kind=contract.kind,
        title=contract.title,
        publisher=contract.publisher,
        licence=contract.licence,
        period=when.period,
        as_at=when.as_at,
        published_on=when.published_on,
        status=when.status,
        coverage=checked.coverage,
        sha256=sha256,
        file_name=file_name,
        rows=checked.rows,
        tables=tuple(checked.tables),
        contract=contract.name,
        notes=checked.notes,
        table_hashes=hashes,
    )


def read_table(store: Store, release: str, table: str) -> pl.DataFrame:
    """One table of a release as a frame. Raises: UnknownRelease."""
    return pl.read_parquet(store.table_path(release, table))


def _silent(step: str) -> None:
    """Tell nobody."""
