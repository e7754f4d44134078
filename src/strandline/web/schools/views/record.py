"""The school page: its overview, its sections, and the whole of it on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor
from strandline.web.schools import neighbours
from strandline.web.schools.asked import read_day
from strandline.web.schools.models import ContactBody, SharedPart
from strandline.web.schools.presenters import forward, history, inspections, people, results
from strandline.web.schools.presenters import overview as page
from strandline.web.schools.presenters.figures import sources_of
from strandline.web.schools.presenters.moments import as_at_words
from strandline.web.schools.queries import forward as ahead
from strandline.web.schools.queries import record as queries
from strandline.web.schools.queries.record import Record

Section = Callable[[Record], dict[str, Any]]


@require_safe
@permit(Module.SCHOOLS)
def overview(request: HttpRequest, urn: int) -> HttpResponse:
    """The school at a glance."""
    seen, about_day = _seen(request, urn)
    return render(request, "schools/overview.html", {**page.frame(seen, ""), **about_day, **_overview(seen)})


@require_safe
@permit(Module.SCHOOLS)
def section(request: HttpRequest, urn: int, section: str) -> HttpResponse:
    """One section of the school's record."""
    if section not in SECTIONS:
        raise Http404
    seen, about_day = _seen(request, urn)
    if section in page.OF_RESULTS and not page.sees_results(seen):
        raise Http404
    context = {**page.frame(seen, section), **about_day, **SECTIONS[section](seen)}
    return render(request, f"schools/{section}.html", context)


@require_safe
@permit(Module.SCHOOLS)
def trail(request: HttpRequest, urn: int) -> HttpResponse:
    """Everything about a school on a few pages, to print or to read from when an inspector telephones."""
    seen, about_day = _seen(request, urn)
    context: dict[str, Any] = {**page.frame(seen, ""), **about_day, **_overview(seen)}
    for name, make in SECTIONS.items():
        if name in ("contacts", "documents"):
            continue
        if name not in page.OF_RESULTS or page.sees_results(seen):
            context |= make(seen)
    for name in ("headlines", "pupils", "needs", "attendance", "finance"):
        context[name] = page.without_sources(context.get(name, []))
    context |= {
        **_contacts(seen, on_paper=True),
        **_documents(seen, on_paper=True),
        "about_sources": (),
        "sources": (),
        "board": (),
        "all_sources": page.sources_table(seen),
        "sees_results": page.sees_results(seen),
        "printed_at": timezone.localtime(),
        "on_paper": True,
    }
    return render(request, "schools/trail.html", context)


def _seen(request: HttpRequest, urn: int) -> tuple[Record, dict[str, Any]]:
    day, refused = read_day(request.GET.get("as_at", ""))
    seen = queries.record(actor_of(request), urn, as_at=day)
    return seen, {
        "moment": seen.moment,
        "as_at": day.isoformat() if day else "",
        "as_at_words": as_at_words(seen.moment),
        "as_at_refused": refused,
    }


def _overview(seen: Record) -> dict[str, Any]:
    spell = queries.spell_on(seen.actor, seen.school, on=seen.on)
    line = queries.line_on(seen)
    return {
        "about": page.about(
            seen, officers=queries.officers_of(seen.actor, seen.school, on=seen.on), may_act=_may_act(seen.actor)
        ),
        "place": page.place(seen),
        "bodies": page.bodies(seen),
        "headlines": page.headlines(seen) if page.sees_results(seen) else [],
        "mark": page.category(spell),
        "spell": spell,
        "sees_categories": seen.actor.can(Module.DECISIONS),
        "proposal": page.proposal(seen, line),
        "latest": inspections.latest(seen),
        "predecessors": page.predecessors(seen),
        "is_watched": seen.is_watched,
        "about_sources": sources_of(seen.snapshot, ("urn", "trust_name", "postcode")) if seen.snapshot else (),
    }


def _inspections(seen: Record) -> dict[str, Any]:
    return {"eras": inspections.eras(seen)}


def _results(seen: Record) -> dict[str, Any]:
    known = queries.known_snapshots(seen.actor, seen.school, on=seen.on)
    return {"stages": results.results(known), **_forward(seen)}


def _forward(seen: Record) -> dict[str, Any]:
    """What was given ahead of publication, for the service only."""
    if not seen.actor.is_of_the_service:
        return {"sees_forward": False}
    given = ahead.figures(seen)
    may_give = seen.actor.can(Module.RESULTS, Level.ACTS) and not seen.moment.asked
    table = forward.figures_table(given, may_act=may_give) if given is not None else None
    return {"sees_forward": True, "forward": table, "may_give": may_give and given is not None}


def _pupils(seen: Record) -> dict[str, Any]:
    return {
        "pupils": page.figures(seen, page.PUPILS),
        "needs": page.figures(seen, page.NEEDS),
    }


def _attendance(seen: Record) -> dict[str, Any]:
    return {"attendance": page.figures(seen, page.ATTENDANCE)}


def _finance(seen: Record) -> dict[str, Any]:
    return {"finance": page.figures(seen, page.FINANCE)}


def _governance(seen: Record) -> dict[str, Any]:
    found = _contacts(seen)
    return {
        "bodies": page.bodies(seen),
        "board": [one for one in found["contacts"] if one.title == ContactBody.GOVERNING_BOARD.label],
        "contacts_withheld": found["contacts_withheld"],
        "memberships": page.memberships(seen),
        "sources": sources_of(seen.snapshot, ("trust_name", "legal_form")) if seen.snapshot else (),
    }


def _contacts(seen: Record, *, on_paper: bool = False) -> dict[str, Any]:
    agreed = queries.agreements(seen)
    may_act = _may_act(seen.actor) and not on_paper
    told = queries.contacts(seen)
    if not agreed[SharedPart.CONTACTS].agreed:
        told = [one for one in told if one.school_id is None]
    return {
        "contacts": people.by_body(told, school=seen.school, may_act=may_act, notes=seen.actor.is_of_the_service),
        "contacts_withheld": not agreed[SharedPart.CONTACTS].agreed,
        "sharing": people.sharing_rows(agreed, school=seen.school, may_act=may_act),
        "may_act": may_act,
    }


def _documents(seen: Record, *, on_paper: bool = False) -> dict[str, Any]:
    shared = queries.agreements(seen)[SharedPart.DOCUMENTS].agreed
    may_act = _may_act(seen.actor) and not on_paper
    kept = queries.documents(seen) if shared else []
    return {
        "documents": people.documents_table(kept, school=seen.school, may_act=may_act),
        "documents_withheld": not shared,
        "may_act": may_act,
    }


def _history(seen: Record) -> dict[str, Any]:
    spells = queries.spells(seen.actor, seen.school, on=seen.on)
    return {
        "categories": history.category_table(spells, on=seen.on.isoformat()),
        "sees_categories": seen.actor.can(Module.DECISIONS),
        "officers": queries.officers_of(seen.actor, seen.school, on=seen.on),
        "events": history.timeline(
            seen,
            spells=spells,
            lines=queries.lines_of(seen),
            others=neighbours.events(seen.actor, seen.school, on=seen.on),
        ),
    }


def _may_act(actor: Actor) -> bool:
    return actor.can(Module.SCHOOLS, Level.ACTS)


SECTIONS: Mapping[str, Section] = {
    "inspections": _inspections,
    "results": _results,
    "pupils": _pupils,
    "attendance": _attendance,
    "finance": _finance,
    "governance": _governance,
    "contacts": _contacts,
    "documents": _documents,
    "history": _history,
}
