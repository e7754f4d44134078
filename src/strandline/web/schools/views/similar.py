"""The section of a school's record that lays similar schools beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.schools.asked import read_day
from strandline.web.schools.presenters import similar as presenter
from strandline.web.schools.presenters.moments import as_at_words
from strandline.web.schools.presenters.overview import frame
from strandline.web.schools.queries import similar as queries
from strandline.web.schools.queries.record import record


@require_safe
@permit(Module.SCHOOLS, also=((Module.RESULTS, Level.SEES),))
def similar(request: HttpRequest, urn: int) -> HttpResponse:
    """The schools most like one, by who their pupils are; `same` names what else they have to share."""
    day, refused = read_day(request.GET.get("as_at", ""))
    seen = record(actor_of(request), urn, as_at=day)
    asked = request.GET.getlist("same")
    found = queries.similar(seen, same=tuple(name for name in queries.WITHIN_AN_AUTHORITY if name in asked))
    context = {
        **frame(seen, "similar"),
        **presenter.page(found),
        "meanings": presenter.meanings(),
        "moment": seen.moment,
        "as_at": day.isoformat() if day else "",
        "as_at_words": as_at_words(seen.moment),
        "as_at_refused": refused,
    }
    return render(request, "schools/similar.html", context)
