"""The list of packs as it was read last, kept with the home: whoever opens it first need not wait for the reading."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

FILE = Path("cache") / "packs.json"
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """One pack in a list."""

    id: str
    title: str
    authority: str
    publisher: str
    since: date | None
    until: date | None
    library: bool
    categories: int
    flagged: int


def kept(home: Path, stamp: Stamp, *, read: Callable[[], tuple[PackLine, ...]]) -> tuple[PackLine, ...]:
    """The lines that were kept for these very files; else those that `read` gives, kept from now on."""
    key = hashlib.sha256(repr((tuple(PackLine.__slots__), stamp)).encode()).hexdigest()
    there = _there(home / FILE, key)
    if there is not None:
        return there
    lines = read()
    if home.is_dir():
        with suppress(OSError):  # a home that cannot be written to is read each time
            _keep(home / FILE, {"key": key, "lines": [asdict(each) for each in lines]})
    return lines


def _there(file: Path, key: str) -> tuple[PackLine, ...] | None:
    """What is kept; None where nothing is, or it is of other files or damaged."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return tuple(_line(each) for each in told["lines"]) if told["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _line(told: dict[str, Any]) -> PackLine:
    days = {name: date.fromisoformat(told[name]) if told[name] else None for name in ("since", "until")}
    return PackLine(**(told | days))


def _keep(file: Path, told: dict[str, Any]) -> None:
    file.parent.mkdir(exist_ok=True)
    written = file.with_name(f"{file.name}.{os.getpid()}")
    written.write_text(json.dumps(told, default=str), encoding="utf-8")
    written.replace(file)
