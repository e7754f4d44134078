"""Schemes, the strategies behind them, and trials."""

from __future__ import annotations

from strandline.kernel.errors import UserError
from strandline.runs import packs
from strandline.runs import scheme as strategy
from strandline.runs.record import list_runs
from strandline.runs.scheme import RiskFacts, SchemeFacts
from strandline.web.decisions import places
from strandline.web.decisions.models import DeskRun, Scheme, WhatIf
from strandline.web.decisions.queries.queue import adopted
from strandline.web.people.scope import Actor


def schemes(actor: Actor) -> tuple[Scheme, ...]:
    """The schemes of the authority, adopted first, then drafts, then ended ones."""
    rows = Scheme.objects.for_actor(actor).select_related("cloned_from", "adopted_by")
    return tuple(sorted(rows, key=lambda row: (row.state, -(row.pk or 0))))


def pack_choices() -> list[tuple[str, str]]:
    """The packs that can be adopted."""
    return [(each.id, f"{each.title} ({each.id})") for each in packs.list_packs(places.home()) if each.categories]


def risk_facts(actor: Actor) -> RiskFacts | None:
    """How the scheme in force assesses risk; None where it does not, or there is none."""
    scheme = adopted(actor)
    if scheme is None:
        return None
    try:
        return strategy.of_pack(places.home(), which=scheme.pack).risk
    except UserError:
        return None


def run_of_scheme(actor: Actor, scheme: Scheme) -> DeskRun | None:
    """The latest run with the scheme's pack: what a trial is made on."""
    return DeskRun.objects.for_actor(actor).filter(pack=scheme.pack).first()


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
