"""Authorities that never were, in layouts that exist."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from strandline.generate import generate
from strandline.generate.layouts import LINKS, write
from strandline.generate.sefton_like import COUNTS, sandmouth
from strandline.generate.warwickshire_like import COUNTS as ARDENSHIRE
from strandline.generate.warwickshire_like import ardenshire
from strandline.runs import data
from strandline.runs.proposals import run as make_run
from strandline.sources import contracts
from strandline.sources.adding import add
from strandline.sources.store import Store


def hashes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_schools(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        generate(tmp_path / name, seed=seed)
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b")
    assert hashes(tmp_path / "a") != hashes(tmp_path / "c")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sandmouth_has_the_composition_of_the_eighty_schools(seed: int) -> None:
    schools = sandmouth(seed).schools
    ages = Counter(
        (school.sector, school.low_age > 6, school.high_age < 8 and school.sector == "Primary") for school in schools
    )
    assert ages == {
        ("Primary", False, False): 71,
        ("Primary", True, False): 2,
        ("Primary", False, True): 3,
        ("Nursery", False, False): 4,
    }
    assert sum(COUNTS.values()) == len(schools) == 80


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ardenshire_has_the_numbers_of_schools_and_grades_of_april_2013(seed: int) -> None:
    open_schools = [school for school in ardenshire(seed).schools if school.closed_on is None]
    assert Counter(school.sector for school in open_schools) == {"Primary": 192, "Secondary": 35, "Special": 9}
    grades = Counter((s.sector, s.inspections[-1].overall if s.inspections else None) for s in open_schools)
    assert [grades["Primary", grade] for grade in (1, 2, 3, 4, None)] == [24, 117, 41, 4, 6]
    assert [grades["Secondary", grade] for grade in (1, 2, 3, 4)] == [12, 10, 12, 1]
    assert [grades["Special", grade] for grade in (1, 2, 3, 4)] == [1, 6, 2, 0]
    academies = Counter(s.sector for s in open_schools if s.trust)
    assert academies == {"Primary": 10, "Secondary": 23, "Special": 1}


def test_every_generated_file_passes_the_contract_of_its_layout(tmp_path: Path) -> None:
    store = Store(tmp_path / "home")
    for made in generate(tmp_path / "files"):
        added = add(store, made.files, part=True)
        assert len(added) == len(made.files)
        assert all(one.release.rows > 0 for one in added)


def test_names_of_schools_are_unique_and_urns_do_not_collide() -> None:
    schools = [*sandmouth(1).schools, *ardenshire(1).schools]
    assert len({school.urn for school in schools}) == len(schools)
    for authority in (sandmouth(1), ardenshire(1)):
        names = [school.name for school in authority.schools]
        assert len(set(names)) == len(names)


def test_a_row_with_a_name_that_the_layout_does_not_hold_is_an_error_of_the_generator(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no_such"):
        write(contracts()[LINKS], [{"no_such": "1"}], tmp_path / "links.csv")


def test_sandmouth_falls_into_strands_of_3_9_15_32_and_21(tmp_path: Path) -> None:
    """SEF-01, SEF-02: eighty schools, each in exactly one strand, with the counts of the plan."""
    (made, *_) = generate(tmp_path / "files")
    data.add(tmp_path / "home", paths=made.files, part=True)
    run = make_run(
        tmp_path / "home",
        pack=made.authority.pack,
        as_at=made.authority.as_at,
        authority=str(made.authority.code),
        judgements=made.judgements,
    )
    assert dict(run.decisions.group_by("category").len().iter_rows()) == COUNTS
    assert run.decisions["urn"].n_unique() == run.decisions.height == 80


def test_ardenshire_falls_into_the_eight_categories_and_names_six_new_academies(tmp_path: Path) -> None:
    """WAR-04, WAR-25: 230 judged schools in eight categories; six uninspected academies are undecided."""
    (_, made, _) = generate(tmp_path / "files")
    data.add(tmp_path / "home", paths=made.files, part=True)
    run = make_run(
        tmp_path / "home", pack=made.authority.pack, as_at=made.authority.as_at, authority=str(made.authority.code)
    )
    counts = dict(run.decisions.group_by("category").len().iter_rows())
    assert counts == {**ARDENSHIRE, None: 6}
    assert run.decisions.height == 236
