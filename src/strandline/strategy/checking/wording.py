"""Rules: known names, no clash of names, no circle, types that can be compared, years that the facts hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from strandline.catalogue import FEATURES
from strandline.strategy.checking.findings import Finding, error
from strandline.strategy.model import Cited, Indicator, Pack, Place, Rule, RuleVersion
from strandline.strategy.names import AS_AT, Role, base_rule, feature_years_before, known_names
from strandline.strategy.nodes import Condition, Value, names
from strandline.strategy.types import type_problems, value_problems


def rule_findings(pack: Pack) -> Iterator[Finding]:
    """Everything wrong with what rules say."""
    yield from _clashes(pack)
    known = known_names(pack)
    for condition, place in conditions(pack):
        for problem in type_problems(condition, known):
            yield error(problem, place)
    for indicator in pack.indicators:
        yield from _formula(indicator)
    yield from _circles(pack)
    yield from _too_far_back(pack)


def conditions(part: object) -> Iterator[tuple[Condition, Place]]:
    """Every condition inside a pack, with the place of the part that holds it."""
    if is_dataclass(part) and not isinstance(part, type):
        place = getattr(part, "place", Place())
        for field in fields(part):
            if field.name in ("when", "applies_when", "applies_to"):
                condition = getattr(part, field.name)
                if condition is not None:
                    yield condition, place
            elif field.name not in ("citations", "place"):
                yield from conditions(getattr(part, field.name))
    elif isinstance(part, dict):
        for inner in part.values():
            yield from conditions(inner)
    elif isinstance(part, tuple):
        for inner in part:
            yield from conditions(inner)


def _clashes(pack: Pack) -> Iterator[Finding]:
    seen: dict[str, str] = dict.fromkeys(FEATURES, "a feature of the catalogue") | {AS_AT: "the as-at date"}
    sections: tuple[tuple[str, dict[str, Cited]], ...] = (
        ("a parameter", dict(pack.parameters)),
        ("a judgement", dict(pack.judgements)),
        ("a setting", dict(pack.settings)),
        ("a rule", dict(pack.rules)),
    )
    for called, section in sections:
        for name, part in section.items():
            if name in seen:
                yield error(f"{name} is {called} and {seen[name]}", part.place, "Give it a name of its own")
            seen.setdefault(name, called)


def _formula(indicator: Indicator) -> Iterator[Finding]:
    if indicator.feature and indicator.feature not in FEATURES:
        yield error(f"{indicator.key} is held by {indicator.feature}, which is not a feature", indicator.place)
    formula: Value | None = indicator.formula
    if formula is None:
        return
    for name in names(formula):
        if name not in indicator.inputs:
            yield error(f"the formula of {indicator.key} uses {name}, which is not one of its inputs", indicator.place)
    for problem in value_problems(formula, {}):
        if not problem.startswith("there is no name"):
            yield error(problem, indicator.place)


def _circles(pack: Pack) -> Iterator[Finding]:
    uses = {rule.name: _used(rule) & set(pack.rules) for rule in pack.rules.values()}
    settled: set[str] = set()
    while ready := {name for name, used in uses.items() if name not in settled and used <= settled}:
        settled |= ready
    for name in uses.keys() - settled:
        if _reaches(name, name, uses):
            what = f"the rule {name} uses itself, by way of {', '.join(sorted(uses[name]))}"
            yield error(what, pack.rules[name].place)


def _reaches(start: str, goal: str, uses: dict[str, set[str]]) -> bool:
    seen: set[str] = set()
    waiting = list(uses[start])
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(uses[name])
    return False


def _used(rule: Rule) -> set[str]:
    applies = set(names(rule.applies_when)) if rule.applies_when else set()
    return applies | {rule.same_as} | {name for version in rule.versions for name in _mentioned(version)}


def _mentioned(version: RuleVersion) -> set[str]:
    parts = (version.when, version.applies_when)
    return {name for part in parts if part is not None for name in names(part)}


def _too_far_back(pack: Pack) -> Iterator[Finding]:
    known = known_names(pack)
    for rule in pack.rules.values():
        base, years = base_rule(pack, rule)
        for name in sorted({n for version in base.versions for n in _mentioned(version)}):
            if name in known and known[name].role is Role.FEATURE and feature_years_before(name, years) is None:
                what = f"{rule.name} needs {name} {years} results years earlier, which the facts do not hold"
                yield error(what, rule.place)
