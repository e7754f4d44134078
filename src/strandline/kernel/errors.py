"""
The whole tree of errors, and how each is shown.

    StrandlineError
    ├── UserError        what a person asked cannot be done as asked; shown as a sentence, never a traceback
    │   └── (rooms add their own: UnknownFeature, PackNotFound, RunNotFound, Offline, …)
    ├── DataError        an official file or a pack is not as it should be; carries *every* problem found
    │   └── (rooms add their own: FileRefused, PackRefused, …)
    └── BugError         the program broke its own promise; shown with a traceback and a request to report it

An error carries fields and composes its own sentence: what happened, where, what to do.
"""

from __future__ import annotations

from dataclasses import dataclass

PROBLEMS_SHOWN = 50
VALUE_SHOWN = 80


class StrandlineError(Exception):
    """The root: everything that Strandline raises on purpose."""


class UserError(StrandlineError):
    """What a person asked cannot be done as asked: what, where, what to do."""

    def __init__(self, what: str, *, where: str = "", what_to_do: str = "") -> None:
        self.what = what
        self.where = where
        self.what_to_do = what_to_do
        super().__init__(sentence(what=what, where=where, what_to_do=what_to_do))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason for a refusal, with the place a person can go to and mend it."""

    what: str
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str | None = None
    what_to_do: str = ""

    def __str__(self) -> str:
        return sentence(what=self.what, where=self.where, what_to_do=self.what_to_do)

    @property
    def where(self) -> str:
        """`file, row 12, column URN, value "x"`: only the parts that are known."""
        parts = [
            self.file,
            f"row {self.row}" if self.row is not None else "",
            f"column {self.column}" if self.column else "",
            f'value "{_shown(self.value)}"' if self.value is not None else "",
        ]
        return ", ".join(part for part in parts if part)


def _shown(value: str) -> str:
    """A value on one line, cut where it is long: a cell may hold a whole file."""
    line = " ".join(value[: VALUE_SHOWN * 2].split()) if not value.isspace() else value[:VALUE_SHOWN]
    return line if len(line) <= VALUE_SHOWN and len(value) <= VALUE_SHOWN * 2 else f"{line[:VALUE_SHOWN]}…"


class DataError(StrandlineError):
    """A file or a pack is refused; `problems` holds every reason, collected before raising."""

    def __init__(self, what: str, *, problems: tuple[Problem, ...] = (), what_to_do: str = "") -> None:
        self.what = what
        self.problems = problems
        self.what_to_do = what_to_do
        lines = [sentence(what=what, where="", what_to_do=what_to_do)]
        lines += [f"  - {problem}" for problem in problems[:PROBLEMS_SHOWN]]
        if len(problems) > PROBLEMS_SHOWN:
            lines.append(f"  - and {len(problems) - PROBLEMS_SHOWN} more")
        super().__init__("\n".join(lines))


class BugError(StrandlineError):
    """Strandline broke a promise to itself; the person at the screen did nothing wrong."""


def sentence(*, what: str, where: str, what_to_do: str) -> str:
    """Compose one line from the three parts of an error, leaving out what is empty."""
    text = what.rstrip(".")
    if where:
        text = f"{text} ({where})"
    text = f"{text}."
    if not what_to_do:
        return text
    advice = what_to_do.rstrip(".")
    return f"{text} {advice}" if advice.endswith("?") else f"{text} {advice}."
