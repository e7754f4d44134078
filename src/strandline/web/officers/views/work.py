"""Tasks, inspections and visits."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from strandline.web.officers import actions, queries
from strandline.web.officers.forms import AnnounceForm, SettleForm, TaskForm, VisitForm
from strandline.web.officers.models import Task, TaskState
from strandline.web.officers.presenters import visiting as shown_visits
from strandline.web.officers.presenters import work as shown
from strandline.web.people.failures import written
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.schools.models import Document, School

ROWS = 100
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.SCHOOLS, Level.ACTS)
def tasks(request: HttpRequest) -> HttpResponse:
    """What is to be done, what is overdue."""
    actor = actor_of(request)
    which = request.GET.get("which", "open")
    which = which if which in shown.WHICH else "open"
    mine = request.GET.get("mine") == "1"
    page = Paginator(queries.tasks(by=actor, which=which, mine=mine), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "table": shown.tasks_table(page.object_list),
        "tabs": shown.task_tabs(which, totals=queries.task_totals(by=actor), mine=mine),
        "which": which,
        "mine": mine,
    }
    return render(request, "officers/tasks.html", context)


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def settle_task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task done, or not needed."""
    actor = actor_of(request)
    row = get_object_or_404(Task.objects.for_actor(actor).select_related("school", "event", "settled_by"), pk=pk)
    form = SettleForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.settle_task(
            by=actor,
            task_pk=pk,
            version=kept["version"],
            state=TaskState(kept["state"]),
            on=kept["on"],
            note=kept["note"],
        )
        messages.success(request, "The task is settled.")
        return redirect("officers:tasks")
    context = {"form": form, "task": row, "settled": shown.settled_rows(row)}
    if request.method == "POST" and context["settled"]:
        return render(request, "officers/settle_task.html", context | {"written": written(request)}, status=422)
    return render(request, "officers/settle_task.html", context)


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def add_task(request: HttpRequest, urn: int) -> HttpResponse:
    """Add a task at a school."""
    actor = actor_of(request)
    row = get_object_or_404(School.objects.for_actor(actor), urn=urn)
    form = TaskForm(request.POST or None, people=queries.allocatable(actor))
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.add_task(
            by=actor,
            school=row,
            title=kept["title"],
            due_on=kept["due_on"],
            assigned_to=kept["officer"],
            kind=kept["kind"] or "other",
        )
        messages.success(request, "The task is added.")
        return redirect("officers:school", urn)
    return render(request, "officers/add_task.html", {"form": form, "school": row})


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def announce(request: HttpRequest, urn: int) -> HttpResponse:
    """Note an inspection of which the authority was told."""
    actor = actor_of(request)
    row = get_object_or_404(School.objects.for_actor(actor), urn=urn)
    form = AnnounceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.announce(by=actor, school=row, inspected_on=kept["inspected_on"], event=kept["event"])
        messages.success(request, "The inspection is noted, and its tasks are made.")
        return redirect("officers:school", urn)
    return render(request, "officers/announce.html", {"form": form, "school": row})


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def visit(request: HttpRequest, urn: int) -> HttpResponse:
    """Log a visit."""
    actor = actor_of(request)
    row = get_object_or_404(School.objects.for_actor(actor), urn=urn)
    letters = Document.objects.for_actor(actor).filter(school=row, withdrawn_at__isnull=True)
    form = VisitForm(request.POST or None, letters=letters, initial={"visitor": actor.user.name})
    if request.method == "POST" and form.is_valid():
        actions.log_visit(by=actor, school=row, **form.cleaned_data)
        messages.success(request, "The visit is logged.")
        return redirect("officers:school", urn)
    return render(request, "officers/visit.html", {"form": form, "school": row})


@require_safe
@permit(Module.SCHOOLS, Level.ACTS)
def visits(request: HttpRequest) -> HttpResponse:
    """Where visits are overdue, planned, not planned, or not given by policy (WAR-51)."""
    actor = actor_of(request)
    mine = request.GET.get("mine") == "1"
    page = Paginator(queries.schools_to_visit(by=actor, mine=mine), ROWS).get_page(request.GET.get("page"))
    standings = queries.visit_standings(by=actor, schools=page.object_list)
    table = shown_visits.visits_table(page.object_list, standings)
    return render(request, "officers/visits.html", {"page": page, "table": table, "mine": mine})


@require_safe
@permit(Module.OFFICERS, Level.SEES)
def special(request: HttpRequest) -> HttpResponse:
    """The special schools that nobody visited for a year (WAR-31)."""
    actor = actor_of(request)
    page = Paginator(queries.special_without_visit(by=actor), ROWS).get_page(request.GET.get("page"))
    table = shown.special_table(page.object_list, may_act=actor.can(Module.SCHOOLS, Level.ACTS))
    return render(request, "officers/special.html", {"page": page, "table": table})
