"""The two lists of a run as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from strandline.web.decisions.presenters.lists import short_mark
from strandline.web.decisions.queries.both import CONCERN, PRACTICE, Listed
from strandline.web.design.parts import EmptyState
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.schools.wording import phase_words

TITLES = {CONCERN: "Schools causing concern", PRACTICE: "Schools with good practice to share"}


def tables(found: Mapping[str, Sequence[Listed]]) -> tuple[Table, ...]:
    """One table for each list."""
    return tuple(_table(TITLES[tag], rows, key=tag) for tag, rows in found.items())


def _table(title: str, rows: Sequence[Listed], *, key: str) -> Table:
    return Table(
        caption=f"{title}: {len(rows)}",
        key=key,
        columns=(
            Column(heading="School", header=True),
            Column(heading="The rules propose", kind="mark"),
            Column(heading="Published", kind="mark"),
            Column(heading="Phase"),
            Column(heading="Legal form"),
        ),
        rows=[_row(each) for each in rows],
        empty=EmptyState(title="No school", text="No category of this kind holds a school in this run."),
    )


def _row(each: Listed) -> Row:
    row, standing = each.proposal, each.standing
    return Row(
        cells=(
            Cell(text=row.school_name, href=reverse("decisions:proposal", args=[row.pk]), hint=f"URN {row.urn}"),
            short_mark(row.category, row.step, state=row.state, reason=row.reason),
            short_mark(standing.code, standing.step) if standing else "not yet",
            phase_words(row.phase, sector=row.sector),
            row.legal_form.replace("_", " ").capitalize(),
        )
    )
