"""Official files: add, list, show, check, remove, fetch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from strandline.kernel.errors import DataError, Problem, UserError
from strandline.sources import adding
from strandline.sources.fetch import Address, Fetched, addresses
from strandline.sources.fetch import fetch as download
from strandline.sources.recognise import NotAPublication
from strandline.sources.release import Release
from strandline.sources.store import Store

__all__ = [
    "AddedFile",
    "Adding",
    "Address",
    "Brought",
    "NothingThere",
    "Release",
    "TableShape",
    "add",
    "check",
    "fetch",
    "files",
    "known_addresses",
    "releases",
    "remove",
    "show",
]
DOWNLOADS = "downloads"


class NothingThere(UserError):
    """A path that was named holds no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFile:
    """What became of one file."""

    release: Release
    already_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """What was added, and which files of the folders named were passed over as no publications."""

    files: tuple[AddedFile, ...]
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What became of one publisher's file: where it lies, the releases made of it, or why there is none."""

    key: str
    title: str
    page: str
    path: Path | None
    already_there: bool
    failure: str = ""
    refused: bool = False
    releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShape:
    """One table of a release: its size and its columns with their types."""

    name: str
    rows: int
    columns: tuple[tuple[str, str], ...]


def add(
    home: Path,
    *,
    paths: Iterable[Path],
    published: date | None = None,
    period: str = "",
    kind: str | None = None,
    status: str = "",
    part: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Adding:
    """
    Recognise, check and store official files, and those in the folders named; all of them or none.

    What lies in a folder beside the data and is no publication (a dictionary, a note) is passed over; a file that is
    named itself is not.

    Raises: NothingThere; sources.adding.FilesRefused with every reason.
    """
    wanted = [Path(path) for path in paths]
    every = files(wanted)
    options = {"published": published, "period": period, "kind": kind, "status": status, "part": part}
    try:
        return Adding(files=_add(home, every, options, progress=progress))
    except adding.FilesRefused as refused:
        beside = _not_publications(refused) - {path.name for path in wanted}
        rest = tuple(path for path in every if path.name not in beside)
        if not beside or not rest:
            raise
        return Adding(files=_add(home, rest, options, progress=progress), passed_over=tuple(sorted(beside)))


def _add(
    home: Path, paths: tuple[Path, ...], options: dict[str, Any], *, progress: Callable[[str], None] | None
) -> tuple[AddedFile, ...]:
    added = adding.add(Store(home), paths, **options, progress=progress)
    return tuple(AddedFile(release=each.release, already_there=each.already_there) for each in added)


def _not_publications(refused: adding.FilesRefused) -> set[str]:
    """The files of which nothing more is said than that they are no publication."""
    kinds: dict[str, set[bool]] = {}
    for problem in refused.problems:
        kinds.setdefault(problem.file, set()).add(isinstance(problem, NotAPublication))
    return {file for file, found in kinds.items() if found == {True}}


def files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files named, and those in the folders named, hidden ones left out, in a fixed order. Raises: NothingThere."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [each for each in sorted(path.rglob("*")) if each.is_file() and not _hidden(each, below=path)]
            if not inside:
                raise NothingThere("The folder holds no file", where=str(path))
            found += inside
        elif path.exists():
            found.append(path)
        else:
            raise NothingThere("There is no such file", where=str(path), what_to_do="Check the path")
    return tuple(dict.fromkeys(found))


def releases(home: Path, *, kind: str | None = None) -> tuple[Release, ...]:
    """What the store holds, by kind, period and publication date."""
    return Store(home).releases(kind)


def show(home: Path, *, release_id: str) -> tuple[Release, tuple[TableShape, ...]]:
    """One release and the shape of its tables. Raises: sources.store.UnknownRelease."""
    store = Store(home)
    release = store.release(release_id)
    return release, tuple(_shape(store, release, table) for table in release.tables)


def check(home: Path, *, progress: Callable[[str], None] | None = None) -> tuple[Problem, ...]:
    """Hash every stored file again; one problem for each that is not as it was stored."""
    return Store(home).check(progress)


def remove(home: Path, *, release_id: str) -> str:
    """Take a release out of the store and return its full name. Raises: sources.store.UnknownRelease."""
    return Store(home).remove(release_id)


def known_addresses() -> tuple[Address, ...]:
    """Every file that a publisher offers at an address that is known."""
    return addresses()


def fetch(
    home: Path,
    *,
    keys: Iterable[str] = (),
    into: Path | None = None,
    store: bool = True,
    today: date,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> tuple[Brought, ...]:
    """
    Download official files from their publishers and, with `store`, add each of them.

    One file that cannot be had or is refused does not stop the others: it carries the reason.
    Raises: UnknownAddress; Offline, when the first publisher asked cannot be reached.
    """
    fetched = download(into or home / DOWNLOADS, keys=keys, today=today, progress=progress)
    return tuple(_brought(home, one, store=store) for one in fetched)


def _brought(home: Path, one: Fetched, *, store: bool) -> Brought:
    brought = Brought(
        key=one.address.key,
        title=one.address.title,
        page=one.address.page,
        path=one.path,
        already_there=one.already_there,
        failure=one.failure,
    )
    if one.path is None or not store:
        return brought
    try:
        added = add(home, paths=[one.path])
    except DataError as refused:
        return replace(brought, failure=str(refused), refused=True)
    return replace(brought, releases=tuple(each.release.release_id for each in added.files))


def _shape(store: Store, release: Release, table: str) -> TableShape:
    frame = pl.scan_parquet(store.table_path(release.release_id, table))
    schema = frame.collect_schema()
    rows = frame.select(pl.len()).collect().item()
    return TableShape(name=table, rows=rows, columns=tuple((name, str(kind)) for name, kind in schema.items()))


def _hidden(path: Path, *, below: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(below).parts)
