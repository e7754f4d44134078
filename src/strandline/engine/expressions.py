"""Conditions and values as SQL text, given where each name and leaf is to be found."""

from __future__ import annotations

from collections.abc import Callable, Iterable

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

EXACT = 2**53


class Expressions:
    """Writes a resolved pack's conditions in one dialect."""

    def __init__(self, resolved: ResolvedPack, dialect: Dialect, *, narrow: bool = False) -> None:
        self.resolved = resolved
        self.dialect = dialect
        self.narrow = narrow and dialect.has_enumerations

    def word(self, word: str, words: Iterable[str]) -> str:
        """One of a few words: a text, or narrow an enumeration of them."""
        text = self.dialect.text(word)
        if not self.narrow:
            return text
        return f"CAST({text} AS ENUM({', '.join(self.dialect.text(each) for each in dict.fromkeys(words))}))"

    def column(self, name: str) -> str:
        """The cleaned column of a feature or judgement."""
        return self.dialect.identifier(f"in__{name}")

    def rule_column(self, name: str) -> str:
        """The column that holds a rule's truth."""
        return self.dialect.identifier(f"rule__{name}")

    def cleaned(self, known: Known, *, there: bool) -> str:
        """A feature, or nothing where a number is not finite; whole numbers stand in integer columns and always are."""
        if not there:
            return self.dialect.literal(None, known.kind)
        column = self.dialect.identifier(known.name)
        return self.dialect.when_finite(column) if known.kind is Kind.NUMBER else column

    def leaf(self, leaf: Leaf) -> str:
        """A comparison over cleaned columns."""
        match leaf:
            case Comparison(comparator, left, right):
                first, second = self.several(left, right)
                return f"{first} {comparator} {second}"
            case Among(value, options):
                first, *others = self.several(value, *options)
                return f"{first} IN ({', '.join(others)})"
            case Within(value, low, high):
                first, least, most = self.several(value, low, high)
                return f"{first} BETWEEN {least} AND {most}"
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

    def several(self, *values: Value) -> list[str]:
        """The values of one comparison; a text beside a date is written as a date."""
        if all(self.is_whole(value) for value in values):
            return [self.whole(value) for value in values]
        dated = any(sort_of(value, self.resolved.known) is Sort.DATE for value in values)
        return [self.value(value, as_date=dated) for value in values]

    def is_whole(self, value: Value) -> bool:
        """True for a whole-number feature or a whole figure that a double holds exactly."""
        match value:
            case Number(number):
                return number.is_integer() and abs(number) < EXACT
            case Name(name) if (constant := self.resolved.constants.get(name)) is not None:
                figure = normal(constant.known, constant.value)
                return isinstance(figure, float) and self.is_whole(Number(figure))
            case Name(name):
                return self.resolved.known[name].kind is Kind.INTEGER
            case _:
                return False

    def whole(self, value: Value) -> str:
        """A whole number, which is compared several times faster than a double."""
        match value:
            case Number(number):
                return str(int(number))
            case Name(name) if (constant := self.resolved.constants.get(name)) is not None:
                return str(int(float(str(constant.value))))
            case Name(name):
                return self.column(name)
            case _:
                raise BugError("only a name or a figure is whole")

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
            case Name(name) if name not in self.resolved.constants:
                return f"CAST({self.column(name)} AS DOUBLE)"
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
