"""The component pages: every component in every state, for those who build and those who check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from strandline.web.design.parts import Crumb
from strandline.web.design.showcase import pieces, schools
from strandline.web.design.showcase.forms import EveryControl
from strandline.web.people.permits import permit, public
from strandline.web.people.roles import Level, Module

View = Callable[[HttpRequest], HttpResponseBase]
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


def for_builders(view: View) -> View:
    """Open a component page to everyone where the desk is being built, else to those who see its runs."""
    if settings.DEBUG:
        return public("The component pages show invented schools; they are open only while the desk is being built")(
            view
        )
    return permit(Module.RUNS, Level.SEES)(view)


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    crumbs = (Crumb(label="Components", href=reverse("design:index")), Crumb(label=title))
    own = {"title": title, "breadcrumbs": crumbs if name != "index" else (), **context}
    return render(request, f"design/showcase/{name}.html", own)


@require_safe
@for_builders
def index(request: HttpRequest) -> HttpResponse:
    """Show the small components and the charts."""
    return _page(request, "index", "Components", **pieces.small())


@require_safe
@for_builders
def listing(request: HttpRequest) -> HttpResponse:
    """Show a list page: filters, chips, table, pages."""
    every = schools.examples()
    chosen = frozenset(request.GET.getlist("category"))
    search = request.GET.get("q", "").strip()
    left = tuple(one for one in every if not chosen or one.mark.code in chosen)
    left = tuple(one for one in left if search.lower() in one.name.lower())
    page = Paginator(left, 20).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    counts = {code: sum(one.mark.code == code for one in every) for code in schools.WORDS}
    return _page(
        request,
        "listing",
        "A list of schools",
        page=page,
        table=schools.table(tuple(page.object_list), query=query, caption="Schools, as at 30 April 2013"),
        filters=pieces.filters(query, chosen=chosen, search=search, counts=counts, found=_found(len(left))),
    )


def _found(count: int) -> str:
    return "1 school" if count == 1 else f"{count} schools"


@page_and_form
@for_builders
def form(request: HttpRequest) -> HttpResponse:
    """Show a form, and after sending it empty or wrong its errors."""
    shown = EveryControl(request.POST or None, request.FILES or None)
    if request.method == "POST" and shown.is_valid():
        messages.success(request, "Kept: this page keeps nothing else.")
    return _page(request, "form", "A form", form=shown)


@require_safe
@for_builders
def table(request: HttpRequest) -> HttpResponse:
    """Show a table that scrolls in its own frame."""
    shown = schools.table(schools.examples(), query=request.GET.urlencode(), caption="Every school", wide=True)
    return _page(request, "table", "A wide table", table=shown)


@require_safe
@for_builders
def area(request: HttpRequest) -> HttpResponse:
    """Show a map with its list."""
    shown = schools.school_map(schools.examples(), href=reverse("design:places"))
    return _page(request, "map", "A map", map=shown)


@require_safe
@for_builders
def places(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer with the places of the map."""
    return JsonResponse(schools.places(schools.examples()), content_type="application/geo+json")


@require_safe
@for_builders
def letter(request: HttpRequest) -> HttpResponse:
    """Show a page that reads as a letter."""
    return _page(request, "letter", "A page for a head teacher", mark=pieces.marks()[3], figures=pieces.figures()[:2])
