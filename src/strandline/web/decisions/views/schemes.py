"""Schemes: draft, adopt, renew, clone, try."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from strandline.web.decisions import actions
from strandline.web.decisions.forms import AdoptForm, DraftForm, RenewForm, SchemeForm, TrialForm
from strandline.web.decisions.models import Scheme, SchemeState, WhatIf
from strandline.web.decisions.presenters import copies as copied
from strandline.web.decisions.presenters import schemes as shown
from strandline.web.decisions.queries import schemes as queries
from strandline.web.decisions.views.asked import version
from strandline.web.people.failures import written
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.MODERATION, Level.SEES)
def index(request: HttpRequest) -> HttpResponse:
    """The schemes of the authority."""
    actor = actor_of(request)
    context = {
        "table": shown.table(queries.schemes(actor), on=timezone.localdate()),
        "may_act": actor.can(Module.PUBLICATION, Level.ACTS),
    }
    return render(request, "decisions/schemes.html", context)


@page_and_form
@permit(Module.PUBLICATION, Level.ACTS)
def draft(request: HttpRequest) -> HttpResponse:
    """Draft a scheme from a pack."""
    form = DraftForm(request.POST if request.method == "POST" else None, packs=queries.pack_choices(actor_of(request)))
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        made = actions.draft(by=actor_of(request), title=kept["title"], pack=kept["pack"], ways=form.ways())
        messages.success(request, "The scheme is drafted. It decides nothing until it is adopted.")
        return redirect("decisions:scheme", made.pk)
    return render(request, "decisions/form.html", {"form": form, "title": "Draft a scheme", "button": "Draft it"})


@require_safe
@permit(Module.MODERATION, Level.SEES)
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """One scheme: how it decides, until when, what has been tried on it."""
    actor = actor_of(request)
    row = scheme_of(actor, pk)
    today = timezone.localdate()
    context = {
        "scheme": row,
        "rows": shown.summary(row, on=today),
        "tag": shown.tag(row, on=today),
        "renewals": shown.renewals(row.renewals.select_related("by")),
        "amendments": copied.amendments(row.amendments.select_related("by")) if row.base else None,
        "trials": shown.trials(queries.trials(actor, row)),
        "may_act": actor.can(Module.PUBLICATION, Level.ACTS),
        "may_try": actor.can(Module.RUNS, Level.ACTS),
        "is_draft": row.state == SchemeState.DRAFT,
        "is_adopted": row.state == SchemeState.ADOPTED,
    }
    return render(request, "decisions/scheme.html", context)


@page_and_form
@permit(Module.PUBLICATION, Level.ACTS)
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt a draft for twelve months."""
    row = scheme_of(actor_of(request), pk)
    form = AdoptForm(request.POST if request.method == "POST" else None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        actions.adopt(
            by=actor_of(request), scheme_pk=pk, version=version(request), starts_on=form.cleaned_data["starts_on"]
        )
        messages.success(request, f"{row.title} is adopted for twelve months.")
        return redirect("decisions:scheme", pk)
    return form_page(request, form, row, title=f"Adopt {row.title}", button="Adopt it")


@page_and_form
@permit(Module.PUBLICATION, Level.ACTS)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Renew a scheme for twelve months more."""
    row = scheme_of(actor_of(request), pk)
    form = RenewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.renew(
            by=actor_of(request), scheme_pk=pk, version=version(request), evaluation=form.cleaned_data["evaluation"]
        )
        messages.success(request, f"{row.title} is renewed until {made.until:%-d %B %Y}.")
        return redirect("decisions:scheme", pk)
    return form_page(request, form, row, title=f"Renew {row.title}", button="Renew it")


@page_and_form
@permit(Module.PUBLICATION, Level.ACTS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who decides and how long schools have to reply."""
    row = scheme_of(actor_of(request), pk)
    initial = {name: getattr(row, name) for name in ("second_person", "reply_days", "override_months")}
    form = SchemeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change(by=actor_of(request), scheme_pk=pk, version=version(request), ways=form.ways())
        messages.success(request, "Decisions from now on follow the new settings.")
        return redirect("decisions:scheme", pk)
    return form_page(request, form, row, title="Who decides, and the time to reply", button="Save")


@page_and_form
@permit(Module.RUNS, Level.ACTS)
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Try other values: who would move, at what cost."""
    actor = actor_of(request)
    row = scheme_of(actor, pk)
    run = queries.run_of_scheme(actor, row)
    if run is None:
        sent = request.method == "POST"
        context = {"scheme": row, "written": written(request) if sent else []}
        return render(request, "decisions/no_run.html", context, status=422 if sent else 200)
    facts = queries.facts_of(run)
    posted = request.POST if request.method == "POST" else None
    form = TrialForm(posted, settings=facts.settings, parameters=facts.parameters, scheme=row)
    if request.method == "POST" and form.is_valid():
        made = actions.try_what_if(
            by=actor,
            scheme_pk=pk,
            run_pk=run.pk,
            settings=form.chosen_settings(),
            parameters=form.chosen_parameters(),
        )
        return redirect("decisions:tried", made.pk)
    return render(request, "decisions/trial.html", {"form": form, "scheme": row, "run": run})


@require_safe
@permit(Module.RUNS, Level.SEES)
def tried(request: HttpRequest, pk: int) -> HttpResponse:
    """What a trial found."""
    rows = WhatIf.objects.for_actor(actor_of(request)).select_related("scheme", "run", "by")
    row = get_object_or_404(rows, pk=pk)
    return render(request, "decisions/tried.html", {"trial": row, "shown": shown.tried(row)})


def scheme_of(actor: Actor, pk: int) -> Scheme:
    """The scheme of that number, of the person's authority. Raises: Http404."""
    return get_object_or_404(Scheme.objects.for_actor(actor).select_related("cloned_from", "adopted_by"), pk=pk)


def form_page(request: HttpRequest, form: object, row: Scheme, *, title: str, button: str) -> HttpResponse:
    """A form about a scheme, with the version that the person sees."""
    seen = version(request) if request.method == "POST" else row.version
    context = {"form": form, "title": title, "button": button, "seen": seen, "scheme": row}
    return render(request, "decisions/form.html", context)
