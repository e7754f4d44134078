"""Figures given ahead of publication, and the early warning that they give."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from strandline.kernel.errors import UserError
from strandline.web.design.parts import Crumb
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of, whole_number
from strandline.web.people.roles import Level, Module
from strandline.web.schools import actions, measures
from strandline.web.schools.forward_forms import FigureForm, NewFigureForm
from strandline.web.schools.models import FigureKind, ForwardFigure
from strandline.web.schools.presenters import forward as presenter
from strandline.web.schools.queries import forward as queries
from strandline.web.schools.queries import record
from strandline.web.schools.queries.record import Record
from strandline.web.schools.views.keeping import form_page

YEARS = range(1990, 2100)
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.RESULTS, Level.ACTS)
def early_warning(request: HttpRequest) -> HttpResponse:
    """Schools vulnerable to under-achievement, before their results are published."""
    asked = request.GET.get("year", "")
    number = whole_number(asked)
    year = number if number in YEARS else None
    seen = queries.outlook(actor_of(request), year=year)
    context = {
        **presenter.outlook(seen),
        "year_refused": asked if asked and year is None else "",
        "breadcrumbs": (Crumb(label="Schools", href=reverse("schools:index")), Crumb(label="Early warning")),
    }
    return render(request, "schools/early_warning.html", context)


@page_and_form
@permit(Module.RESULTS, Level.ACTS)
def add(request: HttpRequest, urn: int) -> HttpResponse:
    """Give a target, prediction or estimate."""
    seen = _seen(request, urn)
    last = queries.last_given(seen)
    start = {"given_on": seen.on}
    if last is not None:
        start |= {name: getattr(last, name) for name in ("results_year", "kind", "cohort", "source", "given_on")}
    form = NewFigureForm(request.POST or None, initial=start, published=queries.published_years(seen.moment))
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        try:
            actions.give_figure(by=seen.actor, school=seen.school, **kept)
        except UserError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The {kept['kind'].label.lower()} is kept. It is not a published result.")
            return redirect("schools:section", urn, "results")
    return form_page(request, seen, form, title="Give a figure ahead of publication", button="Keep", section="results")


@page_and_form
@permit(Module.RESULTS, Level.ACTS)
def revise(request: HttpRequest, urn: int, pk: int) -> HttpResponse:
    """Put a new figure in the place of one that was given."""
    seen = _seen(request, urn)
    one = queries.figure(seen, pk)
    names = ("value", "cohort", "source", "given_on", "version")
    start = {name: getattr(one, name) for name in names} | {"value": f"{one.value:g}"}
    form = FigureForm(request.POST or None, measure=one.measure, initial=start)
    latest = queries.published_years(seen.moment)[measures.stage_of(one.measure)]
    if request.method == "POST" and form.is_valid():
        kept = dict(form.cleaned_data)
        if one.results_year <= latest:
            form.add_error(None, measures.published_words(one.measure, one.results_year))
        else:
            try:
                actions.revise_figure(
                    by=seen.actor, school=seen.school, pk=pk, **{**kept, "version": kept["version"] or 0}
                )
            except actions.NotShared as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "The figure is revised; the earlier one stays on record.")
                return redirect("schools:section", urn, "results")
    return form_page(request, seen, form, title=f"Revise: {_titled(one)}", button="Keep", section="results")


@page_and_form
@permit(Module.RESULTS, Level.ACTS)
def withdraw(request: HttpRequest, urn: int, pk: int) -> HttpResponse:
    """Take a figure out of use."""
    seen = _seen(request, urn)
    one = queries.figure(seen, pk)
    if request.method == "POST":
        version = whole_number(request.POST.get("version", "")) or 0
        actions.withdraw_figure(by=seen.actor, school=seen.school, pk=pk, version=version)
        messages.success(request, "The figure is withdrawn; it stays on record.")
        return redirect("schools:section", urn, "results")
    title = f"Withdraw the {_titled(one)}?"
    return form_page(request, seen, None, title=title, button="Withdraw", section="results", version=one.version)


def _seen(request: HttpRequest, urn: int) -> Record:
    return record.record(actor_of(request), urn)


def _titled(one: ForwardFigure) -> str:
    meaning = measures.MEASURES[one.measure].meaning
    return f"{FigureKind(one.kind).label.lower()} for {measures.year_words(one.results_year)}, {meaning}"
