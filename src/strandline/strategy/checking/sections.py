"""Do the sections fit together: codes, keys, rates, votes, bands?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from strandline.catalogue import nearest_names
from strandline.strategy.checking.findings import Finding, error, warning
from strandline.strategy.model import ALL, Board, Cited, ForCategories, Offer, Pack


def section_findings(pack: Pack) -> Iterator[Finding]:
    """Everything that refers to what is not there, or does not add up."""
    if not pack.categories and not pack.library:
        yield error(f"{pack.id} has no categories", pack.place, "Add some, or say `library: true`")
    for setting in pack.settings.values():
        yield from _known(setting.default, setting.values, "value", setting)
    yield from _categories(pack)
    yield from _risk(pack)
    yield from _people(pack)
    for offer in pack.offers:
        yield from _offer(pack, offer)
    yield from _funding(pack)
    for bands in pack.bands:
        for earlier, later in pairwise(bands.bands):
            if later.upper <= earlier.upper:
                yield error(f"the bands of {bands.key} do not rise", later.place)
    for board in pack.boards:
        yield from _board(pack, board)


def _known(name: str, among: Collection[str], called: str, part: Cited) -> Iterator[Finding]:
    if name not in among:
        near = nearest_names(name, among=among)
        yield error(
            f'there is no {called} "{name}"',
            part.place,
            f"Did you mean {', '.join(near)}?" if near else f"There are {', '.join(among) or 'none'}",
        )


def _categories(pack: Pack) -> Iterator[Finding]:
    extra = pack.days.extra if pack.days else ()
    rates = tuple(rate for funding in pack.funding for rate in funding.rates)
    parts: tuple[ForCategories, ...] = (*pack.entitlements, *pack.cadence, *extra, *rates)
    for part in parts:
        for code in part.categories if part.categories != ALL else ():
            yield from _known(code, pack.codes, "category", part)
    for one, other in pairwise(sorted(pack.categories, key=lambda category: category.order)):
        if one.order == other.order:
            yield error(f"{one.code} and {other.code} have the same order {one.order}", other.place)


def _risk(pack: Pack) -> Iterator[Finding]:
    risk = pack.risk
    levels = tuple(level.code for level in risk.levels) if risk else ()
    if risk:
        for name in (*risk.dimensions, *((risk.judgement,) if risk.judgement else ())):
            yield from _known(name, pack.judgements, "judgement", risk)
        if not risk.judgement and not any(level.when for level in risk.levels):
            advice = "Give the levels `when:`, or name the judgement that holds the level"
            yield error("nothing gives the level of risk", risk.place, advice)
    for row in pack.days.extra if pack.days else ():
        if row.risk != "any":
            yield from _known(row.risk, levels, "level of risk", row)


def _people(pack: Pack) -> Iterator[Finding]:
    roles = {item.key for item in pack.lists.get("roles", ())}
    steps = {cadence.key for cadence in pack.cadence}
    for entitlement in pack.entitlements:
        for payer in entitlement.payers:
            yield from _known(payer, pack.payers, "payer", entitlement)
        for provider in entitlement.provider_types:
            yield from _known(provider, _keys(pack, "provider_types"), "provider type", entitlement)
    for cadence in pack.cadence:
        if cadence.after:
            yield from _known(cadence.after, steps, "step", cadence)
        yield from _roles((cadence.chair, cadence.by, *cadence.recipients), roles, cadence)
    for judgement in pack.judgements.values():
        if judgement.place.file.startswith(f"{pack.id}/"):
            yield from _roles((judgement.by,), roles, judgement)
    for eligible in pack.eligibility:
        yield from _roles((eligible.role,), roles, eligible)
    for protocol in pack.protocols:
        for step in protocol.steps:
            yield from _roles((step.by, *step.recipients), roles, step)


def _keys(pack: Pack, name: str) -> tuple[str, ...]:
    return tuple(item.key for item in pack.lists.get(name, ()))


def _roles(named: Iterable[str], roles: Collection[str], part: Cited) -> Iterator[Finding]:
    for role in named:
        if role and role not in roles:
            yield warning(f"the role {role} is not in the list of roles", part.place, "Add it to `roles`")


def _offer(pack: Pack, offer: Offer) -> Iterator[Finding]:
    items = [item.key for item in offer.items]
    if offer.presets:
        yield from _known(offer.default_preset, offer.presets, "preset", offer)
    tables: list[tuple[Cited, Mapping[str, str]]] = [(offer, offer.by_category)] if offer.by_category else []
    tables += [(preset, preset.by_category) for preset in offer.presets.values()]
    for part, table in tables:
        for code, item in table.items():
            yield from _known(code, pack.codes, "category", part)
            yield from _known(item, items, "item", part)
        if lacking := [code for code in pack.codes if code not in table]:
            yield error(f"the offer {offer.key} says nothing for {', '.join(lacking)}", part.place)


def _funding(pack: Pack) -> Iterator[Finding]:
    for funding in pack.funding:
        for code in pack.codes:
            rows = [rate for rate in funding.rates if rate.covers(code)]
            if not rows:
                advice = "Add it; a rate that the source does not give is `unset`, never £0"
                yield error(f"the formula {funding.key} has no rate for {code}", funding.place, advice)
            elif len(rows) > 1:
                yield error(f"the formula {funding.key} has two rates for {code}", rows[1].place)


def _board(pack: Pack, board: Board) -> Iterator[Finding]:
    for seat in board.seats:
        if seat.each:
            yield from _known(seat.each, [consortium.key for consortium in pack.consortia], "consortium", seat)
        yield from _roles((seat.role,), _keys(pack, "roles"), seat)
    votes = board.votes(pack.consortia)
    if board.votes_printed is not None and votes != board.votes_printed:
        yield error(f"the seats of {board.key} have {votes} votes and {board.votes_printed} are printed", board.place)
