"""
From items in use to judgements: only names that the pack declares, never the words of an item.

A judgement is read by the school, in the explanation of its category. What an officer noted that an item bears on is
a judgement of its own, and the item stays within its level. What is worked out by counting tells that there are items:
it counts only those that the school can see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from strandline.web.intelligence.kinds import Feed, feeds
from strandline.web.intelligence.models import Item
from strandline.web.intelligence.reach import Sharing

REASON = "Local intelligence held by the service"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementInput:
    """One row of a file of judgements: its columns are those that a run reads."""

    urn: int
    name: str
    value: str
    reason: str
    by_role: str
    date: date


Declared = Mapping[str, frozenset[str]]
"""The judgements that a pack declares, with their answers; no answers are any."""


def inputs_from(rows: Iterable[Item], *, declared: Declared, on: date) -> tuple[JudgementInput, ...]:
    """
    The judgements of these items, by school and name. `rows` come school by school, the newest last.

    Missing: an answer that the pack does not know, or knows no more, counts for nothing.
    """
    found: list[JudgementInput] = []
    for urn, group in groupby(rows, key=lambda item: item.school_id):
        held = list(group)
        newest = {item.bears_on: item for item in held if _answers(declared, item)}
        found += [
            JudgementInput(
                urn=urn,
                name=name,
                value=item.bears_value,
                reason=REASON,
                by_role=item.written_role,
                date=item.happened_on,
            )
            for name, item in sorted(newest.items())
        ]
        found += [
            JudgementInput(urn=urn, name=name, value=_measured(feed, held), reason=REASON, by_role="service", date=on)
            for name, feed in feeds().items()
            if name in declared and name not in newest and any(_counted(feed, item) for item in held)
        ]
    return tuple(found)


def _answers(declared: Declared, item: Item) -> bool:
    """Whether an item gives an answer that the pack knows."""
    known = declared.get(item.bears_on)
    return known is not None and bool(item.bears_value) and (not known or item.bears_value in known)


def _counted(feed: Feed, item: Item) -> bool:
    return item.sharing >= Sharing.SCHOOL and (not feed.kinds or item.kind in feed.kinds)


def _measured(feed: Feed, items: Iterable[Item]) -> str:
    counted = [item for item in items if _counted(feed, item)]
    if feed.measure == "weight":
        return str(sum(item.weight for item in counted))
    return str(len(counted)) if feed.measure == "count" else ("true" if counted else "false")
