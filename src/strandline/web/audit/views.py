"""The audit pages."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from strandline.web.audit import presenters, queries
from strandline.web.audit.forms import AskForm
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module

ROWS = 100


@require_safe
@permit(Module.AUDIT, Level.SEES)
def index(request: HttpRequest) -> HttpResponse:
    """What was done, newest first."""
    form = AskForm(request.GET)
    form.is_valid()
    actor = actor_of(request)
    page = Paginator(queries.rows(by=actor, asked=form.asked()), ROWS).get_page(request.GET.get("page"))
    names = queries.school_names(row.school_urn for row in page.object_list)
    lines = [presenters.line(row, reader=actor, schools=names) for row in page.object_list]
    table = presenters.lines_table(lines, narrowed=bool(request.GET))
    return render(request, "audit/index.html", {"form": form, "page": page, "table": table})


@require_safe
@permit(Module.AUDIT, Level.SEES)
def record(request: HttpRequest, subject_type: str, subject_id: str) -> HttpResponse:
    """One record: every change, and each field's history."""
    actor = actor_of(request)
    rows = list(queries.rows_of(by=actor, subject_type=subject_type, subject_id=subject_id))
    if not rows:
        raise Http404
    names = queries.school_names(row.school_urn for row in rows)
    context = {
        "subject": f"{subject_type.rpartition('.')[2].replace('_', ' ')} {subject_id}",
        "events": [presenters.event(presenters.line(row, reader=actor, schools=names)) for row in reversed(rows)],
        "history": [
            presenters.history_table(field, made)
            for field, made in presenters.history(row for row in rows if presenters.may_read(row, actor)).items()
        ],
    }
    return render(request, "audit/record.html", context)
