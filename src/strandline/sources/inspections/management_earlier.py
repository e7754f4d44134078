"""
Ofsted management information before the present layouts: other words for the same things, judgements of other
frameworks, a title line or title row above the header.

What was judged under an earlier framework keeps its own name (`quality_of_teaching`, `achievement`,
`behaviour_safety`, …) and is never read as a judgement of a later one. No copy of these files was at hand when the
contracts were written: the header names come from scripts that read them, a column that is not listed is passed
over, and only what a run needs is required.

Source: Ofsted, "Maintained schools and academies inspections: management information", March 2014, August 2016 to
August 2019, and August 2020 to February 2022.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from strandline.sources.contract import Column, Expects, Period, Published, register
from strandline.sources.inspections import columns as read
from strandline.sources.inspections.events import Block, events_of, tables_of
from strandline.sources.inspections.management import (
    GRADED,
    INTAKE,
    LATEST_JUDGEMENTS,
    SCHOOL,
    USUAL_DAYS,
    WARNING_NOTICES,
    YEARS,
    latest,
    previous,
    ungraded,
)

NOT_SEEN = "The header was reconstructed from scripts; columns that are not listed were passed over."
TITLED = Expects(national_rows=20_000, why="one row for each state-funded school")


def _where_present(*columns: Column) -> tuple[Column, ...]:
    return tuple(replace(column, required=False) for column in columns)


_NEEDED = frozenset({"urn", "laestab", "school_name", "la_name"})
_SCHOOL = tuple(column if column.stored_as in _NEEDED else replace(column, required=False) for column in SCHOOL)

FULL = register(
    replace(
        GRADED,
        name="Ofsted MI, full and section 8 inspections",
        columns=(
            *_SCHOOL,
            *_where_present(*WARNING_NOTICES, *INTAKE),
            *_where_present(*ungraded("section 8", since="full")),
            *_where_present(
                read.count(
                    "Number of other section 8 inspections since last full inspection", "monitoring_since_graded"
                )
            ),
            *latest("full"),
            *_where_present(read.day("Inspection end date", "latest__ended_on")),
            *LATEST_JUDGEMENTS,
            *previous("full"),
            *_where_present(read.day("Previous inspection end date", "previous__ended_on")),
        ),
        unknown_columns="keep",
        expects=TITLED,
        notes=(NOT_SEEN,),
    )
)

TEACHING = {
    "Outcomes for pupils": "outcomes",
    "Quality of teaching, learning and assessment": "quality_of_teaching",
    "Personal development, behaviour and welfare": "personal_development_behaviour_welfare",
    "Effectiveness of leadership and management": "leadership_management",
    "Early years provision (where applicable)": "early_years",
    "16 to 19 study programmes (where applicable)": "sixth_form",
}
SPELLINGS = {
    "Outcomes for pupils": ("Outcomes for children and learners",),
    "16 to 19 study programmes (where applicable)": ("16 to 19 study programmes",),
    "Early years provision (where applicable)": ("Early years provision",),
}


def _teaching(block: str, prefix: str = "") -> tuple[Column, ...]:
    """The judgements of September 2015 to August 2019."""
    return tuple(
        read.grade(
            _prefixed(prefix, name),
            f"{block}__{field}",
            required=field == "leadership_management",
            aliases=tuple(_prefixed(prefix, alias) for alias in SPELLINGS.get(name, ())),
        )
        for name, field in TEACHING.items()
    )


def _prefixed(prefix: str, name: str) -> str:
    return f"{prefix} {name[0].lower()}{name[1:]}" if prefix else name


def _short() -> tuple[Column, ...]:
    return _where_present(
        read.day("Date of latest short inspection", "ungraded__inspected_on"),
        read.day("Short inspection publication date", "ungraded__published_on"),
        read.yes_no("Did the latest short inspection convert to a full inspection?", "ungraded__converted_to_graded"),
        Column("Short inspection overall outcome", "ungraded__ungraded_outcome"),
    )


BLOCKS_2018 = (
    Block("latest", event="graded", which="latest"),
    Block("previous", event="graded", which="previous"),
    Block("ungraded", event="ungraded", which="latest"),
)

TITLED_2018 = register(
    replace(
        GRADED,
        name="Ofsted MI, full and short inspections",
        columns=(
            *_SCHOOL,
            *_where_present(
                replace(INTAKE[0]), replace(INTAKE[1], aliases=("Total pupils",)), *INTAKE[2:], *WARNING_NOTICES
            ),
            *_short(),
            Column("Inspection number", "latest__inspection_number", required=False),
            Column("Inspection type", "latest__inspection_type", required=False),
            read.day("Inspection date", "latest__inspected_on", aliases=("Inspection start date",)),
            read.day("Publication date", "latest__published_on", required=False),
            read.overall("Overall effectiveness", "latest__overall_grade"),
            replace(read.concern("Category of concern", "latest__category_of_concern"), required=False),
            *_teaching("latest"),
            read.yes_no("Is safeguarding effective?", "latest__safeguarding_effective", required=False),
            Column("Previous full inspection number", "previous__inspection_number", required=False),
            read.day(
                "Previous full inspection date", "previous__inspected_on", aliases=("Previous inspection start date",)
            ),
            read.day("Previous publication date", "previous__published_on", required=False),
            read.overall("Previous full inspection overall effectiveness", "previous__overall_grade"),
            replace(read.concern("Previous category of concern", "previous__category_of_concern"), required=False),
            *_teaching("previous", "Previous"),
            read.yes_no("Previous is safeguarding effective?", "previous__safeguarding_effective", required=False),
        ),
        period=Period(
            snapshot=True,
            latest=("latest__inspected_on", "previous__inspected_on", "ungraded__inspected_on"),
            from_latest=True,
        ),
        unknown_columns="keep",
        shapes=lambda checked: tables_of(checked, blocks=BLOCKS_2018),
        expects=TITLED,
        notes=(NOT_SEEN, "A title line stands above the header."),
    )
)

MARCH_2014 = register(
    replace(
        GRADED,
        name="Ofsted MI, most recent inspection, 2014",
        columns=(
            read.urn("URN", "urn", filled=True),
            read.laestab("LAESTAB", "laestab"),
            Column("School name", "school_name", filled=True),
            Column("Region", "region"),
            Column("Local Authority (education)", "la_name", filled=True),
            Column("Parliamentary constituency", "constituency", required=False),
            Column("Postcode", "postcode", required=False),
            Column("Type of establishment", "establishment_type"),
            Column("Phase", "ofsted_phase"),
            Column("Inspection number", "latest__inspection_number"),
            read.day("Inspection start date", "latest__inspected_on"),
            read.day("Inspection end date", "latest__ended_on", required=False),
            Column("Inspection type", "latest__inspection_type"),
            Column("Predecessor URN", "predecessor_urns", required=False),
            read.overall("Overall effectiveness: how good is the school", "latest__overall_grade"),
            read.grade("How well do learners achieve", "latest__learners_achieve", required=False),
            read.grade("Achievement of pupils", "latest__achievement", required=False),
            read.grade("Behaviour and safety of pupils", "latest__behaviour_safety", required=False),
            read.grade("Quality of teaching", "latest__quality_of_teaching", required=False),
            read.grade("Leadership and management", "latest__leadership_management"),
            read.concern("Category of concern", "latest__category_of_concern"),
            read.count(
                "Warning notices in 2013/14 academic year",
                "warning_notices",
                aliases=tuple(f"Warning notices in {year} academic year" for year in YEARS if year != "2013/14"),
                required=False,
            ),
        ),
        period=Period(snapshot=True, latest=("latest__inspected_on",), from_latest=True),
        published=Published(days_after=30),
        unknown_columns="keep",
        shapes=lambda checked: tables_of(checked, blocks=(Block("latest", event="graded", which="latest"),)),
        expects=TITLED,
        notes=(NOT_SEEN, "No publication dates; a judgement counts from the day of the inspection."),
    )
)


def _every(checked: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    return {"inspections": events_of(checked, blocks=(Block("latest", event="graded", which="history"),))}


EVERY_INSPECTION = register(
    replace(
        GRADED,
        kind="ofsted_inspections",
        name="Ofsted MI, every inspection",
        title="State-funded schools: every inspection of a period",
        columns=(
            read.urn("URN", "urn", filled=True),
            Column("School name", "school_name"),
            Column("Inspection number", "latest__inspection_number"),
            Column("Inspection type", "latest__inspection_type"),
            replace(read.day("Inspection start date", "latest__inspected_on"), filled=True),
            read.day("Publication date", "latest__published_on", required=False, aliases=("First published date",)),
            read.overall("Overall effectiveness", "latest__overall_grade"),
            replace(read.concern("Category of concern", "latest__category_of_concern"), required=False),
            *_where_present(
                *(column for column in LATEST_JUDGEMENTS if column.stored_as.endswith(("education", "attitudes"))),
                read.grade("Personal development", "latest__personal_development"),
                read.grade("Achievement of pupils", "latest__achievement"),
                read.grade("Behaviour and safety of pupils", "latest__behaviour_safety"),
            ),
            *_where_present(*_teaching("latest")),
            read.yes_no(
                "Safeguarding is effective?",
                "latest__safeguarding_effective",
                required=False,
                aliases=("Is safeguarding effective?",),
            ),
        ),
        key=(),
        la_column="",
        period=Period(snapshot=True, latest=("latest__inspected_on",), from_latest=True),
        published=Published(days_after=USUAL_DAYS, not_before=("latest__published_on",)),
        unknown_columns="keep",
        shapes=_every,
        expects=Expects(why="one row for each inspection; a cut between two rows cannot be seen"),
        notes=(NOT_SEEN,),
    )
)
