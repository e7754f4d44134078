"""
Ofsted management information on state-funded schools, in the layout of graded and ungraded inspections.

One row per open school: its latest graded inspection, the one before, and the latest ungraded one since. The file
"as at 31 August" also holds reports published during September on inspections before that day.

Source: Ofsted, "State-funded school inspections and outcomes: management information", as at 31 August 2025 (76
columns).
"""

from __future__ import annotations

from strandline.sources.contract import INTEGER, Column, Contract, Expects, Period, Published, register
from strandline.sources.inspections import columns as read
from strandline.sources.inspections.events import Block, tables_of
from strandline.sources.tokens import OFSTED

YEARS = tuple(f"{year}/{(year + 1) % 100:02d}" for year in range(2012, 2040))
WARNINGS = "Number of warning notices issued in {} academic year"
CURRENT_EDITION = "2024/25"
USUAL_DAYS = 10  # the file as at 31 January 2026 came out on 10 February

SCHOOL = (
    Column("Web Link (opens in new window)", "web_link", aliases=("Web link", "Web link (opens in new window)")),
    read.urn("URN", "urn", filled=True),
    read.laestab("LAESTAB", "laestab"),
    Column("School name", "school_name", filled=True),
    Column("Ofsted phase", "ofsted_phase", filled=True),
    Column("Type of education", "establishment_type", filled=True),
    read.day("School open date", "opened_on"),
    Column("Admissions policy", "admissions_policy"),
    Column("Sixth form", "sixth_form"),
    Column("Designated religious character", "religious_character"),
    Column("Religious ethos", "religious_ethos"),
    Column("Faith grouping", "faith_grouping"),
    Column("Ofsted region", "ofsted_region"),
    Column("Region", "region", filled=True),
    Column("Local authority", "la_name", filled=True),
    Column("Parliamentary constituency", "constituency"),
)
TRUST = (
    read.count("Multi-academy trust UID", "trust_uid"),
    Column("Multi-academy trust name", "trust_name"),
    read.count("Academy sponsor UID", "sponsor_uid"),
    Column("Academy sponsor name", "sponsor_name"),
)
POSTCODE = (Column("Postcode", "postcode"),)
INTAKE = (
    Column(
        "The income deprivation affecting children index (IDACI) quintile",
        "idaci_quintile",
        kind=INTEGER,
        lowest=1,
        highest=5,
        tokens=OFSTED,
    ),
    read.count("Total number of pupils", "pupils_on_roll"),
    Column("Statutory lowest age", "statutory_low_age", kind=INTEGER, lowest=0, highest=25),
    Column("Statutory highest age", "statutory_high_age", kind=INTEGER, lowest=0, highest=99),
)
WARNING_NOTICES = (
    read.count(
        WARNINGS.format(CURRENT_EDITION),
        "warning_notices",
        aliases=tuple(WARNINGS.format(year) for year in YEARS if year != CURRENT_EDITION),
    ),
)


def ungraded(wording: str = "ungraded", since: str = "graded") -> tuple[Column, ...]:
    """The block of the latest inspection without grades; earlier editions call it a section 8 inspection."""
    name = f"the {wording} inspection"
    return (
        Column(f"Latest {wording} inspection number since last {since} inspection", "ungraded__inspection_number"),
        read.yes_no(f"Does {name} relate to the URN of the current school?", "ungraded__of_current_school"),
        read.urn(f"URN at time of {name}", "ungraded__inspected_urn"),
        read.laestab(f"LAESTAB at time of {name}", "ungraded__inspected_laestab"),
        Column(f"School name at time of the latest {wording} inspection", "ungraded__inspected_name"),
        Column(f"School type at time of the latest {wording} inspection", "ungraded__inspected_type"),
        read.count(
            f"Number of {wording} inspections since the last {since} inspection", "ungraded__inspections_since_graded"
        ),
        read.day(f"Date of latest {wording} inspection", "ungraded__inspected_on"),
        read.day(f"{wording.capitalize()} inspection publication date", "ungraded__published_on"),
        read.yes_no(
            f"Did the latest {wording} inspection convert to a {since} inspection?", "ungraded__converted_to_graded"
        ),
        Column(f"{wording.capitalize()} inspection overall outcome", "ungraded__ungraded_outcome"),
    )


MONITORING = (
    read.count("Number of monitoring and urgent inspections since last graded inspection", "monitoring_since_graded"),
)


