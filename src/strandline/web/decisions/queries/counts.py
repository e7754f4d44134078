"""How many schools stand in each category: for everybody; which, for the service alone (SEF-42)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from strandline.kernel.rounding import percentages
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The categories counted, in the strategy's order."""

    rows: tuple[CategoryCount, ...]

    @property
    def total(self) -> int:
        """How many schools have a category."""
        return sum(each.schools for each in self.rows)

    @property
    def percents(self) -> tuple[int, ...]:
        """Whole percentages of the total, rounded half up, row by row (SEF-02)."""
        return tuple(int(each) for each in percentages([row.schools for row in self.rows])) if self.rows else ()


def counts(actor: Actor, *, on: date) -> Counts:
    """
    The published categories of the whole authority, counted, for everybody who may see totals.

    They count schools, never children, over the authority and by nothing else, so that they are exact for everybody:
    page, front page, API and the paper for members say the same (docs/adr/0018).
    """
    with scope.everywhere("totals name no school"):
        rows = Decision.objects.filter(in_force(on), school__la=actor.authority).select_related("proposal")
        standing = standings(rows, on=on)
    return Counts(rows=count(standing))


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
