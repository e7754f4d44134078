"""Runs: those on the desk, those that can be taken to it, and making one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from strandline.kernel.errors import UserError
from strandline.web.decisions import actions, tasks
from strandline.web.decisions.forms import RunForm
from strandline.web.decisions.models import OrderState, RunOrder
from strandline.web.decisions.presenters import running as shown
from strandline.web.decisions.presenters import schemes as lists
from strandline.web.decisions.queries import queue as queued
from strandline.web.decisions.queries import schemes as queries
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.RUNS, Level.SEES)
def runs(request: HttpRequest) -> HttpResponse:
    """The runs on the desk, and those that can be taken to it."""
    actor = actor_of(request)
    titles = dict(queries.pack_choices(actor))
    orders = [shown.order_line(each, strategy=titles.get(each.pack, each.pack)) for each in queries.open_orders(actor)]
    context = {
        "table": lists.runs(queued.runs(actor)),
        "orders": orders,
        "waiting": queries.runs_on_disk(actor),
        "may_act": actor.can(Module.RUNS, Level.ACTS),
    }
    return render(request, "decisions/runs.html", context)


@require_POST
@permit(Module.RUNS, Level.ACTS)
def take(request: HttpRequest) -> HttpResponse:
    """Take a run to the desk, in the background."""
    actor = actor_of(request)
    name = request.POST.get("run", "")
    if name in {each[0] for each in queries.runs_on_disk(actor)}:
        tasks.import_run.enqueue(name, user_id=actor.user.pk, authority=actor.authority)
        messages.success(request, "The run is being taken to the desk. Its schools will stand in the queue shortly.")
    else:
        messages.warning(request, "That run is on the desk already, or is not of this authority.")
    return redirect("decisions:runs")


@page_and_form
@permit(Module.RUNS, Level.ACTS)
def make(request: HttpRequest) -> HttpResponse:
    """Ask for a run of the authority's schools, as at a day."""
    actor = actor_of(request)
    scheme = queued.adopted(actor)
    initial = {"pack": scheme.pack if scheme else "", "as_at": timezone.localdate(), "carry": True}
    posted = request.POST if request.method == "POST" else None
    form = RunForm(posted, packs=queries.pack_choices(actor), initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        try:
            made = actions.ask_for_run(by=actor, pack=kept["pack"], as_at=kept["as_at"], carry=kept["carry"])
            return redirect("decisions:order", made.pk)
        except UserError as refused:
            form.add_error(None, str(refused))
    return render(request, "decisions/make_run.html", {"form": form})


@require_safe
@permit(Module.RUNS, Level.SEES)
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run has come that somebody asked for."""
    actor = actor_of(request)
    row = get_object_or_404(RunOrder.objects.for_actor(actor).select_related("run", "asked_by"), pk=pk)
    strategy = row.run.title if row.run else dict(queries.pack_choices(actor)).get(row.pack, row.pack)
    context = {
        "order": row,
        "shown": shown.order(
            row, strategy=strategy, hears=actor.can(Module.INTELLIGENCE, Level.ACTS), now=timezone.now()
        ),
        "under_way": row.state in (OrderState.WAITING, OrderState.MAKING),
        "may_act": actor.can(Module.RUNS, Level.ACTS),
    }
    return render(request, "decisions/order.html", context)
