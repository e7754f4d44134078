"""Where things lie when the command line does not say."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path

_named_first: ContextVar[Path | None] = ContextVar("named_first", default=None)


def name_home(folder: Path | None) -> None:
    """Remember the home that was named before the noun: `strandline --home FOLDER data list`."""
    _named_first.set(folder)


def home_folder(named: Path | None = None) -> Path:
    """The home of the warehouse and the runs: `--home`, else STRANDLINE_HOME, else the user's data folder."""
    chosen = named or _named_first.get()
    if chosen is not None:
        return chosen.expanduser()
    if variable := os.environ.get("STRANDLINE_HOME"):
        return Path(variable).expanduser()
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "strandline"


def log_folder(arguments: Sequence[str]) -> Path:
    """The folder of the log, also when the command line could not be read to its end."""
    words = list(arguments)
    named = Path(words[words.index("--home") + 1]) if "--home" in words[:-1] else None
    return home_folder(named) / "logs"
