"""The register of establishments, as a results export and as the national daily extract."""

from __future__ import annotations

from datetime import date

import pytest

from strandline.sources.registers.establishments import DAILY, EXPORT

SCHOOL = {
    "urn": "110001",
    "la_code": "937",
    "la_name": "Warwickshire",
    "establishment_number": "2001",
    "school_name": "Ash Lane Primary School",
    "establishment_type": "Community school",
    "establishment_type_group": "Local authority maintained schools",
    "status": "Open",
    "phase": "Primary",
    "statutory_low_age": "4",
    "statutory_high_age": "11",
    "opened_on": "01-09-2012",
    "pupils_on_roll": "205",
    "fsm_percent": "12.5",
    "easting": "430100",
    "northing": "265300",
    "last_changed_on": "19-04-2022",
    "diocese": "Not applicable",
    "religious_character": "Does not apply",
    "ukprn": "10070626",
    "linked_establishments": "Does not have links",
}

# The header of the daily extract of 2026, as a loader's table definition lists it.
DAILY_HEADER = """
URN | LA (code) | LA (name) | EstablishmentNumber | EstablishmentName | TypeOfEstablishment (code) |
TypeOfEstablishment (name) | EstablishmentTypeGroup (code) | EstablishmentTypeGroup (name) |
EstablishmentStatus (code) | EstablishmentStatus (name) | ReasonEstablishmentOpened (code) |
ReasonEstablishmentOpened (name) | OpenDate | ReasonEstablishmentClosed (code) | ReasonEstablishmentClosed
(name) | CloseDate | PhaseOfEducation (code) | PhaseOfEducation (name) | StatutoryLowAge | StatutoryHighAge |
Boarders (code) | Boarders (name) | NurseryProvision (name) | OfficialSixthForm (code) | OfficialSixthForm
(name) | Gender (code) | Gender (name) | ReligiousCharacter (code) | ReligiousCharacter (name) |
ReligiousEthos (name) | Diocese (code) | Diocese (name) | AdmissionsPolicy (code) | AdmissionsPolicy (name) |
SchoolCapacity | SpecialClasses (code) | SpecialClasses (name) | CensusDate | NumberOfPupils | NumberOfBoys |
NumberOfGirls | PercentageFSM | TrustSchoolFlag (code) | TrustSchoolFlag (name) | Trusts (code) | Trusts
(name) | SchoolSponsorFlag (name) | SchoolSponsors (name) | FederationFlag (name) | Federations (code) |
Federations (name) | UKPRN | FEHEIdentifier | FurtherEducationType (name) | LastChangedDate | Street |
Locality | Address3 | Town | County (name) | Postcode | SchoolWebsite | TelephoneNum | HeadTitle (name) |
HeadFirstName | HeadLastName | HeadPreferredJobTitle | BSOInspectorateName (name) | InspectorateReport |
DateOfLastInspectionVisit | NextInspectionVisit | TeenMoth (name) | TeenMothPlaces | CCF (name) | SENPRU
(name) | EBD (name) | PlacesPRU | FTProv (name) | EdByOther (name) | Section41Approved (name) | SEN1 (name) |
SEN2 (name) | SEN3 (name) | SEN4 (name) | SEN5 (name) | SEN6 (name) | SEN7 (name) | SEN8 (name) | SEN9 (name)
| SEN10 (name) | SEN11 (name) | SEN12 (name) | SEN13 (name) | TypeOfResourcedProvision (name) |
ResourcedProvisionOnRoll | ResourcedProvisionCapacity | SenUnitOnRoll | SenUnitCapacity | GOR (code) | GOR
(name) | DistrictAdministrative (code) | DistrictAdministrative (name) | AdministrativeWard (code) |
AdministrativeWard (name) | ParliamentaryConstituency (code) | ParliamentaryConstituency (name) | UrbanRural
(code) | UrbanRural (name) | GSSLACode (name) | Easting | Northing | MSOA (name) | LSOA (name) |
InspectorateName (name) | SENStat | SENNoStat | BoardingEstablishment (name) | PropsName | PreviousLA (code) |
PreviousLA (name) | PreviousEstablishmentNumber | Country (name) | UPRN | SiteName | QABName (code) | QABName
(name) | EstablishmentAccredited (code) | EstablishmentAccredited (name) | QABReport | CHNumber | MSOA (code)
| LSOA (code) | FSM | AccreditationExpiryDate
"""


