"""
What would change a category: the nearest change of one figure, tried and found to do it.

A percentage moves by whole pupils of its cohort, another number by the smallest step it is printed in, a judgement by
its levels. Every suggestion has been decided again with the changed figure; what does not alter the category is not
suggested.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from strandline.catalogue import FEATURES, Group, Kind
from strandline.engine.categorise import Decision, State
from strandline.engine.evaluate import School, decide, normal
from strandline.engine.figures import known_figure, measure, number_word
from strandline.engine.resolve import ResolvedPack, is_number
from strandline.engine.trace import Trace
from strandline.kernel.rounding import round_half_up
from strandline.kernel.units import Unit
from strandline.strategy.model import Scalar
from strandline.strategy.names import Known, Role
from strandline.strategy.nodes import Among, Comparison, Name, Value, Within

MOST = 6
MOVABLE = frozenset(Group) - {
    Group.IDENTITY,
    Group.LOCATION,
    Group.RESPONSIBLE_BODY,
    Group.ROLL,
    Group.PREVIOUS_INSPECTION,
    Group.KS2_PREVIOUS,
    Group.KS2_BEFORE_PREVIOUS,
    Group.KS4_PREVIOUS,
    Group.KS4_BEFORE_PREVIOUS,
}
ENDS = {Unit.PERCENT: (0.0, 100.0), Unit.GRADE: (1.0, 4.0), Unit.PUPILS: (0.0, math.inf), Unit.QUINTILE: (1.0, 5.0)}
_AT = {"level": False, "expected standard": True, "higher standard": True}
FOLLOWING = frozenset({"inspection_grade", "ks2_cohort", "ks4_cohort", "census_pupils", "graded_inspections"})
"""Figures on which others hang: moving one of them alone would make a school that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One figure, changed, and the category that follows. `pupils` of `cohort` where the figure counts pupils."""

    name: str
    before: Scalar | None
    after: Scalar
    category: str
    sentence: str
    pupils: int | None = None
    cohort: int | None = None


def improve(resolved: ResolvedPack, decision: Decision, school: School) -> tuple[Suggestion, ...]:
    """
    The nearest changes of a single figure that alter the category, nearest first; at most one up and one down each.

    For a school that waits for a judgement: the category that follows from each level of it.
    """
    if decision.state is State.NEEDS_JUDGEMENT:
        return tuple(_judged(resolved, decision, school))
    if decision.state is not State.DECIDED:
        return ()
    found = [s for name in _figures(decision) for s in _nearest(resolved, decision, school, resolved.known[name])]
    return tuple(sorted(found, key=_distance)[:MOST])


def _distance(suggestion: Suggestion) -> tuple[float, str, float]:
    after = float(suggestion.after) if isinstance(suggestion.after, int | float) else math.inf
    if suggestion.pupils is not None and suggestion.cohort:
        return abs(suggestion.pupils) / suggestion.cohort, suggestion.name, after
    before = float(suggestion.before) if isinstance(suggestion.before, int | float) else 0.0
    return 1 + abs(after - before), suggestion.name, after


def _figures(decision: Decision) -> tuple[str, ...]:
    """Numbers that the tried categories compare with something fixed."""
    leaves = (leaf for tried in decision.tried for leaf in tried.trace.leaves())
    names = dict.fromkeys(
        o.name for leaf in leaves for o in leaf.operands if o.value is not None and _may_move(o.known)
    )
    return tuple(names)


def _may_move(known: Known) -> bool:
    if known.role is Role.JUDGEMENT:
        return True
    if known.role is not Role.FEATURE or known.name in FOLLOWING or not is_number(known):
        return False
    return FEATURES[known.name].group in MOVABLE and known.unit is not Unit.YEARS


def _nearest(resolved: ResolvedPack, decision: Decision, school: School, known: Known) -> Iterator[Suggestion]:
    if known.role is Role.JUDGEMENT and known.kind is Kind.CODE:
        yield from _other_levels(resolved, decision, school, known)
        return
    value = normal(known, school[known.name])  # type: ignore[arg-type]
    if not isinstance(value, float):
        return
    scale = _Scale.of(known, value, school)
    limits = {step: limit for limit in _limits(decision, known.name) for step in scale.steps_to(limit)}
    for ahead in (True, False):
        for step in sorted((step for step in limits if step and (step > 0) is ahead), key=abs):
            category = decide(resolved, {**school, known.name: scale.at(step)}).category
            if category is not None and category != decision.category:
                yield scale.suggestion(step, limit=limits[step], category=category, resolved=resolved)
                break


def _limits(decision: Decision, name: str) -> set[float]:
    """The fixed numbers that a feature is compared with anywhere."""
    limits: set[float] = set()
    for tried in decision.tried:
        for leaf in tried.trace.leaves():
            limits |= {side for side in _others(leaf, name) if isinstance(side, float)}
    return limits


def _others(leaf: Trace, name: str) -> tuple[Scalar | None, ...]:
    inputs = [operand.name for operand in leaf.operands if operand.constant is None]
    if inputs != [name]:
        return ()
    sides: tuple[Value, ...] = ()
    match leaf.node:
        case Comparison(_, left, right):
            sides = (left, right)
        case Among(value, options):
            sides = (value, *options)
        case Within(value, low, high):
            sides = (value, low, high)
    return tuple(value for side, value in zip(sides, leaf.sides, strict=True) if side != Name(name)) if sides else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """How a figure can move: in pupils of a cohort, or in steps of the last printed digit."""

    known: Known
    value: float
    places: int
    cohort: int | None

    @classmethod
    def of(cls, known: Known, value: float, school: School) -> _Scale:
        feature = FEATURES.get(known.name)
        pupils = school.get(feature.cohort) if feature is not None and feature.cohort else None
        counted = isinstance(pupils, int | float) and not isinstance(pupils, bool) and pupils >= 1
        shown = f"{value:.10g}".partition(".")[2]
        whole = known.kind is Kind.INTEGER or known.unit is Unit.PERCENT
        places = len(shown) if shown or whole else 1
        return cls(known=known, value=value, places=places, cohort=int(pupils) if counted else None)  # type: ignore[arg-type]

    @property
    def start(self) -> int:
        """Pupils behind the figure, or the figure in its smallest steps."""
        return round(self.exact(self.value))

    def at(self, step: int) -> float:
        """The figure after so many steps."""
        if not self.cohort:
            return float(round_half_up((self.start + step) / 10**self.places, places=self.places))
        return float(round_half_up((self.start + step) * 100 / self.cohort, places=self.places))

    def steps_to(self, limit: float) -> Iterator[int]:
        """The steps about a limit, and about where the printed figure rounds to it, as far as the figure can go."""
        low, high = ENDS.get(self.known.unit, (-math.inf, math.inf))
        half = 0.5 / 10**self.places if self.cohort else 0.0
        counts = {
            count
            for edge in (limit - half, limit, limit + half)
            for count in range(math.floor(self.exact(edge)) - 1, math.ceil(self.exact(edge)) + 2)
        }
        for count in sorted(counts):
            if low <= self.at(count - self.start) <= high:
                yield count - self.start

    def exact(self, figure: float) -> float:
        """A figure in pupils or in smallest steps."""
        return figure * self.cohort / 100 if self.cohort else figure * 10**self.places

    def suggestion(self, step: int, *, limit: float, category: str, resolved: ResolvedPack) -> Suggestion:
        """The step in a sentence."""
        after = self.at(step)
        label = _called(resolved, category)
        passes = f"{_passing(self.value, after, limit)} {known_figure(self.known, limit)}"
        shown = f"{known_figure(self.known, self.value)} to {known_figure(self.known, after)}"
        return Suggestion(
            name=self.known.name,
            before=self.value,
            after=after,
            category=category,
            sentence=f"{self._moved(step, shown)} would {passes} and put the school in {label}.",
            pupils=step if self.cohort else None,
            cohort=self.cohort,
        )

    def _moved(self, step: int, shown: str) -> str:
        name = measure(self.known.name) if self.known.name in FEATURES else self.known.name.replace("_", " ")
        if not self.cohort:
            return f"A change in {name} ({shown})"
        count = f"{number_word(abs(step))} {'more' if step > 0 else 'fewer'} pupil{'s' * (abs(step) > 1)}"
        about = "" if self.at(0) == self.value else "about "
        at = next((f"at {'the ' * article}{name}" for start, article in _AT.items() if name.startswith(start)), "")
        moved = f"{about}{count} of {self.cohort} {at or f'counted in {name}'} ({shown})"
        return moved[0].upper() + moved[1:]


def _called(resolved: ResolvedPack, category: str) -> str:
    """`category 3A (Satisfactory, declining)`, in the authority's own word for a category."""
    return f"{resolved.pack.word('category', 'category')} {resolved.pack.category(category).label}"


def _passing(before: float, after: float, limit: float) -> str:
    if before < limit <= after:
        return "clear"
    return "fall below" if after < limit <= before else "pass"


def _judged(resolved: ResolvedPack, decision: Decision, school: School) -> Iterator[Suggestion]:
    for lacking in decision.lacking:
        known = resolved.known[lacking.name]
        if known.role is Role.JUDGEMENT:
            yield from _other_levels(resolved, decision, school, known)


def _other_levels(resolved: ResolvedPack, decision: Decision, school: School, known: Known) -> Iterator[Suggestion]:
    judgement = resolved.pack.judgements[known.name]
    before = school.get(known.name)
    present = before if isinstance(before, str | bool) else None
    options: tuple[Scalar, ...] = (True, False) if known.kind is Kind.BOOLEAN else tuple(judgement.values)
    for value in options:
        category = decide(resolved, {**school, known.name: value}).category
        if value == present or category is None or category == decision.category:
            continue
        words = judgement.values.get(str(value), "yes" if value is True else "no").lower()
        label = _called(resolved, category)
        sentence = f'If "{judgement.meaning}" is judged {words}, the school is in {label}.'
        yield Suggestion(name=known.name, before=present, after=value, category=category, sentence=sentence)
