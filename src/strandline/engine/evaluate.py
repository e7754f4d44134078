"""
The reference evaluator: one school, plain Python, slow and plain enough to trust.

Kleene's three truths; numbers are IEEE doubles; what is not finite and what divides by zero is unknown. Every node is
evaluated, so that the trace is whole. The compiled SQL is held equal to this by `tests/generative`.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import reduce
from typing import Any, TypeAlias

from strandline.catalogue import Kind
from strandline.engine.categorise import Decision, Tried, categorise
from strandline.engine.resolve import ResolvedPack, is_number
from strandline.engine.trace import Operand, Trace
from strandline.kernel.errors import BugError
from strandline.kernel.missing import Missing, MissingReason
from strandline.strategy.model import Scalar
from strandline.strategy.names import Known, Role
from strandline.strategy.nodes import (
    Among,
    Arithmetic,
    Comparator,
    Comparison,
    Condition,
    IsMissing,
    Joined,
    Junction,
    Name,
    Negative,
    Not,
    Number,
    Operator,
    Text,
    Truth,
    Value,
    Within,
    names,
)

Given: TypeAlias = Scalar | Missing | None
School: TypeAlias = Mapping[str, Given]

_COMPARED: dict[Comparator, Callable[[Any, Any], Any]] = {
    Comparator.EQUAL: operator.eq,
    Comparator.NOT_EQUAL: operator.ne,
    Comparator.LESS: operator.lt,
    Comparator.LESS_OR_EQUAL: operator.le,
    Comparator.GREATER: operator.gt,
    Comparator.GREATER_OR_EQUAL: operator.ge,
}


def decide(resolved: ResolvedPack, school: School) -> Decision:
    """The category of one school, with the truth of every node. Missing: unknown is never false."""
    evaluator = Evaluator(resolved, school)
    return categorise(
        resolved,
        scope=evaluator.trace(resolved.scope) if resolved.scope else None,
        tried=tuple(
            Tried(category=category, trace=evaluator.trace(category.condition)) for category in resolved.categories
        ),
        rules={name: evaluator.rule(name) for name in resolved.rules},
    )


def evaluate(resolved: ResolvedPack, condition: Condition, school: School) -> Trace:
    """
    One condition of the pack for one school (an entitlement's `when`, a lead's eligibility).

    Names of rules and parameters are those of the pack; the condition is not shifted to another results year.
    """
    return Evaluator(resolved, school).trace(condition)


class Evaluator:
    """Evaluates conditions for one school; each rule once."""

    def __init__(self, resolved: ResolvedPack, school: School) -> None:
        self.resolved = resolved
        self.school = school
        self.rules: dict[str, Trace] = {}

    def trace(self, node: Condition) -> Trace:
        """The truth of a condition and of everything inside it."""
        match node:
            case Joined(junction, operands):
                children = tuple(self.trace(part) for part in operands)
                truth = reduce(_JOINED[junction], (child.truth for child in children))
                return Trace(node=node, truth=truth, children=children)
            case Not(operand):
                inner = self.trace(operand)
                return Trace(node=node, truth=_not(inner.truth), children=(inner,))
            case Name(name) if name in self.resolved.rules:
                return self.rule(name)
            case _:
                return self.leaf(node)

    def rule(self, name: str) -> Trace:
        """The truth of a rule: where it does not apply, false."""
        if name not in self.rules:
            self.rules[name] = self._rule(name)
        return self.rules[name]

    def _rule(self, name: str) -> Trace:
        rule = self.resolved.rules[name]
        node = Name(name)
        if rule.none:
            return Trace(node=node, truth=False, rule=rule, does_not_apply=True)
        applies = self.trace(rule.applies_when) if rule.applies_when else None
        condition = self.trace(rule.condition) if rule.condition else None
        children = tuple(part for part in (applies, condition) if part is not None)
        truth = _and(applies.truth if applies else True, condition.truth if condition else None)
        outside = applies is not None and applies.truth is False
        return Trace(node=node, truth=truth, children=children, rule=rule, does_not_apply=outside)

    def leaf(self, node: Condition) -> Trace:
        """One comparison."""
        operands = tuple(self.operand(name) for name in names(node))
        truth, sides = self.compared(node)
        return Trace(node=node, truth=truth, operands=operands, sides=sides)

    def compared(self, node: Condition) -> tuple[bool | None, tuple[Scalar | None, ...]]:
        """A leaf's truth and its values."""
        match node:
            case Comparison(comparator, left, right):
                first, second = self.value(left), self.value(right)
                return compare(comparator, first, second), (first, second)
            case Among(subject, options):
                first = self.value(subject)
                others = tuple(self.value(option) for option in options)
                return reduce(_or, (compare(Comparator.EQUAL, first, other) for other in others)), (first, *others)
            case Within(subject, low, high):
                first, least, most = self.value(subject), self.value(low), self.value(high)
                above = compare(Comparator.GREATER_OR_EQUAL, first, least)
                return _and(above, compare(Comparator.LESS_OR_EQUAL, first, most)), (first, least, most)
            case IsMissing(Name(name)):
                given = self.operand(name).value
                return given is None, (given,)
            case Truth(truth):
                return truth, ()
            case Name(name):
                given = self.operand(name).value
                return (given if isinstance(given, bool) else None), (given,)
            case _:
                raise BugError(f"a {type(node).__name__} is not a comparison")

    def value(self, node: Value) -> Scalar | None:
        """A value as it is compared; numbers that are not finite are unknown."""
        result = self.reckoned(node)
        return result if not isinstance(result, float) or math.isfinite(result) else None

    def reckoned(self, node: Value) -> Scalar | None:
        """A value in the middle of arithmetic, where infinity may still come and go."""
        match node:
            case Number(value) | Text(value) | Truth(value):
                return value
            case Name(name):
                return self.operand(name).value
            case Negative(operand):
                inner = self.reckoned(operand)
                return -inner if isinstance(inner, float) else None
            case Arithmetic(by, left, right):
                first, second = self.reckoned(left), self.reckoned(right)
                if not isinstance(first, float) or not isinstance(second, float):
                    return None
                return _reckon(by, first, second)

    def operand(self, name: str) -> Operand:
        """What stands behind a name."""
        known = self.resolved.known[name]
        if (constant := self.resolved.constants.get(name)) is not None:
            value = normal(known, constant.value)
            return Operand(known=known, value=value, constant=constant)
        given = self.school.get(name)
        if isinstance(given, Missing):
            return Operand(known=known, value=None, missing=given)
        value = normal(known, given)
        absent = MissingReason.NOT_SUPPLIED if known.role is Role.JUDGEMENT else MissingReason.NO_RECORD
        return Operand(known=known, value=value, missing=Missing(reason=absent) if value is None else None)


