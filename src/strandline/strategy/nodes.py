"""
Rules as frozen nodes, one class per operation.

A node holds what was written and nothing else: names are resolved, dated and typed later, against a pack. Whatever
parsing returns is in canonical form (`AND` and `OR` are flat and have two operands or more, a minus before a number is
part of the number), so that `parse(print(node)) == node`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Comparator(StrEnum):
    """How two values are compared."""

    EQUAL = "="
    NOT_EQUAL = "<>"
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="


class Operator(StrEnum):
    """Arithmetic on two numbers."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    OVER = "/"


class Junction(StrEnum):
    """How truths are joined."""

    AND = "AND"
    OR = "OR"


@dataclass(frozen=True, slots=True)
class Number:
    """A number, always an IEEE double."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text; where it meets a date it is read as an ISO date."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    """TRUE or FALSE."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A feature, parameter, judgement, setting or rule."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus a value. Never of a number: that is a negative number."""

    operand: Value


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two values joined by an operator."""

    operator: Operator
    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values compared."""

    comparator: Comparator
    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class Among:
    """A value that is one of several."""

    value: Value
    options: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """A value between two others, both inclusive."""

    value: Value
    low: Value
    high: Value


@dataclass(frozen=True, slots=True)
class IsMissing:
    """A name whose value is not there; for a rule, one that cannot be decided."""

    name: Name


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary; unknown stays unknown."""

    operand: Condition


@dataclass(frozen=True, slots=True)
class Joined:
    """Two or more conditions, flat."""

    junction: Junction
    operands: tuple[Condition, ...]


Value: TypeAlias = Number | Text | Truth | Name | Negative | Arithmetic
Leaf: TypeAlias = Comparison | Among | Within | IsMissing | Truth | Name
Condition: TypeAlias = Leaf | Not | Joined
Node: TypeAlias = Value | Condition


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside `node`, in written order."""
    match node:
        case Negative(operand) | Not(operand):
            return (operand,)
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return (left, right)
        case Among(value, options):
            return (value, *options)
        case Within(value, low, high):
            return (value, low, high)
        case IsMissing(name):
            return (name,)
        case Joined(_, operands):
            return operands
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything inside it, outermost first, in written order."""
    yield node
    for child in children(node):
        yield from walk(child)


def names(node: Node) -> tuple[str, ...]:
    """Every name that `node` mentions, once, in written order."""
    return tuple(dict.fromkeys(inner.name for inner in walk(node) if isinstance(inner, Name)))


def joined(junction: Junction, *operands: Condition) -> Condition:
    """Join conditions, keeping the flat form; one operand stays itself."""
    flat: list[Condition] = []
    for operand in operands:
        same = isinstance(operand, Joined) and operand.junction is junction
        flat.extend(operand.operands if same and isinstance(operand, Joined) else (operand,))
    return flat[0] if len(flat) == 1 else Joined(junction, tuple(flat))


def renamed(node: Node, mapping: dict[str, str]) -> Node:
    """`node` with names replaced as `mapping` says."""
    match node:
        case Name(name):
            return Name(mapping.get(name, name))
        case Negative(operand):
            return Negative(renamed(operand, mapping))  # type: ignore[arg-type]
        case Not(operand):
            return Not(renamed(operand, mapping))  # type: ignore[arg-type]
        case Arithmetic(operator, left, right):
            return Arithmetic(operator, renamed(left, mapping), renamed(right, mapping))  # type: ignore[arg-type]
        case Comparison(comparator, left, right):
            return Comparison(comparator, renamed(left, mapping), renamed(right, mapping))  # type: ignore[arg-type]
        case Among(value, options):
            return Among(renamed(value, mapping), tuple(renamed(o, mapping) for o in options))  # type: ignore[arg-type, misc]
        case Within(value, low, high):
            return Within(*(renamed(part, mapping) for part in (value, low, high)))  # type: ignore[arg-type]
        case IsMissing(name):
            return IsMissing(Name(mapping.get(name.name, name.name)))
        case Joined(junction, operands):
            return Joined(junction, tuple(renamed(o, mapping) for o in operands))  # type: ignore[misc]
        case _:
            return node
