"""Conditions and values as SQL text, given where each name and leaf is to be found."""

from __future__ import annotations

from collections.abc import Callable

from strandline.catalogue import Kind
from strandline.engine.dialects import Dialect
from strandline.engine.evaluate import normal
from strandline.engine.resolve import ResolvedPack
from strandline.kernel.errors import BugError
from strandline.strategy.names import Known
from strandline.strategy.nodes import (
    Among,
    Arithmetic,
    Comparison,
    Condition,
    IsMissing,
    Joined,
    Leaf,
    Name,
    Negative,
    Not,
    Number,
    Operator,
    Text,
    Truth,
    Value,
    Within,
    walk,
)
from strandline.strategy.types import Sort, sort_of


class Expressions:
    """Writes a resolved pack's conditions in one dialect."""

    def __init__(self, resolved: ResolvedPack, dialect: Dialect) -> None:
        self.resolved = resolved
        self.dialect = dialect

    def column(self, name: str) -> str:
        """The cleaned column of a feature or judgement."""
        return self.dialect.identifier(f"in__{name}")

    def rule_column(self, name: str) -> str:
        """The column that holds a rule's truth."""
        return self.dialect.identifier(f"rule__{name}")

    def cleaned(self, known: Known, *, there: bool) -> str:
        """A feature in the type in which it is compared; a number that is not finite is not there."""
        if not there:
            return self.dialect.literal(None, known.kind)
        column = self.dialect.identifier(known.name)
        match known.kind:
            case Kind.NUMBER | Kind.INTEGER:
                return self.dialect.when_finite(f"CAST({column} AS DOUBLE)")
            case Kind.BOOLEAN | Kind.DATE:
                return f"CAST({column} AS {self.dialect.type(known.kind)})"
            case _:
                return column

    def leaf(self, leaf: Leaf) -> str:
        """A comparison over cleaned columns."""
        match leaf:
            case Comparison(comparator, left, right):
                first, second = self.sides(left, right)
                return f"{first} {comparator} {second}"
            case Among(value, options):
                shown = ", ".join(self.sides(value, option)[1] for option in options)
                return f"{self.sides(value, options[0])[0]} IN ({shown})"
            case Within(value, low, high):
                first = self.sides(value, low)[0]
                return f"{first} BETWEEN {self.sides(value, low)[1]} AND {self.sides(value, high)[1]}"
            case IsMissing(Name(name)):
                return f"{self.name(name)} IS NULL"
            case Truth(value):
                return "TRUE" if value else "FALSE"
            case Name(name):
                return self.name(name)

    def condition(self, condition: Condition, leaf: Callable[[Leaf], str]) -> str:
        """A condition over columns that hold the truth of leaves and rules."""
        match condition:
            case Joined(junction, operands):
                return f" {junction} ".join(self.bracketed(operand, leaf) for operand in operands)
            case Not(operand):
                return f"NOT {self.bracketed(operand, leaf)}"
            case Name(name) if name in self.resolved.rules:
                return self.rule_column(name)
            case _:
                return leaf(condition)

    def bracketed(self, condition: Condition, leaf: Callable[[Leaf], str]) -> str:
        """A condition in brackets where it is more than a column."""
        text = self.condition(condition, leaf)
        return f"({text})" if isinstance(condition, Joined | Not) else text

    def sides(self, left: Value, right: Value) -> tuple[str, str]:
        """Both values of a comparison; a text beside a date is written as a date."""
        sorts = (sort_of(left, self.resolved.known), sort_of(right, self.resolved.known))
        return (
            self.value(left, as_date=sorts[1] is Sort.DATE),
            self.value(right, as_date=sorts[0] is Sort.DATE),
        )

    def value(self, value: Value, *, as_date: bool = False) -> str:
        """A value as it is compared: arithmetic that runs out of range is not there."""
        match value:
            case Text(text):
                return f"DATE {self.dialect.text(text)}" if as_date else self.dialect.text(text)
            case Truth(truth):
                return "TRUE" if truth else "FALSE"
            case Name(name):
                return self.name(name)
            case Number(number):
                return self.dialect.literal(number, Kind.NUMBER)
            case _:
                reckoned = self.reckoned(value)
                has_arithmetic = any(isinstance(part, Arithmetic) for part in walk(value))
                return self.dialect.when_finite(f"({reckoned})") if has_arithmetic else f"({reckoned})"

    def reckoned(self, value: Value) -> str:
        """A number in the middle of arithmetic."""
        match value:
            case Number(number):
                return self.dialect.literal(number, Kind.NUMBER)
            case Name(name):
                return self.name(name)
            case Negative(operand):
                return f"-({self.reckoned(operand)})"
            case Arithmetic(Operator.OVER, left, right):
                zero = self.dialect.literal(0.0, Kind.NUMBER)
                return f"({self.reckoned(left)}) / nullif({self.reckoned(right)}, {zero})"
            case Arithmetic(operator, left, right):
                return f"({self.reckoned(left)}) {operator} ({self.reckoned(right)})"
            case _:
                raise BugError(f"a {type(value).__name__} cannot be reckoned with")

    def name(self, name: str) -> str:
        """A constant as a literal, an input as its column."""
        constant = self.resolved.constants.get(name)
        if constant is None:
            return self.column(name)
        return self.dialect.literal(normal(constant.known, constant.value), constant.known.kind)
