"""The list: which schools, how many fall under each filter, and one page of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import NullIf

from strandline.web.people.roles import Module
from strandline.web.people.scope import Actor
from strandline.web.schools import neighbours
from strandline.web.schools.asked import NONE, Asked
from strandline.web.schools.columns import COLUMNS, ListColumn
from strandline.web.schools.models import CategorySpell, Line, SavedList, School, Snapshot, Watch
from strandline.web.schools.neighbours import Officers
from strandline.web.schools.queries.moments import Moment, in_force, intakes
from strandline.web.schools.queries.search import FEW_SCHOOLS, Found, search
from strandline.web.schools.queries.within import Among, unscoped

CLOSED = "closed"
NEVER_EMPTY = ("name", "urn")
LONGEST_NUMBER = 10
FIELDS = {"sector": "sector", "form": "legal_form", "diocese": "diocese", "consortium": "consortium"}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of the list. `guesses` are words taken for mistyped ones; `spells` and `officers` by URN."""

    page: Page[Row]
    columns: tuple[ListColumn, ...]
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
        self.allocations = neighbours.allocations(actor, on=moment.on)
        self.watched = frozenset(watched(actor).values_list("school", flat=True))
        self.sees_categories = actor.can(Module.DECISIONS)
        self.sees_proposals = self.sees_categories and actor.is_of_the_service
        self._spells: dict[int, Row | None] = {}
        self._officers: dict[int, tuple[tuple[int, str], ...]] = {}

    @cached_property
    def _days(self) -> list[tuple[date, int]]:
        """The days of all runs that the desk took in, in order."""
        return sorted(intakes(self.actor).order_by().values_list("as_at", "pk"))

    @property
    def is_latest(self) -> bool:
        """Whether the list is of the latest run."""
        intake = self.moment.intake
        return intake is None or self._days[-1] == (intake.as_at, intake.pk)

    @property
    def has_earlier(self) -> bool:
        """Whether the desk took in a run of an earlier day."""
        intake = self.moment.intake
        return intake is not None and self._days[0][0] < intake.as_at

    def lines(self, *, closed: bool = False) -> QuerySet[Line]:
        """Every line of the moment; `closed`: the last lines of schools that the register no longer holds."""
        rows = Line.objects.for_actor(self.actor)
        if self.moment.intake is None:
            return rows.none()
        if closed:
            return rows.filter(school__in=self.gone().values("urn"), intake=F("school__latest"))
        rows = rows.filter(intake=self.moment.intake.pk)
        if not self.is_latest:  # moved since: the school must be within reach today as well
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

    def gone(self) -> QuerySet[School]:
        """The schools in reach that the register held before and holds no longer."""
        intake = self.moment.intake
        earlier = [pk for day, pk in self._days if intake is not None and day < intake.as_at]
        return School.objects.for_actor(self.actor).filter(latest__in=earlier)

    def spells(self) -> QuerySet[CategorySpell]:
        """The categories shown on the day; ask it only of schools that are in reach."""
        spells = unscoped(CategorySpell)
        return spells.filter(in_force(self.moment.on)) if self.sees_categories else spells.none()

    def spells_of(self, urns: Sequence[int]) -> dict[int, Row]:
        """The categories shown of some schools in reach, by URN; each school is asked for once."""
        asked = [urn for urn in urns if urn not in self._spells]
        if asked:
            self._spells |= {**dict.fromkeys(asked), **spells_of(self, asked)}
        return {urn: spell for urn in urns if (spell := self._spells[urn]) is not None}

    def officers_of(self, urns: Sequence[int]) -> Officers:
        """The named officers of some schools in reach, by URN; each school is asked for once."""
        asked = [urn for urn in urns if urn not in self._officers]
        if asked:
            self._officers |= {**dict.fromkeys(asked, ()), **neighbours.officers_of(self.allocations, asked)}
        return {urn: named for urn in urns if (named := self._officers[urn])}

    def page(self, rows: QuerySet[Line], *, asked: Asked, columns: tuple[ListColumn, ...], count: int) -> Page[Row]:
        """One page of the rows in the order asked for; they were counted before."""
        paginator: Paginator[Row] = Paginator(
            rows.order_by(*order_of(asked)).values(*fields_of(columns)),
            asked.per,
        )
        paginator.__dict__["count"] = count
        return paginator.get_page(asked.page)


