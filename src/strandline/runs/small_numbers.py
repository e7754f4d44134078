"""Counts for a wide audience: small ones withheld, and what would give them away withheld with them."""

from __future__ import annotations

from collections.abc import Mapping

from strandline.insight.disclosure import SMALLEST_GROUP_SHOWN, TOTAL, protect

__all__ = ["FEWER", "TOTAL", "WITHHELD", "shown"]
FEWER = f"fewer than {SMALLEST_GROUP_SHOWN}"
WITHHELD = "withheld"
COLUMN = "count"


def shown(counts: Mapping[str, int]) -> Mapping[str, str]:
    """
    What is printed for each count when their total is printed beside them, under the key `total`.

    Missing: a small count says that it is small; a larger one that would give it away says that it is withheld.
    """
    if not counts:
        return {TOTAL: "0"}
    table = protect({(name, COLUMN): number for name, number in counts.items()}, rows=tuple(counts), columns=(COLUMN,))
    return {
        name: _cell(name, table.cells[name, COLUMN], hidden=table.hidden, small=table.primary) for name in table.rows
    }


def _cell(name: str, number: int, *, hidden: frozenset[tuple[str, str]], small: frozenset[tuple[str, str]]) -> str:
    cell = (name, COLUMN)
    if cell not in hidden:
        return str(number)
    return FEWER if cell in small else WITHHELD
