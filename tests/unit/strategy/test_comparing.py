"""Two packs side by side."""

from __future__ import annotations

from factories.packs import ONE_CATEGORY, little, trial

from strandline.strategy.comparing import Change, compare


def test_a_pack_does_not_differ_from_itself():
    assert compare(little(), little()) == ()


def test_a_value_that_only_moved_in_its_file_does_not_differ(tmp_path):
    one = trial(tmp_path / "a", "summary: Same" + ONE_CATEGORY)
    other = trial(tmp_path / "b", "\n\n\nsummary: Same" + ONE_CATEGORY)
    assert compare(one, other) == ()


def test_differences_say_where_and_what(tmp_path):
    before = trial(
        tmp_path / "a",
        "parameters: {floor: {clock: ks2_results_year, values: [{from: 2010, to: 2012, value: 55, CITE}]}}"
        + ONE_CATEGORY,
    )
    after = trial(
        tmp_path / "b",
        "parameters: {floor: {clock: ks2_results_year, values: [{from: 2010, to: 2012, value: 60, CITE}]}}\n"
        "rules: {poor: {when: inspection_grade > 2, CITE}}" + ONE_CATEGORY.replace("= 1", "<= 1"),
    )
    found = compare(before, after)
    assert [str(each) for each in found if each.change is Change.CHANGED] == [
        "parameters.floor.values.2010 to 2012.value: 55 → 60",
        "categories.1.when: inspection_grade = 1 → inspection_grade <= 1",
    ]
    added = [each for each in found if each.change is Change.ADDED]
    assert {each.section for each in added} == {"rules"}
    assert "rules.poor.versions.always.when: inspection_grade > 2 (added)" in map(str, added)
    assert all(each.change is Change.REMOVED for each in compare(after, before) if each.section == "rules")
