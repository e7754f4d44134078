"""What the desk asks of a strategy: its categories in order, rules in words, risk, and what can be tried otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from strandline.engine.figures import known_figure
from strandline.engine.resolve import ResolvedPack, resolve
from strandline.runs import packs
from strandline.runs.record import Run
from strandline.runs.rule_words import rule_lines
from strandline.runs.rules_of import kept_rules
from strandline.strategy.model import Pack
from strandline.strategy.names import Role
from strandline.strategy.nodes import names
from strandline.strategy.printing import print_node

YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFacts:
    """
    A category: how it is shown, its rule as written, and in words by depth where a run says at what moment.

    `tags` hold `concern` for those causing concern and `lender` for those with good practice to share.
    """

    code: str
    title: str
    words: str
    label: str
    place: int
    step: int
    rule: str
    rule_lines: tuple[tuple[int, str], ...]
    cited: str
    flagged: bool
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something with a fixed set of answers: a judgement, a dimension of risk, a setting."""

    name: str
    title: str
    values: tuple[tuple[str, str], ...]
    default: str = ""
    cited: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFacts:
    """The dimensions on which risk is judged, all of them, and its levels."""

    title: str
    dimensions: tuple[Choice, ...]
    levels: tuple[tuple[str, str], ...]
    judgement: str
    cited: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterFacts:
    """A number of the pack as it stood for a run; `value` None where the pack states none."""

    name: str
    title: str
    value: float | None
    shown: str
    unit: str
    cited: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeFacts:
    """A strategy as the desk needs to know it."""

    pack: str
    title: str
    publisher: str
    sha256: str
    since: date | None
    until: date | None
    review_months: int
    category_word: str
    officer_word: str
    categories: tuple[CategoryFacts, ...]
    judgements: tuple[Choice, ...]
    risk: RiskFacts | None
    settings: tuple[Choice, ...]
    presets: tuple[str, ...]
    parameters: tuple[ParameterFacts, ...] = ()


def of_pack(
    home: Path, *, which: str, as_at: date | None = None, clocks: Mapping[str, int | None] | None = None
) -> SchemeFacts:
    """
    The strategy of that name as it stands now; with its numbers as they stand on a day, where one is given.

    Raises: PackNotFound, PackRefused, PackNotUsable.
    """
    pack = packs.read(home, which=which)
    if as_at is None:
        return _facts(pack)
    return _facts(pack, parameters=_parameters(resolve(pack, as_at=as_at, clocks=clocks)))


def of_run(run: Run) -> SchemeFacts:
    """The strategy of a run by the run's own copy, parameters with the values that decided."""
    resolved = kept_rules(run)
    words = {each.category.code: rule_lines(resolved, each.condition) for each in resolved.categories}
    return _facts(resolved.pack, parameters=_parameters(resolved), words=words)


def _facts(
    pack: Pack,
    *,
    parameters: tuple[ParameterFacts, ...] = (),
    words: Mapping[str, tuple[tuple[int, str], ...]] | None = None,
) -> SchemeFacts:
    shown = sorted(pack.categories, key=lambda category: category.order)
    return SchemeFacts(
        pack=pack.id,
        title=pack.title,
        publisher=pack.publisher,
        sha256=pack.sha256,
        since=pack.in_force.since,
        until=pack.in_force.until,
        review_months=pack.review.every_months if pack.review else YEAR,
        category_word=pack.word("category", "category"),
        officer_word=pack.word("officer", "officer"),
        categories=tuple(
            CategoryFacts(
                code=each.code,
                title=each.title,
                words=each.words,
                label=each.label,
                place=place,
                step=each.colour_step,
                rule=print_node(each.when) if each.when else "",
                rule_lines=(words or {}).get(each.code, ()),
                cited=str(each.citation or ""),
                flagged=any(citation.status.flagged for citation in each.citations),
                tags=each.tags,
            )
            for place, each in enumerate(shown, start=1)
        ),
        judgements=tuple(_judgement(pack, name) for name in pack.judgements),
        risk=_risk(pack),
        settings=tuple(
            Choice(
                name=each.name,
                title=each.title,
                values=tuple(each.values.items()),
                default=each.default,
                cited=str(each.citation or ""),
            )
            for each in pack.settings.values()
        ),
        presets=tuple(sorted({name for offer in pack.offers for name in offer.presets})),
        parameters=parameters,
    )


def _judgement(pack: Pack, name: str) -> Choice:
    judgement = pack.judgements[name]
    values = tuple(judgement.values.items()) or (
        (("true", "Yes"), ("false", "No")) if judgement.kind == "boolean" else ()
    )
    return Choice(name=name, title=judgement.meaning, values=values, cited=str(judgement.citation or ""))


def _risk(pack: Pack) -> RiskFacts | None:
    if pack.risk is None:
        return None
    return RiskFacts(
        title=pack.risk.title or "Risk assessment",
        dimensions=tuple(_judgement(pack, name) for name in pack.risk.dimensions),
        levels=tuple((level.code, level.words or level.code) for level in pack.risk.levels),
        judgement=pack.risk.judgement,
        cited=str(pack.risk.citation or ""),
    )


def _parameters(resolved: ResolvedPack) -> tuple[ParameterFacts, ...]:
    """The numbers that the rules of the categories use, with the values that decided."""
    used = set(_used(resolved))
    found = []
    for name, constant in resolved.constants.items():
        known = resolved.known[name]
        value = constant.value
        if known.role is not Role.PARAMETER or name not in used or isinstance(value, bool | str):
            continue
        if value is not None and not isinstance(value, int | float):
            continue
        found.append(
            ParameterFacts(
                name=name,
                title=constant.title or name,
                value=float(value) if value is not None else None,
                shown=known_figure(known, value) if value is not None else constant.why_none,
                unit=str(known.unit),
                cited=str(constant.citation or ""),
            )
        )
    return tuple(sorted(found, key=lambda each: each.title))


def _used(resolved: ResolvedPack) -> set[str]:
    conditions = [category.condition for category in resolved.categories]
    found: set[str] = set()
    while conditions:
        for name in names(conditions.pop()):
            if name in found:
                continue
            found.add(name)
            if rule := resolved.rules.get(name):
                conditions += [part for part in (rule.condition, rule.applies_when) if part is not None]
    return found
