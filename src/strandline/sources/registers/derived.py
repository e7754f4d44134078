"""
A third-party reshaping of the register of July 2022: open mainstream schools of England with coordinates and areas.

Mainstream state-funded schools only: no special schools, no pupil referral units, no nursery schools.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from strandline.sources.contract import (
    DATE,
    INTEGER,
    NUMBER,
    PERCENT,
    Column,
    Contract,
    Expects,
    Period,
    Published,
    register,
)
from strandline.sources.registers.dates import known
from strandline.sources.tokens import REGISTER

DAYS = ("%Y-%m-%d",)
RENAMED = {
    "establishment_name": "school_name",
    "establishment_status": "status",
    "open_date": "opened_on",
    "close_date": "closed_on",
    "education_phase": "phase",
    "ofsted_last_insp": "last_inspected_on",
    "ofsted_rating": "register_inspection_grade",
    "last_changed_date": "last_changed_on",
    "school_website": "website",
    "administrative_district": "district",
    "administrative_ward": "ward",
    "parliamentary_constituency": "constituency",
    "urban_rural_indicator": "urban_rural",
    "religious_denomination": "faith_grouping",
    "school_capacity": "capacity",
    "number_of_pupils": "pupils_on_roll",
    "number_of_boys": "boys_on_roll",
    "number_of_girls": "girls_on_roll",
    "percentage_fsm": "fsm_percent",
    "number_of_fsm": "fsm_pupils",
}
DATES = ("open_date", "close_date", "ofsted_last_insp", "last_changed_date")
WHOLE = (
    "establishment_number",
    "statutory_low_age",
    "statutory_high_age",
    "school_capacity",
    "number_of_pupils",
    "number_of_boys",
    "number_of_girls",
    "number_of_fsm",
    "la_code",
)
FILLED = ("urn", "establishment_name", "establishment_type", "establishment_status", "la_code", "la_name")
HEADER = """
    school_key urn establishment_number establishment_name establishment_type establishment_type_group
    establishment_status open_date close_date education_phase statutory_low_age statutory_high_age gender
    religious_character admissions_policy ofsted_last_insp last_changed_date street locality address3 town county
    postcode school_website gor administrative_district administrative_ward parliamentary_constituency
    urban_rural_indicator easting northing msoa lsoa ofsted_rating msoa_code lsoa_code religious_denomination la_key
    school_capacity number_of_pupils number_of_boys number_of_girls percentage_fsm number_of_fsm
    ofsted_rating_score la_code gss_la_code la_name region_code region_name
""".split()


def _column(name: str) -> Column:
    stored_as, filled = RENAMED.get(name, name), name in FILLED
    if name == "urn":
        return Column(name, kind=INTEGER, filled=True, lowest=10_000, highest=9_999_999)
    if name in DATES:
        return Column(name, stored_as, kind=DATE, formats=DAYS)
    if name in WHOLE:
        return Column(name, stored_as, kind=INTEGER, lowest=0, filled=filled)
    if name in ("easting", "northing"):
        return Column(name, kind=NUMBER, lowest=0)
    if name == "percentage_fsm":
        return Column(name, stored_as, kind=PERCENT, lowest=0, highest=100)
    return Column(name, "region" if name == "gor" else stored_as, filled=filled)


def _tables(checked: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    laestab = pl.col("la_code") * 10_000 + pl.col("establishment_number")
    schools = checked.with_columns(laestab.alias("laestab"), known("opened_on"))
    return {"schools": schools.drop("school_key", "la_key", "ofsted_rating_score").sort("urn")}


REGISTER_2022 = register(
    Contract(
        kind="register_derived",
        name="Register of open schools 2022, reshaped",
        title="Open mainstream state-funded schools, July 2022",
        publisher="Third party, from Get Information about Schools",
        columns=tuple(_column(name) for name in HEADER),
        period=Period(snapshot=True, latest=("last_changed_on",), from_latest=True),
        published=Published(days_after=0),
        key=("urn",),
        la_column="la_code",
        tokens=REGISTER,
        shapes=_tables,
        expects=Expects(
            final_newline=True, national_rows=15_000, why="one row for each open mainstream state-funded school"
        ),
        notes=("No special schools, pupil referral units or nursery schools.",),
    )
)
