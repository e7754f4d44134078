"""The first true category wins; an unknown before it leaves the school undecided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from strandline.engine.resolve import ResolvedCategory, ResolvedPack
from strandline.engine.trace import Operand, Trace, blamed
from strandline.kernel.missing import Missing
from strandline.strategy.names import Role


class State(StrEnum):
    """How far a school's category is settled."""

    DECIDED = "decided"
    UNDECIDED = "undecided"
    NEEDS_JUDGEMENT = "needs_judgement"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Something that a decision is for want of, and why it is not there."""

    name: str
    role: Role
    missing: Missing | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A category and how its condition came out."""

    category: ResolvedCategory
    trace: Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """
    A school's category, or why there is none.

    `possible` are the categories that the school may still turn out to be in. `tried` holds every category's trace,
    `rules` every rule's.
    """

    state: State
    category: str | None
    possible: tuple[str, ...]
    lacking: tuple[Lacking, ...]
    scope: Trace | None
    tried: tuple[Tried, ...]
    rules: Mapping[str, Trace]

    @property
    def deciding(self) -> Tried | None:
        """The category that won, with its trace."""
        return next((tried for tried in self.tried if tried.category.category.code == self.category), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names that the decision is for want of: figures in alphabetical order, then judgements."""
        return tuple(lacking.name for lacking in self.lacking)


def categorise(
    resolved: ResolvedPack, *, scope: Trace | None, tried: tuple[Tried, ...], rules: Mapping[str, Trace]
) -> Decision:
    """Walk the categories in the order of decision. Missing: an unknown is never read as false."""
    within = scope.truth if scope else True
    if within is None and scope is not None:
        lacking = _lacking(resolved, (scope,))
        state, category, possible = _without_category(lacking, unknown=True), None, resolved.pack.codes
    elif not within:
        state, category, possible, lacking = State.OUT_OF_SCOPE, None, (), ()
    else:
        first = next((n for n, t in enumerate(tried) if t.trace.truth), len(tried))
        unknown = tuple(t for t in tried[:first] if t.trace.truth is None)
        lacking = _lacking(resolved, tuple(t.trace for t in unknown))
        winner = tried[first].category.category.code if first < len(tried) else None
        if winner is not None and not unknown:
            state, category, possible = State.DECIDED, winner, (winner,)
        else:
            state, category = _without_category(lacking, unknown=bool(unknown)), None
            codes = [t.category.category.code for t in unknown] + ([winner] if winner is not None else [])
            possible = tuple(codes)
    return Decision(
        state=state, category=category, possible=possible, lacking=lacking, scope=scope, tried=tried, rules=rules
    )


def _without_category(lacking: tuple[Lacking, ...], *, unknown: bool) -> State:
    """Only judgements missing, or nothing true at all: a person has to say."""
    only_judgements = bool(lacking) and all(part.role is Role.JUDGEMENT for part in lacking)
    return State.UNDECIDED if unknown and not only_judgements else State.NEEDS_JUDGEMENT


def _lacking(resolved: ResolvedPack, traces: tuple[Trace, ...]) -> tuple[Lacking, ...]:
    found: dict[str, Operand | str] = {}
    for trace in traces:
        found.update(blamed(trace))
        for rule in _unstated(trace):
            found[rule] = resolved.rules[rule].unstated
    explained = (_explained(name, found[name]) for name in sorted(found))
    return tuple(sorted(explained, key=lambda part: part.role is Role.JUDGEMENT))


def _explained(name: str, part: Operand | str) -> Lacking:
    if isinstance(part, str):
        return Lacking(name=name, role=Role.RULE, missing=None, why=part)
    known = part.constant is not None or part.missing is not None
    why = part.why if known else "the comparison divides by zero or is out of range"
    return Lacking(name=name, role=part.known.role, missing=part.missing, why=why)


def _unstated(trace: Trace) -> tuple[str, ...]:
    """Rules of which the pack says nothing for the moment, reached through unknown nodes only."""
    if trace.truth is not None:
        return ()
    own = (trace.rule.name,) if trace.rule and trace.rule.unstated else ()
    return (*own, *(name for child in trace.children for name in _unstated(child)))
