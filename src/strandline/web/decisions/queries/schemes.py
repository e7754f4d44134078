"""Schemes, the strategies behind them, and trials."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.runs import packs
from strandline.runs import scheme as strategy
from strandline.runs.record import list_runs
from strandline.runs.scheme import RiskFacts, SchemeFacts
from strandline.web.decisions import places
from strandline.web.decisions.models import DeskRun, OrderState, RunOrder, Scheme, WhatIf
from strandline.web.decisions.queries.queue import adopted
from strandline.web.people.scope import Actor

COPIES = 20
"""How far back a trial looks for a run among the copies of copies."""


def schemes(actor: Actor) -> tuple[Scheme, ...]:
    """The schemes of the authority, adopted first, then drafts, then ended ones."""
    rows = Scheme.objects.for_actor(actor).select_related("cloned_from", "adopted_by")
    return tuple(sorted(rows, key=lambda row: (row.state, -(row.pk or 0))))


def pack_choices(actor: Actor) -> list[tuple[str, str]]:
    """The packs that can be adopted: those that Strandline ships, and the authority's own."""
    own, mine = packs.own(places.home()), f"{actor.authority:03d}"
    return [
        (each.id, f"{each.title} ({each.id})")
        for each in packs.list_packs(places.home())
        if each.categories and (each.id not in own or each.authority in ("national", mine))
    ]


def risk_facts(actor: Actor) -> RiskFacts | None:
    """How the scheme in force assesses risk; None where it does not, or there is none."""
    scheme = adopted(actor)
    if scheme is None:
        return None
    try:
        return strategy.of_pack(places.home(), which=scheme.pack).risk
    except UserError:
        return None


def assesses_risk(actor: Actor) -> bool:
    """Whether the scheme in force assesses risk."""
    scheme = adopted(actor)
    return scheme is not None and _assesses_risk(places.home(), scheme.pack, packs.stamp(places.home()))


@lru_cache(maxsize=64)
def _assesses_risk(home: Path, pack: str, stamp: tuple[tuple[str, int, int], ...]) -> bool:
    del stamp  # it only tells one state of the files from the next
    try:
        return strategy.of_pack(home, which=pack).risk is not None
    except UserError:
        return False


def run_of_scheme(actor: Actor, scheme: Scheme) -> DeskRun | None:
    """What a trial is made on: the latest run with the scheme's pack, or with one that it was copied from."""
    runs = DeskRun.objects.for_actor(actor)
    for pack in _packs_behind(scheme):
        if found := runs.filter(pack=pack).first():
            return found
    return None


def _packs_behind(scheme: Scheme) -> Iterator[str]:
    seen: Scheme | None = scheme
    for _ in range(COPIES):
        if seen is None:
            return
        yield seen.pack
        if seen.base:
            yield seen.base
        seen = seen.cloned_from


def values_of(actor: Actor, scheme: Scheme) -> SchemeFacts:
    """The choices and numbers of a scheme as they stand in its own pack. Raises: PackNotFound, PackRefused."""
    run = run_of_scheme(actor, scheme)
    as_at = run.as_at if run else timezone.localdate()
    clocks = run.manifest.get("clocks") if run else None
    return strategy.of_pack(places.home(), which=scheme.pack, as_at=as_at, clocks=clocks)


def facts_of(desk_run: DeskRun) -> SchemeFacts:
    """The strategy of a run, with the values that decided. Raises: RunNotFound."""
    return strategy.of_run(places.run_of(desk_run))


def trials(actor: Actor, scheme: Scheme) -> tuple[WhatIf, ...]:
    """What has been tried on a scheme, the latest first."""
    return tuple(WhatIf.objects.for_actor(actor).filter(scheme=scheme).select_related("run", "by")[:20])


def runs_on_disk(actor: Actor) -> tuple[tuple[str, str, str, str], ...]:
    """The runs that the command line made and the desk has not taken in: name, pack, day, authority."""
    there = set(DeskRun.objects.for_actor(actor).values_list("run_id", flat=True))
    mine = {"all", str(actor.authority)}
    return tuple(
        (
            run.run_id,
            run.manifest.inputs.pack.title,
            run.manifest.inputs.as_at.isoformat(),
            run.manifest.inputs.authority,
        )
        for run in list_runs(places.home())
        if run.run_id not in there and run.manifest.inputs.authority in mine
    )


def open_orders(actor: Actor) -> tuple[RunOrder, ...]:
    """The runs that were asked for and are not there: under way or not made; the latest ten."""
    rows = RunOrder.objects.for_actor(actor).exclude(state=OrderState.MADE).select_related("asked_by")
    return tuple(rows[:10])
