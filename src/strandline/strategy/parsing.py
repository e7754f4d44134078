"""
Text to nodes, by a whitelist.

sqlglot reads the grammar; only the node types named here are let through, and each becomes one of ours. What is not a
rule (functions, casts, subqueries, comments, several statements, quoted or qualified names) is refused with a sentence.
A rule is never executed as text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from strandline.kernel.errors import UserError
from strandline.strategy.nodes import (
    Among,
    Arithmetic,
    Comparator,
    Comparison,
    Condition,
    IsMissing,
    Junction,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Operator,
    Text,
    Truth,
    Value,
    Within,
    children,
    joined,
)

LONGEST = 1000
DEEPEST = 40
SHOWN = 80
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TOKEN = re.compile(
    r"""\s+
    | '(?:[^'\\\x00-\x1f\x7f]|'')*'(?!')
    | (?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])
    | [A-Za-z_][A-Za-z0-9_]*(?![\w.'"])
    | -- | /\* | \*\* | //
    | <= | >= | <> | != | [<>=(),+\-*/]""",
    re.VERBOSE | re.ASCII,
)
_FORBIDDEN = {"--": "a comment", "/*": "a comment", "**": "a power", "//": "whole division"}
_DIVIDE = "Name a part of it as a rule of its own"
_ADVICE = "A rule uses comparisons, AND, OR, NOT, IN, BETWEEN, IS NULL, + - * /, numbers, 'text', TRUE, FALSE and names"


Converted = TypeVar("Converted", bound=Condition | Value)


class RuleRefused(UserError):
    """A rule is not written in the small language that rules are written in."""


class _Unfit(Exception):
    """What is wrong, before the whole rule is known."""

    def __init__(self, what: str, *, what_to_do: str = "") -> None:
        self.what = what
        self.what_to_do = what_to_do or _ADVICE
        super().__init__(what)


_COMPARATORS: dict[type[exp.Expr], Comparator] = {
    exp.EQ: Comparator.EQUAL,
    exp.NEQ: Comparator.NOT_EQUAL,
    exp.LT: Comparator.LESS,
    exp.LTE: Comparator.LESS_OR_EQUAL,
    exp.GT: Comparator.GREATER,
    exp.GTE: Comparator.GREATER_OR_EQUAL,
}
_OPERATORS: dict[type[exp.Expr], Operator] = {
    exp.Add: Operator.PLUS,
    exp.Sub: Operator.MINUS,
    exp.Mul: Operator.TIMES,
    exp.Div: Operator.OVER,
}
_JUNCTIONS: dict[type[exp.Expr], Junction] = {exp.And: Junction.AND, exp.Or: Junction.OR}


def parse_condition(text: str) -> Condition:
    """A rule, which is true, false or unknown. Raises: RuleRefused."""
    return _parse(text, convert=_condition)


def parse_value(text: str) -> Value:
    """A formula, which is a number. Raises: RuleRefused."""
    return _parse(text, convert=_value)


def _parse(text: str, *, convert: Callable[[exp.Expr], Converted]) -> Converted:
    try:
        _refuse_unreadable(text)
        statements = sqlglot.parse(text, dialect="duckdb")
        node = convert(_one(statements))
        _refuse_deep(node)
    except _Unfit as error:
        raise RuleRefused(error.what, where=f"in {_shortened(text)}", what_to_do=error.what_to_do) from None
    except SqlglotError as error:
        raise RuleRefused(f"the rule {_shortened(text)} cannot be read", what_to_do=_ADVICE) from error
    except RecursionError:
        what = f"the rule {_shortened(text)} is nested too deeply"
        raise RuleRefused(what, what_to_do=_DIVIDE) from None
    return node


def _one(statements: Sequence[exp.Expr | None]) -> exp.Expr:
    if len(statements) != 1 or statements[0] is None:
        raise _Unfit("a rule is one expression")
    return statements[0]


def _refuse_unreadable(text: str) -> None:
    """Before any grammar: length, letters, brackets. Comments, quoted names and parameters end here."""
    if not text.strip():
        raise _Unfit("the rule is empty")
    if len(text) > LONGEST:
        raise _Unfit(f"the rule has {len(text)} characters and {LONGEST} are allowed", what_to_do=_DIVIDE)
    position = depth = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise _Unfit(f"a rule may not hold {text[position]!r} here (character {position + 1})")
        if (mark := token[0]) in _FORBIDDEN:
            raise _Unfit(f"a rule may not hold {_FORBIDDEN[mark]} ({mark})")
        depth += (mark == "(") - (mark == ")")
        if depth > DEEPEST:
            raise _Unfit("the rule is nested too deeply", what_to_do=_DIVIDE)
        position = token.end()


def _refuse_deep(node: Node) -> None:
    level: tuple[Node, ...] = (node,)
    for _ in range(DEEPEST):
        level = tuple(child for parent in level for child in children(parent))
        if not level:
            return
    raise RecursionError


def _condition(node: exp.Expr) -> Condition:
    kind = type(node)
    if kind is exp.Paren:
        return _condition(_only(node, "this").this)
    if kind in _JUNCTIONS:
        operands = (_condition(part) for part in _flat(node, kind))
        return joined(_JUNCTIONS[kind], *operands)
    if kind is exp.Not:
        return Not(_condition(_only(node, "this").this))
    if kind in _COMPARATORS:
        _only(node, "this", "expression")
        return Comparison(_COMPARATORS[kind], _value(node.this), _value(node.expression))
    if kind is exp.In:
        return _among(node)
    if kind is exp.Between:
        _only(node, "this", "low", "high")
        return Within(_value(node.this), _value(node.args["low"]), _value(node.args["high"]))
    if kind is exp.Is:
        return _is_missing(node)
    if kind is exp.Boolean:
        return Truth(bool(_only(node, "this").this))
    if kind is exp.Column:
        return _name(node)
    raise _Unfit(f"{_called(node)} cannot stand as a condition")


def _value(node: exp.Expr) -> Value:
    kind = type(node)
    if kind is exp.Paren:
        return _value(_only(node, "this").this)
    if kind is exp.Literal:
        return Text(node.this) if node.is_string else _number(node.this)
    if kind is exp.Neg:
        operand = _value(_only(node, "this").this)
        return Number(-operand.value) if isinstance(operand, Number) else Negative(operand)
    if kind in _OPERATORS:
        _only(node, "this", "expression", "typed", "safe")
        return Arithmetic(_OPERATORS[kind], _value(node.this), _value(node.expression))
    if kind is exp.Boolean:
        return Truth(bool(_only(node, "this").this))
    if kind is exp.Column:
        return _name(node)
    raise _Unfit(f"{_called(node)} cannot stand as a value")


def _flat(node: exp.Expr, kind: type[exp.Expr]) -> list[exp.Expr]:
    """The parts of a chain of one junction, without recursion: sqlglot nests long chains to the left."""
    parts: list[exp.Expr] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if type(part) is kind:
            _only(part, "this", "expression")
            waiting += [part.expression, part.this]
        else:
            parts.append(part)
    return parts


def _among(node: exp.Expr) -> Among:
    _only(node, "this", "expressions")
    if not node.expressions:
        raise _Unfit("IN needs at least one value")
    return Among(_value(node.this), tuple(_value(option) for option in node.expressions))


def _is_missing(node: exp.Expr) -> IsMissing:
    _only(node, "this", "expression")
    subject = node.this
    while type(subject) is exp.Paren:
        subject = subject.this
    if type(node.expression) is not exp.Null or type(subject) is not exp.Column:
        raise _Unfit("IS stands only in `name IS NULL` and `name IS NOT NULL`")
    return IsMissing(_name(subject))


def _name(node: exp.Expr) -> Name:
    identifier = _only(node, "this").this
    if type(identifier) is not exp.Identifier or identifier.quoted or not _NAME.fullmatch(identifier.this):
        raise _Unfit("a name is written in lower case, with digits and underscores, and without quotes")
    return Name(identifier.this)


def _number(text: str) -> Number:
    value = float(text)
    if not math.isfinite(value):
        raise _Unfit("the number is too large")
    return Number(value)


def _only(node: exp.Expr, *allowed: str) -> exp.Expr:
    """`node`, if it carries nothing but the named parts."""
    extra = [name for name, value in node.args.items() if value and name not in allowed and name != "quoted"]
    if extra or node.comments:
        raise _Unfit(f"{_called(node)} carries more than a rule may ({', '.join(extra) or 'a comment'})")
    return node


def _called(node: exp.Expr) -> str:
    return type(node).__name__.upper()


def _shortened(text: str) -> str:
    return f'"{text}"' if len(text) <= SHOWN else f'"{text[:SHOWN]}…"'
