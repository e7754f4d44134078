"""The register: list, entry, deciding, approving, export."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from strandline.kernel.errors import UserError
from strandline.runs.export import quoted
from strandline.web import audit
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of, whole_number
from strandline.web.people.roles import Level, Module
from strandline.web.triggers import actions, queries
from strandline.web.triggers.definitions import title_of
from strandline.web.triggers.forms import DecideForm, ReturnForm
from strandline.web.triggers.models import Entry, State, TriggerDecision
from strandline.web.triggers.powers import powers_of
from strandline.web.triggers.presenters import register as shown
from strandline.web.triggers.queries import Asked

ROWS = 100
MOST = 10_000
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.TRIGGERS, Level.SEES)
def index(request: HttpRequest) -> HttpResponse:
    """Every school that meets a trigger, and what was decided."""
    actor = actor_of(request)
    asked = _asked(request)
    page = Paginator(queries.register(by=actor, asked=asked), ROWS).get_page(request.GET.get("page"))
    standings, triggers = queries.counts(by=actor)
    may_act = actor.can(Module.TRIGGERS, Level.ACTS)
    context = {
        "page": page,
        "table": shown.register_table(page.object_list, may_act=may_act, narrowed=bool(request.GET)),
        "filters": shown.filters(
            asked=asked, query=request.GET, standings=standings, triggers=triggers, found=page.paginator.count
        ),
        "totals": standings,
        "may_act": may_act,
        "may_approve": actor.can(Module.PUBLICATION, Level.ACTS),
        "query": request.GET.urlencode(),
    }
    return render(request, "triggers/index.html", context)


@require_safe
@permit(Module.TRIGGERS, Level.SEES)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One school and one trigger: evidence, decisions, history, and what the law allows."""
    actor = actor_of(request)
    row = _entry(request, pk)
    waiting = next((each for each in row.decisions.all() if each.stage == TriggerDecision.Stage.PROPOSED), None)
    context = {
        "entry": row,
        "title": title_of(row.trigger),
        "tag": shown.tag_of(row, today=timezone.localdate()),
        "summary": shown.summary(row),
        "events": shown.history(row),
        "waiting": waiting,
        "is_mine": waiting is not None and waiting.decided_by_id == actor.user.pk,
        "may_decide": actor.can(Module.TRIGGERS, Level.ACTS) and row.state not in (State.WAITING, State.ENDED),
        "may_approve": actor.can(Module.PUBLICATION, Level.ACTS),
        "standing": powers_of(row.school, timezone.localdate()),
    }
    return render(request, "triggers/entry.html", context)


@page_and_form
@permit(Module.TRIGGERS, Level.ACTS)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Act, not act, or defer: with the reason."""
    row = _entry(request, pk)
    form = DecideForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        actions.decide(
            by=actor_of(request), entry_pk=row.pk, version=form.cleaned_data["version"], verdict=form.verdict()
        )
        messages.success(request, "The decision is proposed. It counts once another person has approved it.")
        return redirect("triggers:entry", row.pk)
    context = {"form": form, "entry": row, "title": title_of(row.trigger), "summary": shown.summary(row)}
    return render(request, "triggers/decide.html", context)


@page_and_form
@permit(Module.TRIGGERS, Level.ACTS)
def decide_several(request: HttpRequest) -> HttpResponse:
    """Decide the same about several schools at once."""
    actor = actor_of(request)
    chosen = _chosen(request.POST.getlist("chosen") or request.GET.getlist("chosen"))
    rows = list(Entry.objects.for_actor(actor).filter(pk__in=chosen).select_related("school").order_by("school__name"))
    form = DecideForm(request.POST or None, initial={"version": 0})
    if not rows and request.method == "POST":
        raise UserError("No row of the register was chosen", what_to_do="Choose at least one that is yours to decide")
    if not rows:
        messages.warning(request, "Choose at least one row of the register first.")
        return redirect("triggers:index")
    if request.method == "POST" and form.is_valid():
        made = actions.decide_several(
            by=actor, entries={row.pk: chosen[row.pk] for row in rows}, verdict=form.verdict()
        )
        messages.success(
            request, f"{len(made)} decisions are proposed. They count once another person has approved them."
        )
        return redirect("triggers:index")
    table = shown.register_table(rows, may_act=False, narrowed=False)
    context = {"form": form, "table": table, "chosen": [f"{pk}:{version}" for pk, version in chosen.items()]}
    return render(request, "triggers/decide_several.html", context)


@require_safe
@permit(Module.PUBLICATION, Level.ACTS)
def waiting(request: HttpRequest) -> HttpResponse:
    """The decisions that wait for this person's approval."""
    page = Paginator(queries.waiting_for(by=actor_of(request)), ROWS).get_page(request.GET.get("page"))
    return render(request, "triggers/waiting.html", {"page": page, "table": shown.waiting_table(page.object_list)})


