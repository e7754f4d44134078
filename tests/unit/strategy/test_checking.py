"""A pack that can be read may still be wrong; checking says how, where, and what to do."""

from __future__ import annotations

import pytest
from factories.packs import CITE, ONE_CATEGORY, little, trial

from strandline.strategy.checking import Level, check
from strandline.strategy.checking.allowed import Span, Words
from strandline.strategy.reading import pack_ids, read_pack


def findings(folder, sections):
    return [str(finding) for finding in check(trial(folder, sections))]


def test_a_pack_in_order_has_no_findings():
    assert check(little()) == ()


@pytest.mark.parametrize("name", pack_ids())
def test_every_shipped_pack_is_in_order(name):
    assert [str(f) for f in check(read_pack(name)) if f.level is Level.ERROR] == []


VERSIONS = """
parameters:
  floor:
    clock: ks2_results_year
    values:
      - {{from: {a}, to: {b}, value: 60, CITE}}
      - {{from: {c}, to: {d}, value: 65, CITE}}
"""


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2010, 2012, 2013, 2015), None),
        ((2010, 2012, 2014, 2015), "floor says nothing between 2012 and 2014"),
        ((2010, 2012, 2012, 2015), "floor has two versions for 2012"),
        ((2010, 2009, 2013, 2015), "ends (2009) before it begins (2010)"),
        (("2010-01-01", 2012, 2013, 2015), "is not a results year"),
    ],
)
def test_dated_versions_follow_on_each_other(tmp_path, years, said):
    found = findings(tmp_path, VERSIONS.format(**dict(zip("abcd", years, strict=True))) + ONE_CATEGORY)
    assert found == [] if said is None else any(said in each for each in found)