def _any_of(field: str, values: tuple[str, ...]) -> Q:
    return Q(**{f"{field}__in": ["" if value == NONE else value for value in values]})


def _by_category(schools: Schools, values: tuple[str, ...]) -> Q:
    if not schools.sees_categories:
        return Q()
    condition = Q(school__in=schools.spells().filter(code__in=values).values("school"))
    return condition | ~Q(school__in=schools.spells().values("school")) if NONE in values else condition


def _by_officer(schools: Schools, values: tuple[str, ...]) -> Q:
    people = [int(value) for value in values if value.isdecimal() and len(value) < LONGEST_NUMBER]
    named = schools.allocations
    condition = Q(school__in=named.filter(officer__in=people).values("school"))
    return condition | ~Q(school__in=named.values("school")) if NONE in values else condition


def _by_watch(schools: Schools, values: tuple[str, ...]) -> Q:  # noqa: ARG001 - one shape for all conditions
    return Q(school__in=sorted(schools.watched))


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
    """The schools on the actor's own watchlist; ask it only of schools in reach."""
    return unscoped(Watch).filter(user=actor.user)


def words_of(schools: Schools, asked: Asked) -> Found:
    """What the words of the question lead to."""
    return search(schools.lines(closed=is_closed(asked)), asked.words, several=schools.moment.schools > FEW_SCHOOLS)


def listing(schools: Schools, asked: Asked, *, words: Found, count: int) -> Listing:
    """One page of the list, in a fixed number of queries; `count` of its rows are known from the filters."""
    columns = offered(schools.actor, asked.columns)
    page = schools.page(words.narrow(schools.narrowed(asked.chosen)), asked=asked, columns=columns, count=count)
    rows = list(page.object_list)
    urns = [row["school"] for row in rows]
    return Listing(
        page=page,
        columns=columns,
        guesses=words.guesses,
        spells=schools.spells_of(urns),
        officers=schools.officers_of(urns),
        watched=schools.watched,
        reasons=reasons_of(schools, rows, columns=columns),
        saved=tuple(saved_lists(schools.actor)),
        proposals=schools.sees_proposals,
    )


def whole(actor: Actor, asked: Asked, *, moment: Moment) -> Listing:
    """Every row of the list, for a file: the same rows, columns and order as the pages."""
    schools = Schools(actor, moment=moment)
    columns = offered(actor, asked.columns)
    words = words_of(schools, asked)
    rows = words.narrow(schools.narrowed(asked.chosen))
    count = rows.count()
    page = schools.page(rows, asked=replace(asked, per=max(1, count), page="1"), columns=columns, count=count)
    urns = [row["school"] for row in page.object_list]
    return Listing(
        page=page,
        columns=columns,
        guesses=words.guesses,
        spells=spells_of(schools, urns),
        officers=neighbours.officers_of(schools.allocations, urns),
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
    return {row["school"]: row for row in shown(schools.spells().filter(Among("school", urns)))}


def shown(spells: QuerySet[CategorySpell]) -> QuerySet[Any, Any]:
    """What a list prints of categories."""
    return spells.order_by().values("school", "code", "title", "words", "step", "published_on")


def reasons_of(schools: Schools, rows: list[Row], *, columns: tuple[ListColumn, ...]) -> dict[int, Snapshot]:
    """Why figures are not there, by URN, of the schools that lack one of those shown."""
    figures = [column.fields[0] for column in columns if column.feature]
    lacking = [row["school"] for row in rows if any(row[name] is None for name in figures)]
    if schools.moment.intake is None or not lacking:
        return {}
    found = unscoped(Snapshot).filter(Among("school", lacking), intake=schools.moment.intake.pk)
    return {row.school_id: row for row in found.only("school_id", "gaps")}


def saved_lists(actor: Actor) -> QuerySet[SavedList]:
    """The actor's own saved lists, and those shared within the service."""
    mine = Q(owner=actor.user)
    return SavedList.objects.for_actor(actor).filter(mine | Q(shared=True) if actor.is_of_the_service else mine)
