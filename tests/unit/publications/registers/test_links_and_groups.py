"""Links between establishments, groups of them, types, the tables' own list of schools, the reshaped register."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from strandline.sources.registers.derived import REGISTER_2022
from strandline.sources.registers.groups import GROUP_LINKS, GROUPS
from strandline.sources.registers.spine import SPINE
from strandline.sources.registers.types import TYPES

LINKS = (
    '"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"\r\n'
    '110001,108888,"St Thomas à Becket Primary School","Predecessor","01-09-2012"\r\n'
    '108888,110001,"Ash Lane Primary School","Successor",""\r\n'
    '110001,148215,"Ash Lane Academy","Successor","31-12-2025"'
)
GROUP = {
    "group_uid": "5143",
    "group_id": "TR00044",
    "group_name": "ASH LEARNING TRUST",
    "companies_house_number": "6893415.0",
    "group_type": "Multi-academy trust",
    "status": "Open",
    "opened_on": "1900-01-01",
    "incorporated_on": "2011-07-07",
    "closed_on": "2022-03-31",
    "ukprn": "10058482.0",
}
MEMBER = {
    "row_number": "0",
    "urn": "110001",
    "group_uid": "5143",
    "group_name": "ASH LEARNING TRUST",
    "group_type": "Multi-academy trust",
    "status": "Open",
    "joined_on": "2021-09-01",
    "la_code": "937",
    "la_name": "Warwickshire",
}


def test_links_are_windows_1252_and_may_bear_dates_to_come(desk):
    added = desk.add(LINKS, name="links_edubasealldata20250422.csv", encoding="cp1252", part=True)
    links = desk.table(added, "links")
    assert added.release.as_at == date(2025, 4, 22)
    assert links["linked_on"].to_list() == [date(2012, 9, 1), None, date(2025, 12, 31)]
    assert links["link_name"][0] == "St Thomas à Becket Primary School"


def test_links_without_a_day_in_the_name_ask_for_one(desk):
    assert "--period" in desk.refusal(LINKS, name="links.csv", encoding="cp1252", part=True)


def test_a_bad_date_of_a_link_is_refused_with_its_row(desk):
    refusal = desk.refusal(
        LINKS.replace("01-09-2012", "2012-31-09"), name="links20250422.csv", encoding="cp1252", part=True
    )
    assert "row 2" in refusal
    assert "LinkEstablishedDate" in refusal


def test_a_link_to_nowhere_is_refused(desk):
    refusal = desk.refusal(
        LINKS.replace("110001,148215", "110001,"), name="links20250422.csv", encoding="cp1252", part=True
    )
    assert "LinkURN" in refusal


def test_groups_lose_the_decimal_point_and_the_date_that_is_none(desk, official_text):
    added = desk.add(official_text(GROUPS, [GROUP]).csv(ending="\r\n"), name="groups_2022.csv", part=True)
    (group,) = desk.table(added, "groups").rows(named=True)
    assert added.release.as_at == date(2022, 3, 31)
    assert group["companies_house_number"] == "6893415"
    assert group["ukprn"] == 10058482
    assert group["opened_on"] is None
    assert group["incorporated_on"] == date(2011, 7, 7)


def test_the_trim_with_a_column_of_row_numbers_is_read(desk, official_text):
    text = official_text(GROUP_LINKS, [MEMBER], only=("row_number",))
    assert "" in text.header
    added = desk.add(text.csv(), name="group_links_2022.csv")
    assert desk.table(added, "group_links").select("urn", "group_uid", "joined_on").rows() == [
        (110001, 5143, date(2021, 9, 1))
    ]


def test_the_publishers_own_group_links_have_no_column_of_row_numbers(desk, official_text):
    member = {name: value for name, value in MEMBER.items() if name != "row_number"}
    added = desk.add(official_text(GROUP_LINKS, [member]).csv(), name="group_links_2022.csv")
    assert added.release.kind == "gias_group_links"


def test_an_establishment_twice_in_one_group_is_refused(desk, official_text):
    text = official_text(GROUP_LINKS, [MEMBER, MEMBER], only=("row_number",)).csv()
    assert "twice" in desk.refusal(text, name="group_links_2022.csv")


def test_types_are_read_with_their_groups(desk, official_text):
    row = {
        "establishment_type_group_code": "10",
        "establishment_type_group": "Academies",
        "establishment_type_code": "34",
        "establishment_type": "Academy converter",
    }
    added = desk.add(
        official_text(TYPES, [row]).csv(), name="edubasealldata20250422-establishment-types.csv", part=True
    )
    assert desk.table(added, "establishment_types")["establishment_type"].to_list() == ["Academy converter"]


def spine_workbook(*rows):
    defaults = dict.fromkeys(column.stored_as for column in SPINE.columns)
    book = openpyxl.Workbook()
    book.active.title = "england"
    book.active.append([column.name for column in SPINE.columns])
    for row in rows:
        book.active.append(list({**defaults, **row}.values()))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


SPINE_ROW = {
    "urn": 110001,
    "la_code": 937,
    "establishment_number": 2001,
    "laestab": 9372001,
    "school_name": "Ash Lane Primary School",
    "iclose": 3,
    "isnew": 0,
    "minorgroup": "Maintained School",
    "nftype": "Community school",
    "isprimary": 1,
    "issecondary": 0,
    "ispost16": 0,
    "agel": 4,
    "ageh": 11,
    "rebrokered": 0,
}


def test_the_list_of_schools_of_the_tables_is_read_from_its_workbook(desk):
    opened = {"urn": 110002, "laestab": 9372002, "opened_on": "2017-11-01", "isnew": 1, "iclose": 1}
    content = spine_workbook(SPINE_ROW, {**SPINE_ROW, **opened, "other_urn": 999_999})
    added = desk.add(content, name="2017-2018_england_spine.xlsx")
    schools = desk.table(added, "schools")
    assert added.release.period == "2017-2018"
    assert schools["status"].to_list() == ["Open, but proposed to close", "Open"]
    assert schools["opened_on"].to_list() == [None, date(2017, 11, 1)]
    assert schools["other_urn"].to_list() == [None, None]
    assert schools["isprimary"].to_list() == [True, True]


def test_the_list_of_another_year_is_refused_by_what_stands_in_it(desk):
    content = spine_workbook({**SPINE_ROW, "opened_on": "2019-09-01", "isnew": 1})
    assert SPINE.name in desk.refusal(content, name="england_spine.xlsx")


@pytest.fixture
def reshaped(official_text):
    rows = [
        {
            "urn": str(110_001 + n),
            "establishment_number": str(2001 + n % 5000),
            "school_name": "Ash Lane Primary School",
            "establishment_type": "Community school",
            "status": "Open",
            "la_code": str(201 + n % 150),
            "la_name": "An authority",
            "opened_on": "1900-01-01",
            "last_changed_on": "2022-07-06",
            "easting": "430100",
            "fsm_percent": "12.5",
        }
        for n in range(15_000)
    ]
    return official_text(REGISTER_2022, rows)


def test_the_reshaped_register_is_a_kind_of_its_own(desk, reshaped):
    added = desk.add(reshaped.csv(), name="register.csv")
    assert (added.release.kind, added.release.coverage) == ("register_derived", "national")
    first = desk.table(added, "schools").row(0, named=True)
    assert first["laestab"] == 2012001
    assert first["opened_on"] is None


def test_a_national_register_cut_between_two_rows_is_refused(desk, reshaped):
    text = reshaped.csv()
    cut = text[: text.rindex("\n", 0, len(text) - 200) + 1]
    assert "national" in desk.refusal(cut, name="register.csv")
