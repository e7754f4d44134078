"""The fairness report in tables; small numbers are withheld from those who only see."""

from __future__ import annotations

from collections.abc import Sequence

from strandline.web.decisions.queries.fairness import FEWEST, FairLine
from strandline.web.design.parts import EmptyState
from strandline.web.design.tables import Column, Table

HIDDEN = f"fewer than {FEWEST}"
WITHHELD = "withheld"


def table(lines: Sequence[FairLine], *, total: FairLine, of: str, whole: bool) -> Table:
    """
    One breakdown. Unless `whole`, numbers under five are not shown, and where one alone would follow from the total,
    the next smallest is withheld with it.
    """
    columns = [[line.decisions, line.overrides, line.more, line.less, line.same] for line in lines]
    shown = [[str(number) for number in row] for row in columns] if whole else _suppressed(columns)
    return Table(
        caption=f"By {of}",
        columns=(
            Column(heading=of.capitalize(), header=True),
            Column(heading="Categories published", kind="number"),
            Column(heading="Overrides", kind="number"),
            Column(heading="Towards more concern", kind="number"),
            Column(heading="Towards less concern", kind="number"),
            Column(heading="Neither", kind="number"),
        ),
        rows=[(line.group, *cells) for line, cells in zip(lines, shown, strict=True)],
        note=f"{total.overrides if whole or total.overrides >= FEWEST else HIDDEN} overrides among "
        f"{total.decisions} published categories."
        + ("" if whole else f" Numbers from 1 to {FEWEST - 1} are not shown, nor what would give them away."),
        empty=EmptyState(title="No category has been published yet"),
    )


def _suppressed(rows: list[list[int]]) -> list[list[str]]:
    """Primary suppression by number, then a second cell where a column would give a single one away."""
    shown = [[_cell(number) for number in row] for row in rows]
    for place in range(len(rows[0]) if rows else 0):
        hidden = [at for at, row in enumerate(shown) if row[place] == HIDDEN]
        if len(hidden) == 1:
            rest = [at for at in range(len(rows)) if at not in hidden and rows[at][place]]
            for at in sorted(rest, key=lambda at: rows[at][place])[:1]:
                shown[at][place] = WITHHELD
    for number, row in enumerate(shown):
        parts = row[2:]
        if parts.count(HIDDEN) == 1 and row[1] not in (HIDDEN, WITHHELD):
            known = [at for at in (2, 3, 4) if row[at] != HIDDEN and rows[number][at]]
            row[min(known, key=lambda at: rows[number][at]) if known else 1] = WITHHELD
    return shown


def _cell(number: int) -> str:
    return HIDDEN if 0 < number < FEWEST else str(number)
