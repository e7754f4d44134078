"""A tree to dataclasses, following their type hints; every problem is collected, with file, line and advice."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from strandline.catalogue import nearest_names
from strandline.kernel.citations import Citation, Source, Verification
from strandline.kernel.errors import Problem, UserError
from strandline.strategy.model import Cited, DayRange, Every, Pack, Parameter, Place, Rule, Scalar
from strandline.strategy.model.pack import LISTS
from strandline.strategy.nodes import Condition, Value
from strandline.strategy.parsing import parse_condition, parse_value
from strandline.strategy.reading.tree import Listed, Located, Mapped, Plain, plain_data

CONDITION = frozenset(typing.get_args(Condition))
VALUE = frozenset(typing.get_args(Value))
SCALAR = frozenset(typing.get_args(Scalar))
NOT_WRITTEN = frozenset({"citations", "place", "files", "sha256", "name"})


class Failed:
    """What stands where a value could not be read; the problem has been noted."""


FAILED = Failed()


@dataclass(slots=True)
class Shapes:
    """Reads one pack's tree; `problems` fills as it goes."""

    sources: Mapping[str, Source]
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, what: str, place: Place, what_to_do: str = "") -> Failed:
        """Note a problem at a place."""
        self.problems.append(Problem(what=what, file=str(place), what_to_do=what_to_do))
        return FAILED

    def read(self, hint: object, tree: Located, cited: tuple[Citation, ...] = ()) -> typing.Any:
        """`tree` as a value of type `hint`, or FAILED."""
        options = frozenset(_options(hint))
        if type(None) in options:
            if isinstance(tree, Plain) and tree.value is None:
                return None
            options -= {type(None)}
        if options == CONDITION:
            return self._rule(tree, parse_condition)
        if options == VALUE:
            return self._rule(tree, parse_value)
        if len(options) > 1:
            return self._scalar(tree, options)
        (only,) = options
        return self._single(only, tree, cited)

    def _single(self, hint: typing.Any, tree: Located, cited: tuple[Citation, ...]) -> object:
        origin = typing.get_origin(hint)
        if origin is tuple:
            return self._several(typing.get_args(hint)[0], tree, cited)
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(typing.get_args(hint)[1], tree, cited)
        if hint is object:
            return plain_data(tree)
        if hint is DayRange:
            return self._day_range(tree)
        if is_dataclass(hint) and hint is not Every:
            return self._dataclass(typing.cast("type", hint), tree, cited)
        return self._scalar(tree, frozenset({hint}))

    def _scalar(self, tree: Located, options: frozenset[typing.Any]) -> object:
        if not isinstance(tree, Plain):
            return self.refuse(f"this should be {_called(options)}", tree.place)
        value = tree.value
        if isinstance(value, str):
            for option in options:
                if option is Every or (isinstance(option, type) and issubclass(option, StrEnum)):
                    return self._word(option, value, tree.place)
        kind = type(value)
        if kind in options:
            return value
        if kind is int and float in options:
            return float(typing.cast("int", value))
        advice = f'Put it in quotes: "{value}"' if str in options and value is not None else ""
        return self.refuse(f"{_shown(value)} should be {_called(options)}", tree.place, advice)

    def _word(self, option: typing.Any, value: str, place: Place) -> object:
        try:
            return Every.parse(value) if option is Every else option(value)
        except ValueError:
            if option is Every:
                advice = "Write N days, N weeks, half_term, term, year, once or as_needed"
            else:
                advice = f"It is one of {', '.join(option)}"
            return self.refuse(f'"{value}" is not known here', place, advice)

    def _rule(self, tree: Located, parse: typing.Callable[[str], object]) -> object:
        value = tree.value if isinstance(tree, Plain) else None
        if isinstance(value, bool):
            value = "TRUE" if value else "FALSE"
        if not isinstance(value, str):
            return self.refuse("this should be a rule, written as a text", tree.place)
        try:
            return parse(value)
        except UserError as error:
            return self.refuse(
                f"{error.what} ({error.where})" if error.where else error.what, tree.place, error.what_to_do
            )

    def _several(self, item: object, tree: Located, cited: tuple[Citation, ...]) -> object:
        if not isinstance(tree, Listed):
            one_word = item is str and isinstance(tree, Plain) and tree.value == "all"
            return ("all",) if one_word else self.refuse("this should be a list", tree.place)
        read = tuple(self.read(item, part, cited) for part in tree.items)
        if FAILED in read:
            return FAILED
        for name in ("key", "code"):
            if is_dataclass(item) and name in {f.name for f in fields(item)}:
                self._refuse_twice([getattr(part, name) for part in read], tree)
                break
        return read

    def _refuse_twice(self, keys: list[str], tree: Listed) -> None:
        for position, key in enumerate(keys):
            if key in keys[:position]:
                self.refuse(f'"{key}" is given twice in this list', tree.items[position].place, "Keep one of them")

    def _mapping(self, item: object, tree: Located, cited: tuple[Citation, ...]) -> object:
        if isinstance(tree, Listed) and item is str:
            words = self.read(tuple[str, ...], tree)
            return words if isinstance(words, Failed) else {word: word.replace("_", " ") for word in words}
        if not isinstance(tree, Mapped):
            return self.refuse("this should be a mapping of names", tree.place)
        read: dict[str, object] = {}
        for name, part in tree.entries.items():
            if is_dataclass(item) and isinstance(part, Mapped) and "name" in {f.name for f in fields(item)}:
                named = Plain(name, tree.key_places[name])
                part = Mapped({**part.entries, "name": named}, tree.key_places[name], part.key_places)  # noqa: PLW2901
            read[name] = self.read(item, part, cited)
        return FAILED if any(value is FAILED for value in read.values()) else read

    def _day_range(self, tree: Located) -> object:
        if isinstance(tree, Listed):
            ends = self.read(tuple[float, ...], tree)
            if isinstance(ends, Failed):
                return FAILED
            if len(ends) != 2 or ends[0] > ends[1]:  # a range has two ends
                return self.refuse("a range of days is [least, most]", tree.place)
            return DayRange(*ends)
        days = self.read(float, tree)
        return days if isinstance(days, Failed) else DayRange(days, days)

    def _dataclass(self, cls: type, tree: Located, cited: tuple[Citation, ...]) -> object:
        if not isinstance(tree, Mapped):
            return self.refuse("this should be a mapping", tree.place)
        tree = _spelt_out(cls, tree)
        known = written_keys(cls)
        if cited_class := issubclass(cls, Cited):
            cited = self.citations(tree, cited)
        values: dict[str, object] = {}
        for key, part in tree.entries.items():
            if key == "cite" and cited_class:
                continue
            if key not in known and not (key == "name" and "name" in _hints(cls)):
                near = nearest_names(key, among=[*known, "cite"])
                advice = f"Did you mean {', '.join(near)}?" if near else f"It takes {', '.join([*known, 'cite'])}"
                self.refuse(f'"{key}" is not a key of this section', tree.key_places.get(key, part.place), advice)
                continue
            values.update(self._field(cls, known.get(key, "name"), part, cited))
        return self._built(cls, values, tree.place, cited if cited_class else None)

    def _field(self, cls: type, name: str, part: Located, cited: tuple[Citation, ...]) -> dict[str, object]:
        described = {f.name: f for f in fields(cls)}[name]
        word = described.metadata.get("word_for_none")
        if isinstance(part, Plain) and part.value is None:
            return {} if has_default(described) else {name: self.refuse("this has no value", part.place)}
        if word and isinstance(part, Plain) and part.value == word:
            return {name: None}
        return {name: self.read(_hints(cls)[name], part, cited)}

    def _built(self, cls: type, values: dict[str, object], place: Place, cited: tuple[Citation, ...] | None) -> object:
        lacking = [
            key
            for key, name in {**written_keys(cls), **({"name": "name"} if "name" in _hints(cls) else {})}.items()
            if name not in values and not has_default({f.name: f for f in fields(cls)}[name])
        ]
        if lacking:
            return self.refuse(f"this lacks {', '.join(lacking)}", place)
        if any(value is FAILED for value in values.values()):
            return FAILED
        if cited is not None:
            values["citations"] = cited
        if "place" in _hints(cls):
            values["place"] = place
        return cls(**values)

    def citations(self, tree: Mapped, inherited: tuple[Citation, ...] = ()) -> tuple[Citation, ...]:
        """What a section cites: its own `cite`, else its parent's."""
        cite = tree.entries.get("cite")
        if cite is None:
            return inherited
        parts = cite.items if isinstance(cite, Listed) else (cite,)
        read = (self._citation(part) for part in parts)
        return tuple(citation for citation in read if citation is not None)

    def _citation(self, tree: Located) -> Citation | None:
        if not isinstance(tree, Mapped):
            self.refuse("a citation is {source, at, status}", tree.place)
            return None
        written = _Written
        read = self._dataclass(written, tree, ())
        if not isinstance(read, _Written):
            return None
        if (source := self.sources.get(read.source)) is None:
            near = nearest_names(read.source, among=self.sources)
            advice = f"Did you mean {', '.join(near)}?" if near else "Add it to the sources of this pack"
            self.refuse(f'there is no source called "{read.source}"', tree.place, advice)
            return None
        return Citation(source=source, at=read.at, status=read.status, note=read.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A citation as it is written."""

    source: str
    at: str
    status: Verification
    note: str = ""


def written_keys(cls: type) -> dict[str, str]:
    """Key in YAML → field, for the fields that are written."""
    return {f.metadata.get("key", f.name): f.name for f in fields(cls) if f.name not in NOT_WRITTEN}


def has_default(described: Field[typing.Any]) -> bool:
    """True where the key may be left out."""
    return described.default is not MISSING or described.default_factory is not MISSING


@cache
def _hints(cls: type) -> dict[str, object]:
    return typing.get_type_hints(cls)


hints = _hints


def _options(hint: object) -> tuple[object, ...]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return typing.get_args(hint)
    return (hint,)


def _spelt_out(cls: type, tree: Mapped) -> Mapped:
    """Short forms written out: a rule or parameter with one undated version, cited lists at the top level."""
    shorts = {Rule: ("versions", ("when", "none")), Parameter: ("values", ("value", "none"))}
    entries = dict(tree.entries)
    if cls in shorts:
        section, keys = shorts[cls]
        version = {key: entries.pop(key) for key in keys if key in entries}
        if version and section not in entries:
            entries[section] = Listed((Mapped(version, tree.place, tree.key_places),), tree.place)
        elif version:
            entries.update(version)
    if cls is Pack:
        lists = {name: entries.pop(name) for name in LISTS if name in entries}
        own = entries.get("lists")
        if lists and (own is None or isinstance(own, Mapped)):
            entries["lists"] = Mapped({**lists, **(own.entries if own else {})}, tree.place, tree.key_places)
    return tree.replacing(entries)


def _called(options: frozenset[typing.Any]) -> str:
    names = {
        str: "a text",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        date: "a date (2013-04-30)",
    }
    said = [names[option] for option in names if option in options]
    said += [f"one of {', '.join(o)}" for o in options if isinstance(o, type) and issubclass(o, StrEnum)]
    return " or ".join(said) or "a rhythm such as 14 days or term"


def _shown(value: object) -> str:
    return "nothing" if value is None else f'"{value}"'
