"""A whole strategy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from strandline.kernel.citations import Source
from strandline.strategy.model.cited import Cited, Place
from strandline.strategy.model.offers import Cadence, Days, Entitlement, Funding, Offer, Payer, Risk
from strandline.strategy.model.people import (
    Bands,
    Board,
    Consortium,
    Eligibility,
    Indicator,
    Item,
    Protocol,
    Statement,
    Survey,
)
from strandline.strategy.model.rules import (
    Category,
    Inspections,
    Judgement,
    Parameter,
    Rule,
    Scope,
    Setting,
)

LISTS = (
    "priorities",
    "roles",
    "services",
    "provider_types",
    "forums",
    "accreditations",
    "evidence",
    "groups",
    "areas",
    "duties",
    "plans",
    "drivers",
    "documents",
    "deadlines",
    "events",
    "stakeholders",
    "networks",
    "partners",
    "register",
    "benefits",
    "tags",
    "tiers",
    "consultation",
    "expectations",
    "functions",
    "budget",
    "figures",
    "inconsistencies",
    "implications",
    "objectives",
    "recommendations",
    "contacts",
    "sister_strategies",
    "programmes",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """From when to when a strategy is in force, both inclusive."""

    since: date | None = field(default=None, metadata={"key": "from"})
    until: date | None = field(default=None, metadata={"key": "to"})

    def covers(self, day: date) -> bool:
        """True where the strategy is in force on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Cited):
    """When the scheme lapses unless it is approved again."""

    every_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFile:
    """A file that a pack was read from."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """
    An authority's strategy as data.

    `parameters`, `judgements`, `settings`, `rules`, `indicators`, `bands` and `lists` hold what imported packs bring as
    well; every other section is the pack's own.
    """

    id: str
    title: str
    authority: str
    publisher: str = ""
    library: bool = False
    summary: str = ""
    in_force: InForce = field(default_factory=InForce)
    review: Review | None = None
    imports: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    scope: Scope = field(default_factory=Scope)
    inspections: Inspections = field(default_factory=Inspections)
    vocabulary: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    categories: tuple[Category, ...] = ()
    risk: Risk | None = None
    days: Days | None = None
    payers: Mapping[str, Payer] = field(default_factory=dict)
    entitlements: tuple[Entitlement, ...] = ()
    offers: tuple[Offer, ...] = ()
    cadence: tuple[Cadence, ...] = ()
    funding: tuple[Funding, ...] = ()
    bands: tuple[Bands, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    consortia: tuple[Consortium, ...] = ()
    boards: tuple[Board, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    protocols: tuple[Protocol, ...] = ()
    survey: Survey | None = None
    statement: Statement | None = None
    lists: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    files: tuple[PackFile, ...] = ()
    sha256: str = ""
    place: Place = field(default=Place(), compare=False, repr=False)

    @property
    def codes(self) -> tuple[str, ...]:
        """Category codes in the order of decision."""
        return tuple(category.code for category in self.categories)

    def category(self, code: str) -> Category:
        """The category called `code`. Raises: KeyError."""
        return {category.code: category for category in self.categories}[code]

    def word(self, key: str, default: str) -> str:
        """The authority's own word for a thing, such as its name for an officer."""
        return self.vocabulary.get(key, default)