def latest(since: str = "graded") -> tuple[Column, ...]:
    """The block that identifies the latest graded inspection, before its judgements."""
    name = f"latest {since} inspection"
    return (
        Column(f"Inspection number of {name}", "latest__inspection_number"),
        Column("Inspection type", "latest__inspection_type"),
        Column("Inspection type grouping", "latest__inspection_type_grouping"),
        Column("Event type grouping", "latest__event_type_grouping"),
        read.day("Inspection start date", "latest__inspected_on"),
        read.day("Publication date", "latest__published_on"),
        read.yes_no(f"Does the {name} relate to the URN of the current school?", "latest__of_current_school"),
        read.urn(f"URN at time of {name}", "latest__inspected_urn"),
        read.laestab(f"LAESTAB at time of {name}", "latest__inspected_laestab"),
        Column(f"School name at time of {name}", "latest__inspected_name"),
        Column(f"School type at time of {name}", "latest__inspected_type"),
    )


CHART_TYPE = (Column("Current school type used for chart C6", "chart_school_type"),)

LATEST_JUDGEMENTS = (
    read.overall("Overall effectiveness", "latest__overall_grade"),
    read.concern("Category of concern", "latest__category_of_concern"),
    read.grade("Quality of education", "latest__quality_of_education"),
    read.grade("Behaviour and attitudes", "latest__behaviour_attitudes"),
    read.grade("Personal development", "latest__personal_development"),
    read.grade("Effectiveness of leadership and management", "latest__leadership_management"),
    read.yes_no("Safeguarding is effective?", "latest__safeguarding_effective"),
    read.grade("Early years provision (where applicable)", "latest__early_years"),
    read.grade("Sixth form provision (where applicable)", "latest__sixth_form"),
)


def previous(wording: str = "graded") -> tuple[Column, ...]:
    """The block of the graded inspection before the latest."""
    name = f"previous {wording} inspection"
    number = "Previous inspection number" if wording == "graded" else f"Previous {wording} inspection number"
    return (
        Column(number, "previous__inspection_number"),
        read.day("Previous inspection start date", "previous__inspected_on"),
        read.day("Previous publication date", "previous__published_on"),
        read.yes_no(f"Does the {name} relate to the URN of the current school?", "previous__of_current_school"),
        read.urn(f"URN at time of {name}", "previous__inspected_urn"),
        read.laestab(f"LAESTAB at time of {name}", "previous__inspected_laestab"),
        Column(f"School name at time of {name}", "previous__inspected_name"),
        Column(f"School type at time of {name}", "previous__inspected_type"),
        read.overall(f"{name.capitalize()} overall effectiveness", "previous__overall_grade"),
        read.concern("Previous category of concern", "previous__category_of_concern"),
        read.grade("Previous quality of education", "previous__quality_of_education"),
        read.grade("Previous behaviour and attitudes", "previous__behaviour_attitudes"),
        read.grade("Previous personal development", "previous__personal_development"),
        read.grade("Previous effectiveness of leadership and management", "previous__leadership_management"),
        read.yes_no("Previous safeguarding is effective?", "previous__safeguarding_effective"),
        read.grade("Previous early years provision (where applicable)", "previous__early_years"),
        read.grade("Previous sixth form provision (where applicable)", "previous__sixth_form"),
    )


BLOCKS = (
    Block("latest", event="graded", which="latest"),
    Block("previous", event="graded", which="previous"),
    Block("ungraded", event="ungraded", which="latest"),
)

GRADED = register(
    Contract(
        kind="ofsted_mi",
        name="Ofsted MI, graded and ungraded inspections",
        title="State-funded schools: latest inspections",
        publisher="Ofsted",
        columns=(
            *SCHOOL,
            *TRUST,
            *POSTCODE,
            *WARNING_NOTICES,
            *INTAKE,
            *ungraded(),
            *MONITORING,
            *latest(),
            *CHART_TYPE,
            *LATEST_JUDGEMENTS,
            *previous(),
        ),
        period=Period(
            snapshot=True,
            latest=("latest__inspected_on", "previous__inspected_on", "ungraded__inspected_on"),
            from_latest=True,
        ),
        published=Published(days_after=USUAL_DAYS, not_before=("latest__published_on", "ungraded__published_on")),
        key=("urn",),
        la_column="laestab",
        tokens=OFSTED,
        encodings=("utf-8", "cp1252"),
        shapes=lambda checked: tables_of(checked, blocks=BLOCKS),
        expects=Expects(
            final_newline=True,
            national_rows=20_000,
            why="one row for each of some 22,000 state-funded schools, sorted by URN",
        ),
    )
)
