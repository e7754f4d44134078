"""Cambridgeshire 2014: two protocols, an offer in three columns, a pathway for schools that require improvement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

NOVEMBER_2014 = {"as_at": date(2014, 11, 18)}
ACADEMY = {"maintained": False, "academy": True, "legal_form": "academy_converter"}


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ({"inspection_grade": 4.0}, "concern"),
        ({"causing_concern": True}, "concern"),
        ({"inspection_grade": 3.0}, "ri"),
        ({"inspection_grade": 2.0}, "good"),
        ({"inspection_grade": 1.0}, "outstanding"),
    ],
)
@pytest.mark.parametrize("form", [{}, ACADEMY], ids=["maintained", "academy"])
def test_schools_and_academies_are_monitored_alike(
    decided: Callable[..., Any], primary: Callable[..., Any], form: dict[str, Any], said: dict[str, Any], group: str
) -> None:
    """CAM-01, CAM-26: academies are monitored in the same groups as maintained schools."""
    assert decided("cambridgeshire-2014", primary(**form | said), **NOVEMBER_2014).category == group


def test_there_are_two_protocols_for_concern_and_the_powers_are_in_one(pack: Callable[..., Any]) -> None:
    """CAM-01, CAM-08: one protocol for maintained schools, with statutory powers, and one for academies, without."""
    found = {p.key: p for p in pack("cambridgeshire-2014").protocols if str(p.kind) == "protocol"}
    assert {key: str(protocol.audience) for key, protocol in found.items()} == {
        "maintained_concern": "maintained",
        "academy_concern": "academy",
    }
    statutory = {key: any(step.statutory for step in protocol.steps) for key, protocol in found.items()}
    assert statutory == {"maintained_concern": True, "academy_concern": False}


def test_the_offer_has_exactly_three_columns(pack: Callable[..., Any]) -> None:
    """CAM-12: what is available to all, to maintained schools and to academies: three columns, no more."""
    assert [str(offer.audience) for offer in pack("cambridgeshire-2014").offers] == ["all", "maintained", "academy"]


def test_there_is_a_pathway_for_schools_that_require_improvement(pack: Callable[..., Any]) -> None:
    """CAM-13: schools judged to require improvement have a pathway, flagged where its steps were not read."""
    pathway = next(p for p in pack("cambridgeshire-2014").protocols if p.key == "ri_pathway")
    assert str(pathway.kind) == "pathway"
    assert pathway.when is not None
    assert pathway.citation.status.flagged


def test_the_statement_of_the_role_fits_on_a_page(pack: Callable[..., Any]) -> None:
    """CAM-10: the statement of the authority's role takes less than a page of 500 words."""
    words = sum(len(paragraph.text.split()) for paragraph in pack("cambridgeshire-2014").statement.paragraphs)
    assert 0 < words < 500


def test_consultation_and_implications_are_listed(pack: Callable[..., Any]) -> None:
    """CAM-07, CAM-15, CAM-16: six groups consulted, three corporate priorities, six kinds of implication."""
    lists = pack("cambridgeshire-2014").lists
    assert [len(lists[key]) for key in ("consultation", "objectives", "implications")] == [6, 3, 6]
