"""The list of schools, its file, its map, and the lists that people save."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from strandline.kernel.errors import UserError
from strandline.web.design.parts import Crumb
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.schools import actions, files
from strandline.web.schools.asked import Asked, read
from strandline.web.schools.columns import COLUMNS
from strandline.web.schools.forms import SavedListForm
from strandline.web.schools.presenters import listing as presenter
from strandline.web.schools.presenters import places
from strandline.web.schools.presenters.moments import as_at_words
from strandline.web.schools.queries import listing as queries
from strandline.web.schools.queries.counts import counts
from strandline.web.schools.queries.moments import Moment, moment
from strandline.web.schools.queries.places import placed


@require_safe
@permit(Module.SCHOOLS)
def index(request: HttpRequest) -> HttpResponse:
    """Every school in reach, narrowed, ordered, page by page."""
    actor, asked = actor_of(request), read(request.GET)
    now = moment(actor, as_at=asked.as_at)
    schools = queries.Schools(actor, moment=now)
    words = queries.words_of(schools, asked)
    counted = counts(schools, asked, words=words)
    listing = queries.listing(schools, asked, words=words, count=counted.total)
    filters = presenter.filters(counted, asked, moment=now, path=request.path)
    context = {
        **_about(asked, now),
        "filters": filters,
        "table": presenter.table(listing, asked, moment=now, clear_href=filters.clear_href),
        "page": listing.page,
        "guesses": listing.guesses,
        "columns": presenter.column_choices(
            listing, tuple(column for column in COLUMNS.values() if queries.may_see(actor, column))
        ),
        "sizes": presenter.sizes(asked),
        "hidden": presenter.hidden_pairs(asked, leaving_out=("column", "per", "page")),
        "saved": listing.saved,
        "may_export": actor.can(Module.EXPORTS, Level.ACTS),
        "may_warn": actor.can(Module.RESULTS, Level.ACTS),
        "may_see_map": actor.can(Module.MAP),
        "may_share": actor.is_of_the_service,
        "query": asked.query,
        "user_id": actor.user.pk,
    }
    return render(request, "schools/index.html", context)


@require_safe
@permit(Module.SCHOOLS, Level.SEES, also=((Module.EXPORTS, Level.ACTS),))
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The list as a file: the same rows, columns and order as the screen."""
    if form not in files.MEDIA_TYPES:
        raise Http404
    actor, asked = actor_of(request), read(request.GET)
    now = moment(actor, as_at=asked.as_at)
    listing = queries.whole(actor, asked, moment=now)
    return files.download(
        presenter.as_rows(listing, moment=now),
        name=f"schools-{now.on.isoformat()}",
        form=form,
        headings=[column.heading for column in listing.columns],
    )


@require_safe
@permit(Module.MAP)
def on_map(request: HttpRequest) -> HttpResponse:
    """The schools of the list on a map, with the same schools as a list."""
    actor, asked = actor_of(request), read(request.GET)
    now = moment(actor, as_at=asked.as_at)
    schools = placed(actor, asked, moment=now)
    href = reverse("schools:places") + (f"?{asked.query}" if asked.query else "")
    context = {
        **_about(asked, now),
        "map": places.school_map(schools, moment=now, places_href=href),
        "filters": places.chips(asked, moment=now, count=len(schools.rows), path=request.path),
        "list_href": reverse("schools:index") + (f"?{asked.query}" if asked.query else ""),
        "breadcrumbs": (Crumb(label="Schools", href=reverse("schools:index")), Crumb(label="Map")),
    }
    return render(request, "schools/map.html", context)


@require_safe
@permit(Module.MAP)
def geojson(request: HttpRequest) -> HttpResponse:
    """The same schools as GeoJSON points, in degrees."""
    actor, asked = actor_of(request), read(request.GET)
    now = moment(actor, as_at=asked.as_at)
    response = JsonResponse(places.feature_collection(placed(actor, asked, moment=now), moment=now))
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@permit(Module.SCHOOLS)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list's filters, order and columns under a name."""
    form = SavedListForm(request.POST)
    if not form.is_valid():
        said = ". ".join(str(error).rstrip(".") for errors in form.errors.values() for error in errors)
        raise UserError("The list was not saved", what_to_do=said)
    kept = actions.save_list(by=actor_of(request), **form.cleaned_data)
    messages.success(request, f"The list “{kept.name}” is saved.")
    return redirect(_address(kept.query))


@require_POST
@permit(Module.SCHOOLS)
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a saved list of one's own."""
    actor = actor_of(request)
    kept = get_object_or_404(queries.saved_lists(actor), pk=pk, owner=actor.user)
    actions.forget_list(by=actor, kept=kept)
    messages.success(request, f"The list “{kept.name}” is removed.")
    return redirect("schools:index")


def _address(query: str) -> str:
    return reverse("schools:index") + (f"?{query}" if query else "")


def _about(asked: Asked, now: Moment) -> dict[str, Any]:
    return {
        "moment": now,
        "as_at": (asked.as_at.isoformat() if asked.as_at else ""),
        "as_at_words": as_at_words(now),
        "as_at_refused": asked.as_at_refused,
    }
