"""
Categories that nothing can reach.

Each condition is written out as alternatives (a disjunction of conjunctions, rules of one version opened); of a
conjunction it is known which values each single name may have. A category is out of reach when every alternative
contradicts itself or lies within an alternative of an earlier category. The test is sound, not complete: what it names
is out of reach, but it may miss some.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from strandline.strategy.checking.allowed import Allowed, Span, Words
from strandline.strategy.checking.findings import Finding, error, warning
from strandline.strategy.model import Category, Pack
from strandline.strategy.names import Known, Role, known_names
from strandline.strategy.nodes import (
    Among,
    Comparator,
    Comparison,
    Condition,
    Joined,
    Junction,
    Name,
    Not,
    Number,
    Text,
    Truth,
    Within,
    joined,
)
from strandline.strategy.printing import print_node
from strandline.strategy.types import SORTS, Sort, is_iso_date

MOST = 256
_OPPOSITE = {
    Comparator.EQUAL: Comparator.NOT_EQUAL,
    Comparator.NOT_EQUAL: Comparator.EQUAL,
    Comparator.LESS: Comparator.GREATER_OR_EQUAL,
    Comparator.GREATER_OR_EQUAL: Comparator.LESS,
    Comparator.GREATER: Comparator.LESS_OR_EQUAL,
    Comparator.LESS_OR_EQUAL: Comparator.GREATER,
}


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way for a condition to be true: values allowed to names, and comparisons known only by their text."""

    allowed: tuple[tuple[str, Allowed], ...] = ()
    told: frozenset[tuple[str, bool]] = frozenset()

    def meet(self, other: Alternative) -> Alternative | None:
        """Both at once; None where they contradict each other."""
        allowed = dict(self.allowed)
        for name, values in other.allowed:
            allowed[name] = allowed[name].meet(values) if name in allowed else values
            if allowed[name].empty:
                return None
        told = self.told | other.told
        if any((text, not sign) in told for text, sign in told):
            return None
        return Alternative(tuple(sorted(allowed.items(), key=lambda item: item[0])), told)

    def inside(self, other: Alternative) -> bool:
        """True where `other` is true whenever this is."""
        mine = dict(self.allowed)
        named = all(name in mine and mine[name].inside(values) for name, values in other.allowed)
        return named and other.told <= self.told


class TooManyAlternatives(Exception):
    """A condition has more alternatives than are worth writing out."""


def reach_findings(pack: Pack) -> Iterator[Finding]:
    """Categories that no school can be in, each with the reason."""
    writer = _Writer(pack, known_names(pack))
    earlier: list[tuple[Category, Alternative]] = []
    for category in pack.categories:
        if category.when is None:
            what = f"no rule puts a school in {category.code}"
            yield warning(what, category.place, "Only an officer can; give it a `when:` if that is not meant")
            continue
        try:
            alternatives = writer.alternatives(category.when)
        except (TooManyAlternatives, RecursionError):
            continue
        if not alternatives:
            yield error(f"nothing can reach {category.code}: its condition contradicts itself", category.place)
        else:
            before = [_covering(alternative, earlier) for alternative in alternatives]
            if all(before):
                codes = ", ".join(dict.fromkeys(each.code for each in before if each))
                what = f"nothing can reach {category.code}: {codes} comes earlier and takes all of it"
                yield error(what, category.place, "Change the order, or the condition")
        earlier += [(category, alternative) for alternative in alternatives]


def _covering(alternative: Alternative, earlier: list[tuple[Category, Alternative]]) -> Category | None:
    return next((category for category, other in earlier if alternative.inside(other)), None)


class _Writer:
    def __init__(self, pack: Pack, known: Mapping[str, Known]) -> None:
        self.pack = pack
        self.known = known

    def alternatives(self, node: Condition, *, sign: bool = True) -> list[Alternative]:
        """The ways for `node` to be true (or, without `sign`, false)."""
        match node:
            case Not(operand):
                return self.alternatives(operand, sign=not sign)
            case Joined(junction, operands):
                parts = [self.alternatives(operand, sign=sign) for operand in operands]
                return self._all(parts) if (junction is Junction.AND) is sign else [a for part in parts for a in part]
            case Truth(value):
                return [Alternative()] if value is sign else []
            case Name(name) if self._opened(name) is not None:
                return self.alternatives(self._opened(name) or node, sign=sign)
            case _:
                return self._leaf(node, sign=sign)

    def _all(self, parts: list[list[Alternative]]) -> list[Alternative]:
        met: list[Alternative] = [Alternative()]
        for part in parts:
            pairs = (one.meet(other) for one, other in product(met, part))
            met = [alternative for alternative in pairs if alternative is not None]
            if len(met) > MOST:
                raise TooManyAlternatives
        return met

    def _opened(self, name: str) -> Condition | None:
        """The condition of a rule that has one version and is not shifted."""
        rule = self.pack.rules.get(name)
        if rule is None or rule.same_as or len(rule.versions) != 1 or rule.versions[0].when is None:
            return None
        applies = rule.versions[0].applies_when or rule.applies_when
        return joined(Junction.AND, applies, rule.versions[0].when) if applies else rule.versions[0].when

    def _leaf(self, node: Condition, *, sign: bool) -> list[Alternative]:
        match node:
            case Name(name) if name in self.known and self.known[name].role is not Role.RULE:
                return [_only(name, Words(only=frozenset({str(sign)})))]
            case Comparison(comparator, Name(name), Number() | Text() as other):
                allowed = self._compared(name, comparator if sign else _OPPOSITE[comparator], other)
                if allowed is not None:
                    return [_only(name, allowed)]
            case Among(Name(name), options) if all(isinstance(option, Number | Text) for option in options):
                parts: list[Condition] = [Comparison(Comparator.EQUAL, Name(name), option) for option in options]
                if len(parts) > 1:
                    return self.alternatives(joined(Junction.OR, *parts), sign=sign)
                return self._leaf(parts[0], sign=sign)
            case Within(value, low, high):
                ends = (
                    Comparison(Comparator.GREATER_OR_EQUAL, value, low),
                    Comparison(Comparator.LESS_OR_EQUAL, value, high),
                )
                return self.alternatives(joined(Junction.AND, *ends), sign=sign)
        return [Alternative(told=frozenset({(print_node(node), sign)}))]

    def _compared(self, name: str, comparator: Comparator, other: Number | Text) -> Allowed | None:
        sort = SORTS[self.known[name].kind] if name in self.known else Sort.UNKNOWN
        if isinstance(other, Number):
            return _span(comparator, other.value) if sort is Sort.NUMBER else None
        if sort is Sort.DATE and is_iso_date(other.value):
            return _span(comparator, float(date.fromisoformat(other.value).toordinal()))
        if sort is not Sort.TEXT:
            return None
        word = frozenset({other.value})
        if comparator is Comparator.EQUAL:
            return Words(only=word)
        values = self.known[name].values
        return Words(only=frozenset(values) - word) if values else Words(never=word)


def _only(name: str, allowed: Allowed) -> Alternative:
    return Alternative(allowed=((name, allowed),))


def _span(comparator: Comparator, number: float) -> Span:
    match comparator:
        case Comparator.EQUAL:
            return Span(low=number, high=number)
        case Comparator.NOT_EQUAL:
            return Span(excluded=frozenset({number}))
        case Comparator.LESS | Comparator.LESS_OR_EQUAL:
            return Span(high=number, high_open=comparator is Comparator.LESS)
        case _:
            return Span(low=number, low_open=comparator is Comparator.GREATER)
