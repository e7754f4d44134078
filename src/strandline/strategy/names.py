"""Every name that a pack's rules may use: what it is, its kind, and what it becomes some results years earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from strandline.catalogue import FEATURES, Group, Kind
from strandline.kernel.units import Unit
from strandline.strategy.model import Pack, Parameter, Rule

AS_AT = "as_at"
SUFFIXES = ("", "_previous", "_before_previous")
RESULTS = frozenset(group for group in Group if group.startswith(("ks2", "ks4")))


class Role(StrEnum):
    """What a name stands for."""

    FEATURE = "feature"
    PARAMETER = "parameter"
    JUDGEMENT = "judgement"
    SETTING = "setting"
    RULE = "rule"
    AS_AT = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A name with its role, kind, unit and, for a code, the values that it may have."""

    name: str
    role: Role
    kind: Kind
    unit: Unit = Unit.NONE
    values: tuple[str, ...] = ()


def known_names(pack: Pack) -> Mapping[str, Known]:
    """Every name of `pack`; one used twice keeps its first role (checking reports it)."""
    names: dict[str, Known] = {AS_AT: Known(name=AS_AT, role=Role.AS_AT, kind=Kind.DATE)}
    for feature in FEATURES.values():
        known = Known(name=feature.name, role=Role.FEATURE, kind=feature.kind, unit=feature.unit, values=feature.values)
        names.setdefault(feature.name, known)
    for parameter in pack.parameters.values():
        base, _ = base_parameter(pack, parameter)
        known = Known(name=parameter.name, role=Role.PARAMETER, kind=base.kind, unit=base.unit)
        names.setdefault(parameter.name, known)
    for judgement in pack.judgements.values():
        known = Known(
            name=judgement.name,
            role=Role.JUDGEMENT,
            kind=judgement.kind,
            unit=judgement.unit,
            values=tuple(judgement.values),
        )
        names.setdefault(judgement.name, known)
    for setting in pack.settings.values():
        known = Known(name=setting.name, role=Role.SETTING, kind=Kind.CODE, values=tuple(setting.values))
        names.setdefault(setting.name, known)
    for rule in pack.rules.values():
        names.setdefault(rule.name, Known(name=rule.name, role=Role.RULE, kind=Kind.BOOLEAN))
    return names


def base_parameter(pack: Pack, parameter: Parameter) -> tuple[Parameter, int]:
    """The parameter that holds the values, and how many results years earlier it is read."""
    years = 0
    seen = {parameter.name}
    while parameter.same_as:
        years += parameter.years_before
        other = pack.parameters.get(parameter.same_as)
        if other is None or other.name in seen:
            break
        seen.add(other.name)
        parameter = other
    return parameter, years


def base_rule(pack: Pack, rule: Rule) -> tuple[Rule, int]:
    """The rule that holds the versions, and how many results years earlier it is read."""
    years = 0
    seen = {rule.name}
    while rule.same_as:
        years += rule.years_before
        other = pack.rules.get(rule.same_as)
        if other is None or other.name in seen:
            break
        seen.add(other.name)
        rule = other
    return rule, years


def feature_years_before(name: str, years: int) -> str | None:
    """The feature some results years earlier; itself where it has no year; None where the facts hold none so old."""
    feature = FEATURES[name]
    if feature.group not in RESULTS or not years:
        return name
    back = feature.years_back + years
    if back >= len(SUFFIXES):
        return None
    stem = name.removesuffix(SUFFIXES[feature.years_back])
    earlier = stem + SUFFIXES[back]
    return earlier if earlier in FEATURES else None


def dated_name(name: str, years: int) -> str:
    """How a rule or parameter of an earlier results year is called inside a resolved pack."""
    return f"{name}__{years}_before" if years else name
