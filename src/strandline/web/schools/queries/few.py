"""
The same counts where words have found a few hundred schools: told once, counted here.

A database would look through the schools again for each filter, and be told each time which they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

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
Values = Mapping[str, Collection[str]]
"""Of one school: filter → the options that it falls under."""


def counts(schools: Schools, asked: Asked, *, rows: Sequence[Row]) -> Counts:
    """Count every filter of some schools in reach, in a fixed number of queries."""
    urns = [row["school"] for row in rows]
    spells, officers = schools.spells_of(urns), schools.officers_of(urns)
    wanted = _wanted(schools, asked)
    found: dict[str, Counter[str]] = {name: Counter() for name in (*FIELDS, "category", "officer", "watch")}
    total = 0
    for row in rows:
        urn = row["school"]
        values: dict[str, Collection[str]] = {name: (row[field] or NONE,) for name, field in FIELDS.items()}
        values["category"] = (spells[urn]["code"],) if urn in spells else (NONE,)
        values["officer"] = {str(user) for user, _ in officers[urn]} if urn in officers else (NONE,)
        values["watch"] = (WATCHED,) if urn in schools.watched else ()
        refused = _refused(values, wanted)
        total += not refused
        if len(refused) < 2:  # a filter counts what the others leave
            for name in refused or found:
                found[name].update(values[name])
    titles = {
        "trust": {row["trust_uid"]: row["trust_name"] for row in rows},
        "category": {spell["code"]: spell["title"] or spell["code"] for spell in spells.values()},
        "officer": {str(user): name for several in officers.values() for user, name in several},
    }
    return in_order(schools, _facets(schools, found, titles), total=total)


def _wanted(schools: Schools, asked: Asked) -> Values:
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


def _refused(values: Values, wanted: Values) -> tuple[str, ...]:
    """The filters that take a school off the list."""
    return tuple(name for name, options in wanted.items() if not any(value in options for value in values[name]))


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
    facets["category"] = _named(found["category"], titles["category"], any_=lambda: schools.spells().exists())
    officers = _named(found["officer"], titles["officer"], any_=schools.allocations.exists)
    facets["officer"] = sorted(officers, key=lambda option: (option[0] == NONE, option[1]))
    facets["watch"] = [(WATCHED, "On my watchlist", found["watch"][WATCHED])]
    facets["list"] = [(CLOSED, "No longer on the register", schools.gone().count() if schools.has_earlier else 0)]
    return facets


def _most_first(option: tuple[str, int]) -> tuple[int, str]:
    """Where an option stands: of as many schools, the one that says nothing first."""
    value, n = option
    return -n, "" if value == NONE else value


def _named(found: Counter[str], titles: Mapping[str, str], *, any_: Callable[[], bool]) -> list[Option]:
    """Options that few schools fall under; no filter at all where none of the desk's schools does."""
    if not titles and not any_():
        return []
    codes: Iterable[str] = sorted(value for value in found if value != NONE)
    return [*((code, titles[code], found[code]) for code in codes), (NONE, "", found[NONE])]
