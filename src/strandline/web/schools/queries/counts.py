"""How many schools each option of each filter would leave, the other filters in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from strandline.web.schools.asked import NONE, Asked
from strandline.web.schools.models import Line
from strandline.web.schools.queries import few
from strandline.web.schools.queries.facets import MOST_OPTIONS, OF_THE_SERVICE, Counts, Option, in_order
from strandline.web.schools.queries.listing import CLOSED, Schools
from strandline.web.schools.queries.search import Found

COUNTED = {
    "sector": "sector",
    "form": "legal_form",
    "state": "proposed_state",
    "proposed": "proposed_category",
    "consortium": "consortium",
}
"""Filters counted together, from one table of how many schools share all five values."""
Shared = tuple[tuple[str, ...], int]


def counts(schools: Schools, asked: Asked, *, words: Found) -> Counts:
    """Count every filter in a fixed number of queries."""
    if words.few is not None:
        return few.counts(schools, asked, rows=words.few)
    others = {name: values for name, values in asked.chosen.items() if name not in COUNTED}
    shared = _shared(words.narrow(schools.narrowed(others)))
    chosen = {tuple(COUNTED).index(name): values for name, values in asked.chosen.items() if name in COUNTED}
    if not schools.sees_proposals:
        unseen = [tuple(COUNTED).index(name) for name in OF_THE_SERVICE]
        chosen = {place: values for place, values in chosen.items() if place not in unseen}
    facets = {name: _of_shared(place, shared, chosen) for place, name in enumerate(COUNTED)}
    total = sum(n for values, n in shared if _passes(values, chosen))
    for name, count in COUNTERS.items():
        rows = words.narrow(schools.narrowed(asked.without(name)))
        facets[name] = count(schools, rows, None if name in asked.chosen else total)
    return in_order(schools, facets, total=total)


def _shared(rows: QuerySet[Line]) -> list[Shared]:
    """How many schools share all values of the columns counted together."""
    counted = rows.order_by().values_list(*COUNTED.values()).annotate(n=Count("pk"))
    return [(tuple(values), n) for *values, n in counted]


def _of_shared(place: int, shared: Iterable[Shared], chosen: Mapping[int, tuple[str, ...]]) -> list[Option]:
    others = {other: values for other, values in chosen.items() if other != place}
    found: Counter[str] = Counter()
    for values, n in shared:
        if _passes(values, others):
            found[values[place]] += n
    return [(value or NONE, value, n) for value, n in sorted(found.items(), key=lambda item: (-item[1], item[0]))]


def _passes(values: tuple[str, ...], chosen: Mapping[int, tuple[str, ...]]) -> bool:
    return all((values[place] or NONE) in wanted for place, wanted in chosen.items())


Counting = Callable[[Schools, QuerySet[Line], int | None], list[Option]]
"""Counts one filter among rows; how many those are is given where it is known."""


def _trusts(_: Schools, rows: QuerySet[Line], __: int | None) -> list[Option]:
    counted = rows.order_by().values("trust_uid").annotate(n=Count("pk"), title=Max("trust_name"))
    several = counted.order_by("-n", "trust_uid").values_list("trust_uid", "title", "n")[:MOST_OPTIONS]
    return [(uid or NONE, title, n) for uid, title, n in several]


def _dioceses(_: Schools, rows: QuerySet[Line], __: int | None) -> list[Option]:
    counted = rows.order_by().values_list("diocese").annotate(n=Count("pk"))
    return [(name or NONE, name, n) for name, n in counted.order_by("-n", "diocese")[:MOST_OPTIONS]]


def _of(rows: QuerySet[Line]) -> Exists:
    """That a school is among the rows: asked school by school, since few have what is counted."""
    return Exists(rows.order_by().filter(school=OuterRef("school")))


def _categories(schools: Schools, rows: QuerySet[Line], total: int | None) -> list[Option]:
    spells = schools.spells()
    counted = spells.filter(_of(rows)).order_by().values("code")
    named = counted.annotate(n=Count("pk"), title=Max("title")).order_by("code").values_list("code", "title", "n")
    found = [(code, title or code, n) for code, title, n in named]
    return [*found, (NONE, "", (rows.count() if total is None else total) - sum(n for _, _, n in found))]


def _officers(schools: Schools, rows: QuerySet[Line], total: int | None) -> list[Option]:
    named = schools.allocations
    counted = named.filter(_of(rows)).order_by()
    people = counted.values("officer", "officer__name").annotate(n=Count("school", distinct=True))
    found = [(str(row["officer"]), str(row["officer__name"]), int(row["n"])) for row in people]
    found.sort(key=lambda option: option[1])
    return [*found, (NONE, "", (rows.count() if total is None else total) - sum(n for _, _, n in found))]


def _watchlist(schools: Schools, rows: QuerySet[Line], _: int | None) -> list[Option]:
    n = rows.filter(school__in=sorted(schools.watched)).count() if schools.watched else 0
    return [("yes", "On my watchlist", n)]


def _closed(schools: Schools, _: QuerySet[Line], __: int | None) -> list[Option]:
    n = schools.gone().count() if schools.has_earlier else 0
    return [(CLOSED, "No longer on the register", n)]


COUNTERS: Mapping[str, Counting] = {
    "category": _categories,
    "officer": _officers,
    "trust": _trusts,
    "diocese": _dioceses,
    "watch": _watchlist,
    "list": _closed,
}