@require_POST
@permit(Module.PUBLICATION, Level.ACTS)
def approve_several(request: HttpRequest) -> HttpResponse:
    """Approve the decisions that were chosen."""
    chosen = _chosen(request.POST.getlist("chosen"))
    if not chosen:
        messages.warning(request, "Choose at least one decision first.")
        return redirect("triggers:waiting")
    try:
        made = actions.approve_several(by=actor_of(request), decisions=chosen.items())
    except TriggerDecision.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, "1 decision is approved." if len(made) == 1 else f"{len(made)} decisions are approved.")
    return redirect("triggers:waiting")


@require_POST
@permit(Module.PUBLICATION, Level.ACTS)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve one decision."""
    try:
        made = actions.approve(by=actor_of(request), decision_pk=pk, version=_version(request))
    except TriggerDecision.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, "The decision is approved.")
    return redirect("triggers:entry", made.entry_id)


@page_and_form
@permit(Module.TRIGGERS, Level.ACTS)
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a proposed decision, or take one's own back."""
    actor = actor_of(request)
    decision = (
        TriggerDecision.objects.for_actor(actor).select_related("entry__school", "decided_by").filter(pk=pk).first()
    )
    mine = decision is not None and decision.decided_by_id == actor.user.pk
    if decision is None or not (mine or actor.can(Module.PUBLICATION, Level.ACTS)):
        raise Http404
    form = ReturnForm(request.POST or None, initial={"version": decision.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.give_back(by=actor, decision_pk=pk, version=kept["version"], reason=kept["reason"])
        messages.success(request, "The decision is returned." if not mine else "Your decision is taken back.")
        return redirect("triggers:entry", decision.entry_id)
    context = {"form": form, "decision": decision, "title": title_of(decision.entry.trigger), "mine": mine}
    return render(request, "triggers/give_back.html", context)


@require_safe
@permit(Module.TRIGGERS, Level.SEES)
def about(request: HttpRequest) -> HttpResponse:
    """What brings a school into the register, and what the newest runs said."""
    table = shown.definitions_table(queries.latest_scans(by=actor_of(request)))
    return render(request, "triggers/about.html", {"table": table})


@require_safe
@permit(Module.TRIGGERS, Level.SEES, also=((Module.EXPORTS, Level.ACTS),))
def export(request: HttpRequest) -> HttpResponse:
    """The register as it stands on the screen, as a CSV file."""
    actor = actor_of(request)
    rows = list(queries.register(by=actor, asked=_asked(request))[:MOST])
    with transaction.atomic():
        subject = ("triggers.register", str(actor.authority))
        audit.record(by=actor, action="triggers.exported", subject=subject, after={"rows": len(rows)})
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="trigger-register-{timezone.localdate():%Y-%m-%d}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(["School", "URN", "Trigger", "Met", "Decision", "Due", "Reason", "Decided by", "Approved by"])
    for each in rows:
        writer.writerow([quoted(str(cell)) for cell in _cells(each)])
    return response


def _cells(row: Entry) -> list[object]:
    latest = next((one for one in row.decisions.all() if one.stage != TriggerDecision.Stage.RETURNED), None)
    told = (
        [latest.reason, latest.decided_by.name, latest.settled_by.name if latest.settled_by else ""]
        if latest
        else ["", "", ""]
    )
    tag = shown.tag_of(row, today=timezone.localdate())
    return [row.school.name, row.school_id, title_of(row.trigger), row.last_met_on, tag.text, row.due_on, *told]


def _asked(request: HttpRequest) -> Asked:
    urn = request.GET.get("urn", "")
    return Asked(
        standings=tuple(name for name in request.GET.getlist("standing") if name in queries.STANDINGS),
        triggers=tuple(request.GET.getlist("trigger"))[:50],
        text=request.GET.get("q", "").strip()[:100],
        urn=whole_number(urn),
    )


def _entry(request: HttpRequest, pk: int) -> Entry:
    try:
        return queries.entry(by=actor_of(request), pk=pk)
    except Entry.DoesNotExist as error:
        raise Http404 from error


def _chosen(values: Iterable[str]) -> dict[int, int]:
    """The rows that were ticked: number → version seen. Raises: UserError for what no form of ours sends."""
    found = {}
    for value in values:
        pk, version = (whole_number(part) for part in value.partition(":")[::2])
        if pk is None or version is None:
            raise UserError("The choice of rows cannot be read", what_to_do="Go back and choose them again")
        found[pk] = version
    return found


def _version(request: HttpRequest) -> int:
    version = whole_number(request.POST.get("version", ""))
    if version is None:
        raise UserError("The form says no version", what_to_do="Open the page again and send the form from there")
    return version
