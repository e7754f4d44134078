"""Small files in the official layouts, written from the contracts' own headers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from strandline.sources.adding import Added, FilesRefused, add
from strandline.sources.contract import Contract
from strandline.sources.store import Store

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialText:
    """Rows under a header; each change gives another text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def without(self, header: str) -> OfficialText:
        at = self.header.index(header)
        return OfficialText(
            header=self.header[:at] + self.header[at + 1 :], rows=tuple(row[:at] + row[at + 1 :] for row in self.rows)
        )

    def doubled(self, header: str) -> OfficialText:
        at = self.header.index(header)
        return OfficialText(header=(*self.header, header), rows=tuple((*row, row[at]) for row in self.rows))

    def renamed(self, old: str, new: str) -> OfficialText:
        return OfficialText(header=tuple(new if name == old else name for name in self.header), rows=self.rows)

    def csv(self, *, ending: str = "\n") -> str:
        return _csv((self.header, *self.rows), ending=ending)


def _csv(rows: Iterable[Sequence[str]], *, ending: str) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=ending).writerows(rows)
    return text.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A store in a temporary folder, with the two things tests do: add a text, and read what was stored."""

    folder: Path
    store: Store

    def add(self, text: str | bytes, *, name: str, encoding: str = "utf-8", part: bool = False) -> Added:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        (added,) = add(self.store, [path], part=part)
        return added

    def refusal(self, text: str | bytes, *, name: str, encoding: str = "utf-8", part: bool = False) -> str:
        with pytest.raises(FilesRefused) as refused:
            self.add(text, name=name, encoding=encoding, part=part)
        assert self.store.releases() == ()
        return str(refused.value)

    def table(self, added: Added, table: str) -> pl.DataFrame:
        return pl.read_parquet(self.store.table_path(added.release.release_id, table))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    incoming = tmp_path / "files"
    incoming.mkdir()
    return Desk(folder=incoming, store=Store(tmp_path / "home"))


@pytest.fixture
def official_text() -> Callable[..., OfficialText]:
    """A text in a contract's layout: rows by our column names; columns that no row gives get `blank`."""

    def write(contract: Contract, rows: Sequence[Row], *, blank: str = "", only: Iterable[str] = ()) -> OfficialText:
        wanted = frozenset(only)
        columns = [c for c in contract.columns if c.required or c.stored_as in wanted]
        named = {column.stored_as for column in columns}
        strange = {name for row in rows for name in row} - named
        assert not strange, f"{contract.name} has no {sorted(strange)}"
        return OfficialText(
            header=tuple(column.name for column in columns),
            rows=tuple(tuple(row.get(column.stored_as, blank) for column in columns) for row in rows),
        )

    return write
