"""Agreeing with the rules, overriding them, settling what they leave open; and a second person's approval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.decisions.actions.importing import explain_proposals
from strandline.web.decisions.actions.schemes import SchemeLapsed, months_after
from strandline.web.decisions.models import (
    Decision,
    DeskRun,
    Evidence,
    Kind,
    Proposal,
    RunCategory,
    Scheme,
    SchemeState,
    SecondPerson,
    State,
)
from strandline.web.decisions.models.deciding import OPEN
from strandline.web.decisions.models.proposing import ProposalState
from strandline.web.people.scope import Actor


class NotDecidable(UserError):
    """The proposal cannot be settled in this way."""


class NotYours(UserError):
    """The step belongs to another person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One piece of evidence as an officer gave it."""

    source: str
    statement: str
    dated: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How an officer settles a proposal. `category` is left out when they agree."""

    kind: Kind
    category: str = ""
    reason: str = ""
    evidence: tuple[Given, ...] = ()
    expires_on: date | None = None


@transaction.atomic
def decide(*, by: Actor, proposal_pk: int, version: int, settlement: Settlement) -> Decision:
    """
    Settle what the rules propose of one school.

    Raises: StaleRecord, SchemeLapsed, NotDecidable; Proposal.DoesNotExist outside the scope.
    """
    proposal = opened(Proposal.objects.for_actor(by), pk=proposal_pk, version=version)
    scheme = scheme_for(by=by, desk_run=proposal.run)
    category = _category(proposal, settlement)
    expires_on = _expiry(scheme, settlement)
    _check(proposal, settlement)
    _explain(by=by, proposal=proposal)
    _replace_open(by=by, proposal=proposal)
    second = wants_second_person(scheme, settlement.kind)
    now = timezone.now()
    decision = Decision.objects.create(
        school_id=proposal.school_id,
        scheme=scheme,
        proposal=proposal,
        kind=settlement.kind,
        state=State.PROPOSED if second else State.APPROVED,
        category=category.code,
        label=category.label,
        place=category.place,
        step=category.step,
        reason=settlement.reason.strip(),
        second_person=second,
        expires_on=expires_on,
        proposed_by=by.user,
        proposed_role=by.role or "",
        proposed_at=now,
        approved_by=None if second else by.user,
        approved_role="" if second else (by.role or ""),
        approved_at=None if second else now,
    )
    Evidence.objects.bulk_create(
        Evidence(decision=decision, place=place, source=each.source, statement=each.statement.strip(), dated=each.dated)
        for place, each in enumerate(settlement.evidence)
    )
    keep(proposal)
    audit.record(
        by=by,
        action=f"decisions.{settlement.kind.value}",
        subject=decision,
        before={"category": proposal.category, "state": proposal.state},
        after={
            "category": category.code,
            "reason": decision.reason,
            "expires_on": expires_on,
            "state": decision.state,
            "evidence": [[each.source, each.statement] for each in settlement.evidence],
        },
        school_urn=proposal.urn,
    )
    return decision


def _explain(*, by: Actor, proposal: Proposal) -> None:
    """Keep with the proposal why the rules say what they say, where that was not done yet."""
    if proposal.explained_at is None:
        explain_proposals(by=by, desk_run=proposal.run, urns=[proposal.urn])
        proposal.refresh_from_db()


def agree_all(*, by: Actor, run_pk: int, proposals: Iterable[int]) -> tuple[Decision, ...]:
    """Agree with several proposals of one run at once: all of them or none. Those settled meanwhile are passed over."""
    with transaction.atomic():
        desk_run = DeskRun.objects.for_actor(by).get(pk=run_pk)
        wanted = Proposal.objects.for_actor(by).filter(
            run=desk_run, pk__in=list(proposals), state=ProposalState.DECIDED
        )
        settled = set(
            Decision.objects.for_actor(by)
            .filter(proposal__in=wanted)
            .exclude(state__in=[State.RETURNED, State.WITHDRAWN])
            .values_list("proposal_id", flat=True)
        )
        left = [each for each in wanted.order_by("pk").values_list("pk", "version", "urn") if each[0] not in settled]
        explain_proposals(by=by, desk_run=desk_run, urns=[urn for _, _, urn in left])
        return tuple(
            decide(by=by, proposal_pk=pk, version=version, settlement=Settlement(kind=Kind.AGREED))
            for pk, version, _ in left
        )


@transaction.atomic
def approve(*, by: Actor, decision_pk: int, version: int) -> Decision:
    """Approve what another proposed. Raises: StaleRecord, NotDecidable, NotYours."""
    decision = opened(Decision.objects.for_actor(by), pk=decision_pk, version=version)
    _wants(decision, State.PROPOSED, "waits for no approval")
    if decision.second_person and decision.proposed_by_id == by.user.pk:
        raise NotYours(
            "Whoever proposed a decision does not approve it", what_to_do="Ask a colleague who moderates to look at it"
        )
    scheme_for(by=by, desk_run=decision.proposal.run)
    keep(
        decision,
        state=State.APPROVED,
        approved_by=by.user,
        approved_role=by.role or "",
        approved_at=timezone.now(),
    )
    return _noted(by, "decisions.approved", decision, {"category": decision.category})


