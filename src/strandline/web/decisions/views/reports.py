"""Counts for everybody, the confidential appendix, fairness."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from strandline.kernel.dates import long_date
from strandline.web.decisions.presenters import appendix as appendices
from strandline.web.decisions.presenters import both as pairs
from strandline.web.decisions.presenters import fairness as fair
from strandline.web.decisions.presenters import lists
from strandline.web.decisions.queries import both as paired
from strandline.web.decisions.queries import counts as counted
from strandline.web.decisions.queries import fairness as fairly
from strandline.web.decisions.queries import queue as queued
from strandline.web.decisions.views.asked import as_at
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module


@require_safe
@permit(Module.AGGREGATES, Level.SEES)
def counts(request: HttpRequest) -> HttpResponse:
    """How many schools stand in each category; no school is named."""
    actor, on = actor_of(request), as_at(request)
    table = lists.counts(counted.counts(actor, on=on), word="category", on=on)
    return render(request, "decisions/counts.html", {"table": table, "on": on})


@require_safe
@permit(Module.MODERATION, Level.SEES)
def appendix(request: HttpRequest) -> HttpResponse:
    """The schools by category: confidential."""
    actor, on = actor_of(request), as_at(request)
    context = {"groups": appendices.groups(counted.appendix(actor, on=on)), "on": on, "scheme": queued.adopted(actor)}
    return render(request, "decisions/appendix.html", context)


@require_safe
@permit(Module.MODERATION, Level.ACTS)
def appendix_file(request: HttpRequest) -> HttpResponse:
    """The confidential appendix as a spreadsheet that says so in its first line and its name."""
    actor, on = actor_of(request), as_at(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="CONFIDENTIAL-schools-by-category-{on}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([f"Confidential: not for publication. Schools by category as at {long_date(on)}."])
    writer.writerow(appendices.HEADINGS)
    writer.writerows(appendices.rows(counted.appendix(actor, on=on)))
    return response


@require_safe
@permit(Module.MODERATION, Level.SEES)
def both(request: HttpRequest) -> HttpResponse:
    """The schools causing concern and those with good practice to share, by the run in moderation."""
    actor = actor_of(request)
    run = queued.latest_run(actor)
    found = paired.both_lists(actor, run, on=timezone.localdate()) if run else {}
    return render(request, "decisions/both.html", {"run": run, "tables": pairs.tables(found)})


@require_safe
@permit(Module.FAIRNESS, Level.SEES)
def fairness(request: HttpRequest) -> HttpResponse:
    """Whether overrides fall evenly."""
    actor, on = actor_of(request), as_at(request)
    report = fairly.fairness(actor, on=on)
    whole = actor.can(Module.FAIRNESS, Level.ACTS)
    parts = (
        ("role of the officer", report.by_role),
        ("phase", report.by_phase),
        ("legal form", report.by_legal_form),
    )
    context = {
        "report": report,
        "on": on,
        "whole": whole,
        "tables": [fair.table(lines, total=report.total, of=of, whole=whole) for of, lines in parts],
    }
    return render(request, "decisions/fairness.html", context)
