"""
Early warning: the rules of a run tried on figures that nobody has published yet.

The results year to come takes the place of the latest one, and each published year moves back: what was "latest" is
now "one year earlier". Of the year to come only the figures that were given are known; nothing is carried forward.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import polars as pl

from strandline.catalogue import FEATURES
from strandline.engine.evaluate import decide
from strandline.engine.explain import Criterion, criteria_of_rule
from strandline.engine.resolve import ResolvedPack, resolve
from strandline.engine.trace import Trace, blamed
from strandline.kernel.dates import AcademicYear
from strandline.kernel.errors import UserError
from strandline.kernel.missing import Missing, MissingReason
from strandline.runs.evidence import Given, schools_in
from strandline.runs.record import Run
from strandline.runs.rules_of import kept_rules
from strandline.strategy.names import Role
from strandline.strategy.nodes import names

STAGES = ("ks2", "ks4")
SUFFIXES = ("", "_previous", "_before_previous")
FLOORS = {"ks2": "ks2_below_floor", "ks4": "ks4_below_floor"}
"""The national floor of each key stage, where a pack has it."""

Figures = Mapping[int, Mapping[str, float]]
"""By URN the figures given ahead: feature of the latest results year → value."""


class NotAhead(UserError):
    """The results of that year have been published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """
    One rule of one school on the figures given ahead.

    `truth` is None where it cannot be told, and `lacking` then names what for. `why_none` says in words why no such
    rule is in force for the year; `applies` is false where the rule is not for this school. `rows` are the comparisons
    of results with their thresholds, and `given` the names among them that were given ahead.
    """

    rule: str
    title: str
    stage: str
    truth: bool | None
    applies: bool
    why_none: str
    rows: tuple[Criterion, ...]
    given: frozenset[str]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One school: its rules on the figures given ahead, and the category now and then; empty without one."""

    urn: int
    tests: tuple[Tested, ...]
    category_now: str
    state_now: str
    category_then: str
    state_then: str
    possible_then: tuple[str, ...]


def results_years(run: Run) -> Mapping[str, int | None]:
    """The latest results year that the run's figures are of, by key stage; None where none was published."""
    return {stage: run.manifest.clocks.get(f"{stage}_results_year") for stage in STAGES}


def early_warning(run: Run, *, year: int, figures: Figures) -> tuple[Warned, ...]:
    """
    Try the rules of `run` on figures given ahead for results year `year`.

    Shape:   one for each school of the run that `figures` names, by URN. Only the key stages of which a school has a
             figure move on to `year`.
    Missing: a figure of the year that was not given is unknown; it is neither carried forward nor guessed.
    Raises:  NotAhead.
    """
    urns = pl.Series(sorted(figures), dtype=pl.Int64)
    decided = {
        urn: (category or "", state)
        for urn, category, state in run.decisions.filter(pl.col("urn").is_in(urns.implode()))
        .select("urn", "category", "state")
        .iter_rows()
    }
    resolved: dict[tuple[str, ...], ResolvedPack] = {}
    found = []
    for urn, school in sorted(schools_in(run, urns=urns).items()):
        stages = tuple(stage for stage in STAGES if any(name.startswith(stage) for name in figures[urn]))
        if stages not in resolved:
            resolved[stages] = _resolved(run, stages=stages, year=year)
        known = dict(school)
        for stage in stages:
            published = results_years(run)[stage]
            known |= _moved_on(school, stage=stage, back=year - published if published else len(SUFFIXES))
            known[f"{stage}_results_year"] = year
        known |= figures[urn]
        found.append(_warned(urn, resolved[stages], known, given=figures[urn], stages=stages, now=decided[urn]))
    return tuple(found)


def _resolved(run: Run, *, stages: Collection[str], year: int) -> ResolvedPack:
    """The run's rules for the results year to come. Raises: NotAhead."""
    clocks = dict(run.manifest.clocks)
    for stage in stages:
        published = clocks.get(f"{stage}_results_year")
        if published is not None and year <= published:
            raise NotAhead(
                f"The results of {AcademicYear(year)} have been published", what_to_do="Look at the actual figures"
            )
        clocks[f"{stage}_results_year"] = year
    inputs = run.manifest.inputs
    return resolve(kept_rules(run).pack, as_at=inputs.as_at, clocks=clocks, settings=dict(inputs.settings))


