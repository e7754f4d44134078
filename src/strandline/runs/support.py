"""
What the schools of a run are entitled to, as one table: support, offers and officer days.

The engine works it out for one school. Schools that are alike in all that matters to it (category, legal form, the
figures that conditions name) get the same answer, so all England needs a few dozen answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from strandline.engine.categorise import Decision, State
from strandline.engine.days import DaysDue
from strandline.engine.entitle import (
    Claim,
    Entitled,
    Entitlements,
    Offered,
    audience_includes,
    entitle,
    truth_and_why,
)
from strandline.engine.resolve import ResolvedPack
from strandline.kernel.missing import Missing
from strandline.runs.evidence import Given
from strandline.strategy.model import Status
from strandline.strategy.model.cited import Cited
from strandline.strategy.names import Role
from strandline.strategy.nodes import Condition, names

SCHEMA = {
    "urn": pl.Int64,
    "category": pl.String,
    "kind": pl.String,
    "key": pl.String,
    "title": pl.String,
    "claim": pl.String,
    "amount_least": pl.Float64,
    "amount_most": pl.Float64,
    "unit": pl.String,
    "payers": pl.String,
    "every": pl.String,
    "why": pl.String,
    "citation": pl.String,
}
OFFERED = "offered"
LEGAL_FORM = ("maintained", "academy")
SHOWN = (Claim.ENTITLED, Claim.IF_NEEDED, Claim.PLANNED, Claim.UNKNOWN)
Answer = tuple[object, ...]


def entitlements(
    resolved: ResolvedPack, *, decisions: pl.DataFrame, schools: Mapping[int, Mapping[str, Given]], preset: str
) -> pl.DataFrame:
    """
    Shape:   one row per decided school and thing that it is entitled to, may have, or may turn out to have.
    Missing: an entitlement that hangs on a missing figure has the claim `unknown` and says which.
    """
    wanted = needed(resolved)
    answers: dict[tuple[object, ...], tuple[Answer, ...]] = {}
    rows: list[tuple[object, ...]] = []
    decided = decisions.filter(pl.col("category").is_not_null())
    for urn, category in decided.select("urn", "category").iter_rows():
        school = {name: schools[urn].get(name) for name in wanted}
        alike = (category, *(_plain(value) for value in school.values()))
        if alike not in answers:
            found = entitle(resolved, _decision(category), school, preset=preset)
            answers[alike] = (*_answers(found), *_rhythms(resolved, category=category, school=school))
        rows += [(urn, category, *answer) for answer in answers[alike]]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("urn", "kind", "key")


def answers(
    resolved: ResolvedPack, *, category: str | None, school: Mapping[str, Given], preset: str
) -> tuple[dict[str, object], ...]:
    """What one school in a category is entitled to, as rows; none without a category."""
    if category is None:
        return ()
    names = [name for name in SCHEMA if name not in ("urn", "category")]
    found = entitle(resolved, _decision(category), school, preset=preset)
    rows = (*_answers(found), *_rhythms(resolved, category=category, school=school))
    return tuple(dict(zip(names, row, strict=True)) for row in rows)


def needed(resolved: ResolvedPack) -> tuple[str, ...]:
    """The features and judgements that entitlements, offers, risk and officer days may ask for."""
    pack = resolved.pack
    conditions = [part.when for part in pack.entitlements]
    conditions += [part.when for part in pack.cadence]
    conditions += [item.when for offer in pack.offers for item in offer.items]
    found = set(LEGAL_FORM)
    if pack.risk is not None:
        conditions += [level.when for level in pack.risk.levels]
        found |= {*pack.risk.dimensions, pack.risk.judgement} - {""}
    for condition in conditions:
        found |= set(_inputs(resolved, condition))
    return tuple(sorted(found))


def _inputs(resolved: ResolvedPack, condition: Condition | None) -> Iterator[str]:
    """The figures behind a condition, rules opened."""
    for name in names(condition) if condition is not None else ():
        rule = resolved.rules.get(name)
        if rule is not None:
            yield from _inputs(resolved, rule.applies_when)
            yield from _inputs(resolved, rule.condition)
        elif resolved.known[name].role in (Role.FEATURE, Role.JUDGEMENT):
            yield name


def _decision(category: str) -> Decision:
    """The decision that the compiled rules reached, as the engine takes it; its trace is not asked for here."""
    return Decision(
        state=State.DECIDED, category=category, possible=(category,), lacking=(), scope=None, tried=(), rules={}
    )


def _answers(found: Entitlements) -> Iterator[Answer]:
    yield from (_support(each) for each in found.support if each.claim in SHOWN)
    yield from (_offer(each) for each in found.offers)
    if found.days is not None:
        yield _days(found.days)


def _support(each: Entitled) -> Answer:
    part = each.entitlement
    payers = ", ".join(part.payers)
    return ("support", part.key, part.title, each.claim.value, None, None, "", payers, "", each.why, _cited(part))


def _offer(each: Offered) -> Answer:
    offer, item = each.offer, each.item
    claim = OFFERED if each.known else Claim.UNKNOWN.value
    every = str(item.every).replace("_", " ") if item.every else ""
    why = each.why or item.note
    return ("offer", f"{offer.key}.{item.key}", item.title, claim, None, None, "", "", every, why, _cited(item, offer))


def _days(due: DaysDue) -> Answer:
    claim = Claim.ENTITLED if due.status is Status.IN_FORCE else Claim.PLANNED
    cited = str(due.citation or "")
    return (
        "days",
        "officer_days",
        "Officer days",
        claim.value,
        due.least,
        due.most,
        "days",
        "",
        "year",
        due.why_open,
        cited,
    )


def _rhythms(resolved: ResolvedPack, *, category: str, school: Mapping[str, Given]) -> Iterator[Answer]:
    """The visits and meetings of the category, without dates: those need a term calendar."""
    for part in resolved.pack.cadence:
        meant = audience_includes(part.audience, school)
        holds, why = truth_and_why(resolved, part.when, school)
        if not part.covers(category) or meant is False or holds is False:
            continue
        claim = Claim.ENTITLED if meant and holds else Claim.UNKNOWN
        every = str(part.every).replace("_", " ")
        yield ("cadence", part.key, part.title, claim.value, None, None, "", "", every, why or part.note, _cited(part))


def _cited(*parts: Cited) -> str:
    return next((str(part.citation) for part in parts if part.citation), "")


def _plain(value: Given) -> object:
    return (value.reason, value.token) if isinstance(value, Missing) else value
