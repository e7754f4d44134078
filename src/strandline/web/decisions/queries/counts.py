"""How many schools stand in each category: for everybody; which, for the service alone (SEF-42)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

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
