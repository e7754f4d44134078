"""Strategies as data: list, show, check, compare, begin a new one."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from strandline.kernel.citations import Verification
from strandline.kernel.errors import UserError
from strandline.runs.pack_copies import located, own_folders
from strandline.runs.pack_list import PackLine, Stamp, kept
from strandline.runs.pack_parts import is_own, parts
from strandline.runs.pack_view import PackView, view
from strandline.strategy import checking, comparing
from strandline.strategy.amending import Amendment, NotInThePack, amend
from strandline.strategy.checking import Finding, Level
from strandline.strategy.comparing import Difference
from strandline.strategy.model import Pack, Place
from strandline.strategy.reading import SHIPPED, PackRefused, pack_ids, read_pack
from strandline.strategy.schema import pack_schema

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

__all__ = [
    "Amendment",
    "CopyRefused",
    "Finding",
    "NotAPackName",
    "NotInThePack",
    "Pack",
    "PackLine",
    "PackThere",
    "PackView",
    "check",
    "compare",
    "diverge",
    "flagged",
    "forget",
    "has_errors",
    "ids",
    "is_own",
    "list_packs",
    "new",
    "own",
    "read",
    "schema",
    "stamp",
    "view",
]


class NotAPackName(UserError):
    """A new pack must have a name that can be a folder and be typed."""


class PackThere(UserError):
    """The folder of a new pack exists already."""


class CopyRefused(UserError):
    """The check of packs finds an error in what a copy would be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """A value of a pack that was not read in the source itself: `step pre_warning`, in words `Step: Write first`."""

    what: str
    words: str
    place: str
    status: Verification
    citation: str


def read(home: Path, *, which: str) -> Pack:
    """
    The pack of that name or in that folder; one with a name is read once while no file of any changes.

    Raises: PackNotFound, PackRefused.
    """
    named = NAME.fullmatch(which) and which in ids(home)
    return _read(home, which, stamp(home)) if named else read_pack(which, folders=own_folders(home))


def list_packs(home: Path) -> tuple[PackLine, ...]:
    """Every pack that can be read by name; read once while no file of any changes, by whichever process is first."""
    return _lines(home, stamp(home))


def stamp(home: Path) -> Stamp:
    """What changes where a file of a pack does: its path, the time of its last change, its size."""
    found = (file for folder in (*own_folders(home), SHIPPED) for file in folder.rglob("*.yaml"))
    return tuple(sorted((str(file), (told := file.stat()).st_mtime_ns, told.st_size) for file in found))


def ids(home: Path) -> tuple[str, ...]:
    """The names of the packs that can be read by name."""
    return pack_ids(folders=own_folders(home))


def own(home: Path) -> frozenset[str]:
    """The names of the packs that this home keeps beside those that Strandline ships."""
    folder = own_folders(home)[0]
    return frozenset(sheet.parent.name for sheet in folder.glob("*/pack.yaml"))


def forget(home: Path, *, name: str) -> None:
    """Take a pack of this home away. Runs keep their own copies. Raises: NotAPackName."""
    if not NAME.fullmatch(name):
        raise NotAPackName(f'"{name}" cannot be the name of a pack')
    shutil.rmtree(own_folders(home)[0] / name, ignore_errors=True)


def check(home: Path, *, which: str) -> tuple[Finding, ...]:
    """
    What is wrong with a pack, with file and line; empty for a pack in order.

    A pack that cannot even be read gives its refusal as findings. Raises: PackNotFound.
    """
    try:
        return checking.check(read(home, which=which))
    except PackRefused as refused:
        return tuple(
            Finding(level=Level.ERROR, what=problem.what, place=Place(file=problem.file), what_to_do=problem.what_to_do)
            for problem in refused.problems
        )


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """True where something has to be mended."""
    return any(finding.level is Level.ERROR for finding in findings)


def compare(home: Path, *, one: str, other: str) -> tuple[Difference, ...]:
    """Every value that differs between two packs. Raises: PackNotFound, PackRefused."""
    return comparing.compare(read(home, which=one), read(home, which=other))


def schema(*, included: bool = False) -> dict[str, Any]:
    """The JSON Schema of pack.yaml, or of a file that a pack includes; editors check and complete by it."""
    made: dict[str, Any] = pack_schema(included=included)
    return made


