"""Folders to packs: files, includes, imports, digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from strandline.catalogue import nearest_names
from strandline.kernel.citations import Source
from strandline.kernel.errors import DataError, Problem, UserError
from strandline.strategy.model import Category, Item, Pack, PackFile, Place
from strandline.strategy.reading.shapes import Shapes
from strandline.strategy.reading.tree import Listed, Located, Mapped, Plain, Unreadable, entries, read_tree

SHIPPED = Path(__file__).parents[2] / "packs"
SHARED = ("settings", "parameters", "judgements", "rules")
SHARED_LISTS = ("indicators", "bands")

Kept = TypeVar("Kept")


class PackNotFound(UserError):
    """There is no pack of that name, or no pack in that folder."""


class PackRefused(DataError):
    """A pack cannot be read; every problem is listed with file and line."""


def read_pack(which: str | Path, *, folders: tuple[Path, ...] = ()) -> Pack:
    """
    The pack called `which`, or in the folder `which`, with what it imports.

    `folders` are searched before the packs that Strandline ships. Raises: PackNotFound, PackRefused.
    """
    return _Library(folders=(*folders, SHIPPED)).read(_folder(which, (*folders, SHIPPED)), importing=())


def pack_ids(*, folders: tuple[Path, ...] = ()) -> tuple[str, ...]:
    """The packs that can be read by name, in alphabetical order."""
    found = (path.parent.name for folder in (*folders, SHIPPED) for path in folder.glob("*/pack.yaml"))
    return tuple(sorted(set(found)))


def _folder(which: str | Path, folders: tuple[Path, ...]) -> Path:
    path = Path(which)
    if path.name == "pack.yaml":
        path = path.parent
    candidates = [path] if isinstance(which, Path) else [*(folder / which for folder in folders), path]
    for candidate in candidates:
        if (candidate / "pack.yaml").is_file():
            return candidate
    known = pack_ids(folders=folders)
    near = nearest_names(path.name, among=known)
    advice = f"Did you mean {', '.join(near)}?" if near else f"There are {', '.join(known) or 'no packs'}"
    raise PackNotFound(f"there is no pack called {which}", what_to_do=advice)


@dataclass(slots=True)
class _Files:
    """The sections of a pack's files, merged."""

    folder: Path
    sections: dict[str, Located] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    files: list[PackFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, name: str) -> None:
        shown = f"{self.folder.name}/{name}"
        if not (self.folder / name).resolve().is_relative_to(self.folder.resolve()):
            what, advice = "an included file lies outside the pack", "Put it into the folder of the pack"
            self.problems.append(Problem(what=what, file=shown, what_to_do=advice))
            return
        try:
            content = (self.folder / name).read_bytes()
            tree = read_tree(content.decode("utf-8"), file=shown)
        except FileNotFoundError:
            self.problems.append(Problem(what="an included file is not there", file=shown))
        except UnicodeDecodeError:
            self.problems.append(Problem(what="the file is not UTF-8", file=shown, what_to_do="Save it as UTF-8"))
        except Unreadable as error:
            self.problems.extend(error.problems)
        else:
            self.files.append(PackFile(name=name, sha256=hashlib.sha256(content).hexdigest()))
            for section, part in tree.entries.items():
                self.merge(section, part, tree.key_places[section])

    def merge(self, section: str, part: Located, place: Place) -> None:
        there = self.sections.get(section)
        if there is None:
            self.sections[section] = part
            self.places[section] = place
        elif isinstance(there, Mapped) and isinstance(part, Mapped):
            for name in there.entries.keys() & part.entries.keys():
                first = there.key_places[name]
                what = f'"{name}" is given twice in {section} (first in {first})'
                self.problems.append(Problem(what=what, file=str(part.key_places[name])))
            places = {**there.key_places, **part.key_places}
            self.sections[section] = Mapped({**there.entries, **part.entries}, there.place, places)
        elif isinstance(there, Listed) and isinstance(part, Listed):
            self.sections[section] = Listed((*there.items, *part.items), there.place)
        else:
            what = f'"{section}" is given twice (first in {self.places[section]})'
            self.problems.append(Problem(what=what, file=str(place)))


