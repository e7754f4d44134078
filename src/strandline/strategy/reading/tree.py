"""YAML as a tree in which every value knows its line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from strandline.kernel.errors import Problem
from strandline.strategy.model import Place

LARGEST = 200_000
KEPT = 128


@dataclass(frozen=True, slots=True)
class Plain:
    """A number, text, date, true/false or nothing."""

    value: float | str | bool | date | None
    place: Place


@dataclass(frozen=True, slots=True)
class Listed:
    """A list."""

    items: tuple[Located, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping; each key keeps its own line."""

    entries: dict[str, Located]
    place: Place
    key_places: dict[str, Place]

    def replacing(self, entries: dict[str, Located]) -> Mapped:
        """The same place with other entries."""
        return Mapped(entries, self.place, self.key_places)


Located: TypeAlias = Plain | Listed | Mapped


class Unreadable(Exception):
    """A file is not the YAML that packs are written in; carries every problem."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


@lru_cache(maxsize=KEPT)
def read_tree(text: str, *, file: str) -> Mapped:
    """The mapping that a pack file holds, read once while it says the same; nobody changes it. Raises: Unreadable."""
    return _Tree(file).read(text)


class _Tree:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.size = 0

    def read(self, text: str) -> Mapped:
        yaml = YAML(typ="safe", pure=True)
        try:
            node = yaml.compose(text)
            tree = self.located(node) if node is not None else None
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.refuse(f"this is not YAML: {error.problem or error.context}", line)
            raise Unreadable(tuple(self.problems)) from error
        except (YAMLError, RecursionError, ValueError) as error:
            self.refuse(f"this is not YAML: {error}", 1)
            raise Unreadable(tuple(self.problems)) from error
        if not isinstance(tree, Mapped) and not self.problems:
            self.refuse("a pack file is a mapping of sections", 1)
        if self.problems or not isinstance(tree, Mapped):
            raise Unreadable(tuple(self.problems))
        return tree

    def refuse(self, what: str, line: int, what_to_do: str = "") -> None:
        self.problems.append(Problem(what=what, file=str(Place(file=self.file, line=line)), what_to_do=what_to_do))

    def located(self, node: Node) -> Located:
        self.size += 1
        if self.size > LARGEST:
            raise ValueError("it holds too many values")
        place = Place(file=self.file, line=node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return self.mapped(node, place)
        if isinstance(node, SequenceNode):
            return Listed(tuple(self.located(item) for item in node.value), place)
        if isinstance(node, ScalarNode):
            return Plain(self.plain(node), place)
        raise ValueError("it holds something that is neither a mapping, a list nor a value")

    def mapped(self, node: MappingNode, place: Place) -> Mapped:
        entries: dict[str, Located] = {}
        key_places: dict[str, Place] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode) or str(key_node.tag).endswith(":merge"):
                self.refuse("a key is a plain word", line)
                continue
            key = str(key_node.value)
            if key in entries:
                self.refuse(f'"{key}" is given twice (first in line {key_places[key].line})', line, "Keep one of them")
            entries[key] = self.located(value_node)
            key_places[key] = Place(file=self.file, line=line)
        return Mapped(entries, place, key_places)

    def plain(self, node: ScalarNode) -> float | str | bool | date | None:
        tag = str(node.tag).rsplit(":", 1)[-1]
        text = str(node.value)
        try:
            return _PLAIN[tag](text)
        except (KeyError, ValueError):
            self.refuse(f'"{text}" cannot be read', node.start_mark.line + 1, "Put a text in quotes")
            return None


def _integer(text: str) -> int:
    cleaned = text.replace("_", "")
    return int(cleaned, 0) if cleaned.lower().lstrip("+-").startswith(("0x", "0o", "0b")) else int(cleaned)


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError(number)
    return number


_PLAIN: dict[str, Callable[[str], float | str | bool | date | None]] = {
    "str": str,
    "int": _integer,
    "float": lambda text: _finite(float(text.replace("_", ""))),
    "bool": lambda text: text.lower() == "true",
    "null": lambda _: None,
    "timestamp": date.fromisoformat,
}


def plain_data(tree: Located) -> object:
    """The tree as plain dicts, tuples and values, for `more`."""
    if isinstance(tree, Mapped):
        return {key: plain_data(value) for key, value in tree.entries.items()}
    if isinstance(tree, Listed):
        return tuple(plain_data(item) for item in tree.items)
    return tree.value


def entries(tree: Located) -> Iterator[tuple[str, Located]]:
    """Key and value of a mapping; nothing for anything else."""
    return iter(tree.entries.items() if isinstance(tree, Mapped) else ())
