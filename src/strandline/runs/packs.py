"""Strategies as data: list, show, check, compare, begin a new one."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from strandline.kernel.citations import Verification
from strandline.kernel.errors import UserError
from strandline.runs.pack_copies import located, own_folders
from strandline.runs.pack_parts import parts
from strandline.runs.pack_view import PackView, view
from strandline.strategy.model import Pack
from strandline.strategy.reading import pack_ids, read_pack

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

__all__ = [
    "NotAPackName",
    "Pack",
    "PackLine",
    "PackThere",
    "PackView",
    "check",
    "compare",
    "flagged",
    "has_errors",
    "ids",
    "list_packs",
    "new",
    "read",
    "view",
]


class NotAPackName(UserError):
    """A new pack must have a name that can be a folder and be typed."""


class PackThere(UserError):
    """The folder of a new pack exists already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """One pack in a list."""

    id: str
    title: str
    authority: str
    publisher: str
    since: date | None
    until: date | None
    library: bool
    categories: int
    flagged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """A value of a pack that was not read in the source itself."""

    what: str
    place: str
    status: Verification
    citation: str


def read(home: Path, *, which: str) -> Pack:
    """The pack of that name or in that folder. Raises: PackNotFound, PackRefused."""
    return read_pack(which, folders=own_folders(home))


def list_packs(home: Path) -> tuple[PackLine, ...]:
    """Every pack that can be read by name."""
    return tuple(_line(read(home, which=name)) for name in pack_ids(folders=own_folders(home)))


def flagged(pack: Pack) -> tuple[Flagged, ...]:
    """Every value with a secondary or unverified citation, each once."""
    found: dict[tuple[str, str], Flagged] = {}
    for part in parts(pack):
        citation = part.citation
        if citation is None or not citation.status.flagged:
            continue
        name = str(getattr(part, "name", "") or getattr(part, "key", "") or getattr(part, "code", ""))
        period = str(getattr(part, "period", ""))
        what = " ".join(word for word in (type(part).__name__.lower(), name, period) if word)
        found.setdefault(
            (what, str(part.place)),
            Flagged(what=what, place=str(part.place), status=citation.status, citation=str(citation)),
        )
    return tuple(sorted(found.values(), key=lambda each: (each.place, each.what)))


def new(home: Path, *, name: str, like: str, into: Path) -> Path:
    """
    Begin a pack as a copy of another: the folder with its files, renamed, ready to edit.

    Raises: NotAPackName, PackThere, PackNotFound.
    """
    if not NAME.fullmatch(name):
        raise NotAPackName(
            f'"{name}" cannot be the name of a pack',
            what_to_do="Write it like ourshire-2026: small letters, digits, dashes",
        )
    read(home, which=like)
    source = located(home, which=like)
    target = into / name
    if target.exists():
        raise PackThere("The folder exists already", where=str(target), what_to_do="Choose another name")
    into.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, target)
    sheet = target / "pack.yaml"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(re.sub(r"(?m)^id:.*$", f"id: {name}", text, count=1), encoding="utf-8")
    return target


def _line(pack: Pack) -> PackLine:
    return PackLine(
        id=pack.id,
        title=pack.title,
        authority=pack.authority,
        publisher=pack.publisher,
        since=pack.in_force.since,
        until=pack.in_force.until,
        library=pack.library,
        categories=len(pack.categories),
        flagged=len(flagged(pack)),
    )
