"""What follows from a category: risk, days, entitlements, offers, cadence, funding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from strandline.kernel.units import Unit
from strandline.strategy.model.cited import Cited, ForCategories
from strandline.strategy.nodes import Condition


class Audience(StrEnum):
    """For which schools: the three columns of a published offer."""

    ALL = "all"
    MAINTAINED = "maintained"
    ACADEMY = "academy"


class Supply(StrEnum):
    """How support reaches the school."""

    PROVIDED = "provided"
    BOUGHT = "bought"
    BROKERED = "brokered"


class Tier(StrEnum):
    """For every school, or for those who need it."""

    UNIVERSAL = "universal"
    TARGETED = "targeted"


class Need(StrEnum):
    """Whether the school has it by right or where it is needed."""

    ENTITLED = "entitled"
    IF_NEEDED = "if_needed"


class Status(StrEnum):
    """Whether the source says that it is so, or that it is meant to be, or gives it as an example."""

    IN_FORCE = "in_force"
    PLANNED = "planned"
    EXAMPLE = "example"


class Visit(StrEnum):
    """What contact an offer holds. No visit by policy is not an overdue visit."""

    NONE_BY_POLICY = "none_by_policy"
    CONTACT = "contact"
    LIAISON = "liaison"
    VISIT = "visit"
    UNSTATED = "unstated"


class Period(StrEnum):
    """Rhythms other than a number of days."""

    DAYS = "days"
    HALF_TERM = "half_term"
    TERM = "term"
    YEAR = "year"
    ONCE = "once"
    AS_NEEDED = "as_needed"


class Activity(StrEnum):
    """What it is that recurs."""

    VISIT = "visit"
    MEETING = "meeting"
    REVIEW = "review"
    REPORT = "report"
    PLAN = "plan"
    SEMINAR = "seminar"
    TRAINING = "training"
    DESKTOP = "desktop"
    CONTACT = "contact"


class Confidence(StrEnum):
    """How sure the reading of a damaged source is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Every:
    """How often: a number of days, or a rhythm of the school year."""

    period: Period
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Every:
        """Read `14 days`, `2 weeks`, `half_term`, `term`, `year`, `once`, `as_needed`. Raises: ValueError."""
        if match := re.fullmatch(r"([1-9]\d*) (day|week)s?", text):
            return cls(Period.DAYS, int(match[1]) * (7 if match[2] == "week" else 1))
        if text == Period.DAYS:
            raise ValueError(text)
        return cls(Period(text))

    def __str__(self) -> str:
        return f"{self.days} days" if self.period is Period.DAYS else self.period.value


@dataclass(frozen=True, slots=True)
class DayRange:
    """A number of days; where `least` and `most` differ a person chooses and says why."""

    least: float
    most: float

    @property
    def chosen_by_a_person(self) -> bool:
        """True where the source leaves a choice."""
        return self.least != self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLevel(Cited):
    """One level of risk."""

    code: str
    words: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Cited):
    """The second axis: judged on every dimension, then given a level."""

    title: str = ""
    dimensions: tuple[str, ...] = ()
    levels: tuple[RiskLevel, ...] = ()
    judgement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreDays(Cited):
    """Officer days a year that every school has."""

    days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraDays(ForCategories):
    """Further days for some categories at some risk; `any` is every risk."""

    days: DayRange
    risk: str = "any"
    status: Status = Status.IN_FORCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Days(Cited):
    """Officer days a year: core, and extra by category and risk; the first extra row that fits counts."""

    core: CoreDays
    extra: tuple[ExtraDays, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer(Cited):
    """Who may pay for support."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement(ForCategories):
    """A type of support and the categories entitled to it."""

    key: str
    title: str
    when: Condition | None = None
    audience: Audience = Audience.ALL
    payers: tuple[str, ...] = ()
    supply: tuple[Supply, ...] = ()
    tier: Tier | None = None
    need: Need = Need.ENTITLED
    status: Status = Status.IN_FORCE
    provider_types: tuple[str, ...] = ()
    confidence: Confidence | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferItem(Cited):
    """One thing offered."""

    key: str
    title: str
    every: Every | None = None
    visit: Visit = Visit.UNSTATED
    when: Condition | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPreset(Cited):
    """One reading of which category has which item."""

    name: str
    title: str
    by_category: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Cited):
    """What is available to an audience, to all of it or by category."""

    key: str
    title: str
    audience: Audience
    items: tuple[OfferItem, ...]
    by_category: Mapping[str, str] = field(default_factory=dict)
    presets: Mapping[str, OfferPreset] = field(default_factory=dict)
    default_preset: str = ""
    text: str = ""

    def item(self, key: str) -> OfferItem:
        """The item called `key`. Raises: KeyError."""
        return {item.key: item for item in self.items}[key]

    def by_category_under(self, preset: str = "") -> Mapping[str, str]:
        """Category code → item key under a preset (the default one if none is named). Raises: KeyError."""
        name = preset or self.default_preset
        return self.presets[name].by_category if self.presets else self.by_category


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence(ForCategories):
    """Something that recurs for schools in some categories."""

    key: str
    title: str
    kind: Activity
    every: Every
    term_time_only: bool = True
    audience: Audience = Audience.ALL
    when: Condition | None = None
    after: str = ""
    chair: str = ""
    by: str = ""
    recipients: tuple[str, ...] = ()
    stated: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(ForCategories):
    """Money for schools in some categories; no rate means that the source gives no figure."""

    rate: float | None = field(metadata={"word_for_none": "unset"})
    triggers: bool
    status: Status = Status.IN_FORCE
    lead: str = ""
    words: str = ""


class Basis(StrEnum):
    """What the rate is multiplied by."""

    PUPILS = "pupils"
    SCHOOLS = "schools"


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding(Cited):
    """A formula: rate by category, times pupils or schools."""

    key: str
    title: str
    rates: tuple[Rate, ...]
    basis: Basis = Basis.PUPILS
    other_bases: tuple[Basis, ...] = ()
    pupils_feature: str = "pupils_on_roll"
    unit: Unit = Unit.POUNDS_PER_PUPIL

    def rate(self, category: str) -> Rate | None:
        """The row that covers `category`."""
        return next((rate for rate in self.rates if rate.covers(category)), None)
