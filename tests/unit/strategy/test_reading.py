"""Packs are read from YAML; what is not of the form is refused with every reason, file, line and the nearest name."""

from __future__ import annotations

from datetime import date

import pytest
from factories.packs import LITTLE, ONE_CATEGORY, SHELVES, little, trial, write_pack

from strandline.kernel.citations import Verification
from strandline.strategy.model import ALL, Audience, Clock, DayRange, Every, Period, Predecessors
from strandline.strategy.nodes import Comparator, Comparison, Name, Number
from strandline.strategy.parsing import parse_condition
from strandline.strategy.reading import PackNotFound, PackRefused, pack_ids, read_pack


def problems(folder, sections, **files):
    """What is said about a pack that cannot be read, each with its line."""
    with pytest.raises(PackRefused) as refused:
        trial(folder, sections, **files)
    return [str(problem) for problem in refused.value.problems]


def test_a_pack_is_read_whole_with_what_it_includes_and_imports():
    pack = little()
    assert pack.codes == ("4", "F", "1", "2A", "2B", "3A", "3B", "3D", "3C")
    assert set(pack.rules) == {"below_floor", "below_floor_previous", "declining"}
    assert pack.authority == "937"
    assert pack.in_force.since == date(2013, 6, 18)
    assert pack.inspections.predecessors is Predecessors.OWN_ONLY
    assert [item.key for item in pack.lists["priorities"]] == ["attainment"]
    assert pack.lists["counts"][0].number == 236
    assert pack.category("4").order == 10
    assert pack.category("F").order == 2


def test_a_value_knows_its_citation_its_line_and_its_dates():
    value = little().parameters["floor_attainment"].values[1]
    assert (value.since, value.until, value.value) == (2010, 2012, 60.0)
    assert value.citation.source.title == "A note on the floor"
    assert value.citation.status is Verification.VERIFIED
    assert str(value.place) == "little-national/pack.yaml:15"
    assert little().parameters["floor_attainment"].announced == date(2011, 3, 1)


def test_a_part_inherits_the_citation_of_what_holds_it():
    days = little().days
    assert days.extra[0].citation == days.citation


def test_typed_sections_come_as_their_types():
    pack = little()
    assert pack.days.extra[1].days == DayRange(1.0, 2.0)
    assert pack.days.extra[1].days.chosen_by_a_person
    assert pack.cadence[0].every == Every(Period.DAYS, 14)
    assert pack.cadence[1].every == Every(Period.HALF_TERM)
    assert pack.offers[0].audience is Audience.ACADEMY
    assert pack.offers[0].by_category_under()["3A"] == "contact"
    assert pack.offers[0].by_category_under("printed")["3A"] == "core"
    assert pack.entitlements[1].categories == ALL
    assert pack.entitlements[1].covers("2B")
    assert not pack.entitlements[0].covers("2B")
    assert pack.funding[0].rate("3C").rate is None
    assert pack.funding[0].rate("3A").rate == 20.0
    assert pack.boards[0].votes(pack.consortia) == 21
    assert pack.risk.levels[0].when == parse_condition("capacity_to_improve = 'low'")


def test_short_forms_are_one_undated_version():
    pack = little()
    assert pack.parameters["smallest_cohort"].values[0].value == 11.0
    assert pack.rules["declining"].versions[0].since is None
    assert pack.parameters["smallest_cohort"].clock is Clock.EFFECTIVE


def test_yaml_of_the_second_version_reads_no_as_a_word_and_012_as_twelve(tmp_path):
    pack = trial(
        tmp_path,
        ONE_CATEGORY
        + """
        parameters:
          first: {kind: text, value: no, CITE}
          second: {value: 012, CITE}
        """.replace("        ", ""),
    )
    assert pack.parameters["first"].values[0].value == "no"
    assert pack.parameters["second"].values[0].value == 12.0


def test_every_problem_is_told_at_once_with_its_line(tmp_path):
    told = problems(
        tmp_path,
        """\
        categories:
          - {code: 1, title: Outstanding, CITE}
          - {code: "2", titel: Good, CITE}
        rules:
          bad: {when: "length(school_name) > 3", CITE}
        """,
    )
    assert len(told) == 4
    assert any("trial-2013/pack.yaml:7" in each and 'Put it in quotes: "1"' in each for each in told)
    assert any("trial-2013/pack.yaml:8" in each and "Did you mean title, cite?" in each for each in told)
    assert any("trial-2013/pack.yaml:8" in each and "lacks title" in each for each in told)
    assert any("trial-2013/pack.yaml:10" in each and "length(school_name)" in each for each in told)


