"""Walsall 2011: the floor of 60 % with medians of 87 and 86, ten priorities, eight roles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

JULY_2011 = {"as_at": date(2011, 7, 19), "ks2": 2010}


@pytest.mark.parametrize(
    ("figures", "group"),
    [
        ((58.0, 86.0, 85.0), "below_floor"),
        ((58.0, 87.0, 85.0), "other"),
        ((60.0, 70.0, 70.0), "insufficient_progress"),
        ((75.0, 90.0, 70.0), "other"),
    ],
)
def test_the_benchmark_sorts_schools(
    decided: Callable[..., Any], primary: Callable[..., Any], figures: tuple[float, ...], group: str
) -> None:
    """WAL-01: 58 / 86 / 85 is below the floor, 58 / 87 / 85 is not, 60 / 70 / 70 is short of progress only."""
    attainment, english, maths = figures
    school = primary(ks2_l4_em=attainment, ks2_english_2lp=english, ks2_maths_2lp=maths)
    assert decided("walsall-2011", school, **JULY_2011).category == group


def test_a_school_without_key_stage_2_is_in_the_other_group(
    decided: Callable[..., Any], primary: Callable[..., Any]
) -> None:
    """WAL-01: the floor does not apply to an infant school, which is neither below it nor short of progress."""
    decision = decided("walsall-2011", primary(takes_ks2=False), **JULY_2011)
    assert decision.category == "other"
    assert decision.rules["ks2_below_floor"].does_not_apply


def test_a_suppressed_figure_leaves_a_school_undecided(
    decided: Callable[..., Any], primary: Callable[..., Any], missing: Callable[..., Any]
) -> None:
    """WAL-01: with maths suppressed and the rest below, the school is undecided and maths is named."""
    school = primary(ks2_l4_em=58.0, ks2_english_2lp=86.0) | {"ks2_maths_2lp": missing("suppressed")}
    decision = decided("walsall-2011", school, **JULY_2011)
    assert (decision.state, decision.missing) == ("undecided", ("ks2_maths_2lp",))


def test_the_floor_is_dated_and_sourced(at: Callable[..., Any]) -> None:
    """WAL-02: the figures in force in July 2011 are those of results year 2010, cited to the briefing note."""
    constants = at("walsall-2011", **JULY_2011).constants
    values = {
        name: constants[name].value
        for name in ("ks2_floor_attainment", "ks2_floor_english_median", "ks2_floor_maths_median")
    }
    assert list(values.values()) == [60, 87, 86]
    assert all("Walsall" in constants[name].citation.source.title for name in values)


def test_a_school_below_the_floor_has_a_plan_with_its_states(pack: Callable[..., Any]) -> None:
    """WAL-03: a plan below the floor passes draft, submitted, approved and under review, and is reviewed regularly."""
    walsall = pack("walsall-2011")
    path = next(protocol for protocol in walsall.protocols if protocol.key == "floor_plan")
    assert [step.key for step in path.steps] == ["draft", "submitted", "approved", "under_review"]
    review = next(part for part in walsall.cadence if part.key == "floor_plan_review")
    assert (review.categories, review.stated) == (("below_floor",), False)


@pytest.mark.parametrize(("name", "number"), [("priorities", 10), ("services", 8), ("provider_types", 5), ("plans", 3)])
def test_the_lists_of_the_note_are_complete(pack: Callable[..., Any], name: str, number: int) -> None:
    """WAL-04, WAL-06, WAL-09, WAL-18: ten priorities, eight roles, five kinds of provider, three parent plans."""
    assert len(pack("walsall-2011").lists[name]) == number


def test_each_role_of_the_authority_is_core_traded_or_statutory(pack: Callable[..., Any]) -> None:
    """WAL-09: each of the eight services is marked core, traded or statutory."""
    marks = [service.tags for service in pack("walsall-2011").lists["services"]]
    assert all(len(tags) == 1 and tags[0] in ("core", "traded", "statutory") for tags in marks)


def test_two_forums_have_two_labels_each(pack: Callable[..., Any]) -> None:
    """WAL-13, WAL-14, INC-21: supported self-review and progress review group are forums with their aliases."""
    forums = {forum.key: forum for forum in pack("walsall-2011").lists["forums"]}
    assert forums["ssr"].more["aliases"] == ("School Self Review",)
    assert forums["prg"].more["aliases"] == ("Partnership Review Group",)


def test_the_statutory_step_is_for_maintained_schools_and_comes_last(pack: Callable[..., Any]) -> None:
    """WAL-21: statutory powers end the ladder and only maintained schools have it."""
    ladder = next(protocol for protocol in pack("walsall-2011").protocols if protocol.key == "escalation")
    assert str(ladder.audience) == "maintained"
    assert [step.statutory for step in ladder.steps] == [False] * 5 + [True]
