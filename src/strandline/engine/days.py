"""Officer days by category and risk, and their demand against the officers' capacity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from strandline.engine.evaluate import School, evaluate
from strandline.engine.resolve import ResolvedPack
from strandline.kernel.citations import Citation
from strandline.kernel.errors import BugError, UserError
from strandline.kernel.missing import Missing
from strandline.strategy.model import ExtraDays, Pack, Status

ANY_RISK = "any"


class ChoiceNotAllowed(UserError):
    """A chosen number of days is outside what the strategy leaves open, or has no reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessed:
    """A school's level of risk; without one, `lacking` names the judgements that are not there."""

    level: str | None
    lacking: tuple[str, ...] = ()
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChoice:
    """What a person chose where the strategy leaves a range, with the reason that is kept."""

    extra_days: float
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysDue:
    """
    Officer days a year for one school.

    Units:   days. `least` and `most` differ until risk is assessed and a range is settled.
    Missing: `why_open` says what is still wanted.
    """

    core: float
    least: float
    most: float
    risk: str | None
    status: Status
    why_open: str = ""
    choice: DayChoice | None = None
    citation: Citation | None = None

    @property
    def settled(self) -> bool:
        """True where there is one number of days."""
        return self.least == self.most

    @property
    def days(self) -> float | None:
        """The number of days; None while it is open."""
        return self.least if self.settled else None


def assess_risk(resolved: ResolvedPack, school: School) -> RiskAssessed:
    """
    The school's level of risk: judged on every dimension, then by rule or by the judgement of the level.

    Missing: a dimension or a level that no officer has supplied leaves the level open and is named.
    """
    risk = resolved.pack.risk
    if risk is None:
        return RiskAssessed(level=None)
    wanted = risk.dimensions if any(level.when for level in risk.levels) else (*risk.dimensions, risk.judgement)
    lacking = tuple(name for name in wanted if _absent(school.get(name)))
    if lacking:
        return RiskAssessed(level=None, lacking=lacking, citation=risk.citation)
    for level in risk.levels:
        if level.when is not None and evaluate(resolved, level.when, school).truth:
            return RiskAssessed(level=level.code, citation=level.citation or risk.citation)
    judged = school.get(risk.judgement) if risk.judgement else None
    codes = [level.code for level in risk.levels]
    return RiskAssessed(level=judged if judged in codes else None, citation=risk.citation)  # type: ignore[arg-type]


def days_due(resolved: ResolvedPack, category: str, school: School, *, choice: DayChoice | None = None) -> DaysDue:
    """
    Officer days a year for a school in `category`: core, and extra by category and risk.

    Raises: ChoiceNotAllowed when `choice` lies outside the range or gives no reason.
    """
    days = resolved.pack.days
    if days is None:
        raise BugError(f"the pack {resolved.pack.id} states no officer days")
    assessed = assess_risk(resolved, school)
    rows = _rows(days.extra, category, assessed.level)
    least = min((row.days.least for row in rows), default=0.0)
    most = max((row.days.most for row in rows), default=0.0)
    why = _why_open(assessed, least, most)
    if choice is not None:
        least = most = _chosen(choice, least=least, most=most, extra=rows)
        why = ""
    planned = bool(rows) and all(row.status is not Status.IN_FORCE for row in rows)
    cited = rows[0].citation if rows else days.core.citation
    return DaysDue(
        core=days.core.days,
        least=days.core.days + least,
        most=days.core.days + most,
        risk=assessed.level,
        status=Status.PLANNED if planned else Status.IN_FORCE,
        why_open=why,
        choice=choice,
        citation=cited or days.citation,
    )


