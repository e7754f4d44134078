"""
What the desk's pages are measured against, behind the same middleware: bare views and Django's admin.

A bare view signs nobody in, checks no permit and looks nothing up but its rows: no work is left out of the comparison
but that of the desk itself. The bare search counts what it finds and shows as many rows as the desk's.

The admin's changelist is configured to be the page that the desk's list is: the same rows in the same order, the
same eight columns (category and named officer fetched for the page in one query each), a search field over the same
numbers and names, and the same filters with a count beside every option (`show_facets`; ten in the sidebar, all but
the register's, which stands alone). It is spared the second count of all rows. `/bare/admin/plain/` is the
same rows without filters, counts, category and officer: what the admin shows before anybody configures it.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import engines
from django.urls import include, path
from django.utils.timezone import localdate

from strandline.web.config.urls import urlpatterns as desk
from strandline.web.officers.models import Allocation
from strandline.web.officers.queries.allocations import running
from strandline.web.people import scope
from strandline.web.people.permits import public
from strandline.web.schools.models import CategorySpell, Line, School, SchoolTerm, Snapshot, Watch

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


class CategoryFilter(admin.SimpleListFilter):
    """The published category."""

    title = parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """The categories published, and none."""
        codes = CategorySpell.objects.filter(superseded_on=None).order_by("code").values_list("code", flat=True)
        return [*((code, code) for code in codes.distinct()), ("none", "None published")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Line]) -> QuerySet[Line]:  # noqa: ARG002
        """The schools shown under one."""
        spells = CategorySpell.objects.filter(superseded_on=None)
        if self.value() == "none":
            return queryset.exclude(school__in=spells.values("school"))
        return (
            queryset.filter(school__in=spells.filter(code=self.value()).values("school")) if self.value() else queryset
        )


class OfficerFilter(admin.SimpleListFilter):
    """The named officer."""

    title = parameter_name = "officer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """The officers named, and none."""
        people = Allocation.objects.filter(running(localdate())).values_list("officer", "officer__name").distinct()
        return [*((str(pk), name) for pk, name in people.order_by("officer__name")), ("none", "No named officer")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Line]) -> QuerySet[Line]:  # noqa: ARG002
        """The schools of one."""
        named = Allocation.objects.filter(running(localdate()))
        if self.value() == "none":
            return queryset.exclude(school__in=named.values("school"))
        return (
            queryset.filter(school__in=named.filter(officer=self.value()).values("school"))
            if self.value()
            else queryset
        )


class WatchFilter(admin.SimpleListFilter):
    """One's own watchlist."""

    title = parameter_name = "watch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """One option."""
        return [("yes", "On my watchlist")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Line]) -> QuerySet[Line]:
        """The schools watched."""
        mine = Watch.objects.filter(user=request.user.pk).values("school")
        return queryset.filter(school__in=mine) if self.value() else queryset


class Lines(admin.ModelAdmin[Line]):
    """The list of schools as the admin shows it."""

    list_display = (
        "name",
        "category",
        "sector",
        "legal_form",
        "inspection_words",
        "inspected_on",
        "pupils_on_roll",
        "officer",
    )
    list_filter = (
        CategoryFilter,
        "sector",
        "legal_form",
        "proposed_state",
        "proposed_category",
        OfficerFilter,
        "trust_name",
        "diocese",
        "consortium",
        WatchFilter,
    )
    search_fields = ("name", "urn", "laestab", "postcode")
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    list_per_page = ROWS
    ordering = ("sort_name", "urn")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Line]:
        """The lines, with what two columns want of the school."""
        spells = CategorySpell.objects.filter(superseded_on=None)
        named = Allocation.objects.filter(running(localdate())).select_related("officer")
        return (
            super()
            .get_queryset(request)
            .select_related("school")
            .prefetch_related(
                Prefetch("school__category_spells", queryset=spells, to_attr="shown"),
                Prefetch("school__allocations", queryset=named, to_attr="named"),
            )
        )

    @admin.display(description="Category")
    def category(self, line: Line) -> str:
        """The category published."""
        return next((f"{spell.code}: {spell.title}" for spell in line.school.shown), "None published")  # type: ignore[attr-defined]

    @admin.display(description="Named officer")
    def officer(self, line: Line) -> str:
        """The named officers."""
        return ", ".join(one.officer.name for one in line.school.named)  # type: ignore[attr-defined]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Everybody."""
        return True

    has_module_permission = has_view_permission
    has_add_permission = has_change_permission = has_delete_permission = lambda *_: False


class PlainLines(Lines):
    """The same rows, nothing configured but the columns of their own table."""

    list_display = SHOWN
    list_filter = search_fields = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Line]:
        """The lines alone."""
        return admin.ModelAdmin.get_queryset(self, request)


site = OpenSite(name="admin")
lines, plain = Lines(Line, site), PlainLines(Line, site)
site.register(Line, Lines)


@public("A measurement.")
def admin_list(request: HttpRequest) -> HttpResponseBase:
    """The admin's page of the same rows."""
    with scope.everywhere("a measurement"):
        return lines.changelist_view(request).render()  # type: ignore[attr-defined]


@public("A measurement.")
def plain_list(request: HttpRequest) -> HttpResponseBase:
    """The admin's page of the same rows, not configured."""
    with scope.everywhere("a measurement"):
        return plain.changelist_view(request).render()  # type: ignore[attr-defined]


urlpatterns = [
    *desk,
    path("bare/schools/", bare_list),
    path("bare/search/", bare_search),
    path("bare/schools/<int:urn>/", bare_school),
    path("bare/admin/", admin_list),
    path("bare/admin/plain/", plain_list),
    path("admin/", include((site.get_urls(), "admin"), namespace="admin")),
]
