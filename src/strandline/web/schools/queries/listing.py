"""The list: which schools, how many fall under each filter, and one page of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, F, Max, Q, QuerySet, Value
from django.db.models.functions import NullIf

from strandline.web.people.roles import Module
from strandline.web.people.scope import Actor
from strandline.web.schools import neighbours
from strandline.web.schools.asked import NONE, Asked
from strandline.web.schools.columns import COLUMNS, ListColumn
from strandline.web.schools.models import CategorySpell, Line, SavedList, School, Snapshot, Watch
from strandline.web.schools.neighbours import Officers
from strandline.web.schools.queries.moments import Moment, in_force, intakes
from strandline.web.schools.queries.search import Found, search

MOST_OPTIONS = 25
CLOSED = "closed"
NEVER_EMPTY = ("name", "urn")
FIELDS = {"sector": "sector", "form": "legal_form", "diocese": "diocese", "consortium": "consortium"}
Row = Mapping[str, Any]
Count_ = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A filter: (value, label, how many) for each option, the most first."""

    name: str
    options: tuple[Count_, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of the list. `guesses` are words taken for mistyped ones; `spells` and `officers` by URN."""

    page: Page[Row]
    columns: tuple[ListColumn, ...]
    facets: tuple[Facet, ...]
    guesses: tuple[str, ...]
    spells: Mapping[int, Row]
    officers: Officers
    watched: frozenset[int]
    reasons: Mapping[int, Snapshot]
    saved: tuple[SavedList, ...]
    proposals: bool = False


class Schools:
    """The schools of one moment as one person reaches them, and what narrows them."""

    def __init__(self, actor: Actor, *, moment: Moment) -> None:
        self.actor = actor
        self.moment = moment
        self.officers = neighbours.named_officers(actor, on=moment.on)
        self.sees_categories = actor.can(Module.DECISIONS)
        self.sees_proposals = self.sees_categories and actor.is_of_the_service

    def lines(self, *, closed: bool = False) -> QuerySet[Line]:
        """Every line of the moment; `closed`: the last lines of schools that the register no longer holds."""
        rows = Line.objects.for_actor(self.actor)
        if self.moment.intake is None:
            return rows.none()
        if closed:
            gone = School.objects.for_actor(self.actor).exclude(latest=self.moment.intake)
            earlier = intakes(self.actor).filter(as_at__lt=self.moment.intake.as_at).values("pk")
            return rows.filter(school__in=gone.values("urn"), intake=F("school__latest"), intake__in=earlier)
        rows = rows.filter(intake=self.moment.intake.pk)
        if not self.moment.is_latest:  # moved since: the school must be within reach today as well
            rows = rows.filter(school__in=School.objects.for_actor(self.actor).values("urn"))
        return rows

    def narrowed(self, chosen: Mapping[str, tuple[str, ...]]) -> QuerySet[Line]:
        """The lines that every filter leaves."""
        rows = self.lines(closed=CLOSED in chosen.get("list", ()))
        for name, values in chosen.items():
            if name in FIELDS:
                rows = rows.filter(_any_of(FIELDS[name], values))
            elif name in CONDITIONS:
                rows = rows.filter(CONDITIONS[name](self, values))
        return rows

    def spells(self) -> QuerySet[CategorySpell]:
        """The categories shown on the day."""
        if not self.sees_categories:
            return CategorySpell.objects.for_actor(self.actor).none()
        return CategorySpell.objects.for_actor(self.actor).filter(in_force(self.moment.on))


def _any_of(field: str, values: tuple[str, ...]) -> Q:
    return Q(**{f"{field}__in": ["" if value == NONE else value for value in values]})


def _by_category(schools: Schools, values: tuple[str, ...]) -> Q:
    if not schools.sees_categories:
        return Q()
    condition = Q(school__in=schools.spells().filter(code__in=values).values("school"))
    return condition | ~Q(school__in=schools.spells().values("school")) if NONE in values else condition


def _by_officer(schools: Schools, values: tuple[str, ...]) -> Q:
    mine = {urn for urn, named in schools.officers.items() if any(str(user) in values for user, _ in named)}
    condition = Q(school__in=sorted(mine))
    return condition | ~Q(school__in=sorted(schools.officers)) if NONE in values else condition


def _by_watch(schools: Schools, values: tuple[str, ...]) -> Q:  # noqa: ARG001 - one shape for all conditions
    return Q(school__in=watched(schools.actor).values("school"))


def _by_proposal(field: str) -> Callable[[Schools, tuple[str, ...]], Q]:
    return lambda schools, values: _any_of(field, values) if schools.sees_proposals else Q()


CONDITIONS: Mapping[str, Callable[[Schools, tuple[str, ...]], Q]] = {
    "category": _by_category,
    "officer": _by_officer,
    "watch": _by_watch,
    "trust": lambda _, values: _any_of("trust_uid", values),
    "state": _by_proposal("proposed_state"),
    "proposed": _by_proposal("proposed_category"),
}


def is_closed(asked: Asked) -> bool:
    """Whether the list is of the schools that the register no longer holds."""
    return CLOSED in asked.chosen.get("list", ())


def watched(actor: Actor) -> QuerySet[Watch]:
    """The schools on the actor's own watchlist."""
    return Watch.objects.for_actor(actor).filter(user=actor.user)


def listing(actor: Actor, asked: Asked, *, moment: Moment) -> Listing:
    """One page of the list, in a fixed number of queries."""
    schools = Schools(actor, moment=moment)
    columns = offered(actor, asked.columns)
    words = search(schools.lines(closed=is_closed(asked)), asked.words)
    ordered = words.narrow(schools.narrowed(asked.chosen)).order_by(*order_of(asked)).values(*fields_of(columns))
    page: Page[Row] = Paginator(ordered, asked.per).get_page(asked.page)
    urns = [row["school"] for row in page.object_list]
    return Listing(
        page=page,
        columns=columns,
        facets=tuple(_facets(schools, asked, words)),
        guesses=words.guesses,
        spells=spells_of(schools, urns),
        officers=schools.officers,
        watched=frozenset(watched(actor).values_list("school", flat=True)),
        reasons=reasons_of(schools, urns, columns=columns),
        saved=tuple(saved_lists(actor)),
        proposals=schools.sees_proposals,
    )


def whole(actor: Actor, asked: Asked, *, moment: Moment) -> Listing:
    """Every row of the list, for a file: the same rows, columns and order as the pages."""
    schools = Schools(actor, moment=moment)
    columns = offered(actor, asked.columns)
    words = search(schools.lines(closed=is_closed(asked)), asked.words)
    ordered = words.narrow(schools.narrowed(asked.chosen)).order_by(*order_of(asked)).values(*fields_of(columns))
    page: Page[Row] = Paginator(ordered, max(1, ordered.count())).get_page(1)
    return Listing(
        page=page,
        columns=columns,
        facets=(),
        guesses=words.guesses,
        spells={row["school"]: row for row in shown(schools.spells())},
        officers=schools.officers,
        watched=frozenset(),
        reasons={},
        saved=(),
    )


def offered(actor: Actor, names: tuple[str, ...]) -> tuple[ListColumn, ...]:
    """The columns asked for that the actor may see; the name always leads."""
    several = dict.fromkeys(("name", *names))
    return tuple(COLUMNS[name] for name in several if may_see(actor, COLUMNS[name]))


def may_see(actor: Actor, column: ListColumn) -> bool:
    """Whether a column is for this person."""
    if column.of_service and not actor.is_of_the_service:
        return False
    return column.module is None or actor.can(column.module)


def fields_of(columns: tuple[ListColumn, ...]) -> list[str]:
    """The columns of the table that the list's columns print."""
    return list(dict.fromkeys(["school", "urn", *(field for column in columns for field in column.fields)]))


def order_of(asked: Asked) -> list[Any]:
    """The order asked for; what has no value comes last either way; ties by name, then URN."""
    column = COLUMNS[asked.sort]
    turn = "desc" if asked.descending else "asc"
    first = [
        getattr(F(name) if asked.sort in NEVER_EMPTY else _filled(name), turn)(
            **({} if asked.sort in NEVER_EMPTY else {"nulls_last": True})
        )
        for name in column.order
    ]
    return [*first, *(name for name in ("sort_name", "urn") if name not in column.order)]


def _filled(name: str) -> Any:
    """A column with empty text taken for none."""
    is_text = isinstance(Line._meta.get_field(name), CharField)
    return NullIf(F(name), Value("")) if is_text else F(name)


def spells_of(schools: Schools, urns: list[int]) -> dict[int, Row]:
    """The categories shown of some schools, by URN."""
    return {row["school"]: row for row in shown(schools.spells().filter(school__in=urns))}


def shown(spells: QuerySet[CategorySpell]) -> QuerySet[Any, Any]:
    """What a list prints of categories."""
    return spells.values("school", "code", "title", "words", "step", "published_on")


def reasons_of(schools: Schools, urns: list[int], *, columns: tuple[ListColumn, ...]) -> dict[int, Snapshot]:
    """Why figures of some schools are not there, by URN."""
    if schools.moment.intake is None or not any(column.feature for column in columns):
        return {}
    rows = Snapshot.objects.for_actor(schools.actor).filter(intake=schools.moment.intake.pk, school__in=urns)
    return {row.school_id: row for row in rows.only("school_id", "gaps")}


def saved_lists(actor: Actor) -> QuerySet[SavedList]:
    """The actor's own saved lists, and those shared within the service."""
    mine = Q(owner=actor.user)
    return SavedList.objects.for_actor(actor).filter(mine | Q(shared=True) if actor.is_of_the_service else mine)


# ------------------------------------------------------------------ filters with counts


def _facets(schools: Schools, asked: Asked, words: Found) -> list[Facet]:
    """Each filter with the count that each of its options would leave, the other filters in force."""
    facets = []
    for name, count in COUNTERS.items():
        if name in ("state", "proposed") and not schools.sees_proposals:
            continue
        if name == "category" and not schools.sees_categories:
            continue
        if name == "officer" and not schools.officers:
            continue
        left = words.narrow(schools.narrowed(asked.without(name)))
        facets.append(Facet(name=name, options=tuple(count(schools, left))))
    return facets


def _count_field(field: str) -> Callable[[Schools, QuerySet[Line]], list[Count_]]:
    def count(schools: Schools, rows: QuerySet[Line]) -> list[Count_]:  # noqa: ARG001 - one shape for all counters
        counted = rows.order_by().values_list(field).annotate(n=Count("pk")).order_by("-n", field)[:MOST_OPTIONS]
        return [(value or NONE, value, n) for value, n in counted]

    return count


def _count_trusts(schools: Schools, rows: QuerySet[Line]) -> list[Count_]:  # noqa: ARG001
    counted = rows.order_by().values_list("trust_uid").annotate(n=Count("pk"), title=Max("trust_name"))
    return [
        (uid or NONE, title, n)
        for uid, n, title in counted.order_by("-n", "trust_uid").values_list("trust_uid", "n", "title")[:MOST_OPTIONS]
    ]


def _count_categories(schools: Schools, rows: QuerySet[Line]) -> list[Count_]:
    spells = schools.spells().filter(school__in=rows.order_by().values("school"))
    counted = spells.order_by().values_list("code").annotate(n=Count("pk"), title=Max("title")).order_by("code")
    return [(code, title or code, n) for code, n, title in counted.values_list("code", "n", "title")]


def _count_officers(schools: Schools, rows: QuerySet[Line]) -> list[Count_]:
    names: dict[int, str] = {}
    counts: dict[int, int] = {}
    for urn in rows.order_by().values_list("school", flat=True):
        for user, name in schools.officers.get(urn, ((0, ""),)):
            names[user] = name
            counts[user] = counts.get(user, 0) + 1
    ordered = sorted(counts, key=lambda user: (user == 0, names[user]))
    return [(str(user) if user else NONE, names[user], counts[user]) for user in ordered]


def _count_watch(schools: Schools, rows: QuerySet[Line]) -> list[Count_]:
    n = rows.filter(school__in=watched(schools.actor).values("school")).count()
    return [("yes", "On my watchlist", n)]


def _count_closed(schools: Schools, rows: QuerySet[Line]) -> list[Count_]:  # noqa: ARG001
    return [(CLOSED, "No longer on the register", schools.lines(closed=True).count())]


COUNTERS: Mapping[str, Callable[[Schools, QuerySet[Line]], list[Count_]]] = {
    "category": _count_categories,
    "sector": _count_field("sector"),
    "form": _count_field("legal_form"),
    "state": _count_field("proposed_state"),
    "proposed": _count_field("proposed_category"),
    "officer": _count_officers,
    "trust": _count_trusts,
    "diocese": _count_field("diocese"),
    "consortium": _count_field("consortium"),
    "watch": _count_watch,
    "list": _count_closed,
}