def test_days_follow_on_each_other_too(tmp_path):
    found = findings(
        tmp_path,
        """
        parameters:
          period: {unit: days, values: [{to: 2016-04-17, value: 15, CITE}, {from: 2016-04-19, value: 10, CITE}]}
        """.replace("        ", "")
        + ONE_CATEGORY,
    )
    assert any("says nothing between 2016-04-17 and 2016-04-19" in each for each in found)


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ("rules: {a: {when: special}}", "the ruleversion cites nothing"),
        ("roles: [{key: a, title: A}]", "the item a cites nothing"),
        ("rules: {a: {when: ks2_l4_emm < 60, CITE}}", "did you mean ks2_l4_em"),
        ("rules: {a: {when: \"ks2_l4_em < 'x'\", CITE}}", "compares a number with a text"),
        ("rules: {a: {when: \"phase = 'primry'\", CITE}}", "phase is never 'primry': did you mean primary?"),
        ("rules: {a: {when: \"school_name < 'b'\", CITE}}", "only numbers and dates have an order"),
        ("rules: {a: {when: \"opened_on < 'last year'\", CITE}}", "not a date such as"),
        ("rules: {a: {when: ks2_l4_em, CITE}}", "is a number and cannot stand alone"),
        ("rules: {a: {when: special + 1 = 2, CITE}}", "is true or false and cannot be reckoned with"),
        ("rules: {a: {when: special, CITE}, b: {when: a = TRUE, CITE}}", "a is a rule: write a or NOT a"),
        ("rules: {a: {when: special, CITE}, b: {when: a IS NULL, CITE}}", "a rule has no figure"),
        ("rules: {a: {when: b, CITE}, b: {when: a, CITE}}", "the rule a uses itself, by way of b"),
        ("rules: {a: {same_as: c}}", "leads nowhere"),
        ("rules: {a: {same_as: b, years_before: 1}, b: {when: special, CITE}}", "does not count by results years"),
        ("rules: {special: {when: academy, CITE}}", "special is a rule and a feature of the catalogue"),
        ("judgements: {capacity: {meaning: Capacity, CITE}}", "capacity is a judgement and a feature"),
        ("rules: {a: {versions: [{from: 2010-01-01, CITE}]}}", "either a condition or the reason"),
        ("parameters: {a: {unit: percent, CITE}}", "a has no value"),
        ("settings: {a: {title: A, default: x, values: {y: why}, CITE}}", 'there is no value "x"'),
        ('entitlements: [{key: a, title: A, categories: ["2"], CITE}]', 'there is no category "2"'),
        ("entitlements: [{key: a, title: A, payers: [la], CITE}]", 'there is no payer "la"'),
        ("cadence: [{key: a, title: A, kind: visit, every: term, after: b, CITE}]", 'there is no step "b"'),
        ("cadence: [{key: a, title: A, kind: visit, every: term, by: b, CITE}]", "the role b is not in the list"),
        ("risk: {dimensions: [x], levels: [{code: high}], CITE}", 'there is no judgement "x"'),
        ("risk: {levels: [{code: high}], CITE}", "nothing gives the level of risk"),
        ("days: {core: {days: 5}, extra: [{days: 1, risk: high}], CITE}", 'there is no level of risk "high"'),
        ("funding: [{key: f, title: F, rates: [], CITE}]", "the formula f has no rate for 1"),
        (
            'offers: [{key: o, title: O, audience: all, items: [{key: i, title: I}], by_category: {"2": i}, CITE}]',
            "nothing for 1",
        ),
        ("bands: [{key: b, title: B, bands: [{to: 30, code: x}, {to: 20, code: y}], CITE}]", "do not rise"),
        (
            "boards: [{key: b, title: B, seats: [{role: r, number: 2}], votes_printed: 3, CITE}]",
            "have 2 votes and 3 are printed",
        ),
        (
            "indicators: [{key: i, title: I, definition: D, formula: x / 2, CITE}]",
            "uses x, which is not one of its inputs",
        ),
        ("indicators: [{key: i, title: I, definition: D, feature: x, CITE}]", "which is not a feature"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_found(tmp_path, sections, said):
    found = findings(tmp_path, sections + ONE_CATEGORY)
    assert any(said in each for each in found), found
    assert all("trial-2013/pack.yaml:" in each for each in found)


def test_a_pack_without_categories_is_a_library_or_wrong(tmp_path):
    assert any("has no categories" in each for each in findings(tmp_path / "a", "summary: x"))
    assert findings(tmp_path / "b", "library: true") == []


def test_a_rule_may_not_cover_a_year_for_which_its_parameter_is_silent(tmp_path):
    sections = """
        parameters:
          floor: {clock: ks2_results_year, values: [{from: 2010, to: 2012, value: 60, CITE}]}
          before: {same_as: floor, years_before: 1}
        rules:
          a: {clock: ks2_results_year, versions: [{from: 2010, to: 2013, when: ks2_l4_em < floor, CITE}]}
          b: {clock: ks2_results_year, versions: [{from: 2010, to: 2011, when: ks2_l4_em < before, CITE}]}
    """
    found = findings(tmp_path, sections.replace("\n        ", "\n") + ONE_CATEGORY)
    assert any("a covers 2013 and uses floor, which says nothing for that year" in each for each in found)
    assert any("b covers 2010 and uses before" in each for each in found)


def test_a_rule_goes_no_further_back_than_the_facts(tmp_path):
    sections = """
        rules:
          a: {clock: ks2_results_year, versions: [{when: ks2_l4_em_previous < 60, CITE}]}
          b: {same_as: a, years_before: 2}
    """
    found = findings(tmp_path, sections.replace("\n        ", "\n") + ONE_CATEGORY)
    assert any("b needs ks2_l4_em_previous 2 results years earlier" in each for each in found)


def reach(folder, *conditions, rules=""):
    rows = "".join(f'\n  - {{code: "{n}", title: T, when: "{c}", CITE}}' for n, c in enumerate(conditions, start=1))
    return [each for each in findings(folder, f"{rules}\ncategories:{rows}") if "reach" in each]


@pytest.mark.parametrize(
    "conditions",
    [
        ("inspection_grade = 2", "inspection_grade = 2 AND special"),
        ("inspection_grade >= 2", "inspection_grade IN (3, 4)"),
        ("TRUE", "special"),
        ("special", "special"),
        ("special OR academy", "academy AND inspection_grade = 1"),
        ("inspection_date < '2012-09-01'", "inspection_date BETWEEN '2010-01-01' AND '2011-01-01'"),
        ("phase <> 'primary'", "phase = 'secondary'"),
        ("NOT special", "NOT (special OR academy)"),
        ("inspection_grade <> 4", "inspection_grade < 3"),
        ("ks2_l4_em < ks2_l4_rwm", "ks2_l4_em < ks2_l4_rwm AND special"),
    ],
)
def test_a_category_that_an_earlier_one_takes_whole_is_out_of_reach(tmp_path, conditions):
    (found,) = reach(tmp_path, *conditions)
    assert "nothing can reach 2: 1 comes earlier and takes all of it (trial-2013/pack.yaml:" in found


@pytest.mark.parametrize(
    "condition",
    [
        "inspection_grade = 2 AND inspection_grade = 3",
        "special AND NOT special",
        "phase = 'primary' AND phase IN ('nursery', 'secondary')",
        "ks2_l4_em < 60 AND ks2_l4_em >= 60",
        "FALSE",
    ],
)
def test_a_condition_that_contradicts_itself_is_out_of_reach(tmp_path, condition):
    assert any("contradicts itself" in each for each in reach(tmp_path, condition))


@pytest.mark.parametrize(
    "conditions",
    [
        ("inspection_grade = 2 AND special", "inspection_grade = 2"),
        ("inspection_grade <= 2", "inspection_grade BETWEEN 2 AND 3"),
        ("special", "academy"),
        ("phase = 'primary'", "phase IN ('primary', 'nursery')"),
        ("ks2_l4_em < 60", "ks2_l4_em <= 60"),
        ("NOT (special AND academy)", "special AND academy"),
        ("inspection_grade <> 4", "inspection_grade <= 4"),
    ],
)
def test_a_category_that_leaves_something_is_within_reach(tmp_path, conditions):
    assert reach(tmp_path, *conditions) == []


def test_rules_of_one_version_are_opened_to_see_what_they_take(tmp_path):
    rules = f"rules: {{poor: {{when: inspection_grade >= 3, {CITE}}}}}"
    assert len(reach(tmp_path / "a", "poor", "inspection_grade = 4", rules=rules)) == 1
    assert reach(tmp_path / "b", "poor AND special", "inspection_grade = 4", rules=rules) == []


def test_a_category_without_a_rule_is_a_warning(tmp_path):
    found = check(trial(tmp_path, 'categories: [{code: "1", title: T, CITE}]'))
    assert [finding.level for finding in found] == [Level.WARNING]


def test_spans_and_words_know_what_lies_within_what():
    assert Span(low=1, high=2).inside(Span(low=1))
    assert not Span(low=1, high=2).inside(Span(low=1, low_open=True))
    assert Span(low=1, low_open=True).inside(Span(low=1))
    assert Span(low=3, high=3).inside(Span(excluded=frozenset({4.0})))
    assert not Span(low=3, high=5).inside(Span(excluded=frozenset({4.0})))
    assert Span(low=3, high=3, excluded=frozenset({3.0})).empty
    assert Words(only=frozenset("ab")).inside(Words(never=frozenset("c")))
    assert not Words().inside(Words(only=frozenset("a")))
    assert Words(only=frozenset("a")).meet(Words(only=frozenset("b"))).empty
    assert not Words(only=frozenset("a")).inside(Span())
