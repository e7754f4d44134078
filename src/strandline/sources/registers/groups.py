"""
Groups (trusts, sponsors, federations) and the establishments in them, as trimmed copies of 2022 print them.

The trims lead with an unnamed column of row numbers, write dates in ISO form and numbers with a decimal point.

Source: DfE, Get Information about Schools, `allgroupsdata` and `alllinksdata`.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from strandline.sources.contract import DATE, INTEGER, Column, Contract, Expects, Period, Published, inherit, register
from strandline.sources.registers.dates import known
from strandline.sources.tokens import REGISTER

DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")


def _day(name: str, stored_as: str) -> Column:
    return Column(name, stored_as, kind=DATE, formats=DAYS)


IDENTITY = (
    Column("Group UID", "group_uid", kind=INTEGER, filled=True, lowest=1),
    Column("Group ID", "group_id"),
    Column("Group Name", "group_name", filled=True),
    Column("Companies House Number", "companies_house_number"),
    Column("Group Type (code)", "group_type_code"),
    Column("Group Type", "group_type", filled=True, aliases=("Group Type (name)",)),
    _day("Closed Date", "closed_on"),
    _day("Open date", "opened_on"),
    _day("Incorporated on (open date)", "incorporated_on"),
    Column("Group Status (code)", "status_code"),
    Column("Group Status", "status", filled=True, aliases=("Group Status (name)",)),
)
GROUPS_KEPT = (
    "group_uid",
    "group_id",
    "group_name",
    "group_type",
    "status",
    "opened_on",
    "incorporated_on",
    "closed_on",
    "companies_house_number",
    "ukprn",
)
LINKS_KEPT = ("urn", "group_uid", "group_id", "group_name", "group_type", "status", "joined_on", "closed_on")


def _whole(name: str) -> pl.Expr:
    return pl.col(name).str.strip_suffix(".0").alias(name)


def _groups(checked: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    numbers = (_whole("companies_house_number"), _whole("ukprn").cast(pl.Int64))
    return {"groups": checked.with_columns(*numbers, known("opened_on")).select(GROUPS_KEPT).sort("group_uid")}


def _links(checked: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    return {"group_links": checked.with_columns(known("joined_on")).select(LINKS_KEPT).sort("urn", "group_uid")}


GROUPS = register(
    Contract(
        kind="gias_groups",
        name="GIAS groups",
        title="Get Information about Schools: trusts, sponsors and federations",
        publisher="Department for Education",
        columns=(
            *IDENTITY,
            Column("Group Street"),
            Column("Group Locality"),
            Column("Group Address 3"),
            Column("Group Town"),
            Column("Group County"),
            Column("Group Postcode"),
            Column("Head of Group Title"),
            Column("Head of Group First Name"),
            Column("Head of Group Last Name"),
            Column("UKPRN", "ukprn"),
        ),
        period=Period(snapshot=True, latest=("closed_on",), from_latest=True),
        published=Published(days_after=0),
        key=("group_uid",),
        tokens=REGISTER,
        encodings=("utf-8", "cp1252"),
        shapes=_groups,
        expects=Expects(
            final_newline=True,
            national_rows=6_500,
            why="some 7,000 groups in order of UID; a cut between two of the last rows cannot be seen",
        ),
    )
)

GROUP_LINKS = register(
    inherit(
        GROUPS,
        kind="gias_group_links",
        name="GIAS group links",
        title="Get Information about Schools: establishments in trusts, sponsors and federations",
        drop=tuple(column.name for column in GROUPS.columns if column not in IDENTITY),
        add=(
            Column("", "row_number", required=False),
            Column("URN", "urn", kind=INTEGER, filled=True, lowest=10_000, highest=9_999_999),
            _day("Joined date", "joined_on"),
            Column("EstablishmentName", "school_name"),
            Column("TypeOfEstablishment (code)", "establishment_type_code"),
            Column("TypeOfEstablishment (name)", "establishment_type"),
            Column("PhaseOfEducation (code)", "phase_code"),
            Column("PhaseOfEducation (name)", "phase"),
            Column("LA (code)", "la_code", kind=INTEGER, lowest=0, highest=999),
            Column("LA (name)", "la_name"),
        ),
        period=Period(snapshot=True, latest=("joined_on",), from_latest=True),
        key=("urn", "group_uid"),
        la_column="la_code",
        shapes=_links,
        expects=Expects(
            final_newline=True,
            national_rows=19_000,
            why="one row for each establishment and group; a cut between two rows of a part cannot be seen",
        ),
    )
)
