"""The inspectorate's management information, as at 31 August 2025: 76 columns, three inspections beside each school."""

from __future__ import annotations

from datetime import date

import pytest

from strandline.sources.inspections.management import GRADED

NAME = "Management_information_as_at_31_Aug_2025.csv"
SCHOOL = {
    "urn": "110001",
    "laestab": "9372001",
    "school_name": "Ash Lane Primary School",
    "ofsted_phase": "Primary",
    "establishment_type": "Community School",
    "region": "West Midlands",
    "la_name": "Warwickshire",
    "idaci_quintile": "3",
    "pupils_on_roll": "205",
}
LATEST = {
    "latest__inspection_number": "10345001",
    "latest__inspected_on": "15/10/2024",
    "latest__published_on": "20/11/2024",
    "latest__of_current_school": "Yes",
    "latest__inspected_urn": "110001",
    "latest__overall_grade": "Not judged",
    "latest__quality_of_education": "2",
    "latest__behaviour_attitudes": "1",
    "latest__personal_development": "2",
    "latest__leadership_management": "2",
    "latest__safeguarding_effective": "Yes",
    "latest__early_years": "9",
    "latest__sixth_form": "9",
}
PREVIOUS = {
    "previous__inspection_number": "ITS425001",
    "previous__inspected_on": "12/03/2014",
    "previous__published_on": "14/04/2014",
    "previous__of_current_school": "No",
    "previous__inspected_urn": "108888",
    "previous__overall_grade": "3",
    "previous__quality_of_education": "9",
    "previous__leadership_management": "3",
    "previous__early_years": "8",
}
UNGRADED = {
    "ungraded__inspection_number": "10399001",
    "ungraded__inspected_on": "21/05/2025",
    "ungraded__published_on": "25/06/2025",
    "ungraded__converted_to_graded": "No",
    "ungraded__inspected_urn": "110001",
    "ungraded__ungraded_outcome": "Standards maintained",
}


@pytest.fixture
def school(official_text):
    """One school with all three inspections; keyword arguments change cells."""

    def write(**changes):
        return official_text(GRADED, [{**SCHOOL, **LATEST, **PREVIOUS, **UNGRADED, **changes}])

    return write


def test_each_inspection_beside_a_school_becomes_a_row(desk, school):
    added = desk.add(school().csv(), name=NAME)
    inspections = desk.table(added, "inspections")
    assert inspections.select("event", "which", "inspected_on", "published_on").rows() == [
        ("graded", "previous", date(2014, 3, 12), date(2014, 4, 14)),
        ("graded", "latest", date(2024, 10, 15), date(2024, 11, 20)),
        ("ungraded", "latest", date(2025, 5, 21), date(2025, 6, 25)),
    ]


def test_the_school_keeps_its_authority_from_its_laestab(desk, school):
    schools = desk.table(desk.add(school().csv(), name=NAME), "schools")
    assert schools.select("urn", "laestab", "la_code", "la_name", "pupils_on_roll", "idaci_quintile").row(0) == (
        110001,
        9372001,
        937,
        "Warwickshire",
        205,
        3,
    )


def test_not_judged_is_no_grade_and_is_kept_as_printed(desk, school):
    inspections = desk.table(desk.add(school().csv(), name=NAME), "inspections")
    latest = inspections.row(1, named=True)
    assert latest["overall_grade"] is None
    assert latest["overall_token"] == "Not judged"
    assert latest["quality_of_education"] == 2


def test_nine_is_not_applicable_and_never_a_grade(desk, school):
    added = desk.add(school().csv(), name=NAME)
    missing = desk.table(added, "missing")
    previous = desk.table(added, "inspections").row(0, named=True)
    assert previous["quality_of_education"] is None
    assert ("previous__quality_of_education", "not_applicable", "9") in missing.select(
        "column", "reason", "token"
    ).rows()


def test_a_mark_without_a_key_is_kept_with_an_unknown_meaning(desk, school):
    missing = desk.table(desk.add(school().csv(), name=NAME), "missing")
    assert ("previous__early_years", "unknown_token", "8") in missing.select("column", "reason", "token").rows()


def test_the_urn_at_the_time_of_the_inspection_is_kept_beside_that_of_the_school(desk, school):
    inspections = desk.table(desk.add(school().csv(), name=NAME), "inspections")
    assert inspections.select("urn", "inspected_urn").row(0) == (110001, 108888)


def test_a_category_of_concern_is_spelled_out_and_none_printed_means_none(desk, school):
    added = desk.add(school(latest__category_of_concern="SWK").csv(), name=NAME)
    inspections = desk.table(added, "inspections")
    assert inspections["category_of_concern"].to_list() == ["none", "serious_weaknesses", None]


