"""
Types of establishment and their groups.

Source: DfE, Get Information about Schools, `edubasealldataYYYYMMDD-establishment-types.csv`.
"""

from __future__ import annotations

from strandline.sources.contract import INTEGER, Column, Contract, Expects, Period, Published, register

TYPES = register(
    Contract(
        kind="establishment_types",
        name="GIAS establishment types",
        title="Get Information about Schools: types of establishment",
        publisher="Department for Education",
        columns=(
            Column("establishment-type-group-code", "establishment_type_group_code", kind=INTEGER, filled=True),
            Column("establishment-type-group-name", "establishment_type_group", filled=True),
            Column("type-of-establishment-code", "establishment_type_code", kind=INTEGER, filled=True),
            Column("type-of-establishment-name", "establishment_type", filled=True),
            Column("further-education-type-name-applicable", "further_education_type"),
        ),
        period=Period(snapshot=True),
        published=Published(days_after=0),
        table="establishment_types",
        expects=Expects(
            final_newline=True,
            national_rows=50,
            last_row={"establishment_type": "Online provider"},
            why="fifty rows, the last for online providers",
        ),
    )
)
