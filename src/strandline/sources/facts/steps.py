"""The numbered SQL steps over named tables: each is one query of the warehouse, kept as a table for those after it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import polars as pl

from strandline.sources.warehouse import Warehouse


class Steps:
    """What has been put in and worked out so far, by name."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._frames: dict[str, pl.DataFrame] = {}

    def tables(self, frames: Mapping[str, pl.DataFrame]) -> None:
        """Make each frame known to the steps under its name."""
        for name, frame in frames.items():
            self._frames[name] = frame
            self._warehouse.register(name, frame)

    def run(self, name: str) -> None:
        """Work out one numbered step. Raises: QueryFailed, which names it."""
        self.tables({name: self._warehouse.run(name, step_texts()[name])})

    def forget(self, *names: str) -> None:
        """Give back the memory of tables that no later step reads."""
        self.tables({name: self._frames[name].clear() for name in names})

    def frame(self, name: str) -> pl.DataFrame:
        """The rows of a table or step."""
        return self._frames[name]


@cache
def step_texts() -> Mapping[str, str]:
    """Step name → SQL, from `sql/NNN_name.sql`, in the order of their numbers."""
    folder = files("strandline.sources").joinpath("sql")
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return {f.name[4:-4]: f.read_text(encoding="utf-8") for f in found}