def test_an_ungraded_inspection_that_became_graded_is_not_counted_twice(desk, school):
    added = desk.add(school(ungraded__converted_to_graded="Yes").csv(), name=NAME)
    assert desk.table(added, "inspections")["event"].to_list() == ["graded", "graded"]


def test_a_school_that_was_never_inspected_is_in_the_schools_and_not_in_the_inspections(desk, official_text):
    added = desk.add(official_text(GRADED, [SCHOOL]).csv(), name=NAME)
    assert desk.table(added, "schools").height == 1
    assert desk.table(added, "inspections").height == 0


def test_the_as_at_day_is_that_of_the_file_name_when_the_content_allows_it(desk, school):
    release = desk.add(school().csv(), name=NAME).release
    assert release.as_at == date(2025, 8, 31)
    assert release.published_on >= date(2025, 8, 31)


def test_the_as_at_day_comes_from_the_content_when_the_name_says_nothing(desk, school):
    assert desk.add(school().csv(), name="inspections.csv").release.as_at == date(2025, 5, 21)


def test_windows_1252_is_read(desk, school):
    text = school(school_name="Écoles – St Thomas à Becket’s").csv()
    added = desk.add(text, name=NAME, encoding="cp1252")
    assert desk.table(added, "schools")["school_name"].to_list() == ["Écoles – St Thomas à Becket’s"]


def test_the_warning_notices_of_another_academic_year_are_the_same_column(desk, school):
    text = school(warning_notices="1").renamed(
        "Number of warning notices issued in 2024/25 academic year",
        "Number of warning notices issued in 2023/24 academic year",
    )
    assert desk.table(desk.add(text.csv(), name=NAME), "schools")["warning_notices"].to_list() == [1]


def test_header_case_and_blanks_do_not_matter(desk, school):
    text = school().renamed("Ofsted phase", " OFSTED  Phase ")
    assert desk.table(desk.add(text.csv(), name=NAME), "schools")["ofsted_phase"].to_list() == ["Primary"]


def test_a_title_line_above_the_header_is_passed_over(desk, school):
    added = desk.add("State-funded schools as at 31 August 2025\n" + school().csv(), name=NAME)
    assert desk.table(added, "schools").height == 1


def test_a_grade_that_does_not_exist_is_refused_with_its_place(desk, school):
    refusal = desk.refusal(school(latest__quality_of_education="5").csv(), name=NAME)
    assert "Quality of education" in refusal
    assert 'value "5"' in refusal
    assert "row 2" in refusal


@pytest.mark.parametrize("bad", ["31/02/2025", "2025", "15/10/24", "soon"])
def test_a_bad_date_is_refused_with_its_row(desk, school, bad):
    refusal = desk.refusal(school(latest__inspected_on=bad).csv(), name=NAME)
    assert "Inspection start date" in refusal
    assert f'value "{bad}"' in refusal
    assert "row 2" in refusal


def test_every_fault_is_told_at_once(desk, school):
    refusal = desk.refusal(
        school(latest__quality_of_education="7", latest__published_on="99/99/2024", urn="ABC").csv(), name=NAME
    )
    for column in ("Quality of education", "Publication date", "URN"):
        assert column in refusal


def test_a_dropped_column_is_refused_by_name(desk, school):
    refusal = desk.refusal(school().without("Effectiveness of leadership and management").csv(), name=NAME)
    assert "Effectiveness of leadership and management" in refusal


def test_a_doubled_column_is_refused_by_name(desk, school):
    assert (
        "Behaviour and attitudes".casefold()
        in desk.refusal(school().doubled("Behaviour and attitudes").csv(), name=NAME).casefold()
    )


def test_a_renamed_column_is_refused_with_a_guess(desk, school):
    refusal = desk.refusal(school().renamed("Personal development", "Personal developments").csv(), name=NAME)
    assert "Personal development" in refusal
    assert "renamed" in refusal


def test_a_school_that_stands_twice_is_refused(desk, official_text):
    row = {**SCHOOL, **LATEST}
    assert "110001" in desk.refusal(official_text(GRADED, [row, row]).csv(), name=NAME)


def test_text_null_is_a_blank(desk, school):
    added = desk.add(school(latest__category_of_concern="NULL", idaci_quintile="NULL").csv(), name=NAME)
    assert desk.table(added, "schools")["idaci_quintile"].to_list() == [None]
    assert "none" in desk.table(added, "inspections")["category_of_concern"].to_list()
