"""A copied pack made to diverge: other values of some settings and parameters, in a file of its own that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from strandline.strategy.model import Pack

FILE = "changes.yaml"
SOURCE = "local_changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What is changed, by which authority, on which day. A changed parameter has its value in every year."""

    settings: Mapping[str, str]
    parameters: Mapping[str, float]
    publisher: str
    on: date


def amend(folder: Path, *, pack: Pack, title: str, amendment: Amendment) -> Path:
    """
    Write the changes into the copy of `pack` in `folder`: one further file, and what it replaces taken out of the rest.

    Each changed value is cited to the authority's own decision, unverified, so that every reader is told.
    """
    changed = {"settings": set(amendment.settings), "parameters": set(amendment.parameters)}
    own: set[tuple[str, str]] = set()
    for path in sorted(folder.glob("*.yaml")):
        own |= _taken_out(path, changed)
    settings = {name: _setting(pack, name, value, own) for name, value in amendment.settings.items()}
    parameters = {name: _parameter(pack, name, value, own) for name, value in amendment.parameters.items()}
    sections = {"settings": settings, "parameters": parameters}
    _write(folder / FILE, {name: section for name, section in sections.items() if section})
    _enter(folder / "pack.yaml", title=title, amendment=amendment)
    return folder / FILE


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4096
    return yaml


def _taken_out(path: Path, changed: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """Take the changed items out of a file; gives which of them it held."""
    tree = _yaml().load(path.read_text(encoding="utf-8"))
    found = {(name, key) for name, keys in changed.items() for key in keys if key in (tree.get(name) or {})}
    for name, key in found:
        del tree[name][key]
        if not tree[name]:
            del tree[name]
    if found:
        _write(path, tree)
    return found


def _setting(pack: Pack, name: str, value: str, own: set[tuple[str, str]]) -> dict[str, Any]:
    setting = pack.settings[name]
    item = {"title": setting.title, "default": value, "values": dict(setting.values), "cite": _cite(setting.default)}
    return item if ("settings", name) in own else {**item, "replaces": True}


def _parameter(pack: Pack, name: str, value: float, own: set[tuple[str, str]]) -> dict[str, Any]:
    parameter = pack.parameters[name]
    item: dict[str, Any] = {"unit": str(parameter.unit), "clock": str(parameter.clock), "value": value}
    if parameter.title:
        item["title"] = parameter.title
    item["meaning"] = parameter.meaning or parameter.title or name
    item["cite"] = _cite("another value")
    return item if ("parameters", name) in own else {**item, "replaces": True}


def _cite(before: str) -> dict[str, str]:
    return {
        "source": SOURCE,
        "at": "changed from the pack that was copied",
        "status": "U",
        "note": f"instead of {before}; it holds in every year",
    }


def _enter(path: Path, *, title: str, amendment: Amendment) -> None:
    tree = _yaml().load(path.read_text(encoding="utf-8"))
    tree["title"] = title
    tree["include"] = (
        [*(tree.get("include") or []), FILE] if FILE not in (tree.get("include") or []) else tree["include"]
    )
    tree.setdefault("sources", {})[SOURCE] = {
        "title": f"Changes made by {amendment.publisher}",
        "publisher": amendment.publisher,
        "date": amendment.on,
    }
    _write(path, tree)


def _write(path: Path, tree: Any) -> None:
    with path.open("w", encoding="utf-8") as file:
        _yaml().dump(tree, file)
