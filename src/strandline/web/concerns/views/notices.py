"""Notices with their conditions, and decisions with their authoriser."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from strandline.web.concerns import actions, decided, guards, presenters, queries
from strandline.web.concerns.casework import casework, notice_title
from strandline.web.concerns.forms import (
    AnswerForm,
    ConditionForm,
    DecisionForm,
    EscalateForm,
    MoveForm,
    NoticeForm,
    ReasonForm,
    SettleForm,
)
from strandline.web.concerns.models import About, Answer, Case, CaseDecision, Condition, Kind, Notice, State
from strandline.web.concerns.reach import SERVICE
from strandline.web.concerns.views.parts import (
    case_of,
    closed_words,
    form_page,
    notice_of,
    page_and_form,
    to_case,
    to_notice,
)
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor
from strandline.web.triggers.powers import powers_of


@require_safe
@permit(Module.CONCERNS)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: for the school what was issued to it."""
    actor = actor_of(request)
    row = notice_of(actor, pk)
    serves = bool(SERVICE.intersection(actor.roles))
    acts = actor.can(Module.CONCERNS, Level.ACTS) and row.case.closed_on is None
    settles = acts and row.state == State.RUNNING
    context = {
        "notice": row,
        "title": notice_title(row.power),
        "tag": presenters.notice_tag(row),
        "summary": presenters.notice_summary(row, for_school=not serves),
        "conditions": presenters.conditions_table(row.conditions.all(), may_settle=settles),
        "moves": presenters.moves(row) if acts else [],
        "adds": acts and row.state == State.DRAFTED and not guards.is_authorised(row, About.ISSUE),
        "settles": settles,
        "missing": guards.before_issue(row, on=timezone.localdate()) if acts and row.state == State.DRAFTED else (),
        "decides": decided.decides(row) if acts else [],
        "subject": row._meta.label_lower,
        "serves": serves,
    }
    return render(request, "concerns/notice.html", context)


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a notice, where a power exists over the school; else say why not, and what can be done."""
    actor = actor_of(request)
    row = case_of(actor, pk, sent=request.method == "POST")
    powers = _powers(row, tuple(casework().notices))
    form = NoticeForm(request.POST or None, powers=powers)
    if request.method == "POST" and form.is_valid():
        made = actions.draft(by=actor, case_pk=pk, told=form.told())
        messages.success(request, "The notice is drafted.")
        return redirect("concerns:notice", made.pk)
    standing = powers_of(row.school, timezone.localdate())
    more: dict[str, Any] = {}
    if row.closed_on:
        more = {"intro": closed_words(row)}
    elif not powers:
        lines = [step.text for step in standing.steps]
        more = {"intro": f"No statutory step is offered. {standing.why} What can be done:", "lines": lines}
    elif row.kind != Kind.CONCERN:
        more = {"intro": "Work with no concern brings no notice: turn it into a concern first."}
    return form_page(
        request,
        title="Draft a notice",
        caption=row.school.name,
        button="Draft",
        form=form,
        back=to_case(row),
        allowed=not more,
        **more,
    )


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def add_condition(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a condition to a draft."""
    actor = actor_of(request)
    row = notice_of(actor, pk)
    form = ConditionForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        actions.add_condition(by=actor, notice_pk=pk, **form.cleaned_data)
        messages.success(request, "The condition is added.")
        return redirect("concerns:notice", pk)
    set_already = "" if row.state == State.DRAFTED else "Conditions are set before the notice is issued."
    if guards.is_authorised(row, About.ISSUE):
        set_already = set_already or "Its issue is authorised as it stands: withdraw it, and draft another notice."
    return _page(request, row, form, title="Add a condition", button="Add", closed=set_already)


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Find a condition met or not met."""
    actor = actor_of(request)
    rows = Condition.objects.for_actor(actor).select_related("notice__case__school")
    row = get_object_or_404(rows, pk=pk)
    form = SettleForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.settle_condition(
            by=actor,
            condition_pk=pk,
            version=kept["version"],
            met=kept["met"] == "yes",
            on=kept["on"],
            evidence=kept["evidence"],
        )
        messages.success(request, "It is noted.")
        return redirect("concerns:notice", row.notice_id)
    runs = row.notice.state == State.RUNNING
    closed = "" if runs else "Conditions are looked at while the compliance period runs."
    summary = presenters.condition_summary(row)
    return _page(
        request, row.notice, form, title="Is the condition met?", button="Note it", summary=summary, closed=closed
    )


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def move(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Take a notice one step on."""
    actor = actor_of(request)
    row = notice_of(actor, pk)
    known = {state.value: state for state in presenters.VERBS}.get(to)
    if known is None:
        raise Http404
    form = MoveForm(request.POST or None, wanted=presenters.WANTED.get(known, ""), initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        text = kept.get("text", "")
        actions.move(by=actor, notice_pk=pk, version=kept["version"], to=known, on=kept["on"], text=text)
        messages.success(request, f"The notice: {known.label.lower()}.")
        return redirect("concerns:notice", pk)
    title, closed = presenters.VERBS[known], ""
    if known not in actions.MOVES[State(row.state)]:
        closed = f"The notice is {row.get_state_display().lower()}: this is no step from there."
    lines = () if closed else guards.before_move(row, known, on=timezone.localdate())
    more = {"intro": "This cannot be done yet:", "lines": lines, "allowed": False} if lines else {}
    return _page(request, row, form, title=title, button=title, closed=closed, **more)


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def escalate(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the next notice after one that was not complied with."""
    actor = actor_of(request)
    row = notice_of(actor, pk)
    powers = _powers(row.case, casework().notices[row.power].next) if row.power in casework().notices else ()
    missing = {power: guards.missing_before(row.case, power) for power in powers}
    ready = tuple(power for power in powers if not missing[power])
    form = EscalateForm(request.POST or None, powers=ready, initial=EscalateForm.after(row))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        made = actions.escalate(by=actor, notice_pk=pk, version=version, told=form.told())
        messages.success(request, "The next notice is drafted; this one is escalated.")
        return redirect("concerns:notice", made.pk)
    closed = "" if row.state == State.NOT_MET else "Only a notice that was not complied with is escalated."
    if not powers:
        closed = closed or "No further notice exists over this school."
    lines = [f"{notice_title(power)}: {'; '.join(step.title for step in missing[power])}" for power in powers]
    return _page(
        request,
        row,
        form,
        title="Escalate to the next notice",
        button="Draft the next notice",
        closed=closed,
        intro="These wait for steps that are not done:" if len(ready) < len(powers) else "",
        lines=[line for power, line in zip(powers, lines, strict=True) if power not in ready],
        allowed=bool(ready),
    )


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a decision for another person to authorise."""
    actor = actor_of(request)
    row = case_of(actor, pk, sent=request.method == "POST")
    asked = {name: request.GET.get(name, "") for name in ("about", "notice")}
    about_notice = row.notices.filter(pk=asked["notice"]).first() if asked["notice"].isdecimal() else None
    people = queries.authorisers(actor, notice=about_notice)
    form = DecisionForm(request.POST or None, case=row, people=people, initial=asked)
    if request.method == "POST" and form.is_valid():
        made = actions.decide(by=actor, case_pk=pk, decided=form.decided())
        messages.success(request, f"It waits for {made.authoriser.name}.")
        return redirect("concerns:case", pk)
    why = closed_words(row)
    refused = row.case_decisions.filter(notice__isnull=False, answer=Answer.REFUSED)
    return form_page(
        request,
        title="Record a decision",
        caption=row.school.name,
        button="Record",
        form=form,
        back=to_case(row),
        intro=why or "Another person authorises it. It counts from then on.",
        lines=() if why else decided.refused_before(refused.select_related("authoriser", "notice")),
        allowed=not why,
    )


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The authoriser's answer."""
    actor = actor_of(request)
    row = _decision_of(actor, pk)
    form = AnswerForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.answer(
            by=actor,
            decision_pk=pk,
            version=kept["version"],
            authorised=kept["answer"] == "yes",
            reason=kept["reason"],
        )
        messages.success(request, "Your answer is kept.")
        return redirect("concerns:case", row.case_id)
    why = ""
    if row.answer != Answer.WAITING:
        why = f"The decision has its answer: {row.get_answer_display().lower()}, {presenters.day(row.answered_on)}."
    elif row.authoriser_id != actor.user.pk:
        why = f"{row.authoriser.name} answers this decision."
    elif guards.changed_since(row):
        why = "The notice has changed since: take this decision back, and record a new one."
    same = queries.refusals_of(row.notice, row.about).exclude(pk=row.pk) if row.notice else ()
    return form_page(
        request,
        title="Authorise a decision",
        caption=row.case.school.name,
        button="Answer",
        form=form,
        back=to_case(row.case),
        summary=decided.decision_summary(row),
        intro=why,
        lines=decided.refused_before(same),
        allowed=not why,
    )


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back that still waits for its answer."""
    actor = actor_of(request)
    row = _decision_of(actor, pk)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        actions.take_back(by=actor, decision_pk=pk, **form.cleaned_data)
        messages.success(request, "The decision is taken back.")
        return redirect("concerns:case", row.case_id)
    why = closed_words(row.case)
    if not why and row.answer != Answer.WAITING:
        why = f"The decision has its answer: {row.get_answer_display().lower()}, {presenters.day(row.answered_on)}."
    elif not why and not queries.may_take_back(actor, row):
        why = f"{row.recorded_by.name} or a manager of the service takes this decision back."
    return form_page(
        request,
        title="Take a decision back",
        caption=row.case.school.name,
        button="Take it back",
        form=form,
        back=to_case(row.case),
        summary=decided.decision_summary(row),
        intro=why or "It then waits for nobody, and counts for nothing. It stays on the page of the case.",
        allowed=not why,
    )


def _decision_of(actor: Actor, pk: int) -> CaseDecision:
    """The decision with its notice, or 404."""
    rows = CaseDecision.objects.for_actor(actor)
    return get_object_or_404(
        rows.select_related("case__school", "recorded_by", "authoriser", "notice__drafted_by"), pk=pk
    )


def _page(
    request: HttpRequest, row: Notice, form: BaseForm, *, title: str, button: str, closed: str = "", **more: Any
) -> HttpResponse:
    """The page of a form about a notice; `closed` says why there is none."""
    why = closed_words(row.case) or closed
    if why:
        more = {**more, "intro": why, "lines": (), "allowed": False}
    caption = f"{row.case.school.name}: {notice_title(row.power)}"
    return form_page(request, title=title, caption=caption, button=button, form=form, back=to_notice(row), **more)


def _powers(row: Case, wanted: tuple[str, ...]) -> tuple[str, ...]:
    standing = powers_of(row.school, timezone.localdate())
    return tuple(power for power in wanted if standing.may(power))
