"""Deciding about schools that met a trigger; registering what runs find stands in `registering`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.people.scope import Actor
from strandline.web.triggers.definitions import definitions, title_of
from strandline.web.triggers.models import Entry, Outcome, State, TriggerDecision
from strandline.web.triggers.registering import register_desk, register_run

__all__ = ["NotDecidable", "NotYours", "Verdict", "approve", "decide", "decide_several", "give_back"]
__all__ += ["approve_several", "register_desk", "register_run"]

AFTER = {Outcome.ACT: State.ACT, Outcome.NOT_ACT: State.NOT_ACT, Outcome.DEFER: State.DEFERRED}


class NotDecidable(UserError):
    """Nothing can be decided about the entry now."""


class NotYours(UserError):
    """The step belongs to another person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What somebody decides. `action` says what will be done; `until` belongs to a deferral alone."""

    outcome: Outcome
    reason: str
    action: str = ""
    until: date | None = None


@transaction.atomic
def decide(*, by: Actor, entry_pk: int, version: int, verdict: Verdict) -> TriggerDecision:
    """
    Propose what is to be done about a school that met a trigger; it counts once another person has approved it.

    Raises: StaleRecord, NotDecidable; Entry.DoesNotExist outside the scope.
    """
    entry = opened(Entry.objects.for_actor(by), pk=entry_pk, version=version)
    _check(entry, verdict)
    decision = TriggerDecision.objects.create(
        entry=entry,
        outcome=verdict.outcome,
        until=verdict.until if verdict.outcome is Outcome.DEFER else None,
        action=verdict.action.strip(),
        reason=verdict.reason.strip(),
        decided_by=by.user,
        decided_role=by.role or "",
        state_before=entry.state,
    )
    keep(entry, state=State.WAITING)
    _record(by, "triggers.decided", decision)
    return decision


@transaction.atomic
def decide_several(*, by: Actor, entries: Mapping[int, int], verdict: Verdict) -> tuple[TriggerDecision, ...]:
    """Propose the same for several entries (number → version seen): all of them or none."""
    return tuple(
        decide(by=by, entry_pk=pk, version=version, verdict=verdict) for pk, version in sorted(entries.items())
    )


@transaction.atomic
def approve(*, by: Actor, decision_pk: int, version: int) -> TriggerDecision:
    """Approve what another person proposed. Raises: StaleRecord, NotYours, NotDecidable."""
    decision = opened(TriggerDecision.objects.for_actor(by), pk=decision_pk, version=version)
    _check_waiting(decision)
    if decision.decided_by_id == by.user.pk:
        raise NotYours(
            "You proposed this decision", what_to_do="Another person approves it: one who may publish categories"
        )
    if decision.until is not None and decision.until <= timezone.localdate():
        raise NotDecidable("The day until which it was deferred has come", what_to_do="Return it for a later day")
    _settle(by, decision, stage=TriggerDecision.Stage.APPROVED)
    entry = Entry.objects.select_for_update().get(pk=decision.entry_id)
    values: dict[str, object] = {"state": AFTER[Outcome(decision.outcome)], "same_evidence": False}
    if decision.until is not None:
        values["due_on"] = decision.until
    keep(entry, **values)
    _record(by, "triggers.approved", decision)
    return decision


@transaction.atomic
def approve_several(*, by: Actor, decisions: Iterable[tuple[int, int]]) -> tuple[TriggerDecision, ...]:
    """Approve several at once (number, version seen): all of them or none."""
    return tuple(approve(by=by, decision_pk=pk, version=version) for pk, version in sorted(decisions))


@transaction.atomic
def give_back(*, by: Actor, decision_pk: int, version: int, reason: str) -> TriggerDecision:
    """
    Return a proposed decision with a reason, or take one's own back; the entry stands as it stood before.

    Raises: StaleRecord, NotDecidable.
    """
    decision = opened(TriggerDecision.objects.for_actor(by), pk=decision_pk, version=version)
    _check_waiting(decision)
    _settle(by, decision, stage=TriggerDecision.Stage.RETURNED, reason=reason)
    entry = Entry.objects.select_for_update().get(pk=decision.entry_id)
    keep(entry, state=decision.state_before)
    _record(by, "triggers.returned", decision, reason=reason)
    return decision


def _check(entry: Entry, verdict: Verdict) -> None:
    if entry.state == State.WAITING:
        raise NotDecidable("A decision is waiting for approval", what_to_do="Approve or return that one first")
    if entry.state == State.ENDED:
        raise NotDecidable(
            "The trigger is no longer met", what_to_do="Nothing is to be decided until a run meets it again"
        )
    if not verdict.reason.strip():
        raise NotDecidable("A decision says why", what_to_do="Write the reason")
    if verdict.outcome is Outcome.DEFER and (verdict.until is None or verdict.until <= timezone.localdate()):
        raise NotDecidable("A deferral names a later day", what_to_do="Give a day after today")


def _check_waiting(decision: TriggerDecision) -> None:
    if decision.stage != TriggerDecision.Stage.PROPOSED:
        raise NotDecidable("The decision is settled already", what_to_do="Look at the history of the entry")


def _settle(by: Actor, decision: TriggerDecision, *, stage: TriggerDecision.Stage, reason: str = "") -> None:
    keep(
        decision,
        stage=stage,
        settled_by=by.user,
        settled_role=by.role or "",
        settled_on=timezone.localdate(),
        settled_reason=reason.strip(),
    )


def _record(by: Actor, action: str, decision: TriggerDecision, *, reason: str = "") -> None:
    entry = decision.entry
    known = definitions().get(entry.trigger)
    after = {
        "trigger": title_of(entry.trigger),
        "kind": known.kind.value if known else "",
        "outcome": decision.get_outcome_display(),
        "until": decision.until,
        "reason": reason or decision.reason,
        "action": decision.action,
        "state": entry.state,
    }
    audit.record(by=by, action=action, subject=entry, after=after, school_urn=entry.school_id)
