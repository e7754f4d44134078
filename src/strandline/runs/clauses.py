"""A pack's rules as clauses in words, without a date: what has to hold, part by part, for a published strategy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from strandline.catalogue import Kind
from strandline.engine.figures import known_figure, listed, measure
from strandline.kernel.dates import AcademicYear
from strandline.strategy.model import Pack
from strandline.strategy.names import AS_AT, Known, Role, base_parameter, known_names
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
    Node,
    Not,
    Number,
    Operator,
    Text,
    Truth,
    Within,
    names,
)

ALL, ANY, NONE = "all of these hold", "at least one of these holds", "this does not hold"
GRADES: Mapping[float, str] = {
    1: "1 (outstanding)",
    2: "2 (good)",
    3: "3 (satisfactory, later requires improvement)",
    4: "4 (inadequate)",
}
_IS = {
    Comparator.EQUAL: "is",
    Comparator.NOT_EQUAL: "is not",
    Comparator.LESS: "is below",
    Comparator.LESS_OR_EQUAL: "is at or below",
    Comparator.GREATER: "is above",
    Comparator.GREATER_OR_EQUAL: "is at or above",
}
_DATED = {
    Comparator.LESS: "is before",
    Comparator.LESS_OR_EQUAL: "is on or before",
    Comparator.GREATER: "is after",
    Comparator.GREATER_OR_EQUAL: "is on or after",
}
_CONTRARY = {
    Comparator.LESS: Comparator.GREATER_OR_EQUAL,
    Comparator.LESS_OR_EQUAL: Comparator.GREATER,
    Comparator.GREATER: Comparator.LESS_OR_EQUAL,
    Comparator.GREATER_OR_EQUAL: Comparator.LESS,
    Comparator.EQUAL: Comparator.NOT_EQUAL,
    Comparator.NOT_EQUAL: Comparator.EQUAL,
}
_BEYOND = {Comparator.LESS_OR_EQUAL: "or better", Comparator.GREATER_OR_EQUAL: "or weaker"}
_SIGNS = {Operator.PLUS: "plus", Operator.MINUS: "minus", Operator.TIMES: "times", Operator.OVER: "divided by"}
_STATEMENTS = {
    "special": ("it is a special school", "it is not a special school"),
    "academy": ("it is an academy", "it is not an academy"),
    "maintained": ("the authority maintains it", "the authority does not maintain it"),
    "state_funded": ("it is funded by the state", "it is not funded by the state"),
    "takes_ks2": ("it teaches to the end of key stage 2", "it does not teach to the end of key stage 2"),
    "takes_ks4": ("it teaches to the end of key stage 4", "it does not teach to the end of key stage 4"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A part of a rule in words; `parts` stand below it where it joins several. `rule` names the rule it points at."""

    text: str
    parts: tuple[Clause, ...] = ()
    rule: str = ""

    @property
    def flat(self) -> str:
        """The clause with its parts in one line."""
        return f"{self.text}: {'; '.join(part.flat for part in self.parts)}" if self.parts else self.text


