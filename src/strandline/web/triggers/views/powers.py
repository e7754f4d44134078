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
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Line, School
from strandline.web.triggers import queries
from strandline.web.triggers.powers import powers_of
from strandline.web.triggers.presenters import powers as shown
from strandline.web.triggers.presenters import referrals as letters_shown
from strandline.web.triggers.referring import may_be_referred


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
    actor = actor_of(request)
    standing = powers_of(row, _day(request.GET.get("on", "")))
    letters = list(queries.referrals(by=actor, which="all", urn=urn))
    context = {
        "school": row,
        "standing": standing,
        "on": shown.day(standing.on),
        "held": shown.held_rows(standing),
        "absent": shown.absent_words(standing),
        "unsure": shown.unsure_words(standing),
        "scope": outside_the_strategy(actor, urn=urn),
        "may_notify": actor.can(Module.TRIGGERS, Level.ACTS) and may_be_referred(row, on=timezone.localdate()),
        "letters": letters_shown.referrals_table(
            letters, may_read=actor.can(Module.LETTERS, Level.SEES), with_school=False
        )
        if letters
        else None,
    }
    return render(request, "triggers/school_powers.html", context)


def outside_the_strategy(actor: Actor, *, urn: int) -> str:
    """Why the strategy of the newest run leaves a school out, for the service; empty where it does not."""
    if not actor.is_of_the_service:
        return ""
    rows = Line.objects.for_actor(actor).filter(school=urn).select_related("intake")
    line = rows.order_by("-intake__as_at", "-intake_id").first()
    if line is None or line.proposed_state != "out_of_scope":
        return ""
    why = line.proposed_reason.strip().rstrip(".")
    return f"The strategy {line.intake.pack_title or line.intake.pack} leaves it out{f': {why}' if why else ''}."


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