def normal(known: Known, value: Scalar | None) -> Scalar | None:
    """A value in the form in which it is compared: doubles, plain dates, texts; not finite is unknown."""
    if value is None:
        return None
    if is_number(known):
        number = float(value)  # type: ignore[arg-type]
        return number if math.isfinite(number) else None
    if known.kind is Kind.DATE:
        return value.date() if isinstance(value, datetime) else value
    return bool(value) if known.kind is Kind.BOOLEAN else str(value)


def compare(comparator: Comparator, left: Scalar | None, right: Scalar | None) -> bool | None:
    """Two values compared; unknown where either is not there. A text beside a date is read as a date."""
    if left is None or right is None:
        return None
    if isinstance(left, date) and isinstance(right, str):
        right = date.fromisoformat(right)
    elif isinstance(right, date) and isinstance(left, str):
        left = date.fromisoformat(left)
    return bool(_COMPARED[comparator](left, right))


def _reckon(by: Operator, left: float, right: float) -> float | None:
    match by:
        case Operator.PLUS:
            return left + right
        case Operator.MINUS:
            return left - right
        case Operator.TIMES:
            return left * right
        case Operator.OVER:
            return left / right if right else None


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _and(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _or(left: bool | None, right: bool | None) -> bool | None:
    if left or right:
        return True
    return None if left is None or right is None else False


_JOINED = {Junction.AND: _and, Junction.OR: _or}
