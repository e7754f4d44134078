"""Two versions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from strandline.kernel.dates import long_date
from strandline.runs.strategy_text import Difference
from strandline.web.design.tables import Column, Table
from strandline.web.strategies.models import StrategyVersion

CHANGES = {"added": "added", "removed": "taken out", "changed": "changed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What differs between two versions: what the authority says, then its pack, section by section."""

    earlier: str
    later: str
    finding: str
    own: Table
    sections: tuple[Table, ...]


def compared(one: StrategyVersion, other: StrategyVersion, differences: tuple[Difference, ...]) -> Compared:
    """The page of a comparison."""
    own = _own(one, other)
    total = len(own) + len(differences)
    several = f"{total} value differs." if total == 1 else f"{total} values differ."
    finding = several if total else "Nothing differs."
    return Compared(
        earlier=str(one),
        later=str(other),
        finding=finding,
        own=Table(caption="What the authority says", columns=_columns(one, other), rows=own),
        sections=tuple(
            Table(
                caption=f"{section.replace('_', ' ').capitalize()}: {len(rows)} of the pack",
                key=f"section-{section}",
                columns=_columns(one, other),
                rows=rows,
            )
            for section, rows in _by_section(differences)
        ),
    )


def _own(one: StrategyVersion, other: StrategyVersion) -> list[tuple[str, str, str, str]]:
    pairs = (
        ("Title", one.title, other.title),
        ("In force from", long_date(one.period_from), long_date(other.period_from)),
        ("In force until", long_date(one.period_until), long_date(other.period_until)),
        ("In one or two sentences", one.summary, other.summary),
        ("The role of the authority", one.statement, other.statement),
        ("Pack", one.pack, other.pack),
    )
    return [
        (name, "changed" if before and after else "added" if after else "taken out", before or "–", after or "–")
        for name, before, after in pairs
        if before != after
    ]


def _by_section(differences: tuple[Difference, ...]) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    found = []
    for section, several in groupby(differences, key=lambda each: each.section):
        rows = [(_where(each), CHANGES[each.change.value], each.before or "–", each.after or "–") for each in several]
        found.append((section, rows))
    return found


def _where(each: Difference) -> str:
    rest = each.where.partition(".")[2] or each.where
    return rest.replace("_", " ").replace(".", ": ")


def _columns(one: StrategyVersion, other: StrategyVersion) -> tuple[Column, ...]:
    return (
        Column(heading="What", header=True),
        Column(heading="Change"),
        Column(heading=f"Version {one.number}", kind="words"),
        Column(heading=f"Version {other.number}", kind="words"),
    )
