"""A pack at one moment: parameters become figures with their provenance, rules become conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from strandline.catalogue import Kind, nearest_names
from strandline.kernel.citations import Citation
from strandline.kernel.dates import AcademicYear, long_date
from strandline.kernel.errors import UserError
from strandline.strategy.model import Category, Clock, Pack, Parameter, Rule, Scalar
from strandline.strategy.names import (
    AS_AT,
    Known,
    Role,
    base_parameter,
    base_rule,
    dated_name,
    feature_years_before,
    known_names,
)
from strandline.strategy.nodes import Condition, Node, Truth, names, renamed
from strandline.strategy.types import type_problems


class PackNotUsable(UserError):
    """A pack cannot be put to use as it stands; `strandline packs check` lists why."""


class UnknownSetting(UserError):
    """A setting, or a value for it, that the pack does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A parameter, setting or date with its value at the moment; without a value it says why."""

    known: Known
    value: Scalar | None
    why_none: str = ""
    title: str = ""
    period: str = ""
    citations: tuple[Citation, ...] = ()
    parameter: Parameter | None = None

    @property
    def citation(self) -> Citation | None:
        """The citation that is shown."""
        return self.citations[0] if self.citations else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedRule:
    """A rule at the moment. `condition` is None where the pack says nothing; `none` says why there was no such rule."""

    name: str
    title: str
    applies_when: Condition | None = None
    condition: Condition | None = None
    none: str = ""
    unstated: str = ""
    period: str = ""
    citations: tuple[Citation, ...] = ()
    rule: Rule

    @property
    def citation(self) -> Citation | None:
        """The citation that is shown."""
        return self.citations[0] if self.citations else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedCategory:
    """A category with the condition that is tried."""

    category: Category
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedPack:
    """
    A pack at one moment, ready to decide.

    `rules` stand in an order in which each follows those it uses. `inputs` are the features and judgements that any
    rule, category or the scope mentions.
    """

    pack: Pack
    as_at: date
    clocks: Mapping[str, int | None]
    constants: Mapping[str, Constant]
    rules: Mapping[str, ResolvedRule]
    categories: tuple[ResolvedCategory, ...]
    scope: Condition | None
    inputs: tuple[Known, ...]
    known: Mapping[str, Known]
    warnings: tuple[str, ...] = ()


def resolve(
    pack: Pack,
    *,
    as_at: date,
    clocks: Mapping[str, int | None] | None = None,
    settings: Mapping[str, str] | None = None,
) -> ResolvedPack:
    """
    `pack` as it stands on `as_at`, for results of the years in `clocks` (`{"ks2_results_year": 2017}`).

    Raises: PackNotUsable, UnknownSetting.
    """
    return _Resolution(pack, as_at, dict(clocks or {}), dict(settings or {})).resolved()


class _Resolution:
    def __init__(self, pack: Pack, as_at: date, clocks: dict[str, int | None], settings: dict[str, str]) -> None:
        self.pack = pack
        self.as_at = as_at
        self.clocks = clocks
        self.known = dict(known_names(pack))
        self.constants = self.settings(settings) | {
            AS_AT: Constant(known=self.known[AS_AT], value=as_at, title="the as-at date")
        }
        self.rules: dict[str, ResolvedRule] = {}
        self.resolving: list[str] = []

    def resolved(self) -> ResolvedPack:
        for parameter in self.pack.parameters.values():
            self.parameter(parameter.name, 0)
        for rule in self.pack.rules.values():
            self.rule(rule.name, 0)
        categories = tuple(
            ResolvedCategory(category=category, condition=self.ready(category.when or Truth(False), 0, category.code))
            for category in self.pack.categories
        )
        applies_to = self.pack.scope.applies_to
        scope = self.ready(applies_to, 0, "scope") if applies_to else None
        return ResolvedPack(
            pack=self.pack,
            as_at=self.as_at,
            clocks=MappingProxyType(self.clocks),
            constants=MappingProxyType(self.constants),
            rules=MappingProxyType(self.rules),
            categories=categories,
            scope=scope,
            inputs=self.inputs([category.condition for category in categories], scope),
            known=MappingProxyType(self.known),
            warnings=self.warnings(),
        )

    def settings(self, chosen: dict[str, str]) -> dict[str, Constant]:
        for name, value in chosen.items():
            setting = self.pack.settings.get(name)
            if setting is None or value not in setting.values:
                among = setting.values if setting else self.pack.settings
                what = f"{name} cannot be {value}" if setting else f"the pack {self.pack.id} has no setting {name}"
                raise UnknownSetting(what, what_to_do=f"There are {', '.join(among) or 'none'}")
        return {
            setting.name: Constant(
                known=self.known[setting.name],
                value=chosen.get(setting.name, setting.default),
                title=setting.title,
                citations=setting.citations,
            )
            for setting in self.pack.settings.values()
        }

    def moment(self, clock: Clock, years: int) -> int | date | None:
        if not clock.counts_years:
            return self.as_at
        year = self.clocks.get(clock.value)
        return year - years if year is not None else None

    def parameter(self, name: str, years: int) -> str:
        base, own_years = base_parameter(self.pack, self.pack.parameters[name])
        years = years if base.clock.counts_years else 0
        called = dated_name(name, years)
        if called in self.constants:
            return called
        moment = self.moment(base.clock, years + own_years)
        version = next((v for v in base.values if moment is not None and v.covers(moment)), None)
        self.known.setdefault(called, self.known[name])
        self.constants[called] = Constant(
            known=self.known[called],
            value=version.value if version else None,
            why_none=version.none if version else unstated(base.clock, moment),
            title=base.title or base.meaning or base.name,
            period=version.period if version else "",
            citations=version.citations if version else base.citations,
            parameter=base,
        )
        return called

    def rule(self, name: str, years: int) -> str:
        called = dated_name(name, years)
        if called in self.rules:
            return called
        if called in self.resolving:
            raise PackNotUsable(f"the rule {name} uses itself, by way of {', '.join(self.resolving)}")
        own = self.pack.rules[name]
        base, own_years = base_rule(self.pack, own)
        back = years + own_years
        self.resolving.append(called)
        moment = self.moment(base.clock, back)
        version = next((v for v in base.versions if moment is not None and v.covers(moment)), None)
        applies_when = (version.applies_when if version else None) or base.applies_when
        resolved = ResolvedRule(
            name=called,
            title=own.title or base.title or base.name,
            applies_when=self.ready(applies_when, back, name) if applies_when else None,
            condition=self.ready(version.when, back, name) if version and version.when else None,
            none=version.none if version else "",
            unstated="" if version else unstated(base.clock, moment),
            period=version.period if version else "",
            citations=version.citations if version else base.citations,
            rule=own,
        )
        self.resolving.pop()
        self.known.setdefault(called, self.known[name])
        self.rules[called] = resolved
        return called

    def ready(self, condition: Condition, years: int, where: str) -> Condition:
        """`condition` with every name dated, rules and parameters resolved, and its types proved."""
        mapping: dict[str, str] = {}
        for name in names(condition):
            if name not in self.known:
                near = nearest_names(name, among=self.known)
                advice = f"Did you mean {', '.join(near)}?" if near else ""
                raise PackNotUsable(f"{where} uses {name}, which is not known", what_to_do=advice)
            mapping[name] = self.dated(name, years, where)
        ready: Node = renamed(condition, mapping)
        if problems := type_problems(ready, self.known):
            raise PackNotUsable(f"{where} cannot be decided: {'; '.join(problems)}")
        return ready  # type: ignore[return-value]

    def dated(self, name: str, years: int, where: str) -> str:
        match self.known[name].role:
            case Role.RULE:
                return self.rule(name, years)
            case Role.PARAMETER:
                return self.parameter(name, years)
            case Role.FEATURE:
                earlier = feature_years_before(name, years)
                if earlier is None:
                    raise PackNotUsable(
                        f"{where} needs {name} {years} results years earlier, which the facts do not hold"
                    )
                return earlier
            case _:
                return name

    def inputs(self, conditions: list[Condition], scope: Condition | None) -> tuple[Known, ...]:
        rules = [c for rule in self.rules.values() for c in (rule.applies_when, rule.condition)]
        every = [condition for condition in (*conditions, scope, *rules) if condition is not None]
        used = dict.fromkeys(name for condition in every for name in names(condition))
        wanted = (self.known[name] for name in used)
        return tuple(known for known in wanted if known.role in (Role.FEATURE, Role.JUDGEMENT))

    def warnings(self) -> tuple[str, ...]:
        if self.pack.in_force.covers(self.as_at):
            return ()
        force = self.pack.in_force
        ends = (("from", force.since), ("to", force.until))
        span = " ".join(f"{word} {long_date(day)}" for word, day in ends if day)
        return (f"{self.pack.title} is in force {span}; it was applied as at {long_date(self.as_at)}",)


def unstated(clock: Clock, moment: int | date | None) -> str:
    """Why there is no value: the pack is silent for this moment, or there is no moment."""
    if moment is None:
        stage = clock.value.removesuffix("_results_year")
        return f"no {stage.upper()} results had been published"
    if isinstance(moment, int):
        return f"the pack states nothing for results year {AcademicYear(moment)}"
    return f"the pack states nothing for {long_date(moment)}"


def is_number(known: Known) -> bool:
    """True where the value is compared as a double."""
    return known.kind in (Kind.NUMBER, Kind.INTEGER)
