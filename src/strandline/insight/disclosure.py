"""
Disclosure control: which cells of a table of pupil counts may be shown to a wider audience.

Primary suppression hides counts below the minimum group. Secondary suppression hides further cells until no hidden
cell can be worked out from the totals. The table's totals are cells like the others: they are hidden last.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strandline.kernel.errors import UserError

SMALLEST_GROUP_SHOWN = 6
HIDDEN = "c"
TOTAL = "total"

Node = tuple[str, str]
Cell = tuple[str, str]


class TableDoesNotAddUp(UserError):
    """A table lacks a cell, or its labels clash with the word for totals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedTable:
    """
    A table with totals, and the cells that must not be shown.

    Shape: `cells` maps (row, column) to the true count, totals included under the label `total`.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Cell, int]
    primary: frozenset[Cell]
    secondary: frozenset[Cell]

    @property
    def hidden(self) -> frozenset[Cell]:
        """Every cell that is not shown."""
        return self.primary | self.secondary

    def shown(self, row: str, column: str) -> str:
        """What is printed in a cell: the count, or the publisher's mark for suppressed."""
        return HIDDEN if (row, column) in self.hidden else str(self.cells[row, column])


def protect(
    counts: Mapping[Cell, int],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    smallest_shown: int = SMALLEST_GROUP_SHOWN,
    hide_zero: bool = False,
) -> ProtectedTable:
    """
    Decide which cells of a table of pupil counts are hidden.

    Missing: zero is shown unless `hide_zero`; a cell that is absent from `counts` is an error, never zero.
    Source:  policy register: groups of fewer than 6 are not published; primary and secondary suppression.
    """
    cells = _with_totals(counts, rows=rows, columns=columns)
    primary = frozenset(cell for cell, count in cells.items() if _too_small(count, smallest_shown, hide_zero))
    hidden = set(primary)
    _hide_until_safe(hidden, cells)
    _hide_small_remainders(hidden, cells, smallest_shown)
    return ProtectedTable(
        rows=(*rows, TOTAL),
        columns=(*columns, TOTAL),
        cells=cells,
        primary=primary,
        secondary=frozenset(hidden) - primary,
    )


def can_be_worked_out(cell: Cell, *, hidden: frozenset[Cell]) -> bool:
    """
    Whether a hidden cell follows from the shown ones and the totals.

    Hidden cells are the edges of a graph of rows and columns; one is determined exactly when it lies on no cycle.
    """
    row, column = ("row", cell[0]), ("column", cell[1])
    return column not in _reachable(row, edges=hidden - {cell})


def group_may_be_shown(pupils: int | None, *, smallest_shown: int = SMALLEST_GROUP_SHOWN) -> bool:
    """Whether a percentage about a group of this size may leave the officers' view; an unknown size may not."""
    return pupils is not None and pupils >= smallest_shown


def _too_small(count: int, smallest_shown: int, hide_zero: bool) -> bool:
    return count < smallest_shown and (hide_zero or count != 0)


def _with_totals(counts: Mapping[Cell, int], *, rows: Sequence[str], columns: Sequence[str]) -> dict[Cell, int]:
    absent = [(row, column) for row in rows for column in columns if (row, column) not in counts]
    if absent or TOTAL in rows or TOTAL in columns:
        raise TableDoesNotAddUp(
            f"The table lacks {absent[:5]}" if absent else f'A row or column is called "{TOTAL}"',
            what_to_do="Give every cell a count and leave the totals to be added",
        )
    cells = {(row, column): counts[row, column] for row in rows for column in columns}
    for row in rows:
        cells[row, TOTAL] = sum(counts[row, column] for column in columns)
    for column in (*columns, TOTAL):
        cells[TOTAL, column] = sum(cells[row, column] for row in rows)
    return cells


def _hide_until_safe(hidden: set[Cell], cells: Mapping[Cell, int]) -> None:
    while exposed := sorted(cell for cell in hidden if can_be_worked_out(cell, hidden=frozenset(hidden))):
        hidden.update(_cheapest_cycle(exposed[0], hidden=hidden, cells=cells))


def _hide_small_remainders(hidden: set[Cell], cells: Mapping[Cell, int], smallest_shown: int) -> None:
    """Where the hidden cells of a line add to a small group, the difference from its total would show that group."""
    while line := _line_with_small_remainder(hidden, cells, smallest_shown):
        visible = sorted((cells[cell], cell) for cell in line if cell not in hidden and cells[cell] > 0)
        if not visible:
            return
        hidden.add(visible[0][1])
        _hide_until_safe(hidden, cells)


def _line_with_small_remainder(
    hidden: set[Cell], cells: Mapping[Cell, int], smallest_shown: int
) -> tuple[Cell, ...] | None:
    for axis in (0, 1):
        for label in dict.fromkeys(cell[axis] for cell in cells):
            line = tuple(cell for cell in cells if cell[axis] == label and cell[1 - axis] != TOTAL)
            total_hidden = next(c for c in cells if c[axis] == label and c[1 - axis] == TOTAL) in hidden
            remainder = [cells[cell] for cell in line if cell in hidden]
            if remainder and not total_hidden and 0 < sum(remainder) < smallest_shown:
                return line
    return None


def _cheapest_cycle(cell: Cell, *, hidden: set[Cell], cells: Mapping[Cell, int]) -> list[Cell]:
    """Give the cells that close a cycle through `cell` at the least loss: few pupils hidden, totals last."""
    start, goal = ("row", cell[0]), ("column", cell[1])
    dearest = sum(cells.values()) + 1
    queue: list[tuple[int, Node, tuple[Cell, ...]]] = [(0, start, ())]
    done: set[Node] = set()
    while queue:
        cost, node, path = heapq.heappop(queue)
        if node == goal:
            return list(path)
        if node in done:
            continue
        done.add(node)
        for edge in cells:
            ends = (("row", edge[0]), ("column", edge[1]))
            if edge == cell or node not in ends:
                continue
            other = ends[1] if node == ends[0] else ends[0]
            loss = 0 if edge in hidden else 1 + cells[edge] + (dearest if TOTAL in edge else 0)
            heapq.heappush(queue, (cost + loss, other, (*path, edge)))
    return []


def _reachable(start: Node, *, edges: frozenset[Cell]) -> set[Node]:
    seen, waiting = {start}, [start]
    while waiting:
        node = waiting.pop()
        for row, column in edges:
            for here, there in ((("row", row), ("column", column)), (("column", column), ("row", row))):
                if here == node and there not in seen:
                    seen.add(there)
                    waiting.append(there)
    return seen
