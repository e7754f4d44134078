"""One proposal and one decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from strandline.kernel.dates import long_date
from strandline.web.decisions import actions
from strandline.web.decisions.actions.deciding import Settlement
from strandline.web.decisions.actions.schemes import months_after
from strandline.web.decisions.forms import ReasonForm, SettleForm
from strandline.web.decisions.models import Decision, Kind, Proposal, RunCategory, State
from strandline.web.decisions.models.deciding import OPEN
from strandline.web.decisions.models.proposing import ProposalState
from strandline.web.decisions.presenters import deciding as shown
from strandline.web.decisions.presenters.running import judged_table
from strandline.web.decisions.queries import queue as queued
from strandline.web.decisions.queries import schemes
from strandline.web.decisions.queries.explaining import explained, is_highest
from strandline.web.decisions.views.asked import version
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.MODERATION, Level.SEES)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rules propose of one school, why, and what can be done about it."""
    actor = actor_of(request)
    row = _proposal(actor, pk)
    standing = queued.standing_on(actor, row)
    again = standing is not None and queued.is_to_be_decided_again(standing)
    may_act = actor.can(Module.MODERATION, Level.ACTS) and (standing is None or again)
    context = {
        "proposal": row,
        "shown": shown.proposal(row, why=explained(row), highest=is_highest(row.run, row.step)),
        "judged": judged_table(row.judged, items=_items_of(actor, row)),
        "standing": standing,
        "open": row.state in (ProposalState.UNDECIDED, ProposalState.NEEDS_JUDGEMENT),
        "decided": row.state == ProposalState.DECIDED,
        "again": again,
        "may_act": may_act,
        "assesses_risk": may_act and schemes.assesses_risk(actor),
    }
    return render(request, "decisions/proposal.html", context)


@require_POST
@permit(Module.MODERATION, Level.ACTS)
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree with the rules on one school."""
    row = _proposal(actor_of(request), pk)
    made = actions.decide(
        by=actor_of(request), proposal_pk=pk, version=version(request), settlement=Settlement(kind=Kind.AGREED)
    )
    messages.success(request, f"You agreed that {row.school_name} is in {row.run.category_word} {made.category}.")
    return redirect("decisions:queue")


@page_and_form
@permit(Module.MODERATION, Level.ACTS)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Override the rules, or settle by judgement what they leave open."""
    actor = actor_of(request)
    row = _proposal(actor, pk)
    if row.state == ProposalState.OUT_OF_SCOPE:
        raise Http404
    kind = Kind.OVERRIDDEN if row.state == ProposalState.DECIDED else Kind.JUDGED
    categories = [
        (each.code, each.label)
        for each in RunCategory.objects.filter(run_id=row.run_id)
        if kind == Kind.JUDGED or each.code != row.category
    ]
    scheme = queued.adopted(actor)
    months = scheme.override_months if scheme else 12
    latest = months_after(timezone.localdate(), months)
    form = SettleForm(
        request.POST if request.method == "POST" else None,
        categories=categories,
        kind=kind,
        latest=long_date(latest),
        initial={"expires_on": latest},
    )
    if request.method == "POST" and form.is_valid():
        made = actions.decide(by=actor, proposal_pk=pk, version=version(request), settlement=form.settlement())
        waits = " It waits for a second person's approval." if made.state == State.PROPOSED else ""
        messages.success(request, f"Your decision on {row.school_name} is kept.{waits}")
        return redirect("decisions:decision", made.pk)
    context = {
        "form": form,
        "proposal": row,
        "kind": kind,
        "seen": version(request) if request.method == "POST" else row.version,
        "shown": shown.proposal(row, why=explained(row), highest=is_highest(row.run, row.step)),
    }
    return render(request, "decisions/settle.html", context)


@require_safe
@permit(Module.MODERATION, Level.SEES)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: what was decided, why, by whom, and what can be done about it."""
    actor = actor_of(request)
    row = _decision(actor, pk)
    acts = actor.can(Module.MODERATION, Level.ACTS)
    context = {
        "decision": row,
        "shown": shown.decision(row),
        "may_approve": acts
        and row.state == State.PROPOSED
        and not (row.second_person and row.proposed_by_id == actor.user.pk),
        "own": row.proposed_by_id == actor.user.pk,
        "may_withdraw": acts and row.state in OPEN,
    }
    return render(request, "decisions/decision.html", context)


@require_POST
@permit(Module.MODERATION, Level.ACTS)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve what a colleague proposed."""
    row = _decision(actor_of(request), pk)
    actions.approve(by=actor_of(request), decision_pk=pk, version=version(request))
    messages.success(request, f"You approved category {row.category} for {row.proposal.school_name}.")
    return redirect("decisions:decision", pk)


@page_and_form
@permit(Module.MODERATION, Level.ACTS)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a decision to its proposer."""
    return _ended(request, pk, action=actions.return_to_proposer, title="Return to the proposer", button="Return it")


@page_and_form
@permit(Module.MODERATION, Level.ACTS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what is not published."""
    return _ended(request, pk, action=actions.withdraw, title="Withdraw the decision", button="Withdraw it")


def _ended(request: HttpRequest, pk: int, *, action: shown.Ending, title: str, button: str) -> HttpResponse:
    actor = actor_of(request)
    row = _decision(actor, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        action(by=actor, decision_pk=pk, version=version(request), reason=form.cleaned_data["reason"])
        messages.success(request, f"{row.proposal.school_name} is in the queue again.")
        return redirect("decisions:decision", pk)
    context = {
        "form": form,
        "decision": row,
        "title": title,
        "button": button,
        "seen": version(request) if request.method == "POST" else row.version,
    }
    return render(request, "decisions/reason.html", context)


def _items_of(actor: Actor, row: Proposal) -> str:
    """Where the person finds the local intelligence of the school; empty where it is none of their business."""
    acting = actor.under((Module.INTELLIGENCE, Level.ACTS))
    if not actor.can(Module.INTELLIGENCE, Level.ACTS) or not School.objects.for_actor(acting).filter(urn=row.urn):
        return ""
    return f"{reverse('intelligence:index')}?urn={row.urn}"


def _proposal(actor: Actor, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.for_actor(actor).select_related("run__scheme", "school"), pk=pk)


def _decision(actor: Actor, pk: int) -> Decision:
    rows = Decision.objects.for_actor(actor).select_related(
        "proposal__run", "scheme", "proposed_by", "approved_by", "published_by", "superseded_by"
    )
    return get_object_or_404(rows, pk=pk)
