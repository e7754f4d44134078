"""Two packs side by side: what one says that the other does not, or says otherwise."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum

from strandline.kernel.citations import Citation
from strandline.strategy.model import DayRange, Every, Pack
from strandline.strategy.model.rules import Dated
from strandline.strategy.nodes import Condition, Node, Value
from strandline.strategy.printing import print_node, print_number

_NODES = (*typing.get_args(Condition), *typing.get_args(Value))
_LEFT_OUT = frozenset({"place", "files", "sha256", "id", "include"})


class Change(StrEnum):
    """What became of a value."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value that differs; `where` is its path, such as `rules.below_floor.versions.2010 to 2012.when`."""

    change: Change
    where: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        match self.change:
            case Change.ADDED:
                return f"{self.where}: {self.after} (added)"
            case Change.REMOVED:
                return f"{self.where}: {self.before} (removed)"
            case Change.CHANGED:
                return f"{self.where}: {self.before} → {self.after}"

    @property
    def section(self) -> str:
        """The section of the pack, such as `rules`."""
        return self.where.split(".", 1)[0]


def compare(before: Pack, after: Pack) -> tuple[Difference, ...]:
    """Every value that differs, in the order of the sections; where a value stands in its file does not count."""
    old, new = dict(_values(before, ())), dict(_values(after, ()))
    return tuple(
        _difference(where, old.get(where), new.get(where))
        for where in dict.fromkeys((*old, *new))
        if old.get(where) != new.get(where)
    )


def _difference(where: str, before: str | None, after: str | None) -> Difference:
    if before is None:
        return Difference(change=Change.ADDED, where=where, after=after or "")
    if after is None:
        return Difference(change=Change.REMOVED, where=where, before=before)
    return Difference(change=Change.CHANGED, where=where, before=before, after=after)


def _values(part: object, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Path and printed value of everything inside; empty values are left out."""
    if isinstance(part, _NODES):
        yield ".".join(path), print_node(typing.cast("Node", part))
    elif isinstance(part, Citation):
        yield ".".join(path), str(part)
    elif isinstance(part, Every | DayRange):
        yield ".".join(path), str(part) if isinstance(part, Every) else _range(part)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            if field.name not in _LEFT_OUT:
                yield from _values(getattr(part, field.name), (*path, field.name))
    elif isinstance(part, Mapping):
        for key, inner in part.items():
            yield from _values(inner, (*path, str(key)))
    elif isinstance(part, tuple):
        yield from _listed(part, path)
    elif part not in (None, "", False, 0):
        yield ".".join(path), _shown(part)


def _listed(parts: tuple[object, ...], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Lists of values as one value; lists of parts by their keys, dates or positions."""
    if all(isinstance(part, Citation) for part in parts) or not any(_holds_more(part) for part in parts):
        if parts:
            yield ".".join(path), ", ".join(_shown(part) for part in parts)
        return
    for position, part in enumerate(parts, start=1):
        yield from _values(part, (*path, _called(part) or str(position)))


def _holds_more(part: object) -> bool:
    return is_dataclass(part) or isinstance(part, Mapping | tuple)


def _called(part: object) -> str:
    if isinstance(part, Dated):
        return part.period or "always"
    return next((str(getattr(part, name)) for name in ("key", "code", "role") if getattr(part, name, "")), "")


def _range(days: DayRange) -> str:
    ends = (print_number(days.least), print_number(days.most))
    return f"{ends[0]} or {ends[1]}" if days.chosen_by_a_person else ends[0]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return print_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)