@pytest.fixture
def export(official_text):
    def write(**changes):
        return official_text(EXPORT, [{**SCHOOL, **changes}])

    return write


def test_an_establishment_gets_its_laestab_and_its_types(desk, export):
    added = desk.add(export().csv(ending="\r\n"), name="results.csv")
    (school,) = desk.table(added, "schools").rows(named=True)
    assert added.release.coverage == "authority:937"
    assert school["laestab"] == 9372001
    assert school["opened_on"] == date(2012, 9, 1)
    assert school["fsm_percent"] == 12.5
    assert school["easting"] == 430100.0
    assert school["diocese"] == "Not applicable"


def test_the_layout_has_111_columns():
    assert len(EXPORT.columns) == 111


def test_links_that_overrun_the_header_do_not_shift_the_row(desk, export):
    text = export(linked_establishments="108888 Predecessor").csv(ending="\r\n")
    text = text.replace("108888 Predecessor", '108888 Predecessor,"108889 Predecessor","148215 Successor"')
    (school,) = desk.table(desk.add(text, name="results.csv"), "schools").rows(named=True)
    assert school["urn"] == 110001
    assert school["pupils_on_roll"] == 205


def test_a_ragged_row_that_stops_early_has_blanks_at_its_end(desk, export):
    text = export().csv(ending="\r\n").replace(",Does not have links", "")
    assert desk.table(desk.add(text, name="results.csv"), "schools").height == 1


def test_the_first_of_january_1900_is_no_date(desk, export):
    added = desk.add(export(opened_on="01-01-1900").csv(), name="results.csv")
    assert desk.table(added, "schools")["opened_on"].to_list() == [None]


def test_the_as_at_day_is_the_latest_change_in_the_register(desk, export):
    assert desk.add(export().csv(), name="results.csv").release.as_at == date(2022, 4, 19)


def test_a_name_that_dates_the_file_before_its_content_is_refused(desk, export):
    refusal = desk.refusal(export().csv(), name="edubasealldata20220101.csv")
    assert "LastChangedDate" in refusal
    assert "2022-04-19" in refusal


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("OpenDate", "32-01-2012"),
        ("NumberOfPupils", "two hundred and five pupils"),
        ("PercentageFSM", "125.5"),
        ("Easting", "9999999"),
        ("UKPRN", "20070626"),
        ("URN", "1"),
    ],
)
def test_a_cell_of_another_type_or_out_of_range_is_refused_by_column(desk, export, column, value):
    stored_as = {c.name: c.stored_as for c in EXPORT.columns}[column]
    refusal = desk.refusal(export(**{stored_as: value}).csv(), name="results.csv")
    assert f"column {column}" in refusal
    assert f'value "{value}"' in refusal


def test_a_dropped_column_is_refused_by_name(desk, export):
    assert "TypeOfEstablishment (name)" in desk.refusal(
        export().without("TypeOfEstablishment (name)").csv(), name="results.csv"
    )


def test_the_daily_extract_has_codes_beside_the_names_and_a_trust_number(desk, official_text):
    row = {name: value for name, value in SCHOOL.items() if name != "linked_establishments"}
    row |= {"trust_uid": "5143", "phase_of_education_code": "2"}
    text = official_text(DAILY, [row], only=("phase_of_education_code", "former_la_code"))
    added = desk.add(text.csv(ending="\r\n"), name="edubasealldata20260301.csv", encoding="cp1252")
    assert added.release.contract == DAILY.name
    assert added.release.as_at == date(2026, 3, 1)
    assert desk.table(added, "schools")["trust_uid"].to_list() == [5143]


def test_the_daily_extract_without_the_inspection_columns_of_earlier_years_is_read(desk, official_text):
    assert not DAILY.column("register_inspection_grade").required
    row = {name: value for name, value in SCHOOL.items() if name != "linked_establishments"}
    added = desk.add(official_text(DAILY, [row]).csv(), name="edubasealldata20260301.csv")
    assert desk.table(added, "schools")["last_inspected_on"].to_list() == [None]


def test_every_column_of_the_daily_extract_of_2026_is_in_the_contract_and_none_that_it_needs_is_missing():
    header = {" ".join(name.split()) for name in DAILY_HEADER.split("|")}
    assert len(header) == 135
    assert header <= {column.name for column in DAILY.columns}
    assert {column.name for column in DAILY.columns if column.required} <= header
