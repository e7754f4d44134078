"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from strandline.kernel.errors import sentence
from strandline.strategy.model import Place


class Level(StrEnum):
    """An error makes the pack unusable or wrong; a warning may be meant."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, where, and what to do."""

    level: Level
    what: str
    place: Place
    what_to_do: str = ""

    def __str__(self) -> str:
        return f"{self.level}: {sentence(what=self.what, where=str(self.place), what_to_do=self.what_to_do)}"


def error(what: str, place: Place, what_to_do: str = "") -> Finding:
    """A finding that has to be mended."""
    return Finding(level=Level.ERROR, what=what, place=place, what_to_do=what_to_do)


def warning(what: str, place: Place, what_to_do: str = "") -> Finding:
    """A finding that has to be looked at."""
    return Finding(level=Level.WARNING, what=what, place=place, what_to_do=what_to_do)
