"""
Report templates: an ordered list of sections with their words, as data.

A council's form is a TOML file. It may inherit another and state only what it changes: the order of sections, or words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any

from strandline.kernel.errors import UserError
from strandline.reports.wording import TemplateFaulty, Words

HOUSE = "house-scrutiny"


class TemplateNotFound(UserError):
    """No report template has the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSection:
    """
    One section: which kind, under which heading, in which words, with which settings.

    `headings` gives the headings of all sections of the paper by kind, so that one section can point to another.
    """

    kind: str
    heading: str
    words: Words
    settings: Mapping[str, str]
    terms: Mapping[str, str]
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A council's form of a paper."""

    id: str
    name: str
    language: str
    front: Words
    sections: tuple[TemplateSection, ...]


def template_names() -> tuple[str, ...]:
    """Give the names of the shipped templates."""
    folder = resources.files(__package__)
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")))


def read_template(name: str | Path) -> Template:
    """
    Read a shipped template by name, or a council's own by path.

    Raises: TemplateNotFound, TemplateFaulty.
    """
    return _template(_resolved(name, seen=()))


def _resolved(name: str | Path, *, seen: tuple[str, ...]) -> dict[str, Any]:
    """Give the data of a template with everything it inherits laid beneath."""
    if str(name) in seen:
        raise TemplateFaulty(f"The template inherits itself through {' → '.join((*seen, str(name)))}", where=str(name))
    data = _data(name)
    parent = data.get("inherits")
    if parent is None:
        return data
    beneath = _resolved(parent, seen=(*seen, str(name)))
    words: dict[str, dict[str, Any]] = {kind: dict(entries) for kind, entries in beneath.get("sections", {}).items()}
    for kind, entries in data.get("sections", {}).items():
        words[kind] = words.get(kind, {}) | entries
    return beneath | data | {"sections": words, "front": beneath.get("front", {}) | data.get("front", {})}


def _data(name: str | Path) -> dict[str, Any]:
    text, where = _text(name)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateFaulty(f"The template is not TOML: {error}", where=where, what_to_do="Mend that line") from error


def _text(name: str | Path) -> tuple[str, str]:
    path = Path(name)
    if path.suffix == ".toml":
        if not path.is_file():
            raise TemplateNotFound("There is no such template file", where=str(path), what_to_do="Check the path")
        return path.read_text(encoding="utf-8"), str(path)
    known = template_names()
    if str(name) not in known:
        near = get_close_matches(str(name), known, n=1, cutoff=0)
        raise TemplateNotFound(
            f'There is no report template "{name}"',
            what_to_do=f"Nearest: {near[0]}. All: {', '.join(known)}. Or give the path of a .toml file",
        )
    return resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"), str(name)


def _template(data: dict[str, Any]) -> Template:
    where = str(data.get("id", "without id"))
    lacking = [key for key in ("id", "name", "language", "order", "front", "sections") if key not in data]
    if lacking:
        raise TemplateFaulty(f"The template lacks {', '.join(lacking)}", where=where, what_to_do="Add or inherit them")
    sections = tuple(_section(key, data, where=where) for key in data["order"])
    return Template(
        id=data["id"],
        name=data["name"],
        language=data["language"],
        front=Words(template=where, section="front", entries=data["front"]),
        sections=sections,
    )


def _section(key: str, data: Mapping[str, Any], *, where: str) -> TemplateSection:
    all_entries = data["sections"]
    if key not in all_entries:
        raise TemplateFaulty(
            f'The order names the section "{key}", which has no words',
            where=where,
            what_to_do=f"Add [sections.{key}]",
        )
    entries = all_entries[key]
    named = [(name, all_entries[name]) for name in data["order"] if name in all_entries]
    return TemplateSection(
        kind=_kind(key, entries),
        heading=str(entries.get("heading", "")),
        words=Words(template=where, section=key, entries={k: v for k, v in entries.items() if isinstance(v, str)}),
        settings={name: str(value) for name, value in entries.get("settings", {}).items()},
        terms={term: str(meaning) for term, meaning in entries.get("terms", {}).items()},
        headings={_kind(name, section): str(section.get("heading", "")) for name, section in named},
    )


def _kind(key: str, entries: Mapping[str, Any]) -> str:
    """A section is of the kind it is named after, unless it says otherwise."""
    return str(entries.get("kind", key))
