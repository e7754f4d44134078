"""
Links between establishments: predecessors, successors, mergers.

Source: DfE, Get Information about Schools, `links_edubasealldataYYYYMMDD.csv` (Windows-1252).
"""

from __future__ import annotations

from strandline.sources.contract import DATE, INTEGER, Column, Contract, Expects, Period, Published, register
from strandline.sources.tokens import REGISTER

LINKS = register(
    Contract(
        kind="gias_links",
        name="GIAS links",
        title="Get Information about Schools: links between establishments",
        publisher="Department for Education",
        columns=(
            Column("URN", "urn", kind=INTEGER, filled=True, lowest=10_000, highest=9_999_999),
            Column("LinkURN", "link_urn", kind=INTEGER, filled=True, lowest=10_000, highest=9_999_999),
            Column("LinkName", "link_name"),
            Column("LinkType", "link_type", filled=True),
            Column("LinkEstablishedDate", "linked_on", kind=DATE, formats=("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")),
        ),
        period=Period(snapshot=True),
        published=Published(days_after=0),
        table="links",
        tokens=REGISTER,
        encodings=("cp1252", "utf-8"),
        expects=Expects(
            national_rows=30_000,
            last_row={"urn": r"4\d{5}"},
            why="the publisher ends this file without a line break; rows follow one another by URN and those of Wales, "
            "from 400000 on, stand last: a cut among the last 500 rows, between two of them, cannot be seen",
        ),
        notes=("Links may bear dates to come.",),
    )
)
