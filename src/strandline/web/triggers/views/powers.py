"""Which statutory powers exist for which legal form, and over one school."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.schools.models import School
from strandline.web.triggers.powers import powers_of
from strandline.web.triggers.presenters import powers as shown


@require_safe
@permit(Module.TRIGGERS, Level.SEES)
def index(request: HttpRequest) -> HttpResponse:
    """The whole table."""
    context = {
        "powers": shown.powers_table(),
        "types": shown.forms_table(types=True),
        "forms": shown.forms_table(types=False),
    }
    return render(request, "triggers/powers.html", context)


@require_safe
@permit(Module.TRIGGERS, Level.SEES)
def school(request: HttpRequest, urn: int) -> HttpResponse:
    """The powers over one school on a day, or why there are none and what can be done."""
    row = School.objects.for_actor(actor_of(request)).filter(urn=urn).first()
    if row is None:
        raise Http404
    standing = powers_of(row, _day(request.GET.get("on", "")))
    context = {
        "school": row,
        "standing": standing,
        "on": shown.day(standing.on),
        "held": shown.held_rows(standing),
        "absent": shown.absent_words(standing),
        "unsure": shown.unsure_words(standing),
    }
    return render(request, "triggers/school_powers.html", context)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
