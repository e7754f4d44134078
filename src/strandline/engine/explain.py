"""
A decision in sentences, a table of criteria, and what would change it.

Every sentence rests on the trace of the reference evaluator: the figure, the threshold, where each comes from, and a
warning where the source has not been verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from strandline.engine.categorise import Decision, Lacking, State, Tried
from strandline.engine.demands import demand
from strandline.engine.evaluate import School
from strandline.engine.figures import known_figure, listed, measure, results_year, title
from strandline.engine.improve import Suggestion, improve
from strandline.engine.phrases import Phrases
from strandline.engine.reckonings import stem
from strandline.engine.resolve import ResolvedPack
from strandline.engine.trace import Operand, Trace, in_play, is_constant
from strandline.kernel.citations import Citation
from strandline.kernel.dates import long_date
from strandline.strategy.names import Role
from strandline.strategy.nodes import Not
from strandline.strategy.printing import print_node


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The release that a figure was read from."""

    title: str
    publisher: str = ""
    published_on: date | None = None
    release_id: str = ""
    status: str = ""

    def __str__(self) -> str:
        status = f", {self.status}" if self.status else ""
        day = f", published {long_date(self.published_on)}" if self.published_on else ""
        return f"{self.title}{status}{day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """
    One row of the table: what is compared, with what, and how it came out.

    `asked` is what is asked for, in words, and `met` whether that is so: where the rule asks that a comparison does
    not hold, both and `text` tell of the contrary. `met` is None where it cannot be judged, and `why_not_known`
    then says why. `flagged` where a citation has not been verified in the source itself. `decides` where the row is of
    the scope, of the category that the school is in, or of one that it may be in.
    """

    category: str
    rule: str
    what: str
    value: str
    threshold: str
    met: bool | None
    asked: str
    text: str
    source: str
    paragraph: str
    flagged: bool
    why_not_known: str = ""
    names: tuple[str, ...] = ()
    decides: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a school is where it is."""

    state: State
    category: str | None
    sentences: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    what_would_change: tuple[Suggestion, ...]
    warnings: tuple[str, ...] = field(default=())


def explain(
    resolved: ResolvedPack,
    decision: Decision,
    *,
    school: School,
    provenance: Mapping[str, Provenance] | None = None,
) -> Explanation:
    """
    The decision in words. `provenance` gives the release of each feature by name.

    Missing: a figure that is not there is named with the reason; it is never passed over.
    """
    writer = _Writer(resolved, decision, school, provenance or {})
    return Explanation(
        state=decision.state,
        category=decision.category,
        sentences=tuple(writer.sentences()),
        criteria=tuple(writer.criteria()),
        what_would_change=improve(resolved, decision, school),
        warnings=(*resolved.warnings, *writer.flags()),
    )


def criteria_of_rule(resolved: ResolvedPack, decision: Decision, *, rule: str, school: School) -> tuple[Criterion, ...]:
    """The comparisons of one rule, whether or not a category rests on it."""
    writer = _Writer(resolved, decision, school, {})
    return tuple(writer.rows("", decision.rules[rule], (), set()))


