"""How many schools each option of each filter would leave, the other filters in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from strandline.web.schools.asked import NONE, Asked
from strandline.web.schools.models import Line
from strandline.web.schools.queries.listing import CLOSED, Schools
from strandline.web.schools.queries.search import Found

MOST_OPTIONS = 25
COUNTED = {
    "sector": "sector",
    "form": "legal_form",
    "state": "proposed_state",
    "proposed": "proposed_category",
    "consortium": "consortium",
}
"""Filters counted together, from one table of how many schools share all five values."""
BODIES = {"trust": "trust_uid", "diocese": "diocese"}
"""Counted with them where words have found few schools."""
OF_THE_SERVICE = ("state", "proposed")
Option = tuple[str, str, int]
Shared = tuple[tuple[str, ...], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A filter: (value, label, how many) for each option, the most first."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Every filter with its counts, and how many schools all of them together leave."""

    facets: tuple[Facet, ...]
    total: int


def counts(schools: Schools, asked: Asked, *, words: Found) -> Counts:
    """Count every filter in a fixed number of queries."""
    together = {**COUNTED, **BODIES} if words.is_few else COUNTED
    others = {name: values for name, values in asked.chosen.items() if name not in together}
    rows = words.narrow(schools.narrowed(others))
    shared = _told(rows, fields=(*together.values(), "trust_name")) if words.is_few else _shared(rows)
    chosen = {tuple(together).index(name): values for name, values in asked.chosen.items() if name in together}
    if not schools.sees_proposals:
        unseen = [tuple(together).index(name) for name in OF_THE_SERVICE]
        chosen = {place: values for place, values in chosen.items() if place not in unseen}
    facets = {name: _of_shared(place, shared, chosen) for place, name in enumerate(together)}
    if words.is_few:
        titles = {values[tuple(together).index("trust")]: values[-1] for values, _ in shared}
        facets["trust"] = [(value, titles.get(value, ""), n) for value, _, n in facets["trust"]]
        facets |= {name: facets[name][:MOST_OPTIONS] for name in BODIES}
    total = sum(n for values, n in shared if _passes(values, chosen))
    for name, count in COUNTERS.items():
        if name not in facets:
            rows = words.narrow(schools.narrowed(asked.without(name)))
            facets[name] = count(schools, rows, None if name in asked.chosen else total)
    return Counts(
        facets=tuple(Facet(name=name, options=tuple(facets[name])) for name in ORDER if _is_seen(name, schools)),
        total=total,
    )


ORDER = (
    "category",
    "sector",
    "form",
    "state",
    "proposed",
    "officer",
    "trust",
    "diocese",
    "consortium",
    "watch",
    "list",
)


def _is_seen(name: str, schools: Schools) -> bool:
    if name in OF_THE_SERVICE:
        return schools.sees_proposals
    return name != "category" or schools.sees_categories


def _shared(rows: QuerySet[Line]) -> list[Shared]:
    """How many schools share all values of the columns counted together."""
    counted = rows.order_by().values_list(*COUNTED.values()).annotate(n=Count("pk"))
    return [(tuple(values), n) for *values, n in counted]


def _told(rows: QuerySet[Line], *, fields: tuple[str, ...]) -> list[Shared]:
    """The same of a few schools, counted here: quicker than by the database, which would look through all of them."""
    return list(Counter(rows.order_by().values_list(*fields)).items())


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
    if not found and not spells.exists():
        return []
    return [*found, (NONE, "", (rows.count() if total is None else total) - sum(n for _, _, n in found))]


def _officers(schools: Schools, rows: QuerySet[Line], total: int | None) -> list[Option]:
    named = schools.allocations
    counted = named.filter(_of(rows)).order_by()
    people = counted.values("officer", "officer__name").annotate(n=Count("school", distinct=True))
    found = [(str(row["officer"]), str(row["officer__name"]), int(row["n"])) for row in people]
    if not found and not named.exists():
        return []
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
