from __future__ import annotations

from datetime import date

import pytest

from strandline.engine.entitle import Claim, UnknownPreset, entitle, preset_names
from strandline.engine.evaluate import decide
from strandline.engine.resolve import resolve
from strandline.strategy.model import Visit
from strandline.strategy.reading import read_pack

WAR = read_pack("warwickshire-2013")
AT = resolve(WAR, as_at=date(2013, 9, 1))
GRADE_4 = {"state_funded": True, "maintained": True, "academy": False, "inspection_grade": 4.0, "church_school": True}


def _claims(school: dict[str, object]) -> dict[str, Claim]:
    given = entitle(AT, decide(AT, school), school)  # type: ignore[arg-type]
    return {part.entitlement.key: part.claim for part in given.support}


def test_a_school_without_a_category_is_entitled_to_nothing_and_is_told_why() -> None:
    school = GRADE_4 | {"inspection_grade": None}
    given = entitle(AT, decide(AT, school), school)
    assert (given.category, given.support, given.why_none) == (None, (), "the school is undecided")


def test_an_unknown_legal_form_leaves_the_claim_unknown() -> None:
    claims = _claims(GRADE_4 | {"maintained": None})
    assert claims["statement_of_action"] is Claim.UNKNOWN
    assert claims["heads_cpd"] is Claim.ENTITLED


def test_support_for_maintained_schools_is_for_another_audience_at_an_academy() -> None:
    assert _claims(GRADE_4 | {"maintained": False, "academy": True})["attached_officer"] is Claim.OTHER_AUDIENCE


def test_support_that_is_given_where_needed_says_so() -> None:
    school = GRADE_4 | {"inspection_grade": 3.0, "inspection_date": date(2012, 10, 1), "leadership_grade": 2.0}
    assert _claims(school)["brokered_if_needed"] is Claim.IF_NEEDED


def test_planned_support_is_not_called_an_entitlement() -> None:
    england = resolve(read_pack("england-2026"), as_at=date(2026, 2, 1))
    areas = (
        "inclusion",
        "curriculum_teaching",
        "attendance_behaviour",
        "personal_development",
        "leadership_governance",
    )
    card = {f"rc_{area}": "expected_standard" for area in areas} | {"rc_achievement": "urgent_improvement"}
    school = {"state_funded": True, "maintained": True, "academy": False, "report_card_date": date(2026, 1, 5)}
    school |= card | {"rc_safeguarding": "met"}
    given = entitle(england, decide(england, school), school)
    assert {part.entitlement.key: part.claim for part in given.support}["rise_significant"] is Claim.PLANNED


def test_an_unknown_preset_is_refused_with_the_known_ones() -> None:
    assert preset_names(WAR) == ("printed", "corrected")
    with pytest.raises(UnknownPreset, match="printed, corrected"):
        entitle(AT, decide(AT, GRADE_4), GRADE_4, preset="imagined")


def test_the_offer_by_category_states_the_contact() -> None:
    academy = GRADE_4 | {"maintained": False, "academy": True}
    assert entitle(AT, decide(AT, academy), academy).visit is Visit.LIAISON
    assert entitle(AT, decide(AT, GRADE_4), GRADE_4).visit is Visit.UNSTATED
