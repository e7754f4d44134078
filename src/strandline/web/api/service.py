"""The addresses of the API. Every answer begins with the rows that the token reaches."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Query
from ninja.openapi.docs import Swagger

from strandline.web.api import rows, schemas
from strandline.web.api.answering import say_failures
from strandline.web.api.asking import Day, DecisionsQuery, Number, PageQuery, SchoolsQuery, Urn, page_of
from strandline.web.api.tokens import RATE, ByToken, PerToken, reaching
from strandline.web.decisions.models import Decision, DeskRun, RunCategory
from strandline.web.decisions.queries import counts, standing
from strandline.web.decisions.queries.explaining import explained
from strandline.web.people.roles import Module
from strandline.web.schools.queries import record
from strandline.web.schools.queries.listing import Schools
from strandline.web.schools.queries.moments import moment
from strandline.web.schools.queries.search import search

ABOUT = (
    "What the desk publishes, for spreadsheets, Power BI and other systems of the council. Read only. A token has the "
    "reach of a role and sees what a person with that role sees. Every list comes in pages; every answer carries an "
    "ETag, and `If-None-Match` with it is answered 304 while nothing has changed. `as_at` gives what was published by "
    "a day. A figure that is missing is null, with the reason; nothing missing is ever told as zero."
)
api = NinjaAPI(
    title="Strandline",
    version="1",
    description=ABOUT,
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    docs=Swagger(),
    auth=ByToken(),
    throttle=[PerToken(RATE)],
)
say_failures(api)
FAILURES = dict.fromkeys((401, 403, 422, 429), schemas.Failure)
ONE = {**FAILURES, 404: schemas.Failure}

ASKS = {
    "schools": Module.SCHOOLS,
    "school": Module.SCHOOLS,
    "categories": Module.DECISIONS,
    "category": Module.DECISIONS,
    "totals": Module.AGGREGATES,
    "decisions": Module.DECISIONS,
    "runs": Module.RUNS,
    "run": Module.RUNS,
}
"""What each address, by its name, asks of the role of a token."""


@api.get("/schools", response={200: schemas.Page[schemas.SchoolRow], **FAILURES}, tags=["Schools"], summary="Schools")
def schools(request: HttpRequest, asked: Annotated[SchoolsQuery, Query()]) -> dict[str, Any]:
    """The schools on a day: all of the token's reach, or those that fit the words and filters."""
    actor = reaching(request, ASKS["schools"])
    listed = Schools(actor, moment=moment(actor, as_at=asked.as_at))
    filters = {"sector": asked.sector, "form": asked.legal_form, "trust": asked.trust_uid, "category": asked.category}
    found = search(listed.lines(), asked.q)
    lines = found.narrow(listed.narrowed({name: (value,) for name, value in filters.items() if value}))
    wanted = lines.order_by("sort_name", "urn").values(*rows.PLAIN, *rows.FIGURES, *rows.PROPOSED)
    return page_of(request, asked, wanted, shown=lambda some: rows.school_rows(actor, listed, some))


@api.get("/schools/{int:urn}", response={200: schemas.SchoolWhole, **ONE}, tags=["Schools"], summary="One school")
def school(request: HttpRequest, urn: Urn, asked: Day) -> dict[str, Any]:
    """A school on a day: every figure with its release, every missing one with its reason, inspections by era."""
    actor = reaching(request, ASKS["school"])
    seen = record.record(actor, urn, as_at=asked.as_at)
    return rows.school_whole(seen, spell=record.spell_on(actor, seen.school, on=seen.on))


@api.get(
    "/categories",
    response={200: schemas.Page[schemas.CategoryRow], **FAILURES},
    tags=["Categories"],
    summary="Published categories",
)
def categories(request: HttpRequest, asked: Annotated[PageQuery, Query()]) -> dict[str, Any]:
    """The published category of each school on a day."""
    actor = reaching(request, ASKS["categories"])

    def shown(some: Any) -> list[dict[str, Any]]:
        return [rows.category_row(each) for each in standing.standings(some, on=asked.on)]

    return page_of(request, asked, standing.published(actor, on=asked.on), shown=shown)


