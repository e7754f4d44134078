"""What rules need: dated parameters, settings, judgements, rules, categories and scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from strandline.catalogue import Kind
from strandline.kernel.units import Unit
from strandline.strategy.model.cited import Cited, Scalar
from strandline.strategy.nodes import Condition


class Clock(StrEnum):
    """Which time decides the version: the year a figure describes, or the day a judgement applies."""

    KS2 = "ks2_results_year"
    KS4 = "ks4_results_year"
    EFFECTIVE = "effective"

    @property
    def counts_years(self) -> bool:
        """True for the results-year clocks, whose moments are whole numbers."""
        return self is not Clock.EFFECTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Cited):
    """Something true from one moment to another, both inclusive; an end left out is open."""

    since: int | date | None = field(default=None, metadata={"key": "from"})
    until: int | date | None = field(default=None, metadata={"key": "to"})
    none: str = ""

    def covers(self, moment: int | date) -> bool:
        """True where `moment`, on the same clock, is inside."""
        after = self.since is None or self.since <= moment  # type: ignore[operator]
        return after and (self.until is None or moment <= self.until)  # type: ignore[operator]

    @property
    def period(self) -> str:
        """`2010 to 2012`, `from 2014`, `to 2009`, or nothing."""
        if self.since is None:
            return f"to {self.until}" if self.until is not None else ""
        if self.since == self.until:
            return str(self.since)
        return f"{self.since} to {self.until}" if self.until is not None else f"from {self.since}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterVersion(Dated):
    """A parameter's value for a while; `none` says why there is no value."""

    value: Scalar | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Cited):
    """A dated constant with its unit. `same_as` and `years_before` make it another one, some results years earlier."""

    name: str
    title: str = ""
    kind: Kind = Kind.NUMBER
    unit: Unit = Unit.NONE
    clock: Clock = Clock.EFFECTIVE
    meaning: str = ""
    announced: date | None = None
    values: tuple[ParameterVersion, ...] = ()
    same_as: str = ""
    years_before: int = 0
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Cited):
    """A named choice where the source can be read in more than one way."""

    name: str
    title: str
    default: str
    values: Mapping[str, str]
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Cited):
    """What an officer supplies; unknown until supplied."""

    name: str
    meaning: str
    kind: Kind = Kind.CODE
    values: Mapping[str, str] = field(default_factory=dict)
    unit: Unit = Unit.NONE
    by: str = ""
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion(Dated):
    """A rule's condition for a while; `none` says why there was no such rule."""

    when: Condition | None = None
    applies_when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Cited):
    """A named condition: true, false or unknown; where `applies_when` is false it does not apply."""

    name: str
    title: str = ""
    meaning: str = ""
    clock: Clock = Clock.EFFECTIVE
    applies_when: Condition | None = None
    versions: tuple[RuleVersion, ...] = ()
    same_as: str = ""
    years_before: int = 0
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Cited):
    """One strand of the scheme. Without a condition only an officer can place a school in it."""

    code: str
    title: str
    words: str = ""
    order: int = 0
    colour_step: int = 0
    when: Condition | None = None
    aliases: tuple[str, ...] = ()
    lead: str = ""
    tags: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The code with its words beside it, as every screen and paper shows it."""
        words = ", ".join(part for part in (self.title, further_words(self.title, self.words)) if part)
        return f"{self.code} ({words})" if words else self.code


def further_words(title: str, words: str) -> str:
    """The words of a category beyond what its title says."""
    said, more = (" ".join(text.lower().replace(",", " ").split()) for text in (title, words))
    if more in (said, f"in {said}", f"in the {said}"):
        return ""
    return (
        words[len(title) :].lstrip(" ,")
        if words.lower().startswith((f"{title.lower()},", f"{title.lower()} "))
        else words
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside(Cited):
    """What happens with a concern about a school to which the strategy does not apply."""

    route: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Cited):
    """To which schools the strategy applies."""

    applies_to: Condition | None = None
    outside: Outside | None = None


class Predecessors(StrEnum):
    """Whether a school carries the inspections of the school it replaced."""

    OWN_ONLY = "own_only"
    CARRY = "carry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspections(Cited):
    """How the pack counts inspections."""

    predecessors: Predecessors = Predecessors.OWN_ONLY
