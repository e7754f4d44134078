from __future__ import annotations

from strandline.insight.profiles import (
    JudgedSchool,
    all_areas_at_expected,
    profile,
    profiles_by_group,
    report_card_profile,
)


def test_a_school_without_a_judgement_is_listed_and_in_no_denominator() -> None:
    result = profile([JudgedSchool(urn="1", grade=2), JudgedSchool(urn="2", grade=None)])
    assert (result.judged, result.not_judged, result.percent_of_schools()) == (1, ("2",), 100)


def test_a_judged_school_without_a_roll_is_left_out_of_the_pupil_weights_and_listed() -> None:
    result = profile([JudgedSchool(urn="1", grade=2, pupils=100), JudgedSchool(urn="2", grade=3)])
    assert result.percent_of_pupils() == 100
    assert result.pupils_unknown == ("2",)


def test_a_set_without_judgements_has_no_percentage() -> None:
    result = profile([JudgedSchool(urn="1", grade=None)])
    assert result.percent_of_schools() is None
    assert result.percent_of_pupils() is None


def test_groups_keep_the_order_in_which_they_first_appear() -> None:
    rows = [JudgedSchool(urn="1", grade=2, group="primary"), JudgedSchool(urn="2", grade=1, group="special")]
    assert list(profiles_by_group(rows)) == ["primary", "special"]


def test_report_cards_are_counted_by_area_and_an_area_that_is_not_judged_is_in_no_base() -> None:
    cards = [
        {"rc_inclusion": "strong_standard", "rc_post_16": None},
        {"rc_inclusion": "needs_attention", "rc_post_16": "expected_standard"},
    ]
    inclusion, post_16 = report_card_profile(cards, areas=("rc_inclusion", "rc_post_16"))
    assert (inclusion.at_expected_or_above, inclusion.judged, inclusion.percent()) == (1, 2, 50)
    assert (post_16.at_expected_or_above, post_16.judged) == (1, 1)
    assert all_areas_at_expected(cards, areas=("rc_inclusion", "rc_post_16")) == 1
