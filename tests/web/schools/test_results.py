"""Which key stages the page of results speaks of."""

from __future__ import annotations

import pytest

from strandline.web.schools.models import Snapshot
from strandline.web.schools.presenters.results import results


@pytest.mark.parametrize(
    ("facts", "stages"),
    [
        ({"takes_ks2": True, "takes_ks4": False}, ["ks2"]),
        ({"takes_ks2": False, "takes_ks4": True}, ["ks4"]),
        ({"takes_ks2": True, "takes_ks4": True}, ["ks2", "ks4"]),
        ({}, ["ks2", "ks4"]),
    ],
    ids=["primary", "secondary", "all-through", "nobody knows"],
)
def test_a_key_stage_that_the_school_does_not_teach_is_left_out(facts: dict[str, bool], stages: list[str]) -> None:
    assert [each.key for each in results([Snapshot(facts=facts)])] == stages


def test_results_are_shown_whatever_the_register_says_of_the_ages() -> None:
    facts = {"takes_ks4": False, "ks4_results_year": 2017, "ks4_attainment8": 45.0}
    told = {each.key: each.table for each in results([Snapshot(facts=facts)])}
    assert told["ks4"] is not None