@transaction.atomic
def return_to_proposer(*, by: Actor, decision_pk: int, version: int, reason: str) -> Decision:
    """Send a decision back with a reason; its school is in the queue again. Raises: StaleRecord, NotDecidable."""
    decision = opened(Decision.objects.for_actor(by), pk=decision_pk, version=version)
    _wants(decision, State.PROPOSED, "waits for no approval")
    return _ended(by, decision, State.RETURNED, "decisions.returned", reason)


@transaction.atomic
def withdraw(*, by: Actor, decision_pk: int, version: int, reason: str) -> Decision:
    """Take back what is not published yet. Raises: StaleRecord, NotDecidable."""
    decision = opened(Decision.objects.for_actor(by), pk=decision_pk, version=version)
    if decision.state not in OPEN:
        raise NotDecidable(
            "A published category is not withdrawn", what_to_do="Decide afresh: the new one supersedes it"
        )
    return _ended(by, decision, State.WITHDRAWN, "decisions.withdrawn", reason)


def scheme_for(*, by: Actor, desk_run: DeskRun, on: date | None = None) -> Scheme:
    """The adopted scheme under which a run may be decided. Raises: SchemeLapsed, NotDecidable."""
    scheme = Scheme.objects.for_actor(by).filter(state=SchemeState.ADOPTED).first()
    if scheme is None or scheme.pack != desk_run.pack:
        raise NotDecidable(
            f"No scheme with the pack {desk_run.pack} is adopted", what_to_do="Adopt one on the schemes page"
        )
    if scheme.lapsed(on or timezone.localdate()):
        raise SchemeLapsed(
            f"{scheme.title} expired on {scheme.expires_on:%-d %B %Y} and nobody has renewed it",
            what_to_do="Evaluate the year and renew it on its page; then decide",
        )
    return scheme


def wants_second_person(scheme: Scheme, kind: str) -> bool:
    """Whether somebody else has to approve."""
    if scheme.second_person == SecondPerson.DEPARTURES:
        return kind != Kind.AGREED
    return scheme.second_person == SecondPerson.EVERY


def _category(proposal: Proposal, settlement: Settlement) -> RunCategory:
    code = proposal.category if settlement.kind == Kind.AGREED else settlement.category
    category = RunCategory.objects.filter(run_id=proposal.run_id, code=code).first()
    if category is None:
        raise NotDecidable(f'The strategy has no category "{code}"', what_to_do="Choose one of the list")
    return category


def _check(proposal: Proposal, settlement: Settlement) -> None:
    state, kind = proposal.state, settlement.kind
    if state == ProposalState.OUT_OF_SCOPE:
        raise NotDecidable("The strategy does not apply to this school", what_to_do=proposal.reason)
    if (kind == Kind.JUDGED) is (state == ProposalState.DECIDED):
        raise NotDecidable(
            "The rules decide this school" if kind == Kind.JUDGED else "The rules leave this school open",
            what_to_do="Agree or override" if kind == Kind.JUDGED else "Settle it by judgement, with a reason",
        )
    if kind == Kind.OVERRIDDEN and settlement.category == proposal.category:
        raise NotDecidable("That is what the rules propose", what_to_do="Agree, or choose another category")
    if kind != Kind.AGREED and not settlement.reason.strip():
        raise NotDecidable("A departure from the rules has a reason", what_to_do="Say why; the school will read it")
    if kind != Kind.AGREED and not any(each.statement.strip() for each in settlement.evidence):
        raise NotDecidable("A departure from the rules rests on evidence", what_to_do="Name at least one piece of it")


def _expiry(scheme: Scheme, settlement: Settlement) -> date | None:
    if settlement.kind != Kind.OVERRIDDEN:
        return None
    today = timezone.localdate()
    latest = months_after(today, scheme.override_months)
    chosen = settlement.expires_on or latest
    if not today < chosen <= latest:
        raise NotDecidable(
            f"An override lasts until {latest:%-d %B %Y} at most", what_to_do="Choose a day between tomorrow and then"
        )
    return chosen


def _replace_open(*, by: Actor, proposal: Proposal) -> None:
    """Withdraw what is open on the school from an earlier run; refuse where this very proposal is settled already."""
    live = Decision.objects.filter(school_id=proposal.school_id).exclude(state__in=[State.RETURNED, State.WITHDRAWN])
    if live.filter(proposal=proposal, state__in=OPEN).exists():
        raise NotDecidable("The school is settled already in this run", what_to_do="Withdraw that decision first")
    for earlier in live.select_for_update().filter(state__in=OPEN):
        keep(earlier, state=State.WITHDRAWN, returned_reason="A newer run was decided")
        _noted(by, "decisions.replaced", earlier, {"run": proposal.run.run_id})


def _wants(decision: Decision, state: State, otherwise: str) -> None:
    if decision.state != state:
        raise NotDecidable(f"The decision {otherwise}: {decision.get_state_display().lower()}")


def _ended(by: Actor, decision: Decision, state: State, action: str, reason: str) -> Decision:
    if not reason.strip():
        raise NotDecidable("Say why", what_to_do="Write a sentence that the other person can act on")
    keep(decision, state=state, returned_reason=reason.strip())
    return _noted(by, action, decision, {"reason": reason.strip()})


def _noted(by: Actor, action: str, decision: Decision, after: dict[str, Any]) -> Decision:
    audit.record(by=by, action=action, subject=decision, after=after, school_urn=decision.school_id)
    return decision
