"""A pack at a moment: which version counts, and why there is none."""

from __future__ import annotations

from datetime import date

import pytest
from factories.packs import ONE_CATEGORY, little, trial

from strandline.engine.resolve import PackNotUsable, UnknownSetting, resolve
from strandline.strategy.printing import print_node

AS_AT = date(2013, 9, 30)


def at(year, pack=None, as_at=AS_AT, **settings):
    return resolve(pack or little(), as_at=as_at, clocks={"ks2_results_year": year}, settings=settings)


@pytest.mark.parametrize(("year", "value"), [(2005, 55), (2009, 55), (2010, 60), (2012, 60), (2013, 65), (2015, 65)])
def test_a_parameter_has_the_value_of_the_results_year(year, value):
    assert at(year).constants["floor_attainment"].value == value


def test_a_parameter_without_a_value_says_why():
    constant = at(2016).constants["floor_attainment"]
    assert (constant.value, constant.why_none) == (None, "the measure ended")


def test_a_parameter_outside_its_versions_says_that_the_pack_is_silent():
    constant = at(2008).constants["median_english"]
    assert (constant.value, constant.why_none) == (None, "the pack states nothing for results year 2007/08")


def test_without_results_a_parameter_says_that_none_were_published():
    constant = at(None).constants["floor_attainment"]
    assert (constant.value, constant.why_none) == (None, "no KS2 results had been published")


def test_a_parameter_one_year_before_has_the_value_of_the_year_before():
    resolved = at(2013)
    assert resolved.constants["floor_attainment"].value == 65
    assert resolved.constants["floor_attainment_previous"].value == 60


def test_a_rule_has_the_condition_of_its_year_and_the_citation_of_that_version():
    rule = at(2009).rules["below_floor"]
    assert print_node(rule.condition) == "ks2_l4_em < floor_attainment"
    assert rule.citation.at == "§1"
    assert rule.period == "to 2009"


def test_a_rule_that_had_ended_says_so():
    assert at(2017).rules["below_floor"].none == "no such floor was published"


def test_a_rule_one_year_before_reads_the_figures_and_parameters_of_the_year_before():
    resolved = at(2013)
    rule = resolved.rules["below_floor_previous"]
    assert print_node(rule.condition) == (
        "ks2_cohort_previous >= smallest_cohort AND ks2_l4_em_previous < floor_attainment__1_before "
        "AND ks2_english_2lp_previous < median_english__1_before"
    )
    assert resolved.constants["floor_attainment__1_before"].value == 60
    assert print_node(rule.applies_when) == "takes_ks2 AND NOT special"


def test_effective_dates_count_by_the_as_at_date(tmp_path):
    pack = trial(
        tmp_path,
        """
        parameters:
          period:
            values: [{to: 2016-04-17, value: 15, CITE}, {from: 2016-04-18, none: the issuer sets it, CITE}]
        """.replace("        ", "")
        + ONE_CATEGORY,
    )
    assert at(2012, pack, as_at=date(2016, 4, 17)).constants["period"].value == 15
    assert at(2012, pack, as_at=date(2016, 4, 18)).constants["period"].why_none == "the issuer sets it"


def test_rules_stand_after_those_they_use():
    names = list(at(2013).rules)
    assert names.index("below_floor") < names.index("declining")


def test_a_setting_has_its_default_unless_another_value_is_chosen():
    assert at(2012).constants["stable_good"].value == "2A"
    assert at(2012, stable_good="2B").constants["stable_good"].value == "2B"
    with pytest.raises(UnknownSetting, match="There are 2A, 2B"):
        at(2012, stable_good="2C")
    with pytest.raises(UnknownSetting, match="no setting other"):
        at(2012, other="2C")


def test_a_run_outside_the_time_in_force_is_warned_of_and_not_refused():
    assert at(2012).warnings == ()
    assert "in force from 18 June 2013" in at(2012, as_at=date(2013, 4, 30)).warnings[0]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("a: {when: b, CITE}", "a uses b, which is not known"),
        ("a: {when: ks2_l4_em < 'x', CITE}", "compares a number with a text"),
        ("a: {when: b, CITE}, b: {when: a, CITE}", "uses itself"),
        (
            "a: {when: ks2_cohort_before_previous < 6, clock: ks2_results_year}, b: {same_as: a, years_before: 1}",
            "1 results years earlier",
        ),
    ],
)
def test_a_pack_that_cannot_be_used_is_refused_with_the_reason(tmp_path, rules, said):
    with pytest.raises(PackNotUsable, match=said):
        at(2012, trial(tmp_path, f"rules: {{{rules}}}" + ONE_CATEGORY))


def test_the_inputs_are_what_any_rule_mentions():
    names = {known.name for known in at(2012).inputs}
    assert {"state_funded", "ks2_l4_em", "ks2_l4_em_previous", "capacity_to_improve"} <= names
    assert "floor_attainment" not in names
