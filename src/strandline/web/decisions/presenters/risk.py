"""Risk assessments in a table."""

from __future__ import annotations

from collections.abc import Iterable

from strandline.kernel.dates import long_date
from strandline.web.decisions.models import RiskAssessment
from strandline.web.decisions.presenters.account import role_name
from strandline.web.design.parts import EmptyState
from strandline.web.design.tables import Cell, Column, Table


def risk_table(rows: Iterable[RiskAssessment]) -> Table:
    """Assessments, the latest first; each with every dimension, its date and its assessor."""
    return Table(
        caption="Risk assessments of this school, the latest first",
        columns=(
            Column(heading="Assessed on", kind="date", header=True),
            Column(heading="Level"),
            Column(heading="Judged", kind="words"),
            Column(heading="Reason", kind="words"),
            Column(heading="By"),
        ),
        rows=[
            (
                long_date(each.assessed_on),
                each.level_words,
                "; ".join(f"{title}: {value}" for title, value in each.words),
                each.reason,
                Cell(
                    text=each.assessed_by.name,
                    hint=role_name(each.assessed_role),
                ),
            )
            for each in rows
        ],
        empty=EmptyState(title="The risk of this school has not been assessed"),
    )
