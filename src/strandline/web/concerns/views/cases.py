"""The list of cases, a case, and what is done to it."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from strandline.web.concerns import actions, decided, guards, presenters, queries
from strandline.web.concerns.casework import casework
from strandline.web.concerns.forms import (
    NarrativeForm,
    OpenForm,
    ReasonForm,
    ReassignForm,
    StepForm,
    TurnForm,
)
from strandline.web.concerns.models import Case, Kind, Notice
from strandline.web.concerns.queries import OPEN, VIEWS, Asked
from strandline.web.concerns.reach import SERVICE
from strandline.web.concerns.views.parts import case_of, closed_words, form_page, page_and_form, to_case
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School
from strandline.web.triggers.powers import powers_of
from strandline.web.triggers.presenters.referrals import referrals_table
from strandline.web.triggers.queries import referrals
from strandline.web.triggers.referring import may_be_referred

ROWS = 50
MOST_CHOSEN = 200
CHOSEN = re.compile(r"[0-9]{1,9}(-[0-9]{1,9})?")


@require_safe
@permit(Module.CONCERNS)
def index(request: HttpRequest) -> HttpResponse:
    """The cases; for a school the notices that were issued to it."""
    actor = actor_of(request)
    if not SERVICE.intersection(actor.roles):
        table = presenters.notices_table(queries.notices_issued(by=actor), with_school=False)
        return render(request, "concerns/issued.html", {"table": table})
    asked = _asked(request)
    acts = actor.can(Module.CONCERNS, Level.ACTS)
    totals = queries.totals(by=actor, asked=asked)
    chooses = acts and asked.view != "closed"
    narrowed = bool(asked.kinds or asked.open or asked.text)
    page = Paginator(queries.cases(by=actor, asked=asked), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tabs": presenters.tabs(asked=asked, totals=totals),
        "table": presenters.cases_table(page.object_list, may_act=chooses, narrowed=narrowed),
        "filters": presenters.filters(asked=asked, query=request.GET, totals=totals, found=page.paginator.count),
        "may_act": chooses,
    }
    return render(request, "concerns/index.html", context)


@require_safe
@permit(Module.CONCERNS)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case."""
    actor = actor_of(request)
    row = case_of(actor, pk)
    acts = actor.can(Module.CONCERNS, Level.ACTS) and row.closed_on is None
    concern = row.kind == Kind.CONCERN
    rows = list(queries.decisions_of(row))
    context: dict[str, Any] = {
        "case": row,
        "tag": presenters.case_tag(row),
        "late": not row.closed_on and row.review_by is not None and row.review_by < timezone.localdate(),
        "summary": presenters.case_summary(row, acts=acts),
        "is_concern": concern,
        "decisions": decided.decisions(rows, reader=actor.user.pk),
        "take_back": decided.taken_back_from(each for each in rows if acts and queries.may_take_back(actor, each)),
        "acts": acts,
        "subject": row._meta.label_lower,
        **(_concern(actor, row, acts=acts) if concern else {}),
    }
    return render(request, "concerns/case.html", context)


def _concern(actor: Actor, row: Case, *, acts: bool) -> dict[str, Any]:
    """What only a concern has: its narrative, and either notices with their steps or letters to a regulator."""
    today = timezone.localdate()
    standing = powers_of(row.school, today)
    powers = frozenset(held.power.key for held in standing.held)
    letters = list(referrals(by=actor, which="all", urn=row.school_id)) if actor.can(Module.TRIGGERS) else []
    may_read = actor.can(Module.LETTERS)
    latest = row.narratives.select_related("written_by").first()
    return {
        "narrative": latest,
        "told": presenters.narrative_summary(latest) if latest else [],
        "standing": standing,
        "steps": presenters.steps(row, guards.latest_steps(row), powers=powers, acts=acts),
        "notices": presenters.notices_table(Notice.objects.for_actor(actor).filter(case=row), with_school=False),
        "letters": referrals_table(letters, may_read=may_read, with_school=False) if letters else None,
        "may_notify": acts and actor.can(Module.TRIGGERS, Level.ACTS) and may_be_referred(row.school, on=today),
    }


