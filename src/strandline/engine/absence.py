"""
What an undecided school is for want of, as SQL: the same walk as `trace.blamed`, from categories down to leaves.

Every column here is computed only for schools without a category, so that the rest cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from strandline.engine.categorise import State
from strandline.engine.evaluate import normal
from strandline.engine.expressions import Expressions
from strandline.engine.resolve import ResolvedRule
from strandline.strategy.names import Role
from strandline.strategy.nodes import Arithmetic, Condition, Joined, Leaf, Name, Not, names, walk

OPEN = "is_open"
SHORT = 600
"""Conditions up to this many characters are written out where they are used; longer ones become a column."""


@dataclass(slots=True)
class _Sites:
    """From where each leaf and rule is reached through unknown nodes."""

    writing: Expressions
    columns: Mapping[Leaf, str]
    leaves: dict[Leaf, list[str]] = field(default_factory=dict)
    rules: dict[str, list[str]] = field(default_factory=dict)
    found: dict[str, str] = field(default_factory=dict)

    def enter(self, node: Condition, path: str) -> None:
        """Note what is below `node`, which is unknown whenever `path` holds."""
        match node:
            case Joined(_, operands):
                for operand in operands:
                    self.enter(operand, self.step(operand, path))
            case Not(operand):
                self.enter(operand, path)
            case Name(name) if name in self.writing.resolved.rules:
                self.rules.setdefault(name, []).append(path)
            case _:
                self.leaves.setdefault(node, []).append(path)

    def step(self, node: Condition, path: str) -> str:
        """The path to an operand; a leaf or rule is tested for unknown only once, where it is named."""
        if not isinstance(node, Joined | Not):
            return path
        return f"{path} AND ({self.writing.condition(node, self.columns.__getitem__)}) IS NULL"


def absence_layers(
    writing: Expressions,
    *,
    rules: tuple[ResolvedRule, ...],
    tops: Mapping[str, Condition],
    scope: Condition | None,
    columns: Mapping[Leaf, str],
) -> Iterator[dict[str, str]]:
    """Steps of the ladder that end in `state` and in `missing`, names joined by commas."""
    yield {"is_open": "category IS NULL AND in_scope IS DISTINCT FROM FALSE"}
    sites = _Sites(writing, columns)
    if scope is not None:
        sites.enter(scope, "in_scope IS NULL")
    for number, (column, condition) in enumerate(tops.items()):
        sites.enter(condition, _still_open(column, list(tops)[:number]))
    for level in _from_the_top(rules):
        reached = {rule: _is_reached(writing, rule, sites) for rule in level if rule.name in sites.rules}
        yield {
            _reached(writing, rule): f"CASE WHEN {OPEN} THEN {text} END"
            for rule, text in reached.items()
            if len(text) > SHORT
        }
        for rule, text in reached.items():
            path = _reached(writing, rule) if len(text) > SHORT else text
            sites.found[rule.name] = path
            for part in (rule.applies_when, rule.condition):
                if part is not None:
                    sites.enter(part, sites.step(part, path))
    yield {"missing": _missing(writing, sites)}
    yield {"state": _state(writing, tops, sites)}


def _still_open(column: str, before: list[str]) -> str:
    """A category is unknown, and none before it is true."""
    earlier = f" AND NOT coalesce({' OR '.join(before)}, FALSE)" if before else ""
    return f"in_scope AND {column} IS NULL{earlier}"


def _from_the_top(rules: tuple[ResolvedRule, ...]) -> Iterator[tuple[ResolvedRule, ...]]:
    """Rules in steps: each stands after every rule that uses it."""
    depth = dict.fromkeys((rule.name for rule in rules), 0)
    for rule in reversed(rules):
        for part in (rule.applies_when, rule.condition):
            for name in names(part) if part is not None else ():
                if name in depth:
                    depth[name] = max(depth[name], depth[rule.name] + 1)
    for level in range(max(depth.values(), default=-1) + 1):
        yield tuple(rule for rule in rules if depth[rule.name] == level)


def _reached(writing: Expressions, rule: ResolvedRule) -> str:
    return writing.dialect.identifier(f"reached__{rule.name}")


def _is_reached(writing: Expressions, rule: ResolvedRule, sites: _Sites) -> str:
    return f"({_any(sites.rules[rule.name])}) AND {writing.rule_column(rule.name)} IS NULL"


def _state(writing: Expressions, tops: Mapping[str, Condition], sites: _Sites) -> str:
    """Figures stand before judgements in `missing`: where a judgement is the first, no figure is missing."""
    unknown = " OR ".join(["in_scope IS NULL", *(f"{column} IS NULL" for column in tops)])
    judgements = [n for n in _wanting(writing, sites) if writing.resolved.known[n].role is Role.JUDGEMENT]
    judged = ", ".join(writing.dialect.text(name) for name in judgements)
    waits = f"split_part(missing, ',', 1) IN ({judged})" if judged else "FALSE"
    word = {state: writing.word(state.value, [each.value for each in State]) for state in State}
    return (
        f"CASE WHEN NOT {OPEN} THEN CASE WHEN in_scope THEN {word[State.DECIDED]} ELSE {word[State.OUT_OF_SCOPE]} END "
        f"WHEN {waits} THEN {word[State.NEEDS_JUDGEMENT]} "
        f"WHEN missing <> '' OR {unknown} THEN {word[State.UNDECIDED]} ELSE {word[State.NEEDS_JUDGEMENT]} END"
    )


def _missing(writing: Expressions, sites: _Sites) -> str:
    cases = [
        f"CASE WHEN {_any(tests)} THEN {writing.dialect.text(name)} END"
        for name, tests in _wanting(writing, sites).items()
    ]
    return f"CASE WHEN {OPEN} THEN concat_ws(',', {', '.join(cases)}) ELSE '' END" if cases else "''"


def _wanting(writing: Expressions, sites: _Sites) -> dict[str, list[str]]:
    """Name → the conditions under which a decision is for want of it: figures by name, then judgements by name."""
    wanting: dict[str, list[str]] = {}
    for leaf, paths in sites.leaves.items():
        for name, lacks in _lacks(writing, leaf).items():
            unknown = f"({_any(paths)}) AND {sites.columns[leaf]} IS NULL"
            wanting.setdefault(name, []).append(f"{unknown} AND {lacks}" if lacks else unknown)
    for name, path in sites.found.items():
        if writing.resolved.rules[name].unstated:
            wanting.setdefault(name, []).append(path)
    known = writing.resolved.known
    order = sorted(wanting, key=lambda name: (known[name].role is Role.JUDGEMENT, name))
    return {name: wanting[name] for name in order}


def _lacks(writing: Expressions, leaf: Leaf) -> dict[str, str]:
    """Name → the further condition under which it is to blame for an unknown leaf; empty where it always is."""
    resolved = writing.resolved
    mentioned = names(leaf)
    constants = {name: resolved.constants[name] for name in mentioned if name in resolved.constants}
    empty = [name for name, constant in constants.items() if normal(constant.known, constant.value) is None]
    inputs = [name for name in mentioned if name not in constants]
    reckons = any(isinstance(node, Arithmetic) for node in walk(leaf))
    if len(inputs) == 1 and not empty and not reckons:
        return {inputs[0]: ""}
    lacks = {name: f"{writing.column(name)} IS NULL" for name in inputs}
    if empty:
        return lacks | dict.fromkeys(empty, "")
    if reckons:
        all_there = " AND ".join(f"{writing.column(name)} IS NOT NULL" for name in inputs) or "TRUE"
        lacks = {name: f"({text} OR ({all_there}))" for name, text in lacks.items()}
        lacks |= dict.fromkeys(constants, f"({all_there})")
    return lacks


def _any(tests: list[str]) -> str:
    return " OR ".join(f"({test})" for test in dict.fromkeys(tests))
