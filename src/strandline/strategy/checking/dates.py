"""Dated versions: no gap, no overlap, the right kind of date, and a value for every year that a rule covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from strandline.strategy.checking.findings import Finding, error
from strandline.strategy.model import Clock, Dated, Pack, Parameter, Rule
from strandline.strategy.names import Role, base_parameter, base_rule, known_names
from strandline.strategy.nodes import names


def dated_findings(pack: Pack) -> Iterator[Finding]:
    """Everything wrong with versions of parameters and rules."""
    for parameter in pack.parameters.values():
        if not parameter.same_as:
            yield from _versions(parameter.name, parameter.clock, parameter.values)
            yield from _empty_parameter(parameter)
    for rule in pack.rules.values():
        if not rule.same_as:
            yield from _versions(rule.name, rule.clock, rule.versions)
            yield from _empty_rule(rule)
    owners: tuple[Parameter | Rule, ...] = (*pack.parameters.values(), *pack.rules.values())
    for owner in owners:
        yield from _same_as(pack, owner)
    yield from _uncovered(pack)


def _versions(name: str, clock: Clock, versions: Sequence[Dated]) -> Iterator[Finding]:
    for version in versions:
        for bound in (version.since, version.until):
            wrong = isinstance(bound, date) if clock.counts_years else bound is not None and not isinstance(bound, date)
            if wrong:
                wanted = "a results year such as 2012" if clock.counts_years else "a date such as 2012-09-01"
                yield error(f"{name} counts by {clock.value} and {bound} is not {wanted}", version.place)
                return
        if version.since is not None and version.until is not None and version.until < version.since:  # type: ignore[operator]
            yield error(f"{name} ends ({version.until}) before it begins ({version.since})", version.place)
            return
    ordered = sorted(versions, key=_first)
    for earlier, later in pairwise(ordered):
        if earlier.until is None or _first(later) <= _count(earlier.until):
            what = f"{name} has two versions for {later.since if later.since is not None else later.until}"
            yield error(what, later.place, f"The other is in {earlier.place}")
        elif _first(later) != _count(earlier.until) + 1:
            what = f"{name} says nothing between {earlier.until} and {later.since}"
            advice = "Add a version, or one with `none:` and the reason why there was none"
            yield error(what, later.place, advice)


def _first(version: Dated) -> int:
    return -1 if version.since is None else _count(version.since)


def _count(moment: int | date) -> int:
    return moment.toordinal() if isinstance(moment, date) else moment


def _empty_parameter(parameter: Parameter) -> Iterator[Finding]:
    if not parameter.values:
        yield error(f"{parameter.name} has no value", parameter.place, "Give it `value:`, `values:` or `same_as:`")
    for version in parameter.values:
        if (version.value is None) != bool(version.none):
            what = f"{parameter.name} needs either a value or the reason why there is none"
            yield error(what, version.place, "Write `value: 60` or `none: it was not published`")


def _empty_rule(rule: Rule) -> Iterator[Finding]:
    if not rule.versions:
        yield error(f"{rule.name} has no condition", rule.place, "Give it `when:`, `versions:` or `same_as:`")
    for version in rule.versions:
        if (version.when is None) != bool(version.none):
            what = f"{rule.name} needs either a condition or the reason why there was no such rule"
            yield error(what, version.place, "Write `when: …` or `none: …`")


def _same_as(pack: Pack, owner: Parameter | Rule) -> Iterator[Finding]:
    if not owner.same_as:
        if owner.years_before:
            yield error(f"{owner.name} says `years_before` without `same_as`", owner.place)
        return
    base = base_parameter(pack, owner)[0] if isinstance(owner, Parameter) else base_rule(pack, owner)[0]
    if base.same_as:
        yield error(f"{owner.name} is the same as {base.same_as}, which leads nowhere", owner.place)
    elif owner.years_before and not base.clock.counts_years:
        yield error(f"{owner.name} goes years back, and {base.name} does not count by results years", owner.place)


def _uncovered(pack: Pack) -> Iterator[Finding]:
    """Rules that cover a year for which a parameter they use says nothing."""
    known = known_names(pack)
    for rule in pack.rules.values():
        for version in rule.versions if rule.clock.counts_years else ():
            if version.when is None:
                continue
            used = (known[name] for name in names(version.when) if name in known)
            for parameter in (pack.parameters[k.name] for k in used if k.role is Role.PARAMETER):
                year = _first_uncovered(pack, version, parameter, rule.clock)
                if year is not None:
                    what = f"{rule.name} covers {year} and uses {parameter.name}, which says nothing for that year"
                    yield error(what, version.place, f"Add a version to {parameter.place}, or `none:` with the reason")


def _first_uncovered(pack: Pack, version: Dated, parameter: Parameter, clock: Clock) -> int | None:
    base, back = base_parameter(pack, parameter)
    if base.clock is not clock or not base.values:
        return None
    moments = [
        bound for each in (version, *base.values) for bound in (each.since, each.until) if isinstance(bound, int)
    ]
    if not moments:
        return None
    for year in range(min(moments) - 1, max(moments) + 2):
        if version.covers(year) and not any(each.covers(year - back) for each in base.values):
            return year
    return None
