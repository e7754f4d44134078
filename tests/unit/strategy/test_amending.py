"""A copied pack made to diverge: what is changed, what stays, and what is refused."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest

from strandline.runs import packs
from strandline.strategy.amending import Amendment, NotInThePack
from strandline.strategy.model import Pack

REASON = 'Cohorts of nine swing by themselves; "15" caught <half> the schools & cost £3,000'


def changed(
    *, settings: dict[str, str] | None = None, parameters: dict[str, float] | None = None, reason: str = REASON
) -> Amendment:
    names = (*(settings or {}), *(parameters or {}))
    return Amendment(
        settings=settings or {},
        parameters=parameters or {},
        publisher="Sandmouth Council",
        authority="990",
        on=date(2026, 3, 2),
        reasons=dict.fromkeys(names, reason),
    )


def diverged(home: Path, amendment: Amendment, *, like: str = "sefton-2010", name: str = "our-own-way") -> Pack:
    return packs.diverge(home, name=name, like=like, title="Our own way", amendment=amendment)


def test_a_changed_number_is_the_only_difference_between_the_copy_and_its_origin(tmp_path: Path) -> None:
    """WAR-61: a model adopted from another authority is cloned and diverges; every other value stays as it was."""
    made = diverged(tmp_path, changed(parameters={"strand_swing": 10.0}))
    origin = packs.read(tmp_path, which="sefton-2010")
    assert [version.value for version in made.parameters["strand_swing"].values] == [10]
    assert made.parameters.keys() == origin.parameters.keys()
    assert [category.when for category in made.categories] == [category.when for category in origin.categories]
    assert (made.title, made.authority, made.publisher) == ("Our own way", "990", "Sandmouth Council")
    assert packs.check(tmp_path, which="our-own-way") == ()
    told = {difference.where for difference in packs.compare(tmp_path, one="sefton-2010", other="our-own-way")}
    assert any("strand_swing" in name for name in told)
    assert not any("strand_progress" in name for name in told)


def test_a_changed_number_is_cited_to_the_authority_with_its_reason_and_flagged(tmp_path: Path) -> None:
    made = diverged(tmp_path, changed(parameters={"strand_swing": 10.0}))
    citation = made.parameters["strand_swing"].citation
    assert citation is not None
    assert citation.status.flagged
    assert citation.source.title == "Changes made by Sandmouth Council"
    assert f"instead of 15 percentage points, in every year because: {REASON}" == citation.note


def test_a_number_of_an_imported_pack_is_replaced_in_the_copy_alone(tmp_path: Path) -> None:
    made = diverged(tmp_path, changed(parameters={"ks2_floor_attainment": 62.5}))
    assert [version.value for version in made.parameters["ks2_floor_attainment"].values] == [62.5]
    national = packs.read(tmp_path, which="england-national")
    assert 62.5 not in [version.value for version in national.parameters["ks2_floor_attainment"].values]


def test_a_changed_choice_has_its_other_answer_by_default(tmp_path: Path) -> None:
    origin = packs.read(tmp_path, which="warwickshire-2013")
    name, setting = next(iter(origin.settings.items()))
    other = next(value for value in setting.values if value != setting.default)
    made = diverged(tmp_path, changed(settings={name: other}), like="warwickshire-2013")
    assert made.settings[name].default == other
    assert made.settings[name].values == setting.values


def test_a_copy_of_a_copy_diverges_again(tmp_path: Path) -> None:
    diverged(tmp_path, changed(parameters={"strand_swing": 10.0}))
    again = diverged(tmp_path, changed(parameters={"strand_swing": 8.0}), like="our-own-way", name="our-own-way-2")
    assert [version.value for version in again.parameters["strand_swing"].values] == [8]
    assert [
        version.value for version in packs.read(tmp_path, which="our-own-way").parameters["strand_swing"].values
    ] == [10]
    assert packs.own(tmp_path) == {"our-own-way", "our-own-way-2"}


@pytest.mark.parametrize(
    ("amendment", "said"),
    [
        (changed(parameters={"swing": 10.0}), "swing is no number of the pack sefton-2010"),
        (changed(parameters={"strand_swing": math.nan}), "nan is no value for strand_swing"),
        (changed(settings={"mood": "good"}), "has no setting mood"),
        (changed(parameters={"ks2_floor_attainment": 140.0}), "140 percent, more than the whole"),
        (changed(parameters={"ks2_floor_attainment": -1.0}), "never below zero"),
    ],
)
def test_what_the_check_of_packs_refuses_is_refused_in_a_sentence_and_leaves_nothing(
    tmp_path: Path, amendment: Amendment, said: str
) -> None:
    with pytest.raises((NotInThePack, packs.CopyRefused), match=said):
        diverged(tmp_path, amendment)
    assert packs.own(tmp_path) == frozenset()


def test_a_long_reason_is_shortened_in_the_pack_and_breaks_nothing(tmp_path: Path) -> None:
    made = diverged(tmp_path, changed(parameters={"strand_swing": 10.0}, reason='£ "a: b" #<c>\n' * 800))
    citation = made.parameters["strand_swing"].citation
    assert citation is not None
    assert citation.note.endswith("…")
    assert len(citation.note) < 400
    assert packs.check(tmp_path, which="our-own-way") == ()
