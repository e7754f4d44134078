"""
What a comparison asks for, in words: `below 60 %`, `3 or 4`, `on record`. The table's second half.

Where a rule asks that a comparison does not hold, the contrary is what is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from strandline.catalogue import Kind
from strandline.engine.figures import figure, is_grade, known_figure, listed
from strandline.engine.trace import Operand, Trace
from strandline.kernel.dates import long_date
from strandline.kernel.units import Unit
from strandline.strategy.model import Scalar
from strandline.strategy.names import Known
from strandline.strategy.nodes import (
    Among,
    Arithmetic,
    Comparator,
    Comparison,
    IsMissing,
    Name,
    Negative,
    Node,
    Operator,
    Within,
    names,
)

THAN = {
    Comparator.LESS: "below",
    Comparator.LESS_OR_EQUAL: "at or below",
    Comparator.GREATER: "above",
    Comparator.GREATER_OR_EQUAL: "at or above",
    Comparator.EQUAL: "exactly",
    Comparator.NOT_EQUAL: "other than",
}
CONTRARY = {
    Comparator.LESS: Comparator.GREATER_OR_EQUAL,
    Comparator.LESS_OR_EQUAL: Comparator.GREATER,
    Comparator.GREATER: Comparator.LESS_OR_EQUAL,
    Comparator.GREATER_OR_EQUAL: Comparator.LESS,
    Comparator.EQUAL: Comparator.NOT_EQUAL,
    Comparator.NOT_EQUAL: Comparator.EQUAL,
}
MIRROR = {
    Comparator.LESS: Comparator.GREATER,
    Comparator.LESS_OR_EQUAL: Comparator.GREATER_OR_EQUAL,
    Comparator.GREATER: Comparator.LESS,
    Comparator.GREATER_OR_EQUAL: Comparator.LESS_OR_EQUAL,
}
_WHEN = {
    Comparator.LESS: "before",
    Comparator.LESS_OR_EQUAL: "on or before",
    Comparator.GREATER: "after",
    Comparator.GREATER_OR_EQUAL: "on or after",
    Comparator.EQUAL: "on",
    Comparator.NOT_EQUAL: "not",
}
BEST, WEAKEST = 1, 4
_RESULTS = {
    Operator.PLUS: "a sum",
    Operator.MINUS: "a difference",
    Operator.TIMES: "a product",
    Operator.OVER: "a quotient",
}


def demand(trace: Trace, value: Callable[[Known, Scalar], str], *, holds: bool = True) -> str:
    """
    What the comparison asks of the figure beside it. `value` words one value of a name.

    `holds` is False where the rule asks that the comparison does not hold.
    """
    match trace.node:
        case IsMissing():
            return "none on record" if holds else "on record"
        case Name():
            return "yes" if holds else "no"
        case Comparison():
            return _compared(trace, trace.node, value, holds=holds)
        case Among() if trace.operands:
            said = listed([_worded(trace.operands[0].known, side, value) for side in trace.sides[1:]], last="or")
            return said if holds else f"{THAN[Comparator.NOT_EQUAL]} {said}"
        case Within() if trace.operands:
            low, high = (_worded(trace.operands[0].known, side, value) for side in trace.sides[1:])
            return f"from {low} to {high}" if holds else f"below {low} or above {high}"
        case _:
            return ""


def _compared(trace: Trace, node: Comparison, value: Callable[[Known, Scalar], str], *, holds: bool) -> str:
    given = subjects(trace)
    if not given:
        return ""
    at = side_of(node, given)
    comparator = node.comparator if at == 0 else MIRROR.get(node.comparator, node.comparator)
    comparator = comparator if holds else CONTRARY[comparator]
    asked, side = (node.left, node.right)[at], trace.sides[1 - at]
    known = given[0].known
    rest = (node.left, node.right)[1 - at]
    if set(names(rest)) & {operand.name for operand in given}:
        return f"{_reckoned(asked)}{THAN[comparator]} the other figure"
    if known.kind is Kind.DATE and side is not None:
        return when(comparator, side)
    if isinstance(asked, Arithmetic | Negative):
        shown = figure(side, unit=unit_of(asked, given))
    else:
        shown = _worded(known, side, value)
        if is_grade(known) and isinstance(side, int | float):
            return _graded(comparator, side, shown)
    return shown if comparator is Comparator.EQUAL else f"{_reckoned(asked)}{THAN[comparator]} {shown}"


def _graded(comparator: Comparator, grade: float, shown: str) -> str:
    """`2 (good) or better`: the lower a grade the better, and nobody has to know."""
    match comparator:
        case Comparator.EQUAL:
            return shown
        case Comparator.LESS_OR_EQUAL:
            return f"{shown} or better" if grade > BEST else shown
        case Comparator.GREATER_OR_EQUAL:
            return f"{shown} or weaker" if grade < WEAKEST else shown
        case Comparator.LESS:
            return f"better than {shown}"
        case Comparator.GREATER:
            return f"weaker than {shown}"
        case _:
            return f"{THAN[comparator]} {shown}"


def subjects(trace: Trace) -> list[Operand]:
    """The names that the school, an officer or a setting gives a value; a setting only where nothing else stands."""
    given = [operand for operand in trace.operands if operand.constant is None]
    return given or list(trace.operands[:1])


def side_of(node: Comparison, given: list[Operand]) -> int:
    """The side that what is given stands on: 0 for the left, 1 for the right."""
    return 0 if {operand.name for operand in given} & set(names(node.left)) else 1


def unit_of(node: Node, given: list[Operand]) -> Unit:
    """The unit of a value that is reckoned from what is given: a difference of percentages is in points."""
    units = {operand.known.unit for operand in given}
    unit = units.pop() if len(units) == 1 else Unit.NONE
    if isinstance(node, Arithmetic):
        if node.operator is Operator.MINUS and unit is Unit.PERCENT:
            return Unit.PERCENTAGE_POINTS
        return unit if node.operator in (Operator.PLUS, Operator.MINUS) else Unit.NONE
    return unit


def when(comparator: Comparator, day: Scalar) -> str:
    """`before 1 September 2012`."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    said = long_date(on) if isinstance(on, date) else str(on)
    return f"{_WHEN[comparator]} {said}"


def _reckoned(node: Node) -> str:
    return f"{_RESULTS[node.operator]} " if isinstance(node, Arithmetic) else ""


def _worded(known: Known, side: Scalar | None, value: Callable[[Known, Scalar], str]) -> str:
    return known_figure(known, None) if side is None else value(known, side)
