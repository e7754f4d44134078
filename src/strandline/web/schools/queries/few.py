"""
The same counts where words have found a few hundred schools: told once, counted here.

A database would look through the schools again for each filter, and be told each time which they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import itemgetter

from strandline.web.schools.asked import NONE, Asked
from strandline.web.schools.queries.facets import MOST_OPTIONS, OF_THE_SERVICE, Counts, Option, in_order
from strandline.web.schools.queries.listing import CLOSED, LONGEST_NUMBER, Schools
from strandline.web.schools.queries.search import Row

FIELDS = {
    "sector": "sector",
    "form": "legal_form",
    "state": "proposed_state",
    "proposed": "proposed_category",
    "consortium": "consortium",
    "trust": "trust_uid",
    "diocese": "diocese",
}
WATCHED = "yes"
Wanted = Mapping[str, Collection[str]]
"""Filter → the options chosen."""
Told = Callable[[Row], Collection[str]]
"""The options of one filter under which a school falls."""


def counts(schools: Schools, asked: Asked, *, rows: Sequence[Row]) -> Counts:
    """Count every filter of some schools in reach, in a fixed number of queries."""
    urns = [row["school"] for row in rows]
    spells, officers = schools.spells_of(urns), schools.officers_of(urns)
    told: dict[str, Told] = {name: _told(field) for name, field in FIELDS.items()}
    told["category"] = lambda row: (spells[row["school"]]["code"] if row["school"] in spells else NONE,)
    told["officer"] = lambda row: {str(user) for user, _ in officers.get(row["school"], ())} or (NONE,)
    told["watch"] = lambda row: (WATCHED,) if row["school"] in schools.watched else ()
    wanted = _wanted(schools, asked)
    refusals = [_refusals(row, wanted, told) for row in rows]
    left = [row for row, refused in zip(rows, refusals, strict=True) if not refused]
    found: dict[str, Counter[str]] = {}
    for name, values in told.items():
        others = left
        if name in wanted:  # a filter counts what the others leave
            others = [row for row, refused in zip(rows, refusals, strict=True) if not refused - {name}]
        found[name] = _of_field(others, FIELDS[name]) if name in FIELDS else _of_several(others, values)
    titles = {
        "trust": {row["trust_uid"]: row["trust_name"] for row in rows},
        "category": {spell["code"]: spell["title"] or spell["code"] for spell in spells.values()},
        "officer": {str(user): name for several in officers.values() for user, name in several},
    }
    return in_order(schools, _facets(schools, found, titles), total=len(left))


def _wanted(schools: Schools, asked: Asked) -> Wanted:
    """The options chosen, of the filters that narrow for this person."""
    unseen = {
        *(() if schools.sees_proposals else OF_THE_SERVICE),
        *(() if schools.sees_categories else ("category",)),
        "list",
    }
    wanted: dict[str, Collection[str]] = {name: set(v) for name, v in asked.chosen.items() if name not in unseen}
    if "officer" in wanted:
        wanted["officer"] = {
            str(int(value)) if value.isdecimal() and len(value) < LONGEST_NUMBER else value
            for value in wanted["officer"]
        }
    if "watch" in wanted:
        wanted["watch"] = {WATCHED}
    return wanted


def _told(field: str) -> Told:
    return lambda row: (row[field] or NONE,)


def _refusals(row: Row, wanted: Wanted, told: Mapping[str, Told]) -> set[str]:
    """The filters that take a school off the list."""
    return {name for name, options in wanted.items() if not any(value in options for value in told[name](row))}


def _of_field(rows: Iterable[Row], field: str) -> Counter[str]:
    found = Counter(map(itemgetter(field), rows))
    nothing = found.pop("", 0)
    return found + Counter({NONE: nothing})


def _of_several(rows: Iterable[Row], values: Told) -> Counter[str]:
    return Counter(value for row in rows for value in values(row))


def _facets(
    schools: Schools, found: Mapping[str, Counter[str]], titles: Mapping[str, Mapping[str, str]]
) -> dict[str, Sequence[Option]]:
    facets: dict[str, Sequence[Option]] = {}
    for name in FIELDS:
        known = titles.get(name)
        facets[name] = [
            (value, known.get(value, "") if known else "" if value == NONE else value, n)
            for value, n in sorted(found[name].items(), key=_most_first)
        ]
    facets |= {name: facets[name][:MOST_OPTIONS] for name in ("trust", "diocese")}
    facets["category"] = _named(found["category"], titles["category"])
    officers = _named(found["officer"], titles["officer"])
    facets["officer"] = sorted(officers, key=lambda option: (option[0] == NONE, option[1]))
    facets["watch"] = [(WATCHED, "On my watchlist", found["watch"][WATCHED])]
    facets["list"] = [(CLOSED, "No longer on the register", schools.gone().count() if schools.has_earlier else 0)]
    return facets


def _most_first(option: tuple[str, int]) -> tuple[int, str]:
    """Where an option stands: of as many schools, the one that says nothing first."""
    value, n = option
    return -n, "" if value == NONE else value


def _named(found: Counter[str], titles: Mapping[str, str]) -> list[Option]:
    """Options that few schools fall under, and last how many fall under none."""
    codes: Iterable[str] = sorted(value for value in found if value != NONE)
    return [*((code, titles[code], found[code]) for code in codes), (NONE, "", found[NONE])]
