"""
What a run was made from, and what came out: enough to make it again and to notice if a byte changed.

A run is named by its inputs alone. The same pack, releases, day, authority, preset, judgements and version give the
same name and the same bytes; there is no clock time inside.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Self

FILE_NAME = "manifest.json"
FORMAT = 1
SHORT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PackUsed:
    """The strategy that decided, with the hash of all its files, imported ones included."""

    id: str
    title: str
    publisher: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseUsed:
    """An official file whose figures the facts of the run could draw on."""

    release_id: str
    kind: str
    title: str
    publisher: str
    period: str
    as_at: date | None
    published_on: date
    status: str
    licence: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementsUsed:
    """What officers supplied: how many judgements were read, how many counted on the day, and their hash."""

    sha256: str
    given: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file of the run; a table says its rows."""

    name: str
    rows: int | None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything that a run depends on."""

    version: str
    as_at: date
    authority: str
    pack: PackUsed
    preset: str
    settings: tuple[tuple[str, str], ...]
    predecessors: bool
    releases: tuple[ReleaseUsed, ...]
    judgements: JudgementsUsed | None

    @property
    def run_id(self) -> str:
        """`warwickshire-2013_937_2013-04-30_1f0c…`: readable first, then the start of the hash of the inputs."""
        return f"{self.pack.id}_{self.authority}_{self.as_at}_{digest(asdict(self))[:SHORT]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The inputs of a run, the clocks they led to, how many schools came out in each state, and the files."""

    inputs: Inputs
    clocks: dict[str, int | None]
    counts: dict[str, int]
    warnings: tuple[str, ...]
    outputs: tuple[Output, ...]

    @property
    def run_id(self) -> str:
        """The name of the run."""
        return self.inputs.run_id

    def with_outputs(self, outputs: tuple[Output, ...]) -> Self:
        """The manifest once the files are written."""
        return replace(self, outputs=outputs)

    def as_json(self) -> dict[str, Any]:
        """Plain values, the name first."""
        return {"run_id": self.run_id, "format": FORMAT, **plain(asdict(self))}

    def text(self) -> str:
        """The bytes of manifest.json as text: keys in a fixed order, a new line at the end."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read back what `text` wrote."""
        found = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        inputs = found["inputs"]
        return cls(
            inputs=Inputs(
                **{
                    **inputs,
                    "as_at": date.fromisoformat(inputs["as_at"]),
                    "pack": PackUsed(**inputs["pack"]),
                    "settings": tuple((name, value) for name, value in inputs["settings"]),
                    "releases": tuple(_release(each) for each in inputs["releases"]),
                    "judgements": JudgementsUsed(**inputs["judgements"]) if inputs["judgements"] else None,
                }
            ),
            clocks=found["clocks"],
            counts=found["counts"],
            warnings=tuple(found["warnings"]),
            outputs=tuple(Output(**each) for each in found["outputs"]),
        )


def digest(value: object) -> str:
    """SHA-256 of a value's canonical JSON: keys sorted, no spaces, dates as ISO text."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def plain(value: Any) -> Any:
    """The value in the types that JSON knows; dates as ISO text, tuples as lists, anything unknown as its text."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value.isoformat() if isinstance(value, date) else str(value)


def _release(found: dict[str, Any]) -> ReleaseUsed:
    days = {name: date.fromisoformat(found[name]) if found[name] else None for name in ("as_at", "published_on")}
    return ReleaseUsed(**{**found, **days})
