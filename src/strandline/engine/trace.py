"""What the reference evaluator saw at every node of a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from strandline.catalogue import FEATURES, Group
from strandline.engine.resolve import Constant, ResolvedRule
from strandline.kernel.missing import Missing, MissingReason
from strandline.strategy.model import Scalar
from strandline.strategy.names import Known
from strandline.strategy.nodes import Condition, Joined, Not, Truth
from strandline.strategy.printing import print_node


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A name inside a comparison with what stood behind it; `constant` for what the pack states."""

    known: Known
    value: Scalar | None
    missing: Missing | None = None
    constant: Constant | None = None

    @property
    def name(self) -> str:
        """The name as the rule writes it."""
        return self.known.name

    @property
    def why(self) -> str:
        """Why there is no value, in words; nothing where no reason is known."""
        if self.constant is not None:
            return self.constant.why_none
        if self.missing is None:
            return ""
        feature = FEATURES.get(self.name)
        if feature and feature.group is Group.REPORT_CARD and self.missing.reason is MissingReason.NEVER_INSPECTED:
            return "no report card is on record"
        return str(self.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """
    A condition with its truth for one school.

    A leaf has `operands` (its names) and `sides` (its values as compared, left to right); a rule has `rule` and the
    traces of its condition as children; a junction has its parts.
    """

    node: Condition
    truth: bool | None
    children: tuple[Trace, ...] = ()
    operands: tuple[Operand, ...] = ()
    sides: tuple[Scalar | None, ...] = ()
    rule: ResolvedRule | None = None
    does_not_apply: bool = False

    @property
    def text(self) -> str:
        """The condition as written."""
        return print_node(self.node)

    @property
    def is_leaf(self) -> bool:
        """True for what is compared, false for what only joins."""
        return self.rule is None and not isinstance(self.node, Not | Joined)

    def leaves(self) -> Iterator[Trace]:
        """The leaves inside, in written order, rules opened."""
        if self.is_leaf:
            yield self
        for child in self.children:
            yield from child.leaves()


def settling(trace: Trace) -> tuple[Trace, ...]:
    """
    The parts that settle a truth: all of them where they agree, else the first that is enough.

    One false part settles AND, one true part settles OR; an unknown is settled by every unknown part.
    """
    same = tuple(child for child in trace.children if child.truth is trace.truth)
    if isinstance(trace.node, Not):
        return trace.children
    if trace.does_not_apply:
        return trace.children[:1]
    return same if trace.truth is None or len(same) == len(trace.children) else same[:1]


def in_play(trace: Trace) -> Iterator[Trace]:
    """The trace and the parts of it that settle it, rules and leaves."""
    yield trace
    for child in settling(trace):
        yield from in_play(child)


def blamed(trace: Trace) -> dict[str, Operand]:
    """
    What an unknown truth is for want of: the operands without a value in the unknown leaves that are reached through
    unknown nodes only. Where every value is there (a division by zero), all operands of the leaf.
    """
    if trace.truth is not None:
        return {}
    if trace.is_leaf:
        lacking = {operand.name: operand for operand in trace.operands if operand.value is None}
        return lacking or {operand.name: operand for operand in trace.operands}
    found: dict[str, Operand] = {}
    for child in trace.children:
        found.update(blamed(child))
    return found


def is_constant(trace: Trace) -> bool:
    """True for a bare TRUE or FALSE, which no reader needs to see."""
    return isinstance(trace.node, Truth)