class _Writer:
    def __init__(
        self, resolved: ResolvedPack, decision: Decision, school: School, provenance: Mapping[str, Provenance]
    ) -> None:
        self.resolved = resolved
        self.decision = decision
        self.provenance = provenance
        self.phrases = Phrases(resolved, school)
        self.word = resolved.pack.word("category", "category")

    def sentences(self) -> Iterator[str]:
        match self.decision.state:
            case State.DECIDED:
                yield from self.decided()
            case State.OUT_OF_SCOPE:
                yield from self.outside()
            case _:
                yield from self.open()

    def decided(self) -> Iterator[str]:
        won = self.decision.deciding
        if won is None:
            return
        category = won.category.category
        clauses = self.phrases.because(won.trace)
        reason = listed(list(clauses)) or f"no rule that comes before puts it in another {self.word}"
        yield f"This school is in {self.word} {category.label} because {reason}."
        if category.citation:
            yield f"The rule is in {category.citation}."
        releases = dict.fromkeys(str(self.provenance[n]) for n in self.named(won.trace) if n in self.provenance)
        if releases:
            yield f"The figures come from {listed(list(releases))}."

    def outside(self) -> Iterator[str]:
        scope = self.resolved.pack.scope
        clauses = self.phrases.because(self.decision.scope) if self.decision.scope else ()
        reason = f" because {listed(list(clauses))}" if clauses else ""
        yield f"{self.resolved.pack.title} does not apply to this school{reason}."
        if scope.outside and scope.outside.words:
            yield f"{scope.outside.words.rstrip('.')}."
        if scope.citation:
            yield f"The rule is in {scope.citation}."

    def open(self) -> Iterator[str]:
        possible = [self.resolved.pack.category(code).label for code in self.decision.possible]
        if self.decision.state is State.UNDECIDED:
            yield f"This school's {self.word} cannot be decided yet."
        elif self.decision.lacking:
            yield f"This school's {self.word} waits for an officer's judgement."
        else:
            yield f"No rule puts this school in a {self.word}; an officer has to."
        if possible and self.decision.lacking:
            yield f"It may be {listed(possible, last='or')}."
        for lacking in self.decision.lacking:
            yield self.missing(lacking)

    def missing(self, lacking: Lacking) -> str:
        known = self.resolved.known[lacking.name]
        if lacking.role is Role.JUDGEMENT:
            judgement = self.resolved.pack.judgements[lacking.name]
            levels = f" ({listed([word.lower() for word in judgement.values.values()], last='or')})"
            return f"To be judged: {judgement.meaning}{levels if judgement.values else ''}. {_capital(lacking.why)}."
        if lacking.role in (Role.PARAMETER, Role.RULE):
            rule = self.resolved.rules.get(lacking.name)
            constant = self.resolved.constants.get(lacking.name)
            called = rule.title if rule else constant.title if constant else lacking.name
            return f'Not stated: "{called}". {_capital(lacking.why)}.'
        year = results_year(lacking.name, dict(self.resolved.clocks))
        return f"Missing: {title(known)}{year}; {lacking.why}."

    def criteria(self) -> Iterator[Criterion]:
        """The comparisons of the categories that were tried up to the one that won, and of the scope."""
        seen: set[tuple[str, str]] = set()
        if self.decision.scope is not None:
            yield from self.rows("scope", self.decision.scope, self.resolved.pack.scope.citations, seen)
        if self.decision.state is State.OUT_OF_SCOPE:
            return
        for tried in self.until_decided():
            category = tried.category.category
            yield from self.rows(category.code, tried.trace, category.citations, seen)

    def until_decided(self) -> Iterator[Tried]:
        for tried in self.decision.tried:
            yield tried
            if tried.category.category.code == self.decision.category:
                return

    def rows(
        self,
        category: str,
        trace: Trace,
        cited: tuple[Citation, ...],
        seen: set[tuple[str, str]],
        *,
        rule: str = "",
        holds: bool = True,
    ) -> Iterator[Criterion]:
        """The comparisons below a trace, once each; a named rule is told as it stands, whatever is asked of it."""
        if trace.rule is not None:
            called = trace.rule.title if holds else f"{trace.rule.title} (not to be met)"
            for child in trace.children:
                yield from self.rows(category, child, trace.rule.citations, seen, rule=called)
        elif not trace.is_leaf:
            for child in trace.children:
                asked = holds != isinstance(trace.node, Not)
                yield from self.rows(category, child, cited, seen, rule=rule, holds=asked)
        elif not is_constant(trace):
            text = _written(trace, holds=holds)
            if (category, text) not in seen:
                seen.add((category, text))
                yield self.row(category, trace, cited, rule, holds=holds)

    def row(self, category: str, trace: Trace, cited: tuple[Citation, ...], rule: str, *, holds: bool) -> Criterion:
        given = [operand for operand in trace.operands if operand.constant is None]
        stated = [operand for operand in trace.operands if operand.constant is not None]
        citations = [*cited[:1], *(o.constant.citation for o in stated if o.constant and o.constant.citation)]
        sources = dict.fromkeys(str(self.provenance[o.name]) for o in given if o.name in self.provenance)
        return Criterion(
            category=category,
            rule=rule,
            what="; ".join(dict.fromkeys(self.heading(operand) for operand in given or stated)),
            value="; ".join(self.shown(operand) for operand in given or stated[:1]),
            threshold="; ".join(self.shown(operand) for operand in stated) or _fixed(trace, holds=holds),
            met=trace.truth if holds or trace.truth is None else not trace.truth,
            asked=demand(trace, self.phrases.shown, holds=holds),
            text=_written(trace, holds=holds),
            source="; ".join(sources),
            paragraph="; ".join(dict.fromkeys(str(citation) for citation in citations)),
            flagged=any(citation.status.flagged for citation in citations),
            why_not_known="; ".join(operand.why for operand in trace.operands if operand.value is None)
            if trace.truth is None
            else "",
            names=tuple(operand.name for operand in trace.operands),
            decides=category in ("scope", self.decision.category, *self.decision.possible) or self.open_to_all,
        )

    @property
    def open_to_all(self) -> bool:
        """True where no category is more likely than another, so that every criterion counts."""
        return self.decision.category is None and not self.decision.possible

    def heading(self, operand: Operand) -> str:
        if operand.known.role is Role.JUDGEMENT:
            return self.resolved.pack.judgements[operand.name].meaning
        if operand.known.role is Role.FEATURE:
            return _capital(measure(stem(operand.name)))
        return title(operand.known, operand.constant.title if operand.constant else "")

    def shown(self, operand: Operand) -> str:
        year = results_year(operand.name, dict(self.resolved.clocks))
        if operand.value is None:
            return known_figure(operand.known, None)
        return f"{self.phrases.shown(operand.known, operand.value)}{year}"

    def named(self, trace: Trace) -> tuple[str, ...]:
        return tuple(dict.fromkeys(operand.name for leaf in trace.leaves() for operand in leaf.operands))

    def flags(self) -> Iterator[str]:
        """A warning for each citation in play that was not read in the source itself."""
        tried = [each.trace for each in self.until_decided()] if self.decision.state is not State.OUT_OF_SCOPE else []
        traces = [*tried, *([self.decision.scope] if self.decision.scope else [])]
        said: dict[str, None] = {}
        for trace in traces:
            for name, citation in self.cited(trace):
                if citation.status.flagged:
                    said[f"{name}: {citation}"] = None
        yield from said

    def cited(self, trace: Trace) -> Iterator[tuple[str, Citation]]:
        for part in in_play(trace):
            if part.rule is not None and part.rule.citation is not None:
                yield part.rule.title, part.rule.citation
            for operand in part.operands:
                if operand.constant is not None and operand.constant.citation is not None:
                    yield operand.constant.title or operand.name, operand.constant.citation


def _written(trace: Trace, *, holds: bool) -> str:
    """The comparison as a rule would write it, with its NOT where it is asked not to hold."""
    return trace.text if holds else print_node(Not(trace.node))


def _fixed(trace: Trace, *, holds: bool) -> str:
    """What stands in the rule itself: the comparison without the name."""
    names, text = [operand.name for operand in trace.operands], _written(trace, holds=holds)
    return text.removeprefix(names[0]).strip() if len(names) == 1 and trace.text != names[0] else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
