"""Where a value comes from, and how far it has been verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verification(StrEnum):
    """How a rule or figure was verified; S and U are shown wherever the value is used."""

    VERIFIED = "V"
    SECONDARY = "S"
    UNVERIFIED = "U"

    @property
    def words(self) -> str:
        """What a reader is told."""
        return {
            "V": "read in the source itself",
            "S": "read in a secondary source; check before relying on it",
            "U": "unverified rule; check before relying on it",
        }[self.value]

    @property
    def flagged(self) -> bool:
        """True where the reader has to be warned."""
        return self is not Verification.VERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that rules are cited from."""

    key: str
    title: str
    publisher: str = ""
    published_on: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One place in one source."""

    source: Source
    at: str
    status: Verification
    note: str = ""

    def __str__(self) -> str:
        place = f", {self.at}" if self.at else ""
        flag = f" [{self.status.words}]" if self.status.flagged else ""
        return f"{self.source.title}{place}{flag}"