@pytest.mark.parametrize(
    ("sections", "said", "line"),
    [
        ("categories: {}", "should be a list", 6),
        ("scope: state_funded", "should be a mapping", 6),
        ("rules: [a]", "should be a mapping of names", 6),
        ("in_force: {from: yesterday}", "should be a date", 6),
        ("in_force: {from: '2013-01-01'}", "should be a date", 6),
        ("inspections: {predecessors: some, CITE}", "It is one of own_only, carry", 6),
        ("roles:\n- {key: a, title: A, CITE}\n- {key: a, title: B, CITE}", '"a" is given twice', 8),
        ("rules:\n  a: {when: special}\n  a: {when: academy}", "given twice (first in line 7)", 8),
        ("roles:\n- {key: a, title: A, cite: {source: papr, at: x, status: V}}", "Did you mean paper?", 7),
        ("roles:\n- {key: a, title: A, cite: {source: paper, at: x, status: W}}", "It is one of V, S, U", 7),
        ("roles:\n- {key: a, title: A, cite: {source: paper, at: x}}", "lacks status", 7),
        ("cadence:\n- {key: a, title: A, kind: visit, every: often, CITE}", "N days, N weeks", 7),
        ("parameters: {a: {value: .nan, CITE}}", "cannot be read", 6),
        ("parameters: {a: {value: [1], CITE}}", "should be a text or a number", 6),
        ("days: {core: {days: 5}, extra: [{days: [3, 1]}], CITE}", "[least, most]", 6),
        ("rulez: {}", "Did you mean rules", 6),
        ("a: &x 1\nb: *y", "not YAML", 7),
        ("a: [1", "not YAML", 6),
        ("- 1", "not YAML", 6),
        ("rules: {a: {when: 3}}", "written as a text", 6),
        ("rules: {a: {<<: {when: special}}}", "a key is a plain word", 6),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(tmp_path, sections, said, line):
    told = problems(tmp_path, sections)
    assert any(said in each and f"pack.yaml:{line}" in each for each in told), told


def test_a_file_that_is_not_a_mapping_is_refused(tmp_path):
    folder = write_pack(tmp_path, ONE_CATEGORY)
    (folder / "pack.yaml").write_text("just words", encoding="utf-8")
    with pytest.raises(PackRefused, match="a mapping of sections"):
        read_pack(folder)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    folder = write_pack(tmp_path, ONE_CATEGORY)
    (folder / "pack.yaml").write_bytes("title: Éire".encode("cp1252"))
    with pytest.raises(PackRefused, match="not UTF-8"):
        read_pack(folder)


def test_aliases_that_multiply_are_refused_before_they_fill_the_memory(tmp_path):
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert any("too many values" in each for each in problems(tmp_path, "\n".join(lines)))


def test_included_files_merge_and_the_same_name_in_two_files_is_refused(tmp_path):
    pack = trial(
        tmp_path,
        "include: [more.yaml]\nrules: {a: {when: special, CITE}}" + ONE_CATEGORY,
        more="rules: {b: {when: academy, CITE}}\nroles: [{key: x, title: X, CITE}]",
    )
    assert set(pack.rules) == {"a", "b"}
    assert [file.name for file in pack.files] == ["pack.yaml", "more.yaml"]
    told = problems(
        tmp_path / "second",
        "include: [more.yaml]\nrules:\n  a: {when: special, CITE}",
        more="rules:\n  a: {when: academy, CITE}",
    )
    assert told == ['"a" is given twice in rules (first in trial-2013/pack.yaml:8) (trial-2013/more.yaml:2).']


def test_a_missing_included_file_is_named(tmp_path):
    assert problems(tmp_path, "include: [gone.yaml]") == ["an included file is not there (trial-2013/gone.yaml)."]


def test_an_imported_name_may_not_be_used_again_unless_it_replaces(tmp_path):
    write_pack(tmp_path, "library: true\nrules: {a: {when: special, CITE}}", name="shared")
    told = problems(tmp_path, "imports: [shared]\nrules: {a: {when: academy, CITE}}" + ONE_CATEGORY)
    assert len(told) == 1
    assert "a stands in an imported pack as well (shared/pack.yaml:7)" in told[0]


def test_a_pack_may_replace_an_imported_rule(tmp_path):
    write_pack(tmp_path, "library: true\nrules: {a: {when: special, CITE}, b: {when: special, CITE}}", name="shared")
    pack = trial(tmp_path, "imports: [shared]\nrules: {a: {when: academy, replaces: true, CITE}}" + ONE_CATEGORY)
    assert pack.rules["a"].versions[0].when == Name("academy")
    assert pack.rules["b"].versions[0].when == Name("special")


def test_packs_that_import_each_other_are_refused(tmp_path):
    write_pack(tmp_path, "imports: [second]", name="first")
    write_pack(tmp_path, "imports: [first]", name="second")
    with pytest.raises(PackRefused, match="imports itself"):
        read_pack(tmp_path / "first")


def test_a_pack_is_called_as_its_folder_is(tmp_path):
    folder = write_pack(tmp_path, ONE_CATEGORY)
    folder.rename(tmp_path / "renamed")
    with pytest.raises(PackRefused, match="its folder is renamed"):
        read_pack(tmp_path / "renamed")


def test_an_unknown_pack_names_the_nearest_one():
    with pytest.raises(PackNotFound, match="Did you mean little-2013"):
        read_pack("litle-2013", folders=(SHELVES,))
    assert "little-2013" in pack_ids(folders=(SHELVES,))


def test_the_digest_follows_every_file_and_every_import(tmp_path):
    before = little().sha256
    assert before == little().sha256
    write_pack(tmp_path, "library: true\n", name="shared")
    one = trial(tmp_path, "imports: [shared]\n" + ONE_CATEGORY, name="one").sha256
    shared = tmp_path / "shared" / "pack.yaml"
    shared.write_text(shared.read_text(encoding="utf-8") + "summary: More\n", encoding="utf-8")
    assert read_pack(tmp_path / "one").sha256 != one


def test_a_pack_is_read_by_name_from_a_folder_of_packs_or_by_its_path():
    assert read_pack("little-2013", folders=(SHELVES,)) == read_pack(LITTLE) == read_pack(LITTLE / "pack.yaml")


def test_an_indicator_has_its_formula_as_arithmetic():
    formula = little().indicators[0].formula
    assert Comparison(Comparator.LESS, formula, Number(40.0)) == parse_condition(
        "(median_all - mean_lowest_20) / median_all * 100 < 40"
    )
