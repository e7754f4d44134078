"""The JSON Schema of pack files, from the same dataclasses that the reader follows; for editors and other programs."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum

from strandline.kernel.citations import Verification
from strandline.strategy.model import LISTS, Cited, DayRange, Every, Item, Pack, Parameter, Rule
from strandline.strategy.parsing import LONGEST
from strandline.strategy.reading.shapes import CONDITION, SCALAR, VALUE, has_default, hints, written_keys

Schema: typing.TypeAlias = dict[str, typing.Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: dict[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    object: {},
    Every: {"type": "string", "pattern": r"^([1-9]\d* (day|week)s?|half_term|term|year|once|as_needed)$"},
    DayRange: {
        "oneOf": [{"type": "number"}, {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}]
    },
}
_RULE: Schema = {
    "oneOf": [{"type": "string", "minLength": 1, "maxLength": LONGEST}, {"type": "boolean"}],
    "description": "A rule: comparisons joined by AND, OR, NOT",
}
_CITATION: Schema = {
    "type": "object",
    "properties": {
        "source": {"type": "string"},
        "at": {"type": "string"},
        "status": {"enum": [each.value for each in Verification]},
        "note": {"type": "string"},
    },
    "required": ["source", "at", "status"],
    "additionalProperties": False,
}
_SOURCES: Schema = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "properties": {
            **{key: {"type": "string"} for key in ("title", "publisher", "url", "note", "status")},
            "date": _PLAIN[date],
        },
        "required": ["title"],
        "additionalProperties": False,
    },
}


def pack_schema(*, included: bool = False) -> Schema:
    """The schema of `pack.yaml`; with `included`, of a file that a pack includes, where no section is required."""
    definitions: dict[str, Schema] = {"Citation": _CITATION}
    schema = _object(Pack, definitions)
    item = _reference(Item, definitions)
    schema["properties"] |= {"sources": _SOURCES} | {key: {"type": "array", "items": item} for key in LISTS}
    if included:
        del schema["required"]
    return {"$schema": DRAFT, "title": "Strandline pack", **schema, "$defs": definitions}


def _object(cls: type, definitions: dict[str, Schema]) -> Schema:
    known = {field.name: field for field in fields(cls)}
    properties = {
        key: _field(hints(cls)[name], known[name].metadata.get("word_for_none"), definitions)
        for key, name in written_keys(cls).items()
    }
    required = [key for key, name in written_keys(cls).items() if not has_default(known[name])]
    if issubclass(cls, Cited):
        cite = {"$ref": "#/$defs/Citation"}
        properties["cite"] = {"oneOf": [cite, {"type": "array", "items": cite}]}
    if cls is Rule:
        properties |= {"when": _RULE, "none": {"type": "string"}}
    if cls is Parameter:
        properties |= {"value": _one_of(SCALAR, definitions), "none": {"type": "string"}}
    description = (cls.__doc__ or "").strip().splitlines()[0]
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _field(hint: object, word_for_none: str | None, definitions: dict[str, Schema]) -> Schema:
    schema = _schema(hint, definitions)
    return {"anyOf": [schema, {"const": word_for_none}]} if word_for_none else schema


def _schema(hint: object, definitions: dict[str, Schema]) -> Schema:
    options = frozenset(typing.get_args(hint)) if typing.get_origin(hint) in (typing.Union, types.UnionType) else {hint}
    nullable = type(None) in options
    options = frozenset(options - {type(None)})
    schema = _RULE if options in (CONDITION, VALUE) else _one_of(options, definitions)
    return {"anyOf": [schema, {"type": "null"}]} if nullable else schema


def _one_of(options: frozenset[object], definitions: dict[str, Schema]) -> Schema:
    schemas = [_single(option, definitions) for option in sorted(options, key=str)]
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _single(hint: object, definitions: dict[str, Schema]) -> Schema:
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin = typing.get_origin(hint)
    if origin is tuple:
        item = typing.get_args(hint)[0]
        array: Schema = {"type": "array", "items": _schema(item, definitions)}
        return {"anyOf": [array, {"const": "all"}]} if item is str else array
    if origin is not None and issubclass(origin, Mapping):
        inner = typing.get_args(hint)[1]
        mapping: Schema = {"type": "object", "additionalProperties": _schema(inner, definitions)}
        words: Schema = {"type": "array", "items": {"type": "string"}}
        return {"anyOf": [mapping, words]} if inner is str else mapping
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [each.value for each in hint]}
    return _reference(typing.cast("type", hint), definitions)


def _reference(cls: type, definitions: dict[str, Schema]) -> Schema:
    if cls.__name__ not in definitions and is_dataclass(cls):
        definitions[cls.__name__] = {}
        definitions[cls.__name__] = _object(cls, definitions)
    return {"$ref": f"#/$defs/{cls.__name__}"}