class Ceiling(StrEnum):
    """Which end of the open ranges a demand is reckoned at."""

    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Officer days wanted by a set of schools. Units: days a year."""

    schools: int
    core: float
    least: float
    most: float

    @property
    def extra_most(self) -> float:
        """The extra days at the upper end."""
        return self.most - self.core


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Demand beside capacity. `shortfall` is positive where there are too few days."""

    demand: Demand
    capacity: float
    officers: int

    @property
    def shortfall_least(self) -> float:
        """Days wanting if every open range settles at its lower end; never below nought."""
        return max(0.0, self.demand.least - self.capacity)

    @property
    def shortfall_most(self) -> float:
        """Days wanting if every open range settles at its upper end; never below nought."""
        return max(0.0, self.demand.most - self.capacity)

    @property
    def days_for_each_officer(self) -> float | None:
        """The demand at its upper end shared among the officers."""
        return self.demand.most / self.officers if self.officers else None

    @property
    def warning(self) -> str:
        """A sentence where the days do not reach, else empty."""
        if not self.shortfall_most:
            return ""
        wanted = f"{self.demand.most:g} days are wanted at most and {self.capacity:g} are there"
        return f"{wanted}: {self.shortfall_most:g} too few for {self.demand.schools} schools."


def demand(due: Iterable[DaysDue]) -> Demand:
    """Sum the days of many schools (formula F6)."""
    rows = tuple(due)
    return Demand(
        schools=len(rows),
        core=sum(row.core for row in rows),
        least=sum(row.least for row in rows),
        most=sum(row.most for row in rows),
    )


def demand_of_counts(pack: Pack, counts: Mapping[str, int]) -> Demand:
    """The demand of so many schools in each category, whatever their risk: its least and its most."""
    if pack.days is None:
        raise BugError(f"the pack {pack.id} states no officer days")
    core = pack.days.core.days
    extra = {code: _rows(pack.days.extra, code, None) for code in counts}
    least = {code: min((row.days.least for row in rows), default=0.0) for code, rows in extra.items()}
    most = {code: max((row.days.most for row in rows), default=0.0) for code, rows in extra.items()}
    schools = sum(counts.values())
    return Demand(
        schools=schools,
        core=core * schools,
        least=sum(number * (core + least[code]) for code, number in counts.items()),
        most=sum(number * (core + most[code]) for code, number in counts.items()),
    )


def balance(wanted: Demand, officers: Mapping[str, float]) -> Balance:
    """Hold a demand against the days that each officer has."""
    return Balance(demand=wanted, capacity=sum(officers.values()), officers=len(officers))


def _rows(extra: tuple[ExtraDays, ...], category: str, risk: str | None) -> tuple[ExtraDays, ...]:
    """The row that fits, or every row that still may while risk is open."""
    fitting = tuple(row for row in extra if row.covers(category))
    if risk is None and any(row.risk != ANY_RISK for row in fitting):
        return fitting
    return next(((row,) for row in fitting if row.risk in (ANY_RISK, risk)), ())


def _why_open(assessed: RiskAssessed, least: float, most: float) -> str:
    if least == most:
        return ""
    if assessed.level is None:
        wanted = ", ".join(assessed.lacking) or "the level of risk"
        return f"risk is not assessed: {wanted} not supplied"
    return f"the strategy leaves {least:g} to {most:g} extra days; a person chooses and gives a reason"


def _chosen(choice: DayChoice, *, least: float, most: float, extra: tuple[ExtraDays, ...]) -> float:
    span = f"{least:g}" if least == most else f"{least:g} to {most:g}"
    if not least <= choice.extra_days <= most or choice.extra_days != int(choice.extra_days):
        raise ChoiceNotAllowed(
            f"{choice.extra_days:g} extra days cannot be chosen", what_to_do=f"The strategy allows {span} whole days"
        )
    if len(extra) > 1:
        raise ChoiceNotAllowed(
            "Extra days cannot be chosen before risk is assessed", what_to_do="Supply the judgements of risk first"
        )
    if not choice.reason.strip():
        raise ChoiceNotAllowed(f"{choice.extra_days:g} extra days were chosen without a reason", what_to_do="Give one")
    return choice.extra_days


def _absent(value: object) -> bool:
    return value is None or isinstance(value, Missing)