@api.get(
    "/categories/{int:urn}",
    response={200: schemas.CategoryWhole, **ONE},
    tags=["Categories"],
    summary="One category, explained",
)
def category(request: HttpRequest, urn: Urn, asked: Day) -> dict[str, Any]:
    """A school's published category on a day, with the criteria, the figures, and what would change it."""
    actor = reaching(request, ASKS["category"])
    found = standing.standing_of(actor, urn=urn, on=asked.on)
    if found is None:
        raise Http404
    return rows.category_whole(found, explained(found.decision.proposal), on=asked.on)


@api.get("/totals", response={200: schemas.Totals, **FAILURES}, tags=["Categories"], summary="Schools by category")
def totals(request: HttpRequest, asked: Day) -> dict[str, Any]:
    """How many schools of the authority stand in each category on a day; no school is named."""
    actor = reaching(request, ASKS["totals"])
    found = counts.counts(actor, on=asked.on)
    names = ("code", "label", "step", "schools")
    return {"as_at": asked.on, "items": [{name: getattr(each, name) for name in names} for each in found.rows]}


@api.get(
    "/decisions",
    response={200: schemas.Page[schemas.DecisionRow], **FAILURES},
    tags=["Decisions"],
    summary="Published decisions",
)
def decisions(request: HttpRequest, asked: Annotated[DecisionsQuery, Query()]) -> dict[str, Any]:
    """Every decision published by a day, the latest first, those superseded since among them."""
    actor = reaching(request, ASKS["decisions"])
    wanted = Decision.objects.for_actor(actor).filter(standing.shown_by(asked.on))
    if asked.since is not None:
        wanted = wanted.filter(published_on__gte=asked.since)
    if asked.urn is not None:
        wanted = wanted.filter(school_id=asked.urn)
    wanted = wanted.select_related("proposal__run", "scheme").order_by("-published_on", "-pk")
    return page_of(request, asked, wanted, shown=lambda some: [rows.decision_row(each, on=asked.on) for each in some])


@api.get("/runs", response={200: schemas.Page[schemas.RunRow], **FAILURES}, tags=["Runs"], summary="Runs")
def runs(request: HttpRequest, asked: Annotated[PageQuery, Query()]) -> dict[str, Any]:
    """The runs that speak of a day up to the one asked for, the latest first."""
    actor = reaching(request, ASKS["runs"])
    wanted = DeskRun.objects.for_actor(actor).filter(as_at__lte=asked.on).order_by("-as_at", "-pk")
    return page_of(request, asked, wanted, shown=lambda some: [rows.run_row(each) for each in some])


@api.get("/runs/{int:number}", response={200: schemas.RunWhole, **ONE}, tags=["Runs"], summary="One run")
def run(request: HttpRequest, number: Number) -> dict[str, Any]:
    """A run: its strategy's categories with their rules in words, and the official files behind it."""
    actor = reaching(request, ASKS["run"])
    found = DeskRun.objects.for_actor(actor).select_related("intake").filter(pk=number).first()
    if found is None:
        raise Http404
    return rows.run_whole(found, list(RunCategory.objects.for_actor(actor).filter(run=found)))


EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


@api.api_operation(EVERY_METHOD, "/", include_in_schema=False, url_name="root")
def root(request: HttpRequest) -> None:  # noqa: ARG001 - the shape that the service wants
    """The address itself answers nothing."""
    raise Http404


@api.api_operation(EVERY_METHOD, "/{path:rest}", include_in_schema=False, url_name="elsewhere")
def elsewhere(request: HttpRequest, rest: str) -> None:  # noqa: ARG001
    """Any other address."""
    raise Http404
