"""Official files: add, list, show, check, remove, fetch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from strandline.kernel.errors import Problem, UserError
from strandline.sources.release import Release
from strandline.sources.store import Store

__all__ = ["AddedFile", "NothingThere", "Release", "TableShape", "add", "check", "files", "releases", "remove", "show"]


class NothingThere(UserError):
    """A path that was named holds no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFile:
    """What became of one file."""

    release: Release
    already_there: bool


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
) -> tuple[AddedFile, ...]:
    """
    Recognise, check and store official files, and the files in the folders named; all of them or none.

    Raises: NothingThere; sources.adding.FilesRefused with every reason.
    """
    from strandline.sources import adding

    added = adding.add(
        Store(home),
        files(paths),
        published=published,
        period=period,
        kind=kind,
        status=status,
        part=part,
        progress=progress,
    )
    return tuple(AddedFile(release=each.release, already_there=each.already_there) for each in added)


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


def _shape(store: Store, release: Release, table: str) -> TableShape:
    frame = pl.scan_parquet(store.table_path(release.release_id, table))
    schema = frame.collect_schema()
    rows = frame.select(pl.len()).collect().item()
    return TableShape(name=table, rows=rows, columns=tuple((name, str(kind)) for name, kind in schema.items()))


def _hidden(path: Path, *, below: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(below).parts)
