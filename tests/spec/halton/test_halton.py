"""Halton 2014: maintained schools only, a route to the regulator, a survey cycle, the big six."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from strandline.kernel.dates import days, is_working_day

APRIL_2014 = {"as_at": date(2014, 4, 1)}
ACADEMY = {"maintained": False, "academy": True, "legal_form": "academy_converter"}


@pytest.mark.parametrize("form", ["academy_converter", "academy_sponsor_led", "free_school"])
def test_academies_and_free_schools_are_outside_the_strategy(
    decided: Callable[..., Any], primary: Callable[..., Any], form: str
) -> None:
    """HAL-08, INC-25: the strategy does not apply to academies and free schools, whatever their grade."""
    decision = decided("halton-2014", primary(**ACADEMY | {"legal_form": form}, inspection_grade=4.0), **APRIL_2014)
    assert (decision.state, decision.category) == ("out_of_scope", None)


def test_a_concern_about_an_academy_may_be_notified_to_the_regulator(pack: Callable[..., Any]) -> None:
    """HAL-08: outside the scope the route is to notify the regulator, with letter, date and response."""
    halton = pack("halton-2014")
    assert halton.scope.outside.route == "notify_regulator"
    path = next(protocol for protocol in halton.protocols if protocol.key == "notify_regulator")
    assert [step.key for step in path.steps][-2:] == ["letter", "response"]
    assert not any(step.statutory for step in path.steps)


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ({"inspection_grade": 4.0, "category_of_concern": "special_measures"}, "adverse"),
        ({"causing_concern": True}, "concern"),
        ({}, "provider"),
        ({"inspection_grade": 3.0}, "other"),
    ],
)
def test_every_maintained_school_has_a_group(
    decided: Callable[..., Any], primary: Callable[..., Any], said: dict[str, Any], group: str
) -> None:
    """HAL-29: adverse category, cause for concern, or neither; a school nobody entered is not on the list."""
    assert decided("halton-2014", primary(**said), **APRIL_2014).category == group


def test_the_survey_is_repeated_after_twelve_months(pack: Callable[..., Any]) -> None:
    """HAL-14, HAL-18: heads and governors are surveyed, and again after twelve months."""
    survey = pack("halton-2014").survey
    assert (survey.repeat_months, survey.respondents) == (12, ("head", "chair_of_governors"))
    repeat = next(step for step in survey.steps if step.key == "repeat")
    assert repeat.due == survey.first_wave.on.replace(year=2015)


def test_every_question_of_the_survey_belongs_to_one_of_the_nine_areas(pack: Callable[..., Any]) -> None:
    """HAL-02, HAL-15: each of the nine areas is asked about, so that an action can cite question and area."""
    halton = pack("halton-2014")
    assert {question.area for question in halton.survey.questions} == {area.key for area in halton.lists["areas"]}


def test_the_survey_cycle_is_tight(pack: Callable[..., Any]) -> None:
    """INC-26: approved, published, surveyed and analysed in one term: 27 working days from board to end of term."""
    due = {step.key: step.due for step in pack("halton-2014").survey.steps}
    assert due["approve"] == date(2014, 2, 27)
    working = [day for day in days(due["approve"], due["analyse"]) if is_working_day(day)]
    assert len(working) == 27


def test_teaching_schools_have_six_functions(pack: Callable[..., Any]) -> None:
    """HAL-11: the big six functions of teaching schools are tags."""
    assert len(pack("halton-2014").lists["functions"]) == 6


def test_joint_work_provider_types_and_background_papers(pack: Callable[..., Any]) -> None:
    """HAL-06, HAL-12, HAL-21, HAL-26: five providers, three joint areas, five priorities (two N/A), six papers."""
    lists = pack("halton-2014").lists
    assert {key: len(lists[key]) for key in ("provider_types", "tags", "objectives", "documents")} == {
        "provider_types": 5,
        "tags": 3,
        "objectives": 5,
        "documents": 6,
    }
    assert sum(1 for priority in lists["objectives"] if priority.text == "not applicable") == 2
