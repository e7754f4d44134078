"""Rules back to text, with no more brackets than they need. `parse(print(node)) == node`."""

from __future__ import annotations

from strandline.kernel.errors import BugError
from strandline.strategy.nodes import (
    Among,
    Arithmetic,
    Comparison,
    IsMissing,
    Joined,
    Junction,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Operator,
    Text,
    Truth,
    Within,
)

LOOSEST, AND, NOT, COMPARED, SUM, PRODUCT, SIGNED, ATOM = range(8)
_BINDING = {Operator.PLUS: SUM, Operator.MINUS: SUM, Operator.TIMES: PRODUCT, Operator.OVER: PRODUCT}


def print_node(node: Node) -> str:
    """The rule as an analyst would write it."""
    return _write(node)[0]


def print_number(value: float) -> str:
    """A double as short as it can be read back: 60, 0.1, -1.5, 1e22 (as 1e+22)."""
    text = repr(float(value))
    return text.removesuffix(".0")


def print_text(value: str) -> str:
    """A quoted text."""
    return "'" + value.replace("'", "''") + "'"


def _write(node: Node) -> tuple[str, int]:
    """Text and how tightly it binds."""
    match node:
        case Number(value):
            return print_number(value), ATOM if value >= 0 and str(value)[0] != "-" else SIGNED
        case Text(value):
            return print_text(value), ATOM
        case Truth(value):
            return ("TRUE" if value else "FALSE"), ATOM
        case Name(name):
            return name, ATOM
        case Negative(operand):
            return f"-{_inside(operand, ATOM)}", SIGNED
        case Arithmetic(operator, left, right):
            binding = _BINDING[operator]
            return f"{_inside(left, binding)} {operator} {_inside(right, binding + 1)}", binding
        case Comparison(comparator, left, right):
            return f"{_inside(left, SUM)} {comparator} {_inside(right, SUM)}", COMPARED
        case _:
            return _write_condition(node)


def _write_condition(node: Node) -> tuple[str, int]:
    match node:
        case Among(value, options):
            return f"{_inside(value, SUM)} IN ({', '.join(_inside(o, SUM) for o in options)})", COMPARED
        case Within(value, low, high):
            return f"{_inside(value, SUM)} BETWEEN {_inside(low, SUM)} AND {_inside(high, SUM)}", COMPARED
        case IsMissing(name):
            return f"{name.name} IS NULL", COMPARED
        case Not(Among(value, options)):
            return f"{_inside(value, SUM)} NOT IN ({', '.join(_inside(o, SUM) for o in options)})", COMPARED
        case Not(Within(value, low, high)):
            return f"{_inside(value, SUM)} NOT BETWEEN {_inside(low, SUM)} AND {_inside(high, SUM)}", COMPARED
        case Not(IsMissing(name)):
            return f"{name.name} IS NOT NULL", COMPARED
        case Not(operand):
            return f"NOT {_inside(operand, COMPARED)}", NOT
        case Joined(junction, operands):
            binding = AND if junction is Junction.AND else LOOSEST
            return f" {junction} ".join(_inside(operand, binding + 1) for operand in operands), binding
        case _:
            raise BugError(f"a rule holds a {type(node).__name__}, which has no written form")


def _inside(node: Node, at_least: int) -> str:
    text, binding = _write(node)
    return text if binding >= at_least else f"({text})"
