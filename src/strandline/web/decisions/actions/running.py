"""
Making a run from the desk: what officers judged, and the local intelligence in use on the day, count in it.

Three sources on one matter may speak of a school: judgements of the latest run, a risk assessment, an item of local
intelligence. The newest counts; of one day the one that was said outright.
"""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import StrandlineError, UserError
from strandline.runs import proposals
from strandline.runs import scheme as strategy
from strandline.runs.judgements import COLUMNS
from strandline.runs.scheme import SchemeFacts
from strandline.web import audit
from strandline.web.decisions import places
from strandline.web.decisions.actions.importing import import_run
from strandline.web.decisions.models import (
    DeskRun,
    OrderState,
    Proposal,
    RiskAssessment,
    RunOrder,
    Scheme,
    SchemeState,
)
from strandline.web.intelligence import queries as intelligence
from strandline.web.intelligence.feeding import REASON as HEARD
from strandline.web.intelligence.feeding import Declared, JudgementInput
from strandline.web.people import scope
from strandline.web.people.scope import Actor

ASSESSED = "Risk assessment on the desk"
log = logging.getLogger(__name__)


class CannotRun(UserError):
    """A run cannot be made as it was asked for."""


@transaction.atomic
def ask_for_run(*, by: Actor, pack: str, as_at: date, carry: bool = True) -> RunOrder:
    """
    Ask for a run of the authority's schools; it is made in the background.

    `carry`: the judgements that the latest run of this strategy counted count again.

    Raises: CannotRun; PackNotFound, PackRefused, PackHasNoCategories.
    """
    if as_at > timezone.localdate():
        raise CannotRun("The day lies in the future", what_to_do="Give today or an earlier day")
    proposals.usable_pack(places.home(), which=pack)
    order = RunOrder.objects.create(
        authority=by.authority, pack=pack, as_at=as_at, carry=carry, asked_by=by.user, asked_at=timezone.now()
    )
    audit.record(by=by, action="decisions.run_asked", subject=order, after={"pack": pack, "as_at": as_at})
    from strandline.web.decisions.tasks import order_for

    transaction.on_commit(lambda: order_for(order.pk, user_id=by.user.pk, authority=by.authority))
    return order


def make_ordered_run(*, by: Actor, order_pk: int) -> RunOrder:
    """
    Make a run that was asked for and take it to the desk; what goes wrong is kept as a sentence with the order.

    An order that somebody else makes already, or that is settled, is left as it is.
    """
    taken = RunOrder.objects.for_actor(by).filter(pk=order_pk, state=OrderState.WAITING)
    if not taken.update(state=OrderState.MAKING, stage="Gathering what officers judged", stage_at=timezone.now()):
        return RunOrder.objects.for_actor(by).get(pk=order_pk)
    order = RunOrder.objects.for_actor(by).get(pk=order_pk)
    try:
        desk_run = _made(order, by=by)
    except StrandlineError as error:
        return _keep(order, state=OrderState.FAILED, problem=str(error))
    except Exception:
        _keep(order, state=OrderState.FAILED, problem="The desk made a mistake. Its log says more: tell its keeper.")
        raise
    return _keep(order, state=OrderState.MADE, run=desk_run)


def judged_for(order: RunOrder) -> tuple[JudgementInput, ...]:
    """The judgements that count in the run that was asked for, by school and name."""
    facts = strategy.of_pack(places.home(), which=order.pack)
    declared = {each.name: frozenset(code for code, _ in each.values) for each in facts.judgements}
    heard = intelligence.judgement_inputs(authority=order.authority, declared=declared, on=order.as_at)
    outright = [*(_carried(order) if order.carry else ()), *_assessed(order, facts)]
    newest: dict[tuple[int, str], JudgementInput] = {}
    for each in sorted([*heard, *(one for one in outright if _known(declared, one))], key=lambda one: one.date):
        newest[each.urn, each.name] = each
    for each in outright:  # said outright on the same day
        there = newest.get((each.urn, each.name))
        if there is not None and there.reason == HEARD and there.date == each.date:
            newest[each.urn, each.name] = each
    return tuple(newest[key] for key in sorted(newest))


