"""Front of the room, queue, publication, overrides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from strandline.web.decisions import actions
from strandline.web.decisions.models import State
from strandline.web.decisions.presenters import lists
from strandline.web.decisions.queries import queue as queued
from strandline.web.decisions.queries import standing
from strandline.web.decisions.views.asked import as_at, numbers
from strandline.web.design.parts import EmptyState
from strandline.web.design.tables import Table
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module

ROWS = 100


@require_safe
@permit(Module.DECISIONS, Level.SEES)
def index(request: HttpRequest) -> HttpResponse:
    """Published categories as at a day; what waits, for those who moderate."""
    actor, on = actor_of(request), as_at(request)
    page = Paginator(standing.published(actor, on=on), ROWS).get_page(request.GET.get("page"))
    moderates = actor.can(Module.MODERATION) and on == timezone.localdate()
    run = queued.latest_run(actor) if moderates else None
    waiting = queued.waiting(actor, run, on=timezone.localdate()) if moderates else None
    empty = EmptyState(
        title="No category had been published by then",
        text="A category is shown here from the day of its publication.",
    )
    context = {
        "page": page,
        "on": on,
        "published": lists.published(standing.standings(page.object_list, on=on), on=on, empty=empty),
        "tasks": lists.tasks(waiting, may_publish=actor.can(Module.PUBLICATION, Level.ACTS)) if waiting else (),
        "run": run,
        "scheme": queued.adopted(actor) if moderates else None,
    }
    return render(request, "decisions/index.html", context)


@require_safe
@permit(Module.MODERATION, Level.SEES)
def queue(request: HttpRequest) -> HttpResponse:
    """What the rules propose and nobody has settled; what waits for approval or an answer."""
    actor = actor_of(request)
    run, scheme = queued.latest_run(actor), queued.adopted(actor)
    waiting = queued.waiting(actor, run, on=timezone.localdate())
    part = request.GET.get("part", "agree")
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    acts = actor.can(Module.MODERATION, Level.ACTS)
    page: Page[Any] | None = None
    table: Table | None = None
    if part == "replies":
        table = lists.correspondence(*queued.unanswered(actor))
    elif part == "approve":
        proposed = queued.decisions_in(actor, State.PROPOSED).filter(proposal__school_name__icontains=text)
        decided = Paginator(proposed, ROWS).get_page(request.GET.get("page"))
        page, table = decided, lists.decisions(decided.object_list, caption="Proposed, waiting for a second person")
    elif run:
        judged = part == "judge"
        rows = (queued.to_judge if judged else queued.to_agree)(actor, run).filter(school_name__icontains=text)
        listed = Paginator(rows, ROWS).get_page(request.GET.get("page"))
        page, table = listed, lists.proposals(listed.object_list, boxes=acts and not judged, judged=judged)
    context = {
        "tabs": lists.tabs(waiting, current=part),
        "part": part,
        "run": run,
        "scheme": scheme,
        "lapsed": scheme is not None and scheme.lapsed(timezone.localdate()),
        "page": page,
        "table": table,
        "text": text,
        "may_agree": acts and part == "agree" and page is not None and page.paginator.count > 0,
    }
    return render(request, "decisions/queue.html", context)


@require_POST
@permit(Module.MODERATION, Level.ACTS)
def agree(request: HttpRequest) -> HttpResponse:
    """Agree with the proposals that were ticked."""
    actor = actor_of(request)
    run = queued.latest_run(actor)
    chosen = numbers(request, "proposal")
    if run is None or not chosen:
        messages.warning(request, "No school was chosen. Tick the schools, then agree.")
        return redirect("decisions:queue")
    made = actions.agree_all(by=actor, run_pk=run.pk, proposals=chosen)
    messages.success(request, f"You agreed with the rules on {len(made)} school{'s' * (len(made) != 1)}.")
    return redirect("decisions:queue")


@require_http_methods(["GET", "HEAD", "POST"])
@permit(Module.PUBLICATION, Level.ACTS)
def publish(request: HttpRequest) -> HttpResponse:
    """Publish what is approved."""
    actor = actor_of(request)
    if request.method == "POST":
        chosen = numbers(request, "decision")
        if chosen:
            made = actions.publish(by=actor, decisions=chosen)
            messages.success(
                request,
                f"You published {len(made)} categor{'ies' if len(made) != 1 else 'y'} today. "
                "The letters to head teachers and chairs are being made.",
            )
        else:
            messages.warning(request, "No school was chosen. Tick the schools, then publish.")
        return redirect("decisions:publish")
    rows = queued.decisions_in(actor, State.APPROVED)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    table = lists.decisions(page.object_list, caption="Approved, not published", boxes=True)
    return render(request, "decisions/publish.html", {"page": page, "table": table, "scheme": queued.adopted(actor)})


@require_safe
@permit(Module.MODERATION, Level.SEES)
def overrides(request: HttpRequest) -> HttpResponse:
    """Overrides with their ends."""
    actor = actor_of(request)
    page = Paginator(queued.overrides(actor), ROWS).get_page(request.GET.get("page"))
    table = lists.overrides(page.object_list, on=timezone.localdate())
    return render(request, "decisions/overrides.html", {"page": page, "table": table})
