"""How many schools stand in each category: for everybody; which, for the service alone (SEF-42)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from strandline.kernel.rounding import percentage
from strandline.runs import small_numbers
from strandline.web.decisions.models import Decision
from strandline.web.decisions.queries.standing import Standing, in_force, published, standings
from strandline.web.people import scope
from strandline.web.people.scope import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCount:
    """One category and the schools in it."""

    code: str
    label: str
    step: int | None
    place: int
    schools: int


def counts(actor: Actor, *, on: date) -> tuple[CategoryCount, ...]:
    """
    The published categories of the whole authority, counted, in the strategy's order.

    Totals name no school: they are counted over the authority for everybody who may see totals.
    """
    with scope.everywhere("totals name no school"):
        rows = Decision.objects.filter(in_force(on), school__la=actor.authority).select_related("proposal")
        standing = standings(rows, on=on)
    return count(standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCount:
    """A category as a reader may see it. `schools` and `percent` are None where the number is withheld."""

    code: str
    label: str
    step: int | None
    schools: int | None
    percent: int | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCounts:
    """The categories counted as a reader may see them, and their total in words."""

    rows: tuple[ShownCount, ...]
    total: str
    exact: bool


def shown_counts(actor: Actor, *, on: date) -> ShownCounts:
    """
    The published categories, counted: exactly for the service; for others small numbers are withheld.

    One rule for page, front page and API, so that none gives away what another keeps.
    """
    found = counts(actor, on=on)
    total = sum(each.schools for each in found)
    exact = actor.is_of_the_service
    words = (
        {**{each.code or each.label: str(each.schools) for each in found}, small_numbers.TOTAL: str(total)}
        if exact
        else small_numbers.shown({each.code or each.label: each.schools for each in found})
    )
    return ShownCounts(
        rows=tuple(
            _shown(each, words=words[each.code or each.label], total=words[small_numbers.TOTAL]) for each in found
        ),
        total=words[small_numbers.TOTAL],
        exact=exact,
    )


def _shown(found: CategoryCount, *, words: str, total: str) -> ShownCount:
    told = words.isdecimal()
    return ShownCount(
        code=found.code,
        label=found.label,
        step=found.step,
        schools=found.schools if told else None,
        percent=_percent(found.schools, int(total)) if told and total.isdecimal() else None,
        words=words,
    )


def _percent(part: int, total: int) -> int | None:
    share = percentage(part, total)
    return None if share is None else int(share)


def count(rows: tuple[Standing, ...]) -> tuple[CategoryCount, ...]:
    """Schools by category; those that an ended override leaves open stand last under no code."""
    found = Counter(
        (each.code, each.label or "No category: the rules leave it open", each.step, _place(each)) for each in rows
    )
    made = (
        CategoryCount(code=code, label=label, step=step, place=place, schools=number)
        for (code, label, step, place), number in found.items()
    )
    return tuple(sorted(made, key=lambda each: (each.place, each.code)))


def appendix(actor: Actor, *, on: date) -> tuple[Standing, ...]:
    """The schools by category: confidential, never part of a public export."""
    rows = standings(published(actor, on=on), on=on)
    return tuple(sorted(rows, key=lambda each: (_place(each), each.code, each.decision.proposal.school_name)))


def _place(each: Standing) -> int:
    place = each.decision.proposal.place if each.lapsed else each.decision.place
    return place if place is not None else 999
