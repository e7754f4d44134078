"""
What a paper is made from: plain rows that `runs` fills from a run, its facts and its pack.

Every number comes with a scalar query over the run's tables (`decisions`, `facts`, `missing`, `entitlements`), so that
a reader's "where does this come from" is answered by asking again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from strandline.kernel.citations import Verification
from strandline.kernel.errors import BugError
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

    @property
    def quoted(self) -> str:
        """The title in quotation marks, with the publisher where one is named."""
        return f"“{self.title}”" + (f" ({self.publisher})" if self.publisher else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCount:
    """How many schools stand in one category. `step` is the pack's colour step, 1 palest to 8, not a traffic light."""

    code: str
    title: str
    words: str
    count: Number
    step: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsSummary:
    """What became of every school in the run; the four states add up to `schools`."""

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
    """
    One authority's place and proportion.

    Units:   x, y in metres east and north, or degrees of longitude and latitude.
    Missing: a proportion whose numbers are None says why; the authority is drawn as not known.
    """

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
class RuleFlagged:
    """A rule or category that the run used and whose source has not been read itself."""

    meaning: str
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
    entitlements_source: str = ""
    parameters: tuple[ParameterUsed, ...] = ()
    rules_flagged: tuple[RuleFlagged, ...] = ()
    named_schools: tuple[NamedSchool, ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()
    meeting: Meeting = Meeting()

    def __post_init__(self) -> None:
        placed = sum(row.count.value or 0 for row in self.categories)
        if self.categories and placed != self.decisions.decided.value:
            message = f"The categories add up to {placed} schools, but {self.decisions.decided.value} are decided"
            raise BugError(message)
        rest = self.decisions
        parts = (rest.decided, rest.undecided, rest.needs_judgement, rest.out_of_scope)
        if sum(number.value or 0 for number in parts) != rest.schools.value:
            message = f"The states of decision do not add up to the {rest.schools.value} schools of the run"
            raise BugError(message)
