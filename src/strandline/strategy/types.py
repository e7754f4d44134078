"""What may be compared with what. A rule that compares a number with a text is refused before it meets a school."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from strandline.catalogue import Kind, nearest_names
from strandline.strategy.names import Known, Role
from strandline.strategy.nodes import (
    Among,
    Arithmetic,
    Comparator,
    Comparison,
    IsMissing,
    Joined,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Text,
    Truth,
    Value,
    Within,
)
from strandline.strategy.printing import print_node


class Sort(StrEnum):
    """What kinds come down to when they are compared."""

    NUMBER = "a number"
    TEXT = "a text"
    TRUTH = "true or false"
    DATE = "a date"
    UNKNOWN = "unknown"


SORTS = {
    Kind.NUMBER: Sort.NUMBER,
    Kind.INTEGER: Sort.NUMBER,
    Kind.BOOLEAN: Sort.TRUTH,
    Kind.CODE: Sort.TEXT,
    Kind.TEXT: Sort.TEXT,
    Kind.DATE: Sort.DATE,
}
UNORDERED = (Comparator.EQUAL, Comparator.NOT_EQUAL)


def type_problems(node: Node, known: Mapping[str, Known]) -> tuple[str, ...]:
    """What is wrong with a condition, each as a clause; empty where nothing is."""
    return tuple(_condition(node, known))


def value_problems(node: Value, known: Mapping[str, Known]) -> tuple[str, ...]:
    """What is wrong with a formula that should be a number."""
    return tuple(_numeric(node, known))


def sort_of(node: Value, known: Mapping[str, Known]) -> Sort:
    """What a value is; UNKNOWN where its name is not known."""
    match node:
        case Number() | Negative() | Arithmetic():
            return Sort.NUMBER
        case Text():
            return Sort.TEXT
        case Truth():
            return Sort.TRUTH
        case Name(name):
            return SORTS[known[name].kind] if name in known else Sort.UNKNOWN


def is_iso_date(text: str) -> bool:
    """True for `2012-09-01` and nothing else."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _condition(node: Node, known: Mapping[str, Known]) -> Iterator[str]:
    match node:
        case Joined(_, operands):
            for operand in operands:
                yield from _condition(operand, known)
        case Not(operand):
            yield from _condition(operand, known)
        case Comparison(comparator, left, right):
            yield from _compared(left, right, known, ordered=comparator not in UNORDERED)
        case Among(value, options):
            for option in options:
                yield from _compared(value, option, known, ordered=False)
        case Within(value, low, high):
            yield from _compared(value, low, known, ordered=True)
            yield from _compared(value, high, known, ordered=True)
        case IsMissing(Name(name)):
            yield from _known(name, known)
            if name in known and known[name].role is Role.RULE:
                yield f"{name} is a rule, and a rule has no figure that could be missing"
        case Name(name):
            yield from _known(name, known)
            if name in known and known[name].kind is not Kind.BOOLEAN:
                yield f"{name} is {SORTS[known[name].kind]} and cannot stand alone as a condition"
        case _:
            return


def _compared(left: Value, right: Value, known: Mapping[str, Known], *, ordered: bool) -> Iterator[str]:
    yield from _inside(left, known)
    yield from _inside(right, known)
    sorts = (sort_of(left, known), sort_of(right, known))
    shown = f"{print_node(left)} with {print_node(right)}"
    if Sort.UNKNOWN in sorts:
        return
    if set(sorts) == {Sort.DATE, Sort.TEXT}:
        text = left if sorts[0] is Sort.TEXT else right
        if not isinstance(text, Text) or not is_iso_date(text.value):
            yield f"this compares a date with a text that is not a date such as '2012-09-01': {shown}"
    elif sorts[0] is not sorts[1]:
        yield f"this compares {sorts[0]} with {sorts[1]}: {shown}"
    elif ordered and sorts[0] in (Sort.TEXT, Sort.TRUTH):
        yield f"only numbers and dates have an order: {shown}"
    yield from _values(left, right, known)
    yield from _values(right, left, known)


def _values(coded: Value, text: Value, known: Mapping[str, Known]) -> Iterator[str]:
    if not (isinstance(coded, Name) and isinstance(text, Text) and coded.name in known):
        return
    values = known[coded.name].values
    if values and text.value not in values:
        near = nearest_names(text.value, among=values)
        advice = f"did you mean {', '.join(near)}?" if near else f"it is one of {', '.join(values)}"
        yield f"{coded.name} is never '{text.value}': {advice}"


def _inside(node: Value, known: Mapping[str, Known]) -> Iterator[str]:
    match node:
        case Name(name):
            yield from _known(name, known)
            if name in known and known[name].role is Role.RULE:
                yield f"{name} is a rule: write {name} or NOT {name}"
        case Negative() | Arithmetic():
            yield from _numeric(node, known)
        case _:
            return


def _numeric(node: Value, known: Mapping[str, Known]) -> Iterator[str]:
    match node:
        case Negative(operand):
            yield from _numeric(operand, known)
        case Arithmetic(_, left, right):
            yield from _numeric(left, known)
            yield from _numeric(right, known)
        case _:
            yield from _inside(node, known)
            if sort_of(node, known) not in (Sort.NUMBER, Sort.UNKNOWN):
                yield f"{print_node(node)} is {sort_of(node, known)} and cannot be reckoned with"


def _known(name: str, known: Mapping[str, Known]) -> Iterator[str]:
    if name not in known:
        near = nearest_names(name, among=known)
        yield f"there is no name {name}" + (f": did you mean {', '.join(near)}?" if near else "")