@require_safe
@permit(Module.CONCERNS)
def narratives(request: HttpRequest, pk: int) -> HttpResponse:
    """Every writing of the narrative, the latest first."""
    row = case_of(actor_of(request), pk)
    written = row.narratives.select_related("written_by")
    told = [(each, presenters.narrative_summary(each)) for each in written]
    return render(request, "concerns/narratives.html", {"case": row, "told": told})


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def add(request: HttpRequest, urn: int) -> HttpResponse:
    """Open a case at a school."""
    actor = actor_of(request)
    school = get_object_or_404(School.objects.for_actor(actor), urn=urn)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.open_case(by=actor, school=school, **form.cleaned_data)
        messages.success(request, "The case is open.")
        return redirect("concerns:case", made.pk)
    back = (reverse("schools:school", args=[urn]), school.name)
    return form_page(request, title="Open a case", caption=school.name, button="Open", form=form, back=back)


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Work with no concern turns into a concern."""
    actor = actor_of(request)
    row = case_of(actor, pk, sent=request.method == "POST")
    form = TurnForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        actions.turn_into_concern(by=actor, case_pk=pk, **form.cleaned_data)
        messages.success(request, "It is a concern.")
        return redirect("concerns:case", pk)
    why = "This is a concern already." if row.kind == Kind.CONCERN else ""
    return _form(request, row, form, title="Turn it into a concern", button="Turn into a concern", closed=why)


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def narrative(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the narrative again, from the latest writing."""
    actor = actor_of(request)
    row = case_of(actor, pk, sent=request.method == "POST")
    latest = row.narratives.first()
    initial = {each.key: getattr(latest, each.key) for each in casework().headings} if latest else {}
    form = NarrativeForm(request.POST or None, initial=initial | {"version": row.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.narrate(by=actor, case_pk=pk, version=kept["version"], told=form.told(), review_by=kept["review_by"])
        messages.success(request, "The narrative is kept, and the one before it too.")
        return redirect("concerns:case", pk)
    why = "" if row.kind == Kind.CONCERN else "Only a concern has a narrative: turn the work into a concern first."
    return _form(request, row, form, title="Write the narrative", button="Keep the narrative", closed=why)


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Note a step before a notice."""
    actor = actor_of(request)
    row = case_of(actor, pk, sent=request.method == "POST")
    known = casework().steps.get(step)
    if known is None:
        raise Http404
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        done = kept["done"] == "yes"
        actions.note_step(by=actor, case_pk=pk, step=step, done=done, on=kept["on"], evidence=kept["evidence"])
        messages.success(request, "The step is noted.")
        return redirect("concerns:case", pk)
    intro = f"{known.hint} Source: {known.cited}."
    closed = guards.powerless(row, step)
    return _form(request, row, form, title=known.title, button="Note it", intro=intro, closed=closed)


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def reassign(request: HttpRequest) -> HttpResponse:
    """Name another officer for the chosen cases."""
    actor = actor_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    seen = dict(_chosen(each) for each in asked.getlist("chosen")[:MOST_CHOSEN] if CHOSEN.fullmatch(each))
    ticked = list(Case.objects.for_actor(actor).filter(pk__in=seen).select_related("school", "officer"))
    rows = [row for row in ticked if row.closed_on is None]
    out = _left_out(ticked, chosen=len(asked.getlist("chosen")))
    form = ReassignForm(request.POST or None, people=queries.case_owners(actor))
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        versions = {row.pk: seen[row.pk] or row.version for row in rows}
        done = actions.reassign(by=actor, cases=versions, officer=kept["officer"], reason=kept["reason"])
        said = f"{kept['officer'].name} owns {len(done)} case{'s' * (len(done) != 1)} now."
        messages.success(request, " ".join([said, *out]))
        return redirect("concerns:index")
    return form_page(
        request,
        title="Name another case owner",
        caption="Concerns",
        button="Name the owner",
        form=form,
        back=(reverse("concerns:index"), "Concerns"),
        intro="" if rows else "No case was chosen: choose at least one in the list.",
        lines=[*(f"{row.school.name}: {row.title} ({row.officer.name})" for row in rows), *out],
        chosen=[f"{row.pk}-{seen[row.pk] or row.version}" for row in rows],
        allowed=bool(rows),
    )


def _left_out(ticked: list[Case], *, chosen: int) -> list[str]:
    """Which of the ticked cases get no other owner, and why."""
    lines = [f"Left out: {row.school.name}: {row.title} (closed)." for row in ticked if row.closed_on is not None]
    gone = min(chosen, MOST_CHOSEN) - len(ticked)
    if gone > 0:
        lines.append(f"Left out: {gone} that {'is' if gone == 1 else 'are'} not among your cases any more.")
    if chosen > MOST_CHOSEN:
        lines.append(f"Left out: {chosen - MOST_CHOSEN}, as no more than {MOST_CHOSEN} are chosen at once.")
    return lines


def _chosen(text: str) -> tuple[int, int]:
    """A case and the version of it that the person saw; 0 where they come from the list."""
    pk, _, version = text.partition("-")
    return int(pk), int(version or 0)


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a case, or say what is open."""
    actor = actor_of(request)
    row = case_of(actor, pk, sent=request.method == "POST")
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        actions.close(by=actor, case_pk=pk, **form.cleaned_data)
        messages.success(request, "The case is closed, and kept.")
        return redirect("concerns:case", pk)
    return _guarded(request, row, form, guards.open_of(row), title="Close the case", button="Close")


@page_and_form
@permit(Module.CONCERNS, Level.ACTS)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a case that was opened in error, or say what it holds."""
    actor = actor_of(request)
    row = case_of(actor, pk, sent=request.method == "POST")
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        actions.delete(by=actor, case_pk=pk, **form.cleaned_data)
        messages.success(request, "The case is deleted; the audit says so.")
        return redirect("concerns:index")
    return _guarded(request, row, form, guards.held_by(row), title="Delete the case", button="Delete")


def _guarded(
    request: HttpRequest, row: Case, form: ReasonForm, lines: tuple[str, ...], *, title: str, button: str
) -> HttpResponse:
    intro = "It cannot be done yet:" if lines else "Nothing stands in the way."
    return _form(request, row, form, title=title, button=button, intro=intro, lines=lines, allowed=not lines)


def _form(
    request: HttpRequest, row: Case, form: BaseForm, *, title: str, button: str, closed: str = "", **more: Any
) -> HttpResponse:
    """The page of a form about a case; `closed` says why there is none."""
    why = closed_words(row) or closed
    if why:
        more = {"intro": why, "allowed": False}
    return form_page(request, title=title, caption=row.school.name, button=button, form=form, back=to_case(row), **more)


def _asked(request: HttpRequest) -> Asked:
    view = request.GET.get("view", "")
    return Asked(
        view=view if view in VIEWS else "all",
        kinds=tuple(kind for kind in request.GET.getlist("kind")[:10] if kind in Kind.values),
        open=tuple(name for name in request.GET.getlist("open")[:10] if name in OPEN),
        text=request.GET.get("q", "").replace("\x00", "").strip()[:100],
    )
