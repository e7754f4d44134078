from __future__ import annotations

from datetime import date

import pytest

from strandline.engine.days import ChoiceNotAllowed, DayChoice, assess_risk, days_due
from strandline.engine.resolve import resolve
from strandline.kernel.errors import BugError
from strandline.kernel.missing import Missing, MissingReason
from strandline.strategy.reading import read_pack

AT = resolve(read_pack("sefton-2010"), as_at=date(2010, 3, 31), clocks={"ks2_results_year": 2009})
JUDGED = {"capacity_to_improve": "low", "likelihood_of_meeting_targets": "low"}


def test_days_are_a_range_while_risk_is_open() -> None:
    due = days_due(AT, "inconsistent", {})
    assert (due.least, due.most, due.days, due.settled) == (5, 8, None, False)
    assert "risk is not assessed" in due.why_open


def test_a_judgement_that_is_missing_is_not_a_level() -> None:
    school = JUDGED | {"risk_level": Missing(reason=MissingReason.NOT_SUPPLIED)}
    assert assess_risk(AT, school).lacking == ("risk_level",)


def test_days_cannot_be_chosen_before_risk_is_assessed() -> None:
    with pytest.raises(ChoiceNotAllowed, match="before risk is assessed"):
        days_due(AT, "inconsistent", {}, choice=DayChoice(extra_days=2, reason="early"))


def test_half_days_cannot_be_chosen() -> None:
    with pytest.raises(ChoiceNotAllowed, match="whole days"):
        days_due(AT, "inconsistent", JUDGED | {"risk_level": "middle"}, choice=DayChoice(extra_days=1.5, reason="half"))


def test_a_pack_without_days_is_not_asked_for_them() -> None:
    halton = resolve(read_pack("halton-2014"), as_at=date(2014, 4, 1))
    assert assess_risk(halton, {}).level is None
    with pytest.raises(BugError):
        days_due(halton, "other", {})
