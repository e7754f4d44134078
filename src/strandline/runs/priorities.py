"""The numbered priorities of a strategy, by which work is tagged and summed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from strandline.runs import packs


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """One numbered priority, as the strategy prints it."""

    key: str
    number: int
    title: str
    cited: str


def priorities_of(home: Path, *, which: str) -> tuple[Priority, ...]:
    """The priorities of the strategy of that name, in their order; none where it has none. Raises: PackNotFound."""
    items = packs.read(home, which=which).lists.get("priorities", ())
    made = (
        Priority(key=each.key, number=int(each.number or place), title=each.title, cited=str(each.citation or ""))
        for place, each in enumerate(items, start=1)
    )
    return tuple(sorted(made, key=lambda each: each.number))
