"""Measures, clusters, boards, paths and the cited lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from strandline.kernel.units import Unit
from strandline.strategy.model.cited import Cited
from strandline.strategy.model.offers import Audience
from strandline.strategy.nodes import Condition, Value


class Polarity(StrEnum):
    """Which way is better."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


class PathKind(StrEnum):
    """What an ordered path is."""

    PROTOCOL = "protocol"
    PATHWAY = "pathway"
    LADDER = "ladder"
    PROCESS = "process"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Cited):
    """One band; `upper` is its inclusive upper end."""

    upper: float = field(metadata={"key": "to"})
    code: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownValue(Cited):
    """A value printed in a source; where sources disagree one is preferred."""

    title: str
    value: float
    preferred: bool = False
    at: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands(Cited):
    """A ladder of bands."""

    key: str
    title: str
    bands: tuple[Band, ...]
    of: str = ""
    unit: Unit = Unit.NONE
    known: tuple[KnownValue, ...] = ()
    replaces: bool = False

    def band(self, value: float) -> Band | None:
        """The first band whose upper end is not below `value`."""
        return next((band for band in self.bands if value <= band.upper), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Cited):
    """A named measure with its definition and, where it is arithmetic, its formula."""

    key: str
    title: str
    definition: str
    unit: Unit = Unit.NONE
    polarity: Polarity = Polarity.NONE
    inputs: Mapping[str, str] = field(default_factory=dict)
    formula: Value | None = None
    feature: str = ""
    target: float | None = None
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Consortium(Cited):
    """Clusters of schools of one type."""

    key: str
    title: str
    type: str = "consortium"
    phase: str = ""
    count: int = 1
    members: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Cited):
    """Seats on a board, for the board or for each consortium."""

    role: str
    number: int = 1
    each: str = ""
    votes: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(Cited):
    """A board with seats and votes."""

    key: str
    title: str
    seats: tuple[Seat, ...]
    decision: str = "majority"
    votes_printed: int | None = None
    quorum: int | None = None

    def votes(self, consortia: tuple[Consortium, ...]) -> int:
        """All votes, with seats for each consortium counted out."""
        counts = {consortium.key: consortium.count for consortium in consortia}
        return sum(seat.number * seat.votes * counts.get(seat.each, 1) for seat in self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility(Cited):
    """Who may hold a role."""

    role: str
    title: str
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Cited):
    """One step of a path."""

    key: str
    title: str
    by: str = ""
    within: str = ""
    statutory: bool = False
    recipients: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol(Cited):
    """An ordered path for some schools."""

    key: str
    title: str
    steps: tuple[Step, ...]
    kind: PathKind = PathKind.PROTOCOL
    audience: Audience = Audience.ALL
    when: Condition | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave(Cited):
    """When a survey runs."""

    on: date
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyStep(Cited):
    """A step of the survey cycle."""

    key: str
    title: str
    due: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Cited):
    """A question of a survey."""

    key: str
    title: str
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Cited):
    """A survey and its cycle."""

    title: str
    respondents: tuple[str, ...]
    channel: str = ""
    repeat_months: int | None = None
    first_wave: Wave | None = None
    steps: tuple[SurveyStep, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Cited):
    """A paragraph of a statement."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Cited):
    """The authority's role, in brief."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Cited):
    """An entry of a cited list: whatever a pack says that nothing is computed from."""

    key: str
    title: str
    text: str = ""
    number: float | None = None
    status: str = ""
    since: int | date | None = field(default=None, metadata={"key": "from"})
    until: int | date | None = field(default=None, metadata={"key": "to"})
    url: str = ""
    audience: Audience = Audience.ALL
    tags: tuple[str, ...] = ()
    more: Mapping[str, object] = field(default_factory=dict)
    replaces: bool = False
