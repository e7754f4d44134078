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
BOTH = "concat_ws(',', nullif(figures, ''), nullif(judgements, ''))"


@dataclass(slots=True)
class _Sites:
    """From where each leaf and rule is reached through unknown nodes."""

    writing: Expressions
    columns: Mapping[Leaf, str]
    leaves: dict[Leaf, list[str]] = field(default_factory=dict)
    rules: dict[str, list[str]] = field(default_factory=dict)

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
    yield {"first_true": _first(tops, "{}")}
    sites = _Sites(writing, columns)
    if scope is not None:
        sites.enter(scope, "in_scope IS NULL")
    for number, (column, condition) in enumerate(tops.items(), start=1):
        sites.enter(condition, f"in_scope AND {column} IS NULL AND first_true > {number}")
    for level in _from_the_top(rules):
        reached = [rule for rule in level if rule.name in sites.rules]
        yield {_reached(writing, rule): _is_reached(writing, rule, sites.rules[rule.name]) for rule in reached}
        for rule in reached:
            for part in (rule.applies_when, rule.condition):
                if part is not None:
                    sites.enter(part, sites.step(part, _reached(writing, rule)))
    yield _wanting(writing, sites)
    yield {"state": _state(writing, tops), "missing": f"CASE WHEN {OPEN} THEN {BOTH} ELSE '' END"}


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


def _is_reached(writing: Expressions, rule: ResolvedRule, paths: list[str]) -> str:
    return f"CASE WHEN {OPEN} THEN ({_any(paths)}) AND {writing.rule_column(rule.name)} IS NULL END"


def _first(tops: Mapping[str, Condition], test: str) -> str:
    """The position of the first category of which `test` holds; one past the last where there is none."""
    tries = " ".join(f"WHEN {test.format(column)} THEN {number}" for number, column in enumerate(tops, start=1))
    first = f"CASE {tries} ELSE {len(tops) + 1} END" if tries else "1"
    return f"CASE WHEN {OPEN} THEN {first} END"


def _state(writing: Expressions, tops: Mapping[str, Condition]) -> str:
    unknown = " OR ".join(f"{column} IS NULL" for column in tops)
    undecided = f"in_scope IS NULL OR ({unknown})" if unknown else "in_scope IS NULL"
    word = {state: writing.word(state.value, [each.value for each in State]) for state in State}
    return (
        f"CASE WHEN {OPEN} THEN CASE WHEN figures <> '' THEN {word[State.UNDECIDED]} "
        f"WHEN judgements <> '' THEN {word[State.NEEDS_JUDGEMENT]} "
        f"WHEN {undecided} THEN {word[State.UNDECIDED]} ELSE {word[State.NEEDS_JUDGEMENT]} END "
        f"WHEN in_scope THEN {word[State.DECIDED]} ELSE {word[State.OUT_OF_SCOPE]} END"
    )


def _wanting(writing: Expressions, sites: _Sites) -> dict[str, str]:
    wanting: dict[str, list[str]] = {}
    for leaf, paths in sites.leaves.items():
        for name, lacks in _lacks(writing, leaf).items():
            unknown = f"({_any(paths)}) AND {sites.columns[leaf]} IS NULL"
            wanting.setdefault(name, []).append(f"{unknown} AND {lacks}" if lacks else unknown)
    for name in sites.rules:
        if writing.resolved.rules[name].unstated:
            wanting.setdefault(name, []).append(writing.dialect.identifier(f"reached__{name}"))
    known = writing.resolved.known
    judged = sorted(name for name in wanting if known[name].role is Role.JUDGEMENT)
    figures = sorted(wanting.keys() - set(judged))
    return {
        "figures": _joined_names(writing, {name: wanting[name] for name in figures}),
        "judgements": _joined_names(writing, {name: wanting[name] for name in judged}),
    }


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


def _joined_names(writing: Expressions, wanting: Mapping[str, list[str]]) -> str:
    if not wanting:
        return f"CASE WHEN {OPEN} THEN '' END"
    cases = (f"CASE WHEN {_any(tests)} THEN {writing.dialect.text(name)} END" for name, tests in wanting.items())
    return f"CASE WHEN {OPEN} THEN concat_ws(',', {', '.join(cases)}) END"


def _any(tests: list[str]) -> str:
    return " OR ".join(f"({test})" for test in dict.fromkeys(tests))
