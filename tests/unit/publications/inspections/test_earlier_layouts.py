"""Older header variants: other words, other judgements, a title line or title row above the header."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from strandline.sources.inspections.management_earlier import EVERY_INSPECTION, FULL, MARCH_2014, TITLED_2018

TITLE = "Table 1: Most recent inspections as at 31 August 2018,,,\n"
SCHOOL = {"urn": "110001", "laestab": "9372001", "school_name": "Ash Lane Primary School", "la_name": "Warwickshire"}


def workbook(text, *, sheet, title):
    """The text as a workbook whose header stands on row 2."""
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    book.active.append(["Management information", "Published by Ofsted"])
    page = book.create_sheet(sheet)
    page.append([title])
    for row in (text.header, *text.rows):
        page.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def march_2014(official_text):
    return official_text(
        MARCH_2014,
        [
            {
                **SCHOOL,
                "region": "West Midlands",
                "establishment_type": "Community School",
                "ofsted_phase": "Primary",
                "latest__inspection_number": "ITS400001",
                "latest__inspected_on": "14/05/2013",
                "latest__inspection_type": "S5 Inspection",
                "latest__overall_grade": "4",
                "latest__leadership_management": "3",
                "latest__quality_of_teaching": "4",
                "latest__achievement": "4",
                "latest__behaviour_safety": "3",
                "latest__category_of_concern": "SWK",
            }
        ],
        only=("latest__quality_of_teaching", "latest__achievement", "latest__behaviour_safety"),
    )


def test_the_words_of_march_2014_are_known(desk, march_2014):
    added = desk.add(march_2014.csv(), name="Schools_Most_Recent_31_Mar_2014.csv")
    assert added.release.contract == MARCH_2014.name
    assert added.release.as_at == date(2014, 3, 31)
    (inspection,) = desk.table(added, "inspections").rows(named=True)
    assert inspection["overall_grade"] == 4
    assert inspection["category_of_concern"] == "serious_weaknesses"
    assert inspection["published_on"] is None
    assert desk.table(added, "schools")["la_name"].to_list() == ["Warwickshire"]


def test_a_judgement_of_an_earlier_framework_is_never_one_of_a_later(desk, march_2014):
    added = desk.add(march_2014.csv(), name="Schools_Most_Recent_31_Mar_2014.csv")
    (inspection,) = desk.table(added, "inspections").rows(named=True)
    assert inspection["quality_of_teaching"] == 4
    assert inspection["achievement"] == 4
    assert inspection["behaviour_safety"] == 3
    assert inspection["quality_of_education"] is None
    assert inspection["behaviour_attitudes"] is None
    assert inspection["leadership_management"] == 3


@pytest.fixture
def titled_2018(official_text):
    return official_text(
        TITLED_2018,
        [
            {
                **SCHOOL,
                "ungraded__inspected_on": "12/06/2018",
                "ungraded__converted_to_graded": "No",
                "latest__inspected_on": "11/02/2015",
                "latest__overall_grade": "2",
                "latest__quality_of_teaching": "2",
                "latest__leadership_management": "2",
                "latest__sixth_form": "9",
                "previous__inspected_on": "03/11/2010",
                "previous__overall_grade": "3",
                "previous__leadership_management": "3",
            }
        ],
        only=(
            "ungraded__inspected_on",
            "ungraded__converted_to_graded",
            "latest__quality_of_teaching",
            "latest__sixth_form",
        ),
    )


def test_a_title_line_above_the_header_of_2018_is_passed_over(desk, titled_2018):
    added = desk.add(TITLE + titled_2018.csv(ending="\r\n"), name="Table1_31_Aug_2018.csv", encoding="cp1252")
    assert added.release.contract == TITLED_2018.name
    assert desk.table(added, "inspections").select("event", "which", "inspected_on", "overall_grade").rows() == [
        ("graded", "previous", date(2010, 11, 3), 3),
        ("graded", "latest", date(2015, 2, 11), 2),
        ("ungraded", "latest", date(2018, 6, 12), None),
    ]


def test_inspection_start_date_is_another_word_for_inspection_date(desk, titled_2018):
    text = titled_2018.renamed("Inspection date", "Inspection start date")
    added = desk.add(TITLE + text.csv(), name="Table1_31_Aug_2018.csv")
    assert added.release.contract == TITLED_2018.name


def test_a_workbook_with_its_header_on_row_two_is_read(desk, titled_2018):
    content = workbook(titled_2018, sheet="School level data", title="Management information - 31 August 2017")
    added = desk.add(content, name="Management_information_-_schools_-_31_Aug_2018.xlsx")
    assert desk.table(added, "inspections").height == 3


def test_a_column_that_the_reconstructed_layout_does_not_list_is_passed_over_and_said_so(desk, titled_2018):
    text = titled_2018.doubled("School name").csv().replace(",School name\n", ",Rural or urban\n", 1)
    added = desk.add(TITLE + text, name="Table1_31_Aug_2018.csv")
    assert any("passed over" in note for note in added.release.notes)


@pytest.fixture
def full_2020(official_text):
    return official_text(
        FULL,
        [
            {
                **SCHOOL,
                "ungraded__inspection_number": "10200001",
                "ungraded__inspected_on": "04/12/2019",
                "ungraded__published_on": "10/01/2020",
                "ungraded__converted_to_graded": "No",
                "ungraded__ungraded_outcome": "School remains Good",
                "latest__inspection_number": "10100001",
                "latest__inspected_on": "10/06/2015",
                "latest__published_on": "08/07/2015",
                "latest__inspected_urn": "108888",
                "latest__overall_grade": "2",
                "latest__quality_of_education": "9",
                "latest__leadership_management": "2",
            }
        ],
        only=(
            "ungraded__inspection_number",
            "ungraded__inspected_on",
            "ungraded__published_on",
            "ungraded__converted_to_graded",
            "ungraded__ungraded_outcome",
        ),
    )


def test_full_and_section_8_are_earlier_words_for_graded_and_ungraded(desk, full_2020):
    added = desk.add(full_2020.csv(), name="as_at_29_Feb_2020.csv")
    assert added.release.contract == FULL.name
    inspections = desk.table(added, "inspections")
    assert inspections["event"].to_list() == ["graded", "ungraded"]
    assert inspections["ungraded_outcome"].to_list() == [None, "School remains Good"]
    assert inspections["inspected_urn"].to_list() == [108888, 110001]


def test_every_inspection_of_a_period_comes_from_a_workbook_without_schools(desk, official_text):
    text = official_text(
        EVERY_INSPECTION,
        [
            {
                "urn": "110001",
                "school_name": "Ash Lane Primary School",
                "latest__inspection_number": f"ITS30000{n}",
                "latest__inspection_type": "S5 Inspection",
                "latest__inspected_on": day,
                "latest__overall_grade": grade,
            }
            for n, (day, grade) in enumerate([("2006-03-08", "3"), ("2009-05-13", "2"), ("2013-10-02", "1")])
        ],
    )
    content = workbook(text, sheet="2005-2015 Inspections", title="All inspections")
    added = desk.add(content, name="1_Sept_2005_to_31_August_2015.xlsx")
    assert added.release.as_at == date(2015, 8, 31)
    assert added.release.kind == "ofsted_inspections"
    assert desk.table(added, "inspections").select("which", "inspected_on", "overall_grade").rows() == [
        ("history", date(2006, 3, 8), 3),
        ("history", date(2009, 5, 13), 2),
        ("history", date(2013, 10, 2), 1),
    ]
