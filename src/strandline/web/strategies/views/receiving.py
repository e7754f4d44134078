"""Who received a strategy, who has read it, and acknowledging it for one's school."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.strategies import actions, presenters, queries
from strandline.web.strategies.models import Receipt
from strandline.web.strategies.views.asked import frame, seen, strategy

ROWS = 100


@require_safe
@permit(Module.PUBLICATION, Level.SEES)
def receipts(request: HttpRequest, pk: int) -> HttpResponse:
    """The schools that a version was sent to: who opened it, who acknowledged it, and the share by group."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    page = Paginator(queries.receipts(actor, row), ROWS).get_page(request.GET.get("page"))
    context = frame(actor, row, here="receipts") | {
        "shares": presenters.shares(queries.shares(actor, row), row),
        "table": presenters.receipts(page.object_list, row),
        "page": page,
    }
    return render(request, "strategies/receipts.html", context)


@require_POST
@permit(Module.STRATEGIES, Level.ACTS)
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Acknowledge the strategy for one's own school."""
    actor = actor_of(request)
    row = get_object_or_404(Receipt.objects.for_actor(actor).select_related("strategy"), pk=pk)
    actions.acknowledge(by=actor, receipt_pk=pk, version=seen(request, row))
    messages.success(request, f"Thank you. Your school has acknowledged {row.strategy.title}.")
    return redirect("strategies:version", row.strategy_id)