def _made(order: RunOrder, *, by: Actor) -> DeskRun:
    with scope.everywhere("a run counts what the whole service judged"):
        judged = judged_for(order)
        scheme = _scheme(order)
    heard = {each.urn for each in judged if each.reason == HEARD}
    _keep(order, judgements=len(judged), items=len(heard))
    with TemporaryDirectory() as folder:
        run = proposals.run(
            places.home(),
            pack=order.pack,
            as_at=order.as_at,
            authority=str(order.authority),
            judgements=_written(Path(folder) / "judgements of the desk.csv", judged, day=order.as_at),
            preset=(scheme.preset or None) if scheme else None,
            settings=scheme.settings if scheme else None,
            progress=lambda stage: _tell(order, stage),
        )
    _tell(order, "Taking the run to the desk")
    made = import_run(by=by, run_id=run.run_id)
    found = next((each for each in made if each.authority == order.authority), None)
    if found is None:
        raise CannotRun("The run holds no school of the authority", what_to_do="Choose another day")
    return found


def _scheme(order: RunOrder) -> Scheme | None:
    """The scheme in force, where it is the one that decides."""
    adopted = Scheme.objects.filter(authority=order.authority, state=SchemeState.ADOPTED, pack=order.pack)
    return adopted.first()


def _carried(order: RunOrder) -> Iterator[JudgementInput]:
    """What officers had judged in the latest run of the strategy; local intelligence speaks for itself each time."""
    earlier = DeskRun.objects.filter(authority=order.authority, pack=order.pack, as_at__lte=order.as_at)
    latest = earlier.order_by("-as_at", "-pk").first()
    rows = Proposal.objects.filter(run=latest).exclude(judged=[]) if latest else Proposal.objects.none()
    for urn, judged in rows.values_list("urn", "judged"):
        for each in judged:
            if each["reason"] not in (HEARD, ASSESSED):
                yield JudgementInput(
                    urn=urn,
                    name=each["name"],
                    value=each["value"],
                    reason=each["reason"],
                    by_role=each["by_role"],
                    date=date.fromisoformat(each["date"]),
                )


def _assessed(order: RunOrder, facts: SchemeFacts) -> Iterator[JudgementInput]:
    """The latest risk assessment of each school under the strategy: its dimensions, and its level."""
    if facts.risk is None:
        return
    rows = RiskAssessment.objects.filter(
        school__la=order.authority, scheme__pack=order.pack, assessed_on__lte=order.as_at
    )
    latest = {row.school_id: row for row in rows.order_by("assessed_on", "pk")}
    for urn, row in latest.items():
        answers = dict(row.judged) | ({facts.risk.judgement: row.level} if facts.risk.judgement else {})
        for name, value in sorted(answers.items()):
            yield JudgementInput(
                urn=urn,
                name=name,
                value=str(value),
                reason=ASSESSED,
                by_role=row.assessed_role or "officer",
                date=row.assessed_on,
            )


def _known(declared: Declared, judged: JudgementInput) -> bool:
    """Whether the pack, as it is now, asks for the judgement and knows the answer."""
    answers = declared.get(judged.name)
    return answers is not None and (not answers or judged.value in answers)


def _written(path: Path, judged: Iterable[JudgementInput], *, day: date) -> Path | None:
    """
    The judgements as a file that a run reads; None where there are none.

    One from local intelligence bears the day of the run: the day of an item may tell more than its level.
    """
    rows = [replace(each, date=day) if each.reason == HEARD else each for each in judged]
    if not rows:
        return None
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(astuple(replace(each, by_role=each.by_role or "service")) for each in rows)
    return path


def _tell(order: RunOrder, stage: str) -> None:
    log.info("run order %s: %s", order.pk, stage)
    _keep(order, stage=stage)


def _keep(order: RunOrder, **values: object) -> RunOrder:
    for name, value in {**values, "stage_at": timezone.now()}.items():
        setattr(order, name, value)
    order.save(update_fields=[*values, "stage_at"])
    return order
