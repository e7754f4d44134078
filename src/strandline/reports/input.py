"""
What a paper is made from: plain rows that `runs` fills from a run, its facts and its pack.

Every number comes with a scalar query over the run's tables (`decisions`, `facts`, `missing`, `entitlements`), so that
a reader's "where does this come from" is answered by asking again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from strandline.kernel.citations import Verification
from strandline.reports.figures import Number, Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView:
    """The strategy that was applied, as a reader needs to know it."""

    id: str
    title: str
    publisher: str
    in_force: str
    citations: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCount:
    """How many schools stand in one category. `step` is the pack's colour step (1 palest … 8), never a traffic light."""

    code: str
    title: str
    words: str
    count: Number
    step: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsSummary:
    """What became of every school in the run; the five numbers add up to `schools`, `decided` among them."""

    schools: Number
    decided: Number
    undecided: Number
    needs_judgement: Number
    out_of_scope: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingCount:
    """How many undecided schools lack a figure, and why. One school may lack several."""

    feature: str
    reason: str
    schools: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """One line of an inspection profile: a phase, or an area of the report card."""

    label: str
    local: Proportion
    national: Proportion | None = None
    not_counted: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionProfile:
    """
    Outcomes under one inspection framework, local against national; frameworks are never added together.

    `measure` ends the sentence "schools …", for example "judged good or outstanding"; `base` says of whom.
    """

    key: str
    title: str
    measure: str
    base: str
    row_heading: str
    as_at: date
    rows: tuple[ProfileRow, ...]
    places: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementTotal:
    """What the pack gives in sum: a support type, how many schools it goes to, and how much where it is measured."""

    support: str
    schools: Number
    amount: Number | None = None
    amount_words: str = ""
    payer: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityValue:
    """One authority's place and proportion. `value` None says `missing`. x, y: metres, or degrees of longitude, latitude."""

    code: str
    name: str
    x: float
    y: float
    value: Proportion
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityMap:
    """A measure for every authority. `here` is the code of the paper's own authority, empty for England."""

    measure: str
    base: str
    as_at: date
    values: tuple[AuthorityValue, ...]
    here: str = ""
    degrees: bool = False
    places: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """A file, or the run itself, that figures rest on."""

    release_id: str
    title: str
    publisher: str
    licence: str = ""
    period: str = ""
    as_at: date | None = None
    published_on: date | None = None
    status: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterUsed:
    """A threshold of the pack that the run used, with its citation and how far it was verified."""

    meaning: str
    value: str
    applies: str
    citation: str
    status: Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSchool:
    """A school by name; left out of every paper unless the template of a confidential annex asks for it."""

    urn: str
    name: str
    category: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """For whom the paper is; every part may be left empty and is then a line to fill in by hand, or absent."""

    committee: str = ""
    held_on: date | None = None
    report_of: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """Everything that a paper may say about one run."""

    area: str
    area_code: str
    as_at: date
    run_id: str
    version: str
    pack: PackView
    decisions: DecisionsSummary
    categories: tuple[CategoryCount, ...]
    releases: tuple[ReleaseView, ...]
    undecided: tuple[MissingCount, ...] = ()
    inspections: tuple[InspectionProfile, ...] = ()
    entitlements: tuple[EntitlementTotal, ...] = ()
    authorities: AuthorityMap | None = None
    parameters: tuple[ParameterUsed, ...] = ()
    named_schools: tuple[NamedSchool, ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()
    meeting: Meeting = Meeting()
