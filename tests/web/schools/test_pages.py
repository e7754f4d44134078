"""The pages of schools answer for each role, and no further than its reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from strandline.web.people.roles import Role
from strandline.web.schools.models import Intake, School
from strandline.web.schools.presenters.overview import SECTIONS

SCHOOL = 992_001


@pytest.fixture
def officer(taken_in: Callable[..., Intake], as_role: Callable[..., Client]) -> Client:
    """An officer of Northwold, with its run taken in."""
    taken_in("northwold")
    return as_role(Role.OFFICER, authority=992)


@pytest.mark.parametrize("section", [*SECTIONS, "trail"])
def test_every_part_of_a_school_page_answers(officer: Client, section: str) -> None:
    answer = officer.get(f"/schools/{SCHOOL}/{section}{'/' if section else ''}")
    assert answer.status_code == 200
    assert b"Pebbleheath" in answer.content


@pytest.mark.parametrize("kind", ["maintained", "academy", "special", "nursery", "secondary"])
def test_every_part_renders_for_every_kind_of_school(officer: Client, kind: str) -> None:
    wanted = {
        "maintained": {"maintained": True, "sector": "primary"},
        "academy": {"maintained": False, "sector": "primary"},
        "special": {"sector": "special"},
        "nursery": {"sector": "nursery"},
        "secondary": {"sector": "secondary"},
    }[kind]
    school = School.objects.filter(**wanted).first()
    for section in [*SECTIONS, "trail"]:
        assert officer.get(f"/schools/{school.urn}/{section}{'/' if section else ''}").status_code == 200


def test_a_school_of_another_authority_is_not_there(officer: Client, taken_in: Callable[..., Intake]) -> None:
    taken_in("ardenshire")
    assert officer.get("/schools/991001/").status_code == 404
    assert officer.get("/schools/991001/trail/").status_code == 404
    found = officer.get("/schools/?q=Fernford+Primary").content
    assert b"991001" not in found
    assert b"0 schools<" in found


def test_an_unknown_section_is_not_there(officer: Client) -> None:
    assert officer.get(f"/schools/{SCHOOL}/secrets/").status_code == 404


def test_a_head_teacher_sees_one_school(taken_in: Callable[..., Intake], as_role: Callable[..., Client]) -> None:
    taken_in("northwold")
    head = as_role(Role.HEAD_TEACHER, authority=992, school_urn=SCHOOL)
    assert b"1 school<" in head.get("/schools/").content
    assert head.get(f"/schools/{SCHOOL}/").status_code == 200
    assert head.get("/schools/992002/").status_code == 404
    assert head.get("/schools/map/").status_code == 403


def test_an_elected_member_gets_no_school(taken_in: Callable[..., Intake], as_role: Callable[..., Client]) -> None:
    taken_in("northwold")
    member = as_role(Role.ELECTED_MEMBER, authority=992)
    for page in ("/schools/", "/schools/map/", "/schools/export.csv", "/schools/map/places.geojson"):
        assert member.get(page).status_code in (403, 404)
    assert member.get(f"/schools/{SCHOOL}/").status_code == 404


def test_proposals_are_for_the_service_alone(taken_in: Callable[..., Intake], as_role: Callable[..., Client]) -> None:
    taken_in("northwold")
    head = as_role(Role.HEAD_TEACHER, authority=992, school_urn=SCHOOL)
    page = head.get(f"/schools/{SCHOOL}/").content.decode()
    assert "The rules propose" not in page
    listed = head.get("/schools/?column=proposed&state=decided&proposed=O2").content.decode()
    assert "Proposed by the rules" not in listed
    assert "1 school<" in listed, "a filter that may not be seen narrows nothing"


def test_every_figure_on_the_pupils_page_says_where_it_comes_from(officer: Client) -> None:
    page = officer.get(f"/schools/{SCHOOL}/pupils/").content.decode()
    figures = page.count('class="desk-figure"')
    assert figures == 8
    assert page.count("Source and updates") >= figures - page.count("desk-figure__value--missing")
    assert "Next due" in page


def test_a_missing_figure_says_why_in_words(officer: Client) -> None:
    page = officer.get(f"/schools/{SCHOOL}/attendance/").content.decode()
    assert "No file that holds it has been added" in page
    assert ">0 %<" not in page


def test_each_framework_stands_under_its_own_heading(officer: Client) -> None:
    page = officer.get(f"/schools/{SCHOOL}/inspections/").content.decode()
    order = [page.index(f'id="{key}-heading"') for key in ("report-cards", "judgements", "requires-improvement")]
    assert order == sorted(order)
    assert 'id="satisfactory-heading"' in page
    assert page.count("No inspection of this school under these frameworks") == 3
