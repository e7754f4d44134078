"""Reading a strategy: what it says, how support is decided, what is offered, what was said about it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of, whole_number
from strandline.web.people.roles import Level, Module
from strandline.web.strategies import actions, presenters, queries
from strandline.web.strategies.models import StrategyVersion
from strandline.web.strategies.presenters import comparing, text
from strandline.web.strategies.views.asked import frame, strategy


@require_safe
@permit(Module.STRATEGIES, Level.SEES)
def index(request: HttpRequest) -> HttpResponse:
    """Every version, the one in force on top."""
    actor = actor_of(request)
    rows = list(queries.versions(actor))
    current = next((row for row in rows if row.state == "published"), None)
    context = {
        "table": presenters.table(rows, may_draft=actor.can(Module.RUNS, Level.ACTS)),
        "current": current,
        "receipt": presenters.own_receipt(queries.own_receipt(actor)),
        "may_draft": actor.can(Module.RUNS, Level.ACTS),
        "comparable": len(rows) > 1,
    }
    return render(request, "strategies/index.html", context)


@require_safe
@permit(Module.STRATEGIES, Level.SEES)
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its period, its approval, the plans that it serves, what waits."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    if row.state == "published":
        actions.note_opened(by=actor, strategy_pk=pk)
    receipt = queries.own_receipt(actor)
    context = frame(actor, row, here="version") | {
        "rows": presenters.summary(row, plans=queries.plans(actor, row)),
        "flagged": text.flagged(row.content),
        "receipt": presenters.own_receipt(receipt) if receipt and receipt.strategy_id == pk else None,
        "receipt_version": receipt.version if receipt else 0,
        "moved_on": row.state == "draft" and queries.pack_moved_on(row),
    }
    return render(request, "strategies/version.html", context)


@require_safe
@permit(Module.STRATEGIES, Level.SEES)
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """How the support that a school needs is decided (CAM-11): the rules in words, each with its source."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    return render(
        request, "strategies/rules.html", frame(actor, row, here="rules") | {"rules": text.rules(row.content)}
    )


@require_safe
@permit(Module.STRATEGIES, Level.SEES)
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """What is available, in three columns: to all, to maintained schools, to academies (CAM-12)."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    return render(
        request, "strategies/offer.html", frame(actor, row, here="offer") | {"columns": text.offer(row.content)}
    )


@require_safe
@permit(Module.STRATEGIES, Level.SEES)
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """The succinct statement of the authority's role, on a page (CAM-10)."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    context = frame(actor, row, here="role") | {"paragraphs": presenters.paragraphs(row), "council": actor.organisation}
    return render(request, "strategies/role.html", context)


@require_safe
@permit(Module.STRATEGIES, Level.SEES)
def lists(request: HttpRequest, pk: int) -> HttpResponse:
    """Priorities, drivers, duties, tags, paths: what else the strategy holds, item by item with its source."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    context = frame(actor, row, here="lists") | {"paths": text.paths(row.content), "lists": text.lists(row.content)}
    return render(request, "strategies/lists.html", context)


@require_safe
@permit(Module.STRATEGIES, Level.SEES)
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """You said, we did: group by group (CAM-07, CAM-14)."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    may_log = actor.can(Module.RUNS, Level.ACTS)
    groups = presenters.consultation(queries.comments(actor, row), may_answer=may_log)
    context = frame(actor, row, here="consultation") | {"groups": groups, "may_log": may_log}
    return render(request, "strategies/consultation.html", context)


@require_safe
@permit(Module.STRATEGIES, Level.SEES)
def compare(request: HttpRequest) -> HttpResponse:
    """Two versions side by side: every value that differs (CAM-25)."""
    actor = actor_of(request)
    rows = list(queries.versions(actor))
    chosen = [request.GET.get(name, "") for name in ("earlier", "later")]
    context: dict[str, Any] = {"choices": rows, "earlier": chosen[0], "later": chosen[1], "compared": None}
    earlier, later = (whole_number(each) for each in chosen)
    if earlier is not None and later is not None:
        try:
            found = queries.compared(actor, earlier=earlier, later=later)
        except StrategyVersion.DoesNotExist as error:
            raise Http404 from error
        context["compared"] = comparing.compared(*found)
    elif any(chosen):
        raise Http404
    elif len(rows) > 1:
        context |= {"earlier": str(rows[1].pk), "later": str(rows[0].pk)}
    return render(request, "strategies/compare.html", context)
