"""The pages of local intelligence."""

from __future__ import annotations

import csv

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from strandline.runs.export import quoted
from strandline.web import audit
from strandline.web.intelligence import actions, presenters, queries
from strandline.web.intelligence.forms import ChangeForm, ItemForm, ReviewForm
from strandline.web.intelligence.judgements import choices_for
from strandline.web.intelligence.kinds import kind_title
from strandline.web.intelligence.models import Item
from strandline.web.intelligence.queries import STANDINGS, Asked
from strandline.web.intelligence.reach import Sharing
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of, whole_number
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

ROWS = 100
MOST = 10_000
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.INTELLIGENCE, Level.SEES)
def index(request: HttpRequest) -> HttpResponse:
    """What is held and may be known here: for the service its register, for a school what is held about it."""
    actor = actor_of(request)
    asked = _asked(request)
    acts = actor.can(Module.INTELLIGENCE, Level.ACTS)
    page = Paginator(queries.items(by=actor, asked=asked), ROWS).get_page(request.GET.get("page"))
    standings, by_kind, by_level = queries.counts(by=actor)
    context = {
        "page": page,
        "table": presenters.items_table(page.object_list, narrowed=bool(request.GET), for_school=not acts),
        "filters": presenters.filters(
            asked=asked,
            query=request.GET,
            standings=standings,
            by_kind=by_kind,
            by_level=by_level,
            found=page.paginator.count,
        )
        if acts
        else None,
        "acts": acts,
        "to_review": standings["aged"],
        "query": request.GET.urlencode(),
        "school": School.objects.for_actor(actor).filter(urn=asked.urn).first() if asked.urn and acts else None,
    }
    return render(request, "intelligence/index.html", context)


@require_safe
@permit(Module.INTELLIGENCE, Level.ACTS)
def findings(request: HttpRequest) -> HttpResponse:
    """What was found from outside and is still open, the oldest first."""
    page = Paginator(queries.outside_findings(by=actor_of(request)), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "table": presenters.findings_table(page.object_list, on=timezone.localdate())}
    return render(request, "intelligence/findings.html", context)


@require_safe
@permit(Module.INTELLIGENCE, Level.SEES)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item."""
    actor = actor_of(request)
    row = _item(actor, pk)
    acts = _acts_on(actor, row)
    context = {
        "item": row,
        "title": kind_title(row.kind),
        "tag": presenters.tag_of(row),
        "summary": presenters.summary(row, for_school=not acts),
        "reviews": presenters.reviews(row.reviews.select_related("by")) if acts else [],
        "acts": acts and row.closed_on is None,
    }
    return render(request, "intelligence/item.html", context)


@page_and_form
@permit(Module.INTELLIGENCE, Level.ACTS)
def add(request: HttpRequest, urn: int) -> HttpResponse:
    """Record an item about a school."""
    actor = actor_of(request)
    school = get_object_or_404(School.objects.for_actor(actor), urn=urn)
    form = ItemForm(request.POST or None, judgements=choices_for(actor.authority))
    if request.method == "POST" and form.is_valid():
        made = actions.record(by=actor, school=school, heard=form.heard())
        messages.success(request, "It is recorded.")
        return redirect("intelligence:item", made.pk)
    return render(request, "intelligence/add.html", {"form": form, "school": school})


@page_and_form
@permit(Module.INTELLIGENCE, Level.ACTS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an item: what it says, or who may know."""
    actor = actor_of(request)
    row = _item(actor, pk)
    initial = {name: getattr(row, name) for name in ItemForm.base_fields if name != "bears_on"}
    initial |= {"version": row.version, "bears_on": f"{row.bears_on}={row.bears_value}" if row.bears_on else ""}
    form = ChangeForm(request.POST or None, initial=initial, judgements=choices_for(actor.authority))
    if request.method == "POST" and form.is_valid():
        actions.change(by=actor, item_pk=pk, version=form.cleaned_data["version"], heard=form.heard())
        messages.success(request, "It is changed.")
        return _back(actor, pk)
    return render(request, "intelligence/change.html", {"form": form, "item": row})


@page_and_form
@permit(Module.INTELLIGENCE, Level.ACTS)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at an item again: keep it in use, or close it."""
    actor = actor_of(request)
    row = _item(actor, pk)
    form = ReviewForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        if kept["outcome"] == "keep":
            actions.keep_in_use(by=actor, item_pk=pk, version=kept["version"], until=kept["until"], note=kept["note"])
            messages.success(request, f"It stays in use until {presenters.day(kept['until'])}.")
        else:
            actions.close(by=actor, item_pk=pk, version=kept["version"], reason=kept["note"])
            messages.success(request, "It is closed, and kept.")
        return redirect("intelligence:item", pk)
    context = {"form": form, "item": row, "title": kind_title(row.kind)}
    return render(request, "intelligence/review.html", context)


@require_safe
@permit(Module.INTELLIGENCE, Level.ACTS, also=((Module.EXPORTS, Level.ACTS),))
def export(request: HttpRequest) -> HttpResponse:
    """What stands on the screen, as a CSV file: nothing beyond its level."""
    actor = actor_of(request)
    rows = list(queries.items(by=actor, asked=_asked(request))[:MOST])
    with transaction.atomic():
        subject = ("intelligence.register", str(actor.authority))
        audit.record(by=actor, action="intelligence.exported", subject=subject, after={"rows": len(rows)})
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="local-intelligence-{timezone.localdate():%Y-%m-%d}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    head = ["School", "URN", "Kind", "When", "What was heard", "Source", "Confidence", "Who may know", "Review by"]
    writer.writerow([*head, "Subject access", "State"])
    for row in rows:
        writer.writerow([quoted(str(cell)) for cell in _cells(row)])
    return response


def _cells(row: Item) -> list[object]:
    return [
        row.school.name,
        row.school_id,
        kind_title(row.kind),
        row.happened_on,
        row.text,
        row.source,
        row.confidence,
        Sharing(row.sharing).short,
        row.review_by,
        "yes" if row.subject_access else "no",
        presenters.tag_of(row).text,
    ]


def _asked(request: HttpRequest) -> Asked:
    urn = request.GET.get("urn", "")
    return Asked(
        text=request.GET.get("q", "").replace("\x00", "").strip()[:100],
        kinds=tuple(request.GET.getlist("kind"))[:50],
        standings=tuple(name for name in request.GET.getlist("standing") if name in STANDINGS),
        levels=tuple(int(value) for value in request.GET.getlist("level") if value in {"1", "2", "3", "4"}),
        subject_access=request.GET.get("subject_access") == "1",
        urn=whole_number(urn),
    )


def _item(actor: Actor, pk: int) -> Item:
    return get_object_or_404(Item.objects.for_actor(actor).select_related("school", "written_by"), pk=pk)


def _acts_on(actor: Actor, row: Item) -> bool:
    """Whether the person acts on this very item: not only on others."""
    acting = actor.under((Module.INTELLIGENCE, Level.ACTS))
    return actor.can(Module.INTELLIGENCE, Level.ACTS) and Item.objects.for_actor(acting).filter(pk=row.pk).exists()


def _back(actor: Actor, pk: int) -> HttpResponse:
    """To the item, or to the list where the change put it out of one's own reach."""
    if Item.objects.for_actor(actor).filter(pk=pk).exists():
        return redirect("intelligence:item", pk)
    return redirect("intelligence:index")
