"""A copy of a scheme that diverges: its values, and changing one of them with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from strandline.runs.packs import CopyRefused, NotInThePack
from strandline.web.decisions import actions
from strandline.web.decisions.actions.copies import Change, NothingChanged
from strandline.web.decisions.forms import AmendForm, CloneForm
from strandline.web.decisions.models import SchemeState
from strandline.web.decisions.presenters import copies as shown
from strandline.web.decisions.queries import schemes as queries
from strandline.web.decisions.views.asked import version
from strandline.web.decisions.views.schemes import form_page, scheme_of
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@page_and_form
@permit(Module.PUBLICATION, Level.ACTS)
def clone(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a scheme into a draft that may diverge."""
    row = scheme_of(actor_of(request), pk)
    form = CloneForm(
        request.POST if request.method == "POST" else None, initial={"title": f"{row.title[:180]}, a copy"}
    )
    if request.method == "POST" and form.is_valid():
        made = actions.clone(by=actor_of(request), scheme_pk=pk, title=form.cleaned_data["title"])
        messages.success(request, "The copy is a draft. Change its values and try them: nothing else changes.")
        return redirect("decisions:scheme", made.pk)
    return form_page(request, form, row, title=f"Clone {row.title}", button="Clone it")


@require_safe
@permit(Module.MODERATION, Level.SEES)
def values(request: HttpRequest, pk: int) -> HttpResponse:
    """The choices and numbers of a scheme; those of a draft can be changed."""
    actor = actor_of(request)
    row = scheme_of(actor, pk)
    draft = row.state == SchemeState.DRAFT
    may_change = draft and actor.can(Module.PUBLICATION, Level.ACTS)
    table = shown.values(row, queries.values_of(actor, row), may_change=may_change)
    return render(request, "decisions/values.html", {"scheme": row, "table": table, "draft": draft})


@page_and_form
@permit(Module.PUBLICATION, Level.ACTS)
def amend(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Change one value of a draft."""
    actor = actor_of(request)
    row = scheme_of(actor, pk)
    about = shown.value_named(queries.values_of(actor, row), name)
    if about is None or row.state != SchemeState.DRAFT:
        raise Http404
    form = AmendForm(request.POST if request.method == "POST" else None, about=about)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        change = Change(about=about, value=kept["value"], reason=kept["reason"])
        try:
            made = actions.amend(by=actor, scheme_pk=pk, version=version(request), change=change)
        except (CopyRefused, NotInThePack, NothingChanged) as refused:
            form.add_error("value", str(refused))
        else:
            messages.success(request, f"{made.title}: {made.after} in this draft, instead of {made.before}.")
            return redirect("decisions:scheme", pk)
    context = {
        "form": form,
        "scheme": row,
        "about": about,
        "now": shown.now(about),
        "seen": version(request) if request.method == "POST" else row.version,
    }
    return render(request, "decisions/amend.html", context)
