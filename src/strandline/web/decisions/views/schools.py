"""A school's category: the page, the letters, replies, challenges, risk."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from strandline.web.decisions import actions
from strandline.web.decisions.forms import AnswerForm, ChallengeForm, OutcomeForm, ReplyForm, RiskForm
from strandline.web.decisions.models import Challenge, Reply, RiskAssessment, RunCategory
from strandline.web.decisions.models.correspondence import Outcome
from strandline.web.decisions.presenters import category_page as pages
from strandline.web.decisions.presenters.risk import risk_table
from strandline.web.decisions.queries import corresponding, standing
from strandline.web.decisions.queries import schemes as scheme_queries
from strandline.web.decisions.queries.explaining import explained, is_highest
from strandline.web.decisions.queries.standing import Standing
from strandline.web.decisions.views.asked import as_at, version
from strandline.web.people.failures import written
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module, Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

SCHOOL_SIDE = frozenset({Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS})
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.DECISIONS, Level.SEES)
def category(request: HttpRequest, urn: int) -> HttpResponse:
    """The category page of a school as at a day."""
    actor, on = actor_of(request), as_at(request)
    school = get_object_or_404(School.objects.for_actor(actor), urn=urn)
    found = standing.standing_of(actor, urn=urn, on=on)
    if found is None:
        return render(request, "decisions/no_category.html", {"school": school, "on": on})
    decision = found.decision
    letters = corresponding.letters_of(actor, decision, on=on) if actor.can(Module.LETTERS) else ()
    page = pages.category_page(
        found,
        why=explained(decision.proposal),
        rule=RunCategory.objects.filter(run_id=decision.proposal.run_id, code=decision.proposal.category).first(),
        history=standing.history_of(actor, urn=urn, on=on),
        exchanges=pages.exchanges_of(
            corresponding.replies_of(actor, decision, on=on),
            corresponding.challenges_of(actor, decision, on=on),
            letters,
            on=on,
            may_answer=actor.can(Module.MODERATION, Level.ACTS),
        ),
        highest=is_highest(decision.proposal.run, decision.proposal.step),
        on=on,
    )
    context = {
        "page": page,
        "on": on,
        "printed": timezone.localtime(),
        "is_of_the_school": is_of_the_school(actor),
        "may_reply": is_of_the_school(actor) and on == timezone.localdate(),
    }
    return render(request, "decisions/category.html", context)


@page_and_form
@permit(Module.LETTERS, Level.ACTS)
def reply(request: HttpRequest, urn: int) -> HttpResponse:
    """Say whether the account is accurate."""
    found = _in_force(request, urn)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.reply(by=actor_of(request), decision_pk=found.decision.pk, view=kept["view"], text=kept["text"])
        messages.success(request, "Your reply is kept with the decision. The authority will answer it here.")
        return redirect("decisions:category", urn)
    return render(request, "decisions/reply.html", {"form": form, "standing": found, "urn": urn})


@page_and_form
@permit(Module.LETTERS, Level.ACTS)
def challenge(request: HttpRequest, urn: int) -> HttpResponse:
    """Ask for the category to be looked at again."""
    found = _in_force(request, urn)
    form = ChallengeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.challenge(by=actor_of(request), decision_pk=found.decision.pk, grounds=form.cleaned_data["grounds"])
        messages.success(request, "Your challenge is kept. Somebody who did not make the decision will settle it.")
        return redirect("decisions:category", urn)
    return render(request, "decisions/challenge.html", {"form": form, "standing": found, "urn": urn})


@page_and_form
@permit(Module.MODERATION, Level.ACTS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a school's reply."""
    rows = Reply.objects.for_actor(actor_of(request)).select_related("decision__proposal__run")
    row = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.answer(by=actor_of(request), reply_pk=pk, version=version(request), text=form.cleaned_data["text"])
        messages.success(request, "Your answer is kept beside the reply.")
        return redirect("decisions:category", row.decision.school_id)
    seen = version(request) if request.method == "POST" else row.version
    return render(request, "decisions/answer.html", {"form": form, "reply": row, "seen": seen})


@page_and_form
@permit(Module.MODERATION, Level.ACTS)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a challenge."""
    rows = Challenge.objects.for_actor(actor_of(request)).select_related("decision__proposal__run")
    row = get_object_or_404(rows, pk=pk)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.settle(
            by=actor_of(request),
            challenge_pk=pk,
            version=version(request),
            outcome=kept["outcome"],
            reason=kept["reason"],
        )
        upheld = kept["outcome"] == Outcome.UPHELD
        messages.success(request, "The outcome is kept." + (" Decide the school again." if upheld else ""))
        return (
            redirect("decisions:proposal", row.decision.proposal_id)
            if upheld
            else redirect("decisions:category", row.decision.school_id)
        )
    seen = version(request) if request.method == "POST" else row.version
    context = {"form": form, "challenge": row, "seen": seen}
    if request.method == "POST" and row.outcome != Outcome.OPEN:
        return render(request, "decisions/settle_challenge.html", context | {"written": written(request)}, status=422)
    return render(request, "decisions/settle_challenge.html", context)


@require_safe
@permit(Module.LETTERS, Level.SEES)
def letter(request: HttpRequest, pk: int, format_: str) -> HttpResponse:
    """A category letter as it was made."""
    if format_ not in TYPES:
        raise Http404
    found = corresponding.letter_file(actor_of(request), letter=pk, format_=format_)
    if found is None:
        raise Http404
    about = found.letter
    name = f"category-letter-{about.decision.proposal.urn}-{about.dated}-{about.recipient}.{format_}"
    response = HttpResponse(bytes(found.content), content_type=TYPES[format_])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = f'"{found.sha256}"'
    return response


@page_and_form
@permit(Module.MODERATION, Level.ACTS)
def risk(request: HttpRequest, urn: int) -> HttpResponse:
    """Assess a school's risk; the assessments made so far."""
    actor = actor_of(request)
    school = get_object_or_404(School.objects.for_actor(actor), urn=urn)
    facts = scheme_queries.risk_facts(actor)
    form = None
    if facts is not None:
        posted = request.POST if request.method == "POST" else None
        form = RiskForm(posted, risk=facts, initial={"on": timezone.localdate()})
        if request.method == "POST" and form.is_valid():
            kept = form.cleaned_data
            actions.assess_risk(
                by=actor,
                urn=urn,
                judged=form.judged(),
                level=kept["level"],
                reason=kept["reason"],
                on=kept["on"],
                seen=version(request),
            )
            messages.success(request, f"The risk assessment of {school.name} is kept.")
            return redirect("decisions:risk", urn)
    made = RiskAssessment.objects.for_actor(actor).filter(school=school).select_related("assessed_by")
    seen = version(request) if request.method == "POST" else made.count()
    context = {"school": school, "form": form, "facts": facts, "table": risk_table(made), "seen": seen}
    if request.method == "POST" and form is None:  # the strategy in force changed while somebody wrote
        return render(request, "decisions/risk.html", context | {"written": written(request)}, status=422)
    return render(request, "decisions/risk.html", context)


def is_of_the_school(actor: Actor) -> bool:
    """Whether the person answers for a school: head or chair."""
    return any(role in SCHOOL_SIDE for role in actor.roles)


def _in_force(request: HttpRequest, urn: int) -> Standing:
    actor = actor_of(request)
    found = standing.standing_of(actor, urn=urn, on=timezone.localdate()) if is_of_the_school(actor) else None
    if found is None:
        raise Http404
    return found
