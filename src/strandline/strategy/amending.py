"""A copied pack made to diverge: other values of some settings and parameters, in a file of its own that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from strandline.catalogue import Kind
from strandline.kernel.errors import UserError
from strandline.kernel.units import Unit
from strandline.strategy.model import Pack, Parameter

FILE = "changes.yaml"
SOURCE = "local_changes"
LONGEST_NOTE = 300


class NotInThePack(UserError):
    """What was to be changed is not in the pack, or cannot have that value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """
    What is changed, by which authority, on which day. A changed parameter has its value in every year.

    `reasons` say why, by the name of what is changed.
    """

    settings: Mapping[str, str]
    parameters: Mapping[str, float]
    publisher: str
    authority: str
    on: date
    reasons: Mapping[str, str] = field(default_factory=dict)


def amend(folder: Path, *, pack: Pack, title: str, amendment: Amendment) -> Path:
    """
    Write the changes into the copy of `pack` in `folder`: one further file, and what it replaces taken out of the rest.

    Each changed value is cited to the authority's own decision, unverified, so that every reader is told. The copy is
    the authority's own strategy.

    Raises: NotInThePack.
    """
    _known(pack, amendment)
    changed = {"settings": set(amendment.settings), "parameters": set(amendment.parameters)}
    own: set[tuple[str, str]] = set()
    for path in sorted(folder.glob("*.yaml")):
        own |= _taken_out(path, changed)
    why = amendment.reasons
    settings = {
        name: _setting(pack, name, value, own, why=why.get(name, "")) for name, value in amendment.settings.items()
    }
    parameters = {
        name: _parameter(pack, name, value, own, why=why.get(name, "")) for name, value in amendment.parameters.items()
    }
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


def _known(pack: Pack, amendment: Amendment) -> None:
    """Raises: NotInThePack for what the pack does not have, or what has no such value."""
    for name, value in amendment.settings.items():
        setting = pack.settings.get(name)
        if setting is None or value not in setting.values:
            among = setting.values if setting else pack.settings
            what = f"{name} cannot be {value}" if setting else f"The pack {pack.id} has no setting {name}"
            raise NotInThePack(what, what_to_do=f"There are {', '.join(among) or 'none'}")
    for name, number in amendment.parameters.items():
        parameter = pack.parameters.get(name)
        if parameter is None or parameter.kind not in (Kind.NUMBER, Kind.INTEGER):
            raise NotInThePack(f"{name} is no number of the pack {pack.id}", what_to_do="Choose one from the list")
        if not isfinite(number):
            raise NotInThePack(f"{number} is no value for {name}", what_to_do="Write a number")


def _setting(pack: Pack, name: str, value: str, own: set[tuple[str, str]], *, why: str) -> dict[str, Any]:
    setting = pack.settings[name]
    cite = _cite(setting.values[setting.default], why=why)
    item = {"title": setting.title, "default": value, "values": dict(setting.values), "cite": cite}
    return item if ("settings", name) in own else {**item, "replaces": True}


def _parameter(pack: Pack, name: str, value: float, own: set[tuple[str, str]], *, why: str) -> dict[str, Any]:
    parameter = pack.parameters[name]
    number = int(value) if float(value).is_integer() else float(value)
    item: dict[str, Any] = {"unit": str(parameter.unit), "clock": str(parameter.clock), "value": number}
    if parameter.title:
        item["title"] = parameter.title
    item["meaning"] = parameter.meaning or parameter.title or name
    item["cite"] = _cite(_values(parameter), why=why)
    return item if ("parameters", name) in own else {**item, "replaces": True}


def _values(parameter: Parameter) -> str:
    """`15 percentage points`, or `60 (2010 to 2012), 65 (from 2014) percent`."""
    if parameter.same_as:
        return f"what {parameter.same_as} says"
    said = [
        f"{version.value:,.10g}{f' ({version.period})' if version.period else ''}"
        for version in parameter.values
        if isinstance(version.value, int | float)
    ]
    unit = "" if parameter.unit is Unit.NONE else f" {parameter.unit.replace('_', ' ')}"
    return f"{', '.join(said)}{unit}" if said else "no value"


def _cite(before: str, *, why: str) -> dict[str, str]:
    reason = " ".join(why.split())
    if len(reason) > LONGEST_NOTE:
        reason = f"{reason[:LONGEST_NOTE].rstrip()} …"
    because = f" because: {reason}" if reason else ""
    return {
        "source": SOURCE,
        "at": "changed from the pack that was copied",
        "status": "U",
        "note": f"instead of {before}, in every year{because}",
    }


def _enter(path: Path, *, title: str, amendment: Amendment) -> None:
    tree = _yaml().load(path.read_text(encoding="utf-8"))
    tree["title"] = title
    tree["authority"] = amendment.authority
    tree["publisher"] = amendment.publisher
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
