"""Inspections of four eras stand side by side and are never converted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from strandline.web.people.roles import Role
from strandline.web.schools.models import Intake, Snapshot

SCHOOL = 992_001


def graded(day: str, framework: str, **judged: object) -> dict[str, object]:
    """A graded inspection as a run's history tells it."""
    told = {"event": "graded", "inspected_on": day, "framework": framework, "at_urn": SCHOOL, "release_id": "r"}
    return {**told, **judged}


HISTORY = {
    "inspections": [
        {**graded("2026-03-03", "R6", rc_inclusion="strong_standard", rc_safeguarding="met"), "event": "report_card"},
        graded("2025-02-04", "R5", quality_of_education=3, leadership_management=2, overall_token="Not judged"),
        graded("2014-05-06", "R2", overall_grade=3, overall_words="requires_improvement"),
        graded("2008-07-08", "R1", overall_grade=3, overall_words="satisfactory"),
    ],
    "predecessors": [],
    "trusts": [
        {"group_name": "Tide Trust", "group_type": "Multi-academy trust", "group_uid": 9, "joined_on": "2015-09-01"}
    ],
}


@pytest.fixture
def page(taken_in: Callable[..., Intake], as_role: Callable[..., Client]) -> str:
    """The inspections page of a school that was inspected in all four."""
    taken_in("northwold")
    Snapshot.objects.filter(school=SCHOOL).update(history=HISTORY)
    return as_role(Role.OFFICER, authority=992).get(f"/schools/{SCHOOL}/inspections/").content.decode()


def era(page: str, key: str) -> str:
    """The part of the page under one era's heading, as text."""
    inside = re.search(rf'<section aria-labelledby="{key}-heading">(.*?)</section>', page, re.DOTALL)
    assert inside is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inside[1].split("<tbody>")[1].split("</tbody>")[0]))


def test_a_school_spanning_all_four_eras_shows_each_under_its_own_heading(page: str) -> None:
    assert "3 Mar 2026" in era(page, "report-cards")
    assert "4 Feb 2025" in era(page, "judgements")
    assert "6 May 2014" in era(page, "requires-improvement")
    assert "8 Jul 2008" in era(page, "satisfactory")


def test_the_same_grade_reads_as_its_own_era_worded_it(page: str) -> None:
    assert "Requires improvement" in era(page, "requires-improvement")
    assert "Satisfactory" in era(page, "satisfactory")
    assert "Requires improvement" not in era(page, "satisfactory")
    assert "Satisfactory" not in era(page, "requires-improvement")


def test_no_overall_grade_is_made_of_judgements_or_of_a_report_card(page: str) -> None:
    for key in ("judgements", "report-cards"):
        heads = re.search(rf'id="inspections-{key}".*?</thead>', page, re.DOTALL)
        assert heads is not None
        assert "Overall effectiveness" not in heads[0]
    assert "Strong standard" in era(page, "report-cards")
    assert "Met" in era(page, "report-cards")
    assert "average" not in page.lower()


def test_each_inspection_says_whether_it_was_before_or_after_joining_the_trust(page: str) -> None:
    assert "Before joining Tide Trust on 1 September 2015" in era(page, "satisfactory")
    assert "After joining Tide Trust on 1 September 2015" in era(page, "report-cards")


def test_an_inspection_not_yet_known_on_the_day_is_not_shown(
    taken_in: Callable[..., Intake], as_role: Callable[..., Client]
) -> None:
    taken_in("ardenshire", known_on=date(2013, 5, 1))
    officer = as_role(Role.OFFICER, authority=991)
    told = Snapshot.objects.get(school=991_201).history["inspections"]
    assert all(one["inspected_on"] <= "2013-04-30" for one in told)
    page = officer.get("/schools/991201/inspections/").content.decode()
    assert "Of the predecessor Chalkcote Primary School (URN 991701)" in page
