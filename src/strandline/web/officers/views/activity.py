"""Classifying tasks and visits, and the two reports by tag."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from strandline.kernel.dates import AcademicYear
from strandline.web.officers import actions, queries
from strandline.web.officers.forms import TagForm
from strandline.web.officers.models import Responsibility, Task, Visit
from strandline.web.officers.presenters import activity as shown
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.SCHOOLS, Level.ACTS)
def index(request: HttpRequest) -> HttpResponse:
    """Activity by priority (WAL-06), officer time by core responsibility (WAR-53)."""
    actor = actor_of(request)
    pack, known = queries.priorities_for(actor)
    years = queries.years_of_work(by=actor, on=timezone.localdate())
    year = _year_asked(request.GET.get("year", ""), years)
    times = queries.time_by_responsibility(by=actor, year=year)
    context = {
        "years": shown.year_choices(years, chosen=year),
        "period": shown.period(year, on=timezone.localdate()),
        "activity": shown.activity_table(queries.activity_by_priority(by=actor, year=year), pack=pack),
        "none": not known,
        "time": shown.time_table(times),
        "rounding": shown.rounding(times),
    }
    return render(request, "officers/activity.html", context)


def _year_asked(asked: str, years: list[AcademicYear]) -> AcademicYear | None:
    """The academic year that was asked for; the present one unless another is, none for all of them."""
    if asked == shown.ALL_YEARS:
        return None
    present = AcademicYear.containing(timezone.localdate())
    return next((year for year in years if str(year.ends_in) == asked), present)


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def tag_task(request: HttpRequest, pk: int) -> HttpResponse:
    """What a task was for."""
    row = get_object_or_404(Task.objects.for_actor(actor_of(request)).select_related("school"), pk=pk)
    return _tag(request, row)


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def tag_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a visit was for."""
    row = get_object_or_404(Visit.objects.for_actor(actor_of(request)).select_related("school"), pk=pk)
    return _tag(request, row)


def _tag(request: HttpRequest, row: Task | Visit) -> HttpResponse:
    actor = actor_of(request)
    pack, known = queries.priorities_for(actor)
    initial = {
        "priorities": list(row.priorities.filter(pack=pack).values_list("key", flat=True)),
        "responsibility": row.responsibility,
        "hours": row.hours,
        "version": row.version,
    }
    choices = [(each.key, f"{each.number}. {each.title}") for each in known]
    form = TagForm(request.POST or None, priorities=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        tags = actions.Tags(
            priorities=tuple(kept.get("priorities", ())),
            responsibility=Responsibility(kept["responsibility"]) if kept["responsibility"] else None,
            hours=kept["hours"],
        )
        actions.tag(by=actor, kind=type(row), pk=row.pk, version=kept["version"], tags=tags)
        messages.success(request, "The classification is kept.")
        return redirect("officers:school", row.school_id)
    return render(request, "officers/tag.html", {"form": form, "row": row, "none": not known})
