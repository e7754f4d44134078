"""From items in use to judgements: only names that the pack declares, never the words of an item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from strandline.web.intelligence.kinds import Feed, feeds
from strandline.web.intelligence.models import Item

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


def inputs_from(rows: Iterable[Item], *, declared: frozenset[str], on: date) -> tuple[JudgementInput, ...]:
    """The judgements of these items, by school and name. `rows` come school by school, the newest last."""
    found: list[JudgementInput] = []
    for urn, group in groupby(rows, key=lambda item: item.school_id):
        held = list(group)
        newest = {item.bears_on: item for item in held if item.bears_on in declared and item.bears_value}
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
            if name in declared and name not in newest
        ]
    return tuple(found)


def _measured(feed: Feed, items: Iterable[Item]) -> str:
    counted = [item for item in items if not feed.kinds or item.kind in feed.kinds]
    if feed.measure == "weight":
        return str(sum(item.weight for item in counted))
    return str(len(counted)) if feed.measure == "count" else ("true" if counted else "false")
