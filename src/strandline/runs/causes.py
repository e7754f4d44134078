"""
Why a school moved between two runs, found by trying.

It is decided again with the old figures under the new rules, and with the new figures under the old rules. What brings
it alone to where it is now is a cause; where only both together do, both are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

import polars as pl

from strandline.catalogue import FEATURES
from strandline.engine.categorise import Decision
from strandline.engine.evaluate import decide
from strandline.engine.resolve import Constant, ResolvedPack
from strandline.engine.trace import Operand, Trace
from strandline.kernel.dates import long_date
from strandline.runs.evidence import Given, schools_in
from strandline.runs.record import Run
from strandline.runs.rules_of import rules_of
from strandline.strategy.names import AS_AT
from strandline.strategy.nodes import names


class Cause(StrEnum):
    """What moved a school."""

    FIGURE = "figure changed"
    PARAMETER = "parameter changed"
    PACK = "pack changed"
    JOINED = "joined"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A figure of a school, or a value of the pack, that is not what it was."""

    name: str
    meaning: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """The rules of two runs, and the figures of the schools that moved, read once."""

    old_rules: ResolvedPack
    new_rules: ResolvedPack
    old_schools: Mapping[int, Mapping[str, Given]]
    new_schools: Mapping[int, Mapping[str, Given]]

    @classmethod
    def of(cls, one: Run, two: Run, *, urns: pl.Series) -> Self:
        """Read what the comparison needs."""
        return cls(
            old_rules=rules_of(one),
            new_rules=rules_of(two),
            old_schools=schools_in(one, urns=urns),
            new_schools=schools_in(two, urns=urns),
        )

    def why(self, urn: int, *, joined: bool, left: bool) -> tuple[tuple[Cause, ...], tuple[Change, ...]]:
        """The causes of one school's move, and what changed in the comparisons that came out differently."""
        if joined or left:
            return ((Cause.JOINED if joined else Cause.LEFT),), ()
        old, new = self.old_schools[urn], self.new_schools[urn]
        before, after = decide(self.old_rules, old), decide(self.new_rules, new)
        by_figures = standing(decide(self.old_rules, new)) == standing(after)
        by_rules = standing(decide(self.new_rules, old)) == standing(after)
        if not by_figures and not by_rules:
            by_figures = by_rules = True
        causes = (*((Cause.FIGURE,) if by_figures else ()), *((self.rules_cause,) if by_rules else ()))
        return causes, _changes(before, after)

    @property
    def rules_cause(self) -> Cause:
        """A pack that was edited or exchanged, or the same pack whose dated values moved on."""
        same = self.old_rules.pack.sha256 == self.new_rules.pack.sha256
        return Cause.PARAMETER if same else Cause.PACK


def standing(decision: Decision) -> str:
    """The category or, without one, the state."""
    return decision.category or decision.state.value


def changed_constants(old: ResolvedPack, new: ResolvedPack) -> tuple[Change, ...]:
    """The dated values and settings behind the categories that differ; the date itself is left out."""
    wanted = sorted((behind_categories(old) | behind_categories(new)) - {AS_AT})
    pairs = ((name, old.constants.get(name), new.constants.get(name)) for name in wanted)
    return tuple(
        Change(name=name, meaning=_title(one, two), before=_constant(one), after=_constant(two))
        for name, one, two in pairs
        if (one and one.value) != (two and two.value)
    )


def behind_categories(rules: ResolvedPack) -> set[str]:
    """The constants that a category, the scope or a rule which they use may look at."""
    waiting = [each.condition for each in rules.categories] + ([rules.scope] if rules.scope else [])
    seen: set[str] = set()
    while waiting:
        for name in set(names(waiting.pop())) - seen:
            seen.add(name)
            rule = rules.rules.get(name)
            waiting += [part for part in (rule.applies_when, rule.condition) if part is not None] if rule else []
    return seen & rules.constants.keys()


def _changes(before: Decision, after: Decision) -> tuple[Change, ...]:
    """The operands, in comparisons whose truth changed, that are not what they were."""
    old, new = _leaves(before), _leaves(after)
    was = {operand.name: operand for trace in old.values() for operand in trace.operands}
    found: dict[str, Change] = {}
    for text, trace in new.items():
        if text in old and old[text].truth == trace.truth:
            continue
        for operand in trace.operands:
            earlier = was.get(operand.name)
            if earlier is not None and _shown(earlier) != _shown(operand):
                found[operand.name] = Change(
                    name=operand.name, meaning=_meaning(operand), before=_shown(earlier), after=_shown(operand)
                )
    return tuple(found[name] for name in sorted(found))


def _leaves(decision: Decision) -> dict[str, Trace]:
    """Every comparison of the scope and the categories, by its text."""
    traces = [tried.trace for tried in decision.tried]
    traces += [decision.scope] if decision.scope else []
    return {leaf.text: leaf for trace in traces for leaf in trace.leaves()}


def _meaning(operand: Operand) -> str:
    if operand.constant is not None:
        return operand.constant.title or operand.name
    return FEATURES[operand.name].meaning if operand.name in FEATURES else operand.name.replace("_", " ")


def _shown(operand: Operand) -> str:
    if operand.value is None:
        return str(operand.missing) if operand.missing else _constant(operand.constant)
    return plain(operand.value)


def _title(one: Constant | None, two: Constant | None) -> str:
    return next((each.title for each in (two, one) if each is not None and each.title), "")


def _constant(constant: Constant | None) -> str:
    if constant is None:
        return "not in the pack"
    return plain(constant.value) if constant.value is not None else constant.why_none


def plain(value: object) -> str:
    """A value for people: yes and no, numbers without needless decimals, dates in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return long_date(value) if isinstance(value, date) else str(value)
