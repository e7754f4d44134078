"""The shapes that cross the API: what a name means stands here and in the OpenAPI document made from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, TypeVar

from ninja import Schema
from pydantic import Field

Item = TypeVar("Item")


class Problem(Schema):
    """One thing that is wrong with a question."""

    where: str = Field(description="The part of the question: `query.as_at`")
    what: str


class Error(Schema):
    """What went wrong, in a sentence, and what to do."""

    status: int
    message: str
    what_to_do: str
    request_id: str = Field(description="The number by which the desk's log finds this request")
    problems: list[Problem] = Field(default_factory=list)


class Failure(Schema):
    """The shape of every answer that is not a success."""

    error: Error


class Page(Schema, Generic[Item]):
    """One page of a list. `next` and `previous` are whole addresses; null at the ends."""

    as_at: date = Field(description="The day that the answer speaks of")
    count: int = Field(description="How many there are in all")
    page: int
    pages: int
    next: str | None = None
    previous: str | None = None
    items: list[Item]


class CategoryMark(Schema):
    """The published category under which a school is shown."""

    code: str
    title: str
    words: str
    step: int | None = Field(None, description="Its step on the strategy's scale; null where it has none")
    published_on: date


class ProposalMark(Schema):
    """What the rules propose; only told to the authority's own service."""

    state: str
    category: str
    reason: str


class SchoolRow(Schema):
    """A school in the list. Figures are null where they are missing; the school itself says why."""

    urn: int
    laestab: int | None = None
    name: str
    la: int
    phase: str
    sector: str
    legal_form: str
    establishment_type: str
    maintained: bool
    status: str
    opened_on: date | None = None
    trust_uid: str
    trust_name: str
    federation_name: str
    diocese: str
    consortium: str
    ward: str
    district: str
    postcode: str
    longitude: float | None = None
    latitude: float | None = None
    inspected_on: date | None = None
    inspection_words: str
    figures: dict[str, float | int | None] | None = Field(
        None, description="Headline figures by feature; null where the token may not see results"
    )
    category: CategoryMark | None = None
    proposal: ProposalMark | None = None


class ReleaseRow(Schema):
    """An official file behind figures."""

    release_id: str
    title: str
    publisher: str
    period: str
    status: str
    published_on: str | None = None
    licence: str
    sha256: str = ""


class MissingFigure(Schema):
    """Why there is no value, and the publisher's own mark."""

    reason: str
    token: str


class Figure(Schema):
    """A figure with the release that it comes from."""

    value: Any
    unit: str
    meaning: str
    release_id: str | None = None


class SchoolWhole(Schema):
    """A school on a day, with every figure, every reason for a missing one, and the releases behind them."""

    as_at: date
    urn: int
    name: str
    la: int
    phase: str
    sector: str
    legal_form: str
    maintained: bool
    trust_uid: str
    trust_name: str
    diocese: str
    consortium: str
    on_register: bool = Field(description="Whether the run of the day holds the school")
    category: CategoryMark | None = None
    figures: dict[str, Figure] | None = None
    missing: dict[str, MissingFigure] | None = None
    releases: list[ReleaseRow] = Field(default_factory=list)
    inspections: list[dict[str, Any]] = Field(default_factory=list)
    predecessors: list[dict[str, Any]] = Field(default_factory=list)


class CategoryRow(Schema):
    """A school's published category on a day. `lapsed`: an override has ended and the rules' category counts."""

    urn: int
    name: str
    category: str
    label: str
    step: int | None = None
    kind: str
    lapsed: bool
    published_on: date
    expires_on: date | None = None
    scheme: str
    run_id: str


class CriterionRow(Schema):
    """One criterion: the figure, what it is held against, how it came out, and where the rule is written."""

    category: str
    what: str
    value: str
    threshold: str
    met: bool | None = None
    source: str
    paragraph: str
    why_not_known: str


class CategoryWhole(CategoryRow):
    """A published category with its explanation: the same words as its page."""

    as_at: date
    decided_by: str
    departure: str = Field(description="Whether people agreed with the rules, and why where they did not")
    sentences: list[str]
    warnings: list[str]
    criteria: list[CriterionRow]
    would_improve: list[str]
    would_change: list[str]
    not_known: list[str]


class DecisionRow(Schema):
    """A published decision, in force or superseded since. People are named by role only."""

    id: int
    urn: int
    name: str
    kind: str
    category: str
    label: str
    reason: str
    proposed_by_rules: str
    decided_by: str
    published_on: date
    reply_by: date | None = None
    expires_on: date | None = None
    superseded_on: date | None = None
    scheme: str
    run_id: str


class RunRow(Schema):
    """A run of the rules over the authority's schools."""

    id: int
    run_id: str
    pack: str
    title: str
    as_at: date
    schools: int
    made_at: datetime


class RunCategoryRow(Schema):
    """A category of the run's strategy, with its rule in words."""

    code: str
    label: str
    step: int | None = None
    rule: str
    cited: str


class RunWhole(RunRow):
    """A run with its categories and the official files behind it."""

    pack_sha256: str
    categories: list[RunCategoryRow]
    releases: list[ReleaseRow]


class Total(Schema):
    """How many schools stand in a category; no school is named."""

    code: str
    label: str
    step: int | None = None
    schools: int


class Totals(Schema):
    """The published categories of the whole authority, counted."""

    as_at: date
    items: list[Total]