def _moved_on(school: Mapping[str, Given], *, stage: str, back: int) -> dict[str, Given]:
    """The results of a stage, each published year moved `back` years into the past."""
    first = [name for name, feature in FEATURES.items() if name.startswith(f"{stage}_") and not _lag(name)]
    moved: dict[str, Given] = {}
    for name in first:
        for lag, suffix in enumerate(SUFFIXES):
            if lag >= back:
                moved[f"{name}{suffix}"] = school.get(f"{name}{SUFFIXES[lag - back]}")
            else:
                reason = MissingReason.NOT_SUPPLIED if lag == 0 else MissingReason.NOT_YET_PUBLISHED
                moved[f"{name}{suffix}"] = Missing(reason=reason)
    return moved


def _lag(name: str) -> int:
    return FEATURES[name].years_back


def _warned(
    urn: int,
    resolved: ResolvedPack,
    school: Mapping[str, Given],
    *,
    given: Mapping[str, float],
    stages: Collection[str],
    now: tuple[str, str],
) -> Warned:
    decision = decide(resolved, school)
    tests = []
    for name in _tried(resolved, stages=stages):
        rule, trace = resolved.rules[name], decision.rules[name]
        rows = criteria_of_rule(resolved, decision, rule=name, school=school)
        tests.append(
            Tested(
                rule=name,
                title=rule.title,
                stage=next((stage for stage in stages if _asks(resolved, name, stage)), ""),
                truth=None if rule.unstated else trace.truth,
                applies=not trace.does_not_apply,
                why_none=rule.none or rule.unstated,
                rows=tuple(_with_results(row) for row in rows if any(_is_result(each) for each in row.names)),
                given=frozenset(given) & {each for row in rows for each in row.names},
                lacking=_lacking(trace),
            )
        )
    return Warned(
        urn=urn,
        tests=tuple(tests),
        category_now=now[0],
        state_now=now[1],
        category_then=decision.category or "",
        state_then=str(decision.state),
        possible_then=decision.possible,
    )


def _with_results(row: Criterion) -> Criterion:
    return replace(row, names=tuple(name for name in row.names if _is_result(name)))


def _tried(resolved: ResolvedPack, *, stages: Collection[str]) -> tuple[str, ...]:
    """The national floor of each stage, and the rules that the strategy's categories name and that ask for results."""
    floors = [FLOORS[stage] for stage in stages if FLOORS[stage] in resolved.rules]
    named = [name for each in resolved.categories for name in names(each.condition) if name in resolved.rules]
    own = [name for name in named if any(_asks(resolved, name, stage) for stage in stages)]
    return tuple(dict.fromkeys((*floors, *own)))


def _asks(resolved: ResolvedPack, rule: str, stage: str) -> bool:
    """Whether a rule looks at results of a stage, itself or through another; the national floor always does."""
    if rule == FLOORS[stage]:
        return True
    waiting, seen = [rule], set()
    while waiting:
        name = waiting.pop()
        if name.startswith(f"{stage}_") and _is_result(name):
            return True
        if name in resolved.rules and name not in seen:
            seen.add(name)
            parts = (resolved.rules[name].applies_when, resolved.rules[name].condition)
            waiting += [each for part in parts if part is not None for each in names(part)]
    return False


def _is_result(name: str) -> bool:
    return name in FEATURES and name[:3] in STAGES


def _lacking(trace: Trace) -> tuple[str, ...]:
    """What an unknown truth is for want of, in words: the figure or the threshold, and why it is not there."""
    said = []
    for name, operand in sorted(blamed(trace).items()):
        if operand.known.role is Role.FEATURE:
            called, why = FEATURES[name].meaning, str(operand.missing) if operand.missing else ""
        else:
            called = operand.constant.title if operand.constant else name.replace("_", " ")
            why = operand.constant.why_none if operand.constant else str(operand.missing or "")
        said.append(f"{called}: {why}" if why else called)
    return tuple(said)