@dataclass(slots=True)
class _Library:
    """Reads packs and what they import, each once."""

    folders: tuple[Path, ...]
    read_already: dict[Path, Pack] = field(default_factory=dict)

    def read(self, folder: Path, *, importing: tuple[str, ...]) -> Pack:
        if folder in self.read_already:
            return self.read_already[folder]
        files = _Files(folder)
        files.add("pack.yaml")
        for name in _names(files.sections.get("include")):
            files.add(name)
        if files.problems:
            raise _refused(folder, files.problems)
        shapes = Shapes(sources=_sources(files))
        shapes.problems.extend(files.problems)
        tree = Mapped(files.sections, Place(file=f"{folder.name}/pack.yaml", line=1), files.places)
        own = shapes.read(Pack, tree)
        if shapes.problems or not isinstance(own, Pack):
            raise _refused(folder, shapes.problems)
        own = replace(own, sources=shapes.sources, categories=_numbered(own.categories), files=tuple(files.files))
        pack = self.with_imports(own, folder, importing=(*importing, own.id))
        self.read_already[folder] = pack
        return pack

    def with_imports(self, own: Pack, folder: Path, *, importing: tuple[str, ...]) -> Pack:
        problems = []
        if own.id != folder.name:
            what = f"the pack calls itself {own.id} and its folder is {folder.name}"
            problems.append(Problem(what=what, file=str(own.place), what_to_do="Give both the same name"))
        if circle := [name for name in own.imports if name in importing]:
            problems.append(Problem(what=f"{own.id} imports itself by way of {circle[0]}", file=str(own.place)))
        if problems:
            raise _refused(folder, problems)
        merged = own
        digest = hashlib.sha256("".join(file.name + file.sha256 for file in own.files).encode())
        for name in own.imports:
            imported = self.read(_folder(name, (folder.parent, *self.folders)), importing=importing)
            merged = _merged(merged, imported, problems)
            digest.update(imported.sha256.encode())
        if problems:
            raise _refused(folder, problems)
        return replace(merged, sha256=digest.hexdigest())


def _merged(own: Pack, imported: Pack, problems: list[Problem]) -> Pack:
    """`own` with the shared sections of `imported` behind its own."""
    changes: dict[str, object] = {
        name: _joined(getattr(own, name), getattr(imported, name), problems) for name in SHARED
    }
    for name in SHARED_LISTS:
        mine = {part.key: part for part in getattr(own, name)}
        theirs = {part.key: part for part in getattr(imported, name)}
        changes[name] = tuple(_joined(mine, theirs, problems).values())
    changes["lists"] = {
        name: _joined_items(own.lists.get(name, ()), imported.lists.get(name, ()), problems)
        for name in dict.fromkeys((*own.lists, *imported.lists))
    }
    return replace(own, **changes)  # type: ignore[arg-type]


def _joined(own: Mapping[str, Kept], imported: Mapping[str, Kept], problems: list[Problem]) -> dict[str, Kept]:
    for name in own.keys() & imported.keys():
        mine, theirs = own[name], imported[name]
        if not getattr(mine, "replaces", False) and mine is not theirs:
            what = f"{name} stands in an imported pack as well ({getattr(theirs, 'place', '')})"
            place = str(getattr(mine, "place", ""))
            problems.append(Problem(what=what, file=place, what_to_do="Rename it, or say `replaces: true`"))
    return {**imported, **own}


def _joined_items(own: tuple[Item, ...], imported: tuple[Item, ...], problems: list[Problem]) -> tuple[Item, ...]:
    mine, theirs = ({item.key: item for item in items} for items in (own, imported))
    return tuple({**mine, **_joined(mine, theirs, problems)}.values())


def _numbered(categories: tuple[Category, ...]) -> tuple[Category, ...]:
    """Display order and colour filled in where the pack leaves them to the position."""
    ordered = (replace(c, order=c.order or position) for position, c in enumerate(categories, start=1))
    return tuple(replace(category, colour_step=category.colour_step or category.order) for category in ordered)


def _sources(files: _Files) -> dict[str, Source]:
    """The `sources` section; problems go to the files' list."""
    sources: dict[str, Source] = {}
    section = files.sections.pop("sources", None)
    allowed = ("title", "publisher", "date", "url", "note", "status")
    for key, part in entries(section) if section else ():
        values = {name: _plain(value) for name, value in entries(part)}
        for name in values.keys() - set(allowed):
            what = f'"{name}" is not a key of a source'
            advice = f"It takes {', '.join(allowed)}"
            files.problems.append(Problem(what=what, file=str(part.place), what_to_do=advice))
        published = values.get("date")
        if not isinstance(values.get("title"), str) or not (published is None or isinstance(published, date)):
            what = f'the source "{key}" needs a title and, where it has one, a date such as 2013-06-18'
            files.problems.append(Problem(what=what, file=str(part.place)))
            continue
        sources[key] = Source(
            key=key,
            title=str(values["title"]),
            publisher=str(values.get("publisher") or ""),
            published_on=published if isinstance(published, date) else None,
            url=str(values.get("url") or ""),
        )
    return sources


def _plain(tree: Located) -> object:
    return tree.value if isinstance(tree, Plain) else None


def _names(tree: Located | None) -> tuple[str, ...]:
    return tuple(str(_plain(item)) for item in tree.items) if isinstance(tree, Listed) else ()


def _refused(folder: Path, problems: list[Problem]) -> PackRefused:
    return PackRefused(f"the pack {folder.name} cannot be read", problems=tuple(problems))
