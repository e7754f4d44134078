"""
Ofsted management information in the report-card layout, from November 2025: three inspections beside each school.

(a) the latest full inspection, which is a report card; (b) the latest inspection graded under the framework before
(the publisher's "OEIF"); (c) the latest ungraded inspection. Text `NULL` stands where there is nothing.

Source: Ofsted, "State-funded school inspections and outcomes: management information" (85 columns), described by
scripts that read it; no copy was at hand when this was written.
"""

from __future__ import annotations

from dataclasses import replace

from strandline.sources.contract import CODE, Column, Expects, Period, Published, register
from strandline.sources.inspections import columns as read
from strandline.sources.inspections.events import Block, tables_of
from strandline.sources.inspections.management import GRADED, INTAKE, POSTCODE, SCHOOL, TRUST, USUAL_DAYS, latest
from strandline.sources.tokens import OFSTED

MET = ("Met", "Not met")
AREAS = (
    ("Inclusion", "Inclusion", "rc_inclusion"),
    ("Curriculum and teaching", "Curriculum and teaching", "rc_curriculum_teaching"),
    ("Achievement", "Achievement", "rc_achievement"),
    ("Attendance and behaviour", "Attendance and behaviour", "rc_attendance_behaviour"),
    ("Personal development and wellbeing", "Personal development and wellbeing", "rc_personal_development"),
    ("Early years (where applicable)", "Early years", "rc_early_years"),
    ("Post-16 provision (where applicable)", "Post-16 provision", "rc_post_16"),
    ("Leadership and governance", "Leadership and governance", "rc_leadership_governance"),
)
OEIF = "latest OEIF graded inspection"


def _card() -> tuple[Column, ...]:
    identifying = tuple(
        Column(
            column.name,
            column.stored_as.replace("latest__", "card__"),
            kind=column.kind,
            tokens=column.tokens,
            formats=column.formats,
        )
        for column in latest("full")
    )
    areas = (
        column
        for header, area, field in AREAS
        for column in (
            read.card_grade(header, f"card__{field}"),
            read.day(f"{area} - date of grade", f"card__{field}_graded_on"),
        )
    )
    return (
        *identifying,
        read.concern("Category of concern", "card__category_of_concern"),
        Column("Safeguarding standards", "card__rc_safeguarding", kind=CODE, values=MET, tokens=OFSTED),
        read.day("Safeguarding standards - date of grade", "card__rc_safeguarding_graded_on"),
        *areas,
    )


def _graded_before() -> tuple[Column, ...]:
    return (
        Column(f"Inspection number of {OEIF}", "latest__inspection_number"),
        Column(f"Inspection type of {OEIF}", "latest__inspection_type"),
        Column(f"Inspection type grouping of {OEIF}", "latest__inspection_type_grouping"),
        Column(f"Event type grouping of {OEIF}", "latest__event_type_grouping"),
        read.day(f"Inspection start date of {OEIF}", "latest__inspected_on"),
        read.day(f"Publication date of {OEIF}", "latest__published_on"),
        read.yes_no(f"Does the {OEIF} relate to the URN of the current school?", "latest__of_current_school"),
        read.urn(f"URN at time of {OEIF}", "latest__inspected_urn"),
        read.laestab(f"LAESTAB at time of {OEIF}", "latest__inspected_laestab"),
        Column(f"School name at time of {OEIF}", "latest__inspected_name"),
        Column(f"School type at time of {OEIF}", "latest__inspected_type"),
        read.concern("Latest OEIF category of concern", "latest__category_of_concern"),
        read.overall("Latest OEIF overall effectiveness", "latest__overall_grade"),
        read.grade("Latest OEIF quality of education", "latest__quality_of_education"),
        read.grade("Latest OEIF behaviour and attitudes", "latest__behaviour_attitudes"),
        read.grade("Latest OEIF personal development", "latest__personal_development"),
        read.grade("Latest OEIF effectiveness of leadership and management", "latest__leadership_management"),
        read.yes_no("Latest OEIF  safeguarding is effective?", "latest__safeguarding_effective"),
        read.grade("Latest OEIF early years provision (where applicable)", "latest__early_years"),
        read.grade("Latest OEIF sixth form provision (where applicable)", "latest__sixth_form"),
    )


def _ungraded() -> tuple[Column, ...]:
    name = "the ungraded inspection"
    return (
        Column("Latest ungraded inspection number", "ungraded__inspection_number"),
        read.day("Date of latest ungraded inspection", "ungraded__inspected_on"),
        read.day("Ungraded inspection publication date", "ungraded__published_on"),
        read.yes_no(f"Does {name} relate to the URN of the current school?", "ungraded__of_current_school"),
        read.urn(f"URN at time of {name}", "ungraded__inspected_urn"),
        read.laestab(f"LAESTAB at time of {name}", "ungraded__inspected_laestab"),
        Column(f"School name at time of {name}", "ungraded__inspected_name"),
        Column(f"School type at time of {name}", "ungraded__inspected_type"),
        Column("Ungraded inspection overall outcome", "ungraded__ungraded_outcome"),
    )


BLOCKS = (
    Block("card", event="report_card", which="latest"),
    Block("latest", event="graded", which="latest"),
    Block("ungraded", event="ungraded", which="latest"),
)

REPORT_CARDS = register(
    replace(
        GRADED,
        name="Ofsted MI, report cards",
        columns=(
            *SCHOOL,
            *POSTCODE,
            *TRUST,
            *INTAKE,
            *_card(),
            *_graded_before(),
            *_ungraded(),
            read.concern("Most recent category of concern", "most_recent_category_of_concern"),
        ),
        period=Period(
            snapshot=True,
            latest=("card__inspected_on", "latest__inspected_on", "ungraded__inspected_on"),
            from_latest=True,
        ),
        published=Published(
            days_after=USUAL_DAYS, not_before=("card__published_on", "latest__published_on", "ungraded__published_on")
        ),
        encodings=("cp1252", "utf-8"),
        shapes=lambda checked: tables_of(checked, blocks=BLOCKS),
        expects=Expects(
            final_newline=True,
            national_rows=20_000,
            why="one row for each of some 22,000 state-funded schools, sorted by URN",
        ),
    )
)
