"""A rule as it stood for a run, in words: every named rule opened, every number with the value that it had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from strandline.engine.figures import known_figure
from strandline.engine.resolve import ResolvedPack
from strandline.runs.clauses import Clause, Clauses
from strandline.strategy.names import Role
from strandline.strategy.nodes import Condition, Truth

Line = tuple[int, str]
DEEPEST = 6
ONLY_WHERE = "It applies only where"


def rule_lines(resolved: ResolvedPack, condition: Condition) -> tuple[Line, ...]:
    """A condition as lines with their depth: `(0, "At least one of these holds")`, `(1, "The last grade is 4")`."""
    if condition == Truth(False):
        return ((0, "No rule: an officer decides"),)
    writer = _Dated(pack=resolved.pack, known=resolved.known, resolved=resolved)
    return tuple((depth, text[:1].upper() + text[1:]) for depth, text in writer.lines(writer.clause(condition), 0, ()))


@dataclass(frozen=True, slots=True)
class _Dated(Clauses):
    """Writes clauses with the values of one moment."""

    resolved: ResolvedPack

    def lines(self, clause: Clause, depth: int, inside: tuple[str, ...]) -> Iterator[Line]:
        """A clause, its parts, and what stands behind the rule that it names."""
        yield depth, clause.text
        for part in clause.parts:
            yield from self.lines(part, depth + 1, inside)
        rule = self.resolved.rules.get(clause.rule)
        if rule is None or clause.rule in inside or depth >= DEEPEST:
            return
        if rule.condition is None:
            yield depth + 1, rule.none or rule.unstated or "the strategy does not say when"
            return
        if rule.applies_when is not None:
            yield depth + 1, ONLY_WHERE
            yield from self.lines(self.clause(rule.applies_when), depth + 2, (*inside, clause.rule))
        yield from self.lines(self.clause(rule.condition), depth + 1, (*inside, clause.rule))

    def title(self, name: str) -> str:
        """The title of a rule, also of one some years earlier."""
        return self.resolved.rules[name].title

    def _noun(self, name: str) -> str:
        known = self.resolved.known[name]
        constant = self.resolved.constants.get(name)
        if known.role is not Role.PARAMETER or constant is None:
            return Clauses._noun(self, name)  # noqa: SLF001 - the base of this class
        if constant.value is None:
            return f"“{constant.title}” ({constant.why_none})"
        return f"{known_figure(known, constant.value)} (“{constant.title}”)"
