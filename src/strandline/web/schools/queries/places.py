"""The schools of a list with their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from strandline.web.people.scope import Actor
from strandline.web.schools.asked import Asked
from strandline.web.schools.queries.listing import Schools, order_of, spells_of, words_of
from strandline.web.schools.queries.moments import Moment

FIELDS = (
    "school",
    "name",
    "sector",
    "longitude",
    "latitude",
    "proposed_category",
    "proposed_state",
    "proposed_reason",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Rows of schools with their places, and the categories shown, by URN. Proposals only where they may be seen."""

    rows: tuple[Mapping[str, Any], ...]
    spells: Mapping[int, Mapping[str, Any]]
    proposals: bool


def placed(actor: Actor, asked: Asked, *, moment: Moment) -> Placed:
    """Every school that the list holds, in its order, in a fixed number of queries."""
    schools = Schools(actor, moment=moment)
    narrowed = words_of(schools, asked).narrow(schools.narrowed(asked.chosen))
    rows = tuple(narrowed.order_by(*order_of(asked)).values(*FIELDS))
    return Placed(
        rows=rows,
        spells=spells_of(schools, [row["school"] for row in rows]),
        proposals=schools.sees_proposals,
    )
