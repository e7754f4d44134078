"""Kinds of task and visit, and how long things hold: `work.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "work.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKind:
    """A kind of task. `audience` is maintained or all; `due` is inspection, publication or typed."""

    key: str
    title: str
    audience: str
    due: str
    working_days: int
    cite: str

    def asked_of(self, *, maintained: bool) -> bool:
        """Whether an inspection of such a school makes this task."""
        return self.due != "typed" and (self.audience == "all" or maintained)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitKind:
    """A kind of visit; `outside` where the visitor is not of the authority."""

    key: str
    title: str
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Everything of the file."""

    tasks: Mapping[str, TaskKind]
    visits: Mapping[str, VisitKind]
    declaration_months: int
    look_back_days: int
    same_within_days: int


@cache
def work() -> Work:
    """The file."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Work(
        tasks={each["key"]: TaskKind(**each) for each in told["task"]},
        visits={each["key"]: VisitKind(**each) for each in told["visit"]},
        declaration_months=told["declarations"]["holds_months"],
        look_back_days=told["inspections"]["look_back_days"],
        same_within_days=told["inspections"]["same_within_days"],
    )


def task_title(key: str) -> str:
    """A kind of task in words."""
    known = work().tasks.get(key)
    return known.title if known else key.replace("_", " ").capitalize()


def visit_title(key: str) -> str:
    """A kind of visit in words."""
    known = work().visits.get(key)
    return known.title if known else key.replace("_", " ").capitalize()