@dataclass(frozen=True, slots=True)
class Clauses:
    """Writes the rules of one pack in words."""

    pack: Pack
    known: Mapping[str, Known]

    @classmethod
    def of(cls, pack: Pack) -> Clauses:
        """The writer of a pack."""
        return cls(pack, known_names(pack))

    def clause(self, node: Condition) -> Clause:
        """A condition as one clause, or as a heading with its parts below."""
        match node:
            case Joined(junction, operands):
                wanted = _without_guards(junction, operands)
                if len(wanted) == 1:
                    return self.clause(wanted[0])
                text = ALL if junction is Junction.AND else ANY
                return Clause(text=text, parts=tuple(self.clause(each) for each in wanted))
            case Not(operand) if isinstance(operand, Joined):
                return Clause(text=NONE, parts=(self.clause(operand),))
            case Not(operand):
                return self._leaf(operand, holds=False)
            case _:
                return self._leaf(node, holds=True)

    def title(self, name: str) -> str:
        """The title of a rule."""
        rule = self.pack.rules[name]
        other = self.pack.rules.get(rule.same_as) if rule.same_as else None
        if rule.title or other is None:
            return rule.title or name.replace("_", " ")
        return f"{other.title or other.name}, {_earlier(rule.years_before)}"

    def _leaf(self, node: Condition, *, holds: bool) -> Clause:
        """One comparison or name; the contrary where it is not to hold."""
        if isinstance(node, Name):
            return self._named(node.name, holds=holds)
        if isinstance(node, Not | Joined):
            inner = self.clause(node)
            return inner if holds else Clause(text=NONE, parts=(inner,))
        return Clause(text=self._compared(node, holds=holds))

    def _named(self, name: str, *, holds: bool) -> Clause:
        """A rule by its title, or a yes-or-no figure as a statement."""
        known = self.known.get(name)
        if known is not None and known.role is Role.RULE:
            return Clause(text=f"“{self.title(name)}” {'is met' if holds else 'is not met'}", rule=name)
        if name in _STATEMENTS:
            return Clause(text=_STATEMENTS[name][not holds])
        if known is not None and known.role is Role.JUDGEMENT:
            verb = "have recorded" if holds else "have recorded the contrary of"
            return Clause(text=f"officers {verb}: “{self.pack.judgements[name].meaning}”")
        return Clause(text=f"{self._noun(name)}: {'yes' if holds else 'no'}")

    def _compared(self, node: Comparison | Among | Within | IsMissing | Truth, *, holds: bool) -> str:
        verb = "is" if holds else "is not"
        match node:
            case Truth(value):
                return "in every case" if value is holds else "in no case"
            case IsMissing(name):
                return f"{self._value(name)} is {'not known' if holds else 'known'}"
            case Comparison(comparator, left, right):
                return self._comparison(comparator if holds else _CONTRARY[comparator], left, right)
            case Among(value, options):
                said = listed([self._against(value, option) for option in options], last="or")
                return f"{self._value(value)} {verb} {said}"
            case Within(value, low, high):
                return (
                    f"{self._value(value)} {verb} between {self._against(value, low)} and {self._against(value, high)}"
                )

    def _comparison(self, comparator: Comparator, left: Node, right: Node) -> str:
        """`level 4 or above in both English and maths is below the primary floor`."""
        if isinstance(left, Name) and self._role(left) is Role.SETTING:
            setting = self.pack.settings[left.name]
            chosen = setting.values.get(right.value, right.value) if isinstance(right, Text) else self._value(right)
            verb = "has chosen" if comparator is Comparator.EQUAL else "has not chosen"
            return f"the authority {verb} “{chosen}” for “{setting.title}”"
        if comparator in _BEYOND and _is_grade(left) and isinstance(right, Number) and right.value in (2, 3):
            return f"{self._value(left)} is {self._against(left, right)} {_BEYOND[comparator]}"
        verbs = _DATED if self._kind(left) is Kind.DATE and comparator in _DATED else _IS
        return f"{self._value(left)} {verbs[comparator]} {self._against(left, right)}"

    def _against(self, subject: Node, node: Node) -> str:
        """What a value is compared with, in the subject's unit and words."""
        if isinstance(subject, Name):
            judgement = self.pack.judgements.get(subject.name)
            if judgement and isinstance(node, Text):
                return f"“{judgement.values.get(node.value, node.value)}”"
            if isinstance(node, Number) and _is_grade(subject):
                return GRADES.get(node.value, f"{node.value:g}")
            if subject.name in self.known and isinstance(node, Number | Text):
                return known_figure(self.known[subject.name], node.value)
        return self._value(node)

    def _value(self, node: Node) -> str:
        """What is measured, or what it is measured against."""
        match node:
            case Name(name):
                return self._noun(name)
            case Number(value):
                return f"{value:g}"
            case Text(value):
                return value.replace("_", " ")
            case Negative(operand):
                return f"minus {self._value(operand)}"
            case Arithmetic(operator, left, right):
                return f"{self._value(left)} {_SIGNS[operator]} {self._value(right)}"
            case _:
                return self.clause(node).flat

    def _noun(self, name: str) -> str:
        """A name as it stands in a sentence."""
        known = self.known.get(name)
        match known.role if known is not None else None:
            case Role.FEATURE:
                return measure(name)
            case Role.PARAMETER:
                parameter = self.pack.parameters[name]
                base, years = base_parameter(self.pack, parameter)
                called = parameter.title or base.title or base.meaning or name.replace("_", " ")
                return f"“{called}”" + (f" of {_earlier(years)}" if years else "")
            case Role.JUDGEMENT:
                return f"what officers judge of “{self.pack.judgements[name].meaning}”"
            case Role.SETTING:
                return f"“{self.pack.settings[name].title}”"
            case Role.RULE:
                return f"“{self.title(name)}”"
            case _:
                return {AS_AT: "the day for which the list is made"}.get(name, name.replace("_", " "))

    def _role(self, node: Node) -> Role | None:
        known = self.known.get(node.name) if isinstance(node, Name) else None
        return known.role if known else None

    def _kind(self, node: Node) -> Kind | None:
        known = self.known.get(node.name) if isinstance(node, Name) else None
        return known.kind if known else None


def years_words(period: str, *, counts_years: bool) -> str:
    """`2010 to 2012` as results years: `2009/10 to 2011/12`; dates stay as they are."""
    if not counts_years or not period:
        return period
    return " ".join(str(AcademicYear(int(word))) if word.isdigit() else word for word in period.split())


def _without_guards(junction: Junction, operands: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The parts without "x is known" beside a comparison of x: what is compared has to be known anyway."""
    if junction is not Junction.AND:
        return operands
    used = {name for each in operands if not _guards(each) for name in names(each)}
    return tuple(each for each in operands if not (_guards(each) and set(names(each)) <= used))


def _guards(node: Condition) -> bool:
    return isinstance(node, Not) and isinstance(node.operand, IsMissing)


def _is_grade(node: Node) -> bool:
    return isinstance(node, Name) and node.name.endswith("_grade")


def _earlier(years: int) -> str:
    return "one year earlier" if years == 1 else f"{years} years earlier"
