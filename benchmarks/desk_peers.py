"""
What the desk's pages are measured against, behind the same middleware: bare views and Django's admin.

A bare view signs nobody in, checks no permit and looks nothing up but its rows: no work is left out of the comparison
but that of the desk itself.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import engines
from django.urls import include, path

from strandline.web.config.urls import urlpatterns as desk
from strandline.web.people import scope
from strandline.web.people.permits import public
from strandline.web.schools.models import Line, School, SchoolTerm, Snapshot

SHOWN = (
    "name urn sector legal_form proposed_category proposed_state inspection_words inspected_on pupils_on_roll"
).split()
ROWS = 200
_TABLE = "".join(f"<td>{{{{ row.{name} }}}}</td>" for name in SHOWN)
LIST = engines["django"].from_string(
    f"<!doctype html><title>Schools</title><table>{{% for row in rows %}}<tr>{_TABLE}</tr>{{% endfor %}}</table>"
)
ONE = engines["django"].from_string(
    "<!doctype html><title>{{ school.name }}</title><h1>{{ school.name }}</h1><dl>"
    "{% for name, value in facts %}<dt>{{ name }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>"
)


@public("A measurement.")
def bare_list(request: HttpRequest) -> HttpResponse:
    """The first rows of the list, by the ORM and a template."""
    with scope.everywhere("a measurement"):
        rows = Line.objects.order_by("sort_name", "urn")[:ROWS]
        return HttpResponse(LIST.render({"rows": rows}, request))


@public("A measurement.")
def bare_search(request: HttpRequest) -> HttpResponse:
    """A page of what an index finds: the schools with a word that begins as asked, counted, fifty of them shown."""
    word = request.GET["q"]
    with scope.everywhere("a measurement"):
        terms = SchoolTerm.objects.filter(word__gte=word, word__lt=f"{word}zzzz").values("school")
        found = Line.objects.filter(school__in=terms)
        context = {"rows": found.order_by("sort_name", "urn")[:50], "count": found.count()}
        return HttpResponse(LIST.render(context, request))


@public("A measurement.")
def bare_school(request: HttpRequest, urn: int) -> HttpResponse:
    """One school with all of its figures."""
    with scope.everywhere("a measurement"):
        school, known = School.objects.get(pk=urn), Snapshot.objects.get(school=urn)
        return HttpResponse(ONE.render({"school": school, "facts": known.facts.items()}, request))


class OpenSite(admin.AdminSite):
    """Django's admin without its own sign-in."""

    def has_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's signature
        """Everybody, for the measurement."""
        return True


class Lines(admin.ModelAdmin[Line]):
    """The list of schools as the admin shows it."""

    list_display = SHOWN
    list_per_page = ROWS
    ordering = ("sort_name", "urn")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Everybody."""
        return True

    has_module_permission = has_view_permission
    has_add_permission = has_change_permission = has_delete_permission = lambda *_: False


site = OpenSite(name="admin")
lines = Lines(Line, site)
site.register(Line, Lines)


@public("A measurement.")
def admin_list(request: HttpRequest) -> HttpResponseBase:
    """The admin's page of the same rows."""
    with scope.everywhere("a measurement"):
        return lines.changelist_view(request).render()  # type: ignore[attr-defined]


urlpatterns = [
    *desk,
    path("bare/schools/", bare_list),
    path("bare/search/", bare_search),
    path("bare/schools/<int:urn>/", bare_school),
    path("bare/admin/", admin_list),
    path("admin/", include((site.get_urls(), "admin"), namespace="admin")),
]
