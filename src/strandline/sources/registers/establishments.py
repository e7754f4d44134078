"""
The register of establishments (Get Information about Schools), as a results export and as the national daily extract.

The two differ in columns: the export ends with "Linked establishments", whose further links overrun the header; the
daily extract has a code column beside most names, and no links. Names of people and telephone numbers are checked
like every other column but not kept.

Source: DfE, Get Information about Schools, downloads: results export of 2022 (111 columns) and the list of fields of
the daily extract `edubasealldataYYYYMMDD.csv`.
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
    inherit,
    register,
)
from strandline.sources.registers.dates import known
from strandline.sources.tokens import REGISTER

DAYS = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")
LINKS = "Linked establishments"
NO_LINKS = "Does not have links"

SCHOOLS = (
    "urn",
    "laestab",
    "la_code",
    "la_name",
    "region",
    "school_name",
    "establishment_type",
    "establishment_type_group",
    "phase",
    "status",
    "opened_on",
    "closed_on",
    "reason_opened",
    "reason_closed",
    "statutory_low_age",
    "statutory_high_age",
    "religious_character",
    "religious_ethos",
    "diocese",
    "admissions_policy",
    "gender",
    "boarders",
    "nursery_provision",
    "sixth_form",
    "special_classes",
    "resourced_provision",
    "capacity",
    "census_on",
    "pupils_on_roll",
    "boys_on_roll",
    "girls_on_roll",
    "fsm_percent",
    "fsm_pupils",
    "trust_uid",
    "trust_flag",
    "trust_name",
    "sponsor_flag",
    "sponsor_name",
    "federation_uid",
    "federation_flag",
    "federation_name",
    "ukprn",
    "last_inspected_on",
    "register_inspection_grade",
    "last_changed_on",
    "street",
    "locality",
    "address3",
    "town",
    "county",
    "postcode",
    "website",
    "district",
    "ward",
    "constituency",
    "urban_rural",
    "gss_la_code",
    "easting",
    "northing",
    "msoa",
    "lsoa",
    "msoa_code",
    "lsoa_code",
    "uprn",
    "former_la_code",
    "former_la_name",
)


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _day(name: str, stored_as: str, *, required: bool = True) -> Column:
    return Column(name, stored_as, kind=DATE, formats=DAYS, required=required)


def _whole(name: str, stored_as: str, *, highest: float | None = None) -> Column:
    return Column(name, stored_as, kind=INTEGER, lowest=0, highest=highest)


def _named(*pairs: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, stored_as) for name, stored_as in pairs)


WHO = (
    Column("URN", "urn", kind=INTEGER, filled=True, lowest=10_000, highest=9_999_999),
    Column("LA (code)", "la_code", kind=INTEGER, filled=True, lowest=0, highest=999),
    Column("LA (name)", "la_name", filled=True),
    Column("EstablishmentNumber", "establishment_number", kind=INTEGER, lowest=0, highest=9_999),
    Column("EstablishmentName", "school_name", filled=True),
    Column("TypeOfEstablishment (name)", "establishment_type", filled=True),
    Column("EstablishmentTypeGroup (name)", "establishment_type_group"),
    Column("EstablishmentStatus (name)", "status", filled=True),
    Column("ReasonEstablishmentOpened (name)", "reason_opened"),
    _day("OpenDate", "opened_on"),
    Column("ReasonEstablishmentClosed (name)", "reason_closed"),
    _day("CloseDate", "closed_on"),
    Column("PhaseOfEducation (name)", "phase"),
    _whole("StatutoryLowAge", "statutory_low_age", highest=99),
    _whole("StatutoryHighAge", "statutory_high_age", highest=99),
)
CHARACTER = _named(
    ("Boarders (name)", "boarders"),
    ("NurseryProvision (name)", "nursery_provision"),
    ("OfficialSixthForm (name)", "sixth_form"),
    ("Gender (name)", "gender"),
    ("ReligiousCharacter (name)", "religious_character"),
    ("ReligiousEthos (name)", "religious_ethos"),
    ("Diocese (name)", "diocese"),
    ("AdmissionsPolicy (name)", "admissions_policy"),
)
ROLL = (
    _whole("SchoolCapacity", "capacity"),
    Column("SpecialClasses (name)", "special_classes"),
    _day("CensusDate", "census_on"),
    _whole("NumberOfPupils", "pupils_on_roll"),
    _whole("NumberOfBoys", "boys_on_roll"),
    _whole("NumberOfGirls", "girls_on_roll"),
    Column("PercentageFSM", "fsm_percent", kind=PERCENT, lowest=0, highest=100),
)
BODIES = _named(
    ("TrustSchoolFlag (name)", "trust_flag"),
    ("Trusts (name)", "trust_name"),
    ("SchoolSponsorFlag (name)", "sponsor_flag"),
    ("SchoolSponsors (name)", "sponsor_name"),
    ("FederationFlag (name)", "federation_flag"),
    ("Federations (name)", "federation_name"),
)
NUMBERS_AND_DATES = (
    Column("UKPRN", "ukprn", kind=INTEGER, lowest=10_000_000, highest=19_999_999),
    Column("FEHEIdentifier"),
    Column("FurtherEducationType (name)"),
    _day("OfstedLastInsp", "last_inspected_on"),
    _day("LastChangedDate", "last_changed_on"),
)
ADDRESS = _named(
    ("Street", "street"),
    ("Locality", "locality"),
    ("Address3", "address3"),
    ("Town", "town"),
    ("County (name)", "county"),
    ("Postcode", "postcode"),
    ("SchoolWebsite", "website"),
)
PEOPLE = _text("TelephoneNum", "HeadTitle (name)", "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle")
PROVISION = _text(
    "BSOInspectorateName (name)",
    "InspectorateReport",
    "DateOfLastInspectionVisit",
    "NextInspectionVisit",
    "TeenMoth (name)",
    "TeenMothPlaces",
    "CCF (name)",
    "SENPRU (name)",
    "EBD (name)",
    "PlacesPRU",
    "FTProv (name)",
    "EdByOther (name)",
    "Section41Approved (name)",
    *(f"SEN{number} (name)" for number in range(1, 14)),
)
RESOURCED = (
    Column("TypeOfResourcedProvision (name)", "resourced_provision"),
    *_text("ResourcedProvisionOnRoll", "ResourcedProvisionCapacity", "SenUnitOnRoll", "SenUnitCapacity"),
)
PLACE = (
    *_named(
        ("GOR (name)", "region"),
        ("DistrictAdministrative (name)", "district"),
        ("AdministrativeWard (name)", "ward"),
        ("ParliamentaryConstituency (name)", "constituency"),
        ("UrbanRural (name)", "urban_rural"),
        ("GSSLACode (name)", "gss_la_code"),
    ),
    Column("Easting", "easting", kind=NUMBER, lowest=0, highest=800_000),
    Column("Northing", "northing", kind=NUMBER, lowest=0, highest=1_300_000),
    *_named(("MSOA (name)", "msoa"), ("LSOA (name)", "lsoa")),
)
ENDING = (
    *_text("InspectorateName (name)", "SENStat", "SENNoStat", "PropsName"),
    Column("OfstedRating (name)", "register_inspection_grade"),
    *_text("RSCRegion (name)", "Country (name)"),
    Column("UPRN", "uprn"),
    *_text("SiteName", "QABName (name)", "EstablishmentAccredited (name)", "QABReport", "CHNumber"),
    *_named(("MSOA (code)", "msoa_code"), ("LSOA (code)", "lsoa_code")),
    _whole("FSM", "fsm_pupils"),
)


def schools_of(checked: pl.DataFrame) -> pl.DataFrame:
    """The columns of SCHOOLS that the layout has, with the LAESTAB put together; sorted by URN."""
    laestab = pl.col("la_code") * 10_000 + pl.col("establishment_number")
    schools = checked.with_columns(laestab.alias("laestab"), known("opened_on"))
    return schools.select(name for name in SCHOOLS if name in schools.columns).sort("urn")


def _tables(checked: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    return {"schools": schools_of(checked)}


EXPORT = register(
    Contract(
        kind="gias_establishments",
        name="GIAS establishments, results export",
        title="Get Information about Schools: establishments",
        publisher="Department for Education",
        columns=(
            *WHO,
            *CHARACTER,
            *ROLL,
            *BODIES,
            *NUMBERS_AND_DATES,
            *ADDRESS,
            *PEOPLE,
            *PROVISION,
            *RESOURCED,
            *PLACE,
            *ENDING,
            Column(LINKS, "linked_establishments"),
        ),
        period=Period(snapshot=True, latest=("last_changed_on",), from_latest=True),
        published=Published(days_after=0),
        key=("urn",),
        la_column="la_code",
        tokens=REGISTER,
        encodings=("cp1252", "utf-8"),
        shapes=_tables,
        overrun=True,
        expects=Expects(
            final_newline=True,
            national_rows=40_000,
            why="a national file holds closed establishments too; a cut between two rows of a part cannot be seen",
        ),
    )
)

CODED = (
    "TypeOfEstablishment",
    "EstablishmentTypeGroup",
    "EstablishmentStatus",
    "ReasonEstablishmentOpened",
    "ReasonEstablishmentClosed",
    "PhaseOfEducation",
    "Boarders",
    "OfficialSixthForm",
    "Gender",
    "ReligiousCharacter",
    "Diocese",
    "AdmissionsPolicy",
    "SpecialClasses",
    "TrustSchoolFlag",
    "GOR",
    "DistrictAdministrative",
    "AdministrativeWard",
    "ParliamentaryConstituency",
    "UrbanRural",
    "QABName",
    "EstablishmentAccredited",
)
SOMETIMES = (
    *PEOPLE,
    Column("PropsName"),
    _day("OfstedLastInsp", "last_inspected_on"),
    Column("OfstedRating (name)", "register_inspection_grade"),
    *_text("RSCRegion (name)"),
)


def _optional(column: Column) -> Column:
    return Column(
        column.name,
        column.stored_as,
        kind=column.kind,
        required=False,
        formats=column.formats,
        lowest=column.lowest,
        highest=column.highest,
    )


DAILY = register(
    inherit(
        EXPORT,
        name="GIAS establishments, daily extract",
        drop=(LINKS,),
        replace_columns=tuple(_optional(column) for column in SOMETIMES),
        add=(
            *(Column(f"{name} (code)", required=False) for name in CODED),
            Column("Trusts (code)", "trust_uid", kind=INTEGER),
            Column("Federations (code)", "federation_uid"),
            *(
                _optional(column)
                for column in (
                    *_text(
                        "OfstedSpecialMeasures (code)", "OfstedSpecialMeasures (name)", "BoardingEstablishment (name)"
                    ),
                    *_named(("PreviousLA (code)", "former_la_code"), ("PreviousLA (name)", "former_la_name")),
                    *_text("PreviousEstablishmentNumber", "AccreditationExpiryDate"),
                )
            ),
        ),
        overrun=False,
    )
)