def flagged(pack: Pack) -> tuple[Flagged, ...]:
    """Every value with a secondary or unverified citation, each once."""
    found: dict[tuple[str, str], Flagged] = {}
    whole = {
        id(version): part
        for part in parts(pack)
        for version in (*getattr(part, "versions", ()), *getattr(part, "values", ()))
    }
    for part in parts(pack):
        citation = part.citation
        if citation is None or not citation.status.flagged:
            continue
        period = str(getattr(part, "period", ""))
        what = " ".join(word for word in (_kind(part), _name(part), period) if word)
        found.setdefault(
            (what, str(part.place)),
            Flagged(
                what=what,
                words=_in_words(whole.get(id(part), part), period=period),
                place=str(part.place),
                status=citation.status,
                citation=str(citation),
            ),
        )
    return tuple(sorted(found.values(), key=lambda each: (each.place, each.what)))


def _kind(part: object) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(part).__name__).lower()


def _name(part: object) -> str:
    return str(getattr(part, "name", "") or getattr(part, "key", "") or getattr(part, "code", ""))


def _in_words(part: object, *, period: str) -> str:
    title = str(getattr(part, "title", "") or getattr(part, "label", "")) or _name(part).replace("_", " ")
    said = f"{_kind(part).capitalize()}: {title}" if title else _kind(part).capitalize()
    return f"{said} ({period})" if period else said


def new(home: Path, *, name: str, like: str, into: Path) -> Path:
    """
    Begin a pack as a copy of another: the folder with its files, renamed, ready to edit.

    Raises: NotAPackName, PackThere, PackNotFound.
    """
    read(home, which=like)
    return _copied(located(home, which=like), name=name, into=into)


def _copied(source: Path, *, name: str, into: Path) -> Path:
    """The folder's copy under another name. Raises: NotAPackName, PackThere."""
    if not NAME.fullmatch(name):
        raise NotAPackName(
            f'"{name}" cannot be the name of a pack',
            what_to_do="Write it like ourshire-2026: small letters, digits, dashes",
        )
    target = into / name
    if target.exists():
        raise PackThere("The folder exists already", where=str(target), what_to_do="Choose another name")
    into.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, target)
    sheet = target / "pack.yaml"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(re.sub(r"(?m)^id:.*$", f"id: {name}", text, count=1), encoding="utf-8")
    return target


def diverge(
    home: Path,
    *,
    name: str,
    like: str,
    title: str,
    amendment: Amendment,
) -> Pack:
    """
    Copy a pack into the home's own packs under a new name, with other values of settings and parameters (WAR-61).

    All or nothing: a copy against which the check has something to say is not kept.

    Raises: NotAPackName, PackThere, PackNotFound, PackRefused, NotInThePack, CopyRefused.
    """
    pack = read(home, which=like)
    into = own_folders(home)[0]
    folder = _copied(located(home, which=like), name=name, into=into)
    try:
        amend(folder, pack=pack, title=title, amendment=amendment)
        return _in_order(read(home, which=name))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _in_order(made: Pack) -> Pack:
    """The pack, if the check finds no error in it. Raises: CopyRefused."""
    faults = [each for each in checking.check(made) if each.level is Level.ERROR]
    if faults:
        advice = next((each.what_to_do for each in faults if each.what_to_do), "Choose another value")
        raise CopyRefused("; ".join(each.what for each in faults), what_to_do=advice)
    return made


@lru_cache(maxsize=16)
def _read(home: Path, which: str, stamp: Stamp) -> Pack:
    del stamp  # it only tells one state of the files from the next
    return read_pack(which, folders=own_folders(home))


@lru_cache(maxsize=4)
def _lines(home: Path, stamp: Stamp) -> tuple[PackLine, ...]:
    return kept(home, stamp, read=lambda: tuple(_line(home, name) for name in ids(home)))


def _line(home: Path, name: str) -> PackLine:
    """One line of the list; a pack that cannot be read says so in place of its title."""
    try:
        pack = read(home, which=name)
    except PackRefused as refused:
        pack = Pack(id=name, title=f"cannot be read: {len(refused.problems)} problems, see packs check", authority="")
    return PackLine(
        id=pack.id,
        title=pack.title,
        authority=pack.authority,
        publisher=pack.publisher,
        since=pack.in_force.since,
        until=pack.in_force.until,
        library=pack.library,
        categories=len(pack.categories),
        flagged=sum(is_own(pack, each.place) for each in flagged(pack)),
    )
