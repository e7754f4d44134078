"""Statutory powers by legal form (acceptance 6): for each type of establishment the table says which powers exist."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import strandline.sources.facts as facts
from strandline.catalogue.identity import LEGAL_FORMS
from strandline.web.triggers.powers import Answer, law, powers_of, powers_of_form

TODAY = date(2026, 11, 1)
POWERS = ("s60", "s60A", "s60B", "s63", "s64", "s65", "s66")
MAINTAINED = (
    "community voluntary_aided voluntary_controlled foundation community_special foundation_special maintained_nursery"
).split()
ACADEMIES = (
    "academy_converter academy_sponsor_led free_school university_technical_college studio_school academy_special "
    "academy_alternative_provision academy_16_19"
).split()
NEITHER = "city_technology_college non_maintained_special independent further_education other".split()


@dataclass
class School:
    """A school as far as the law asks."""

    legal_form: str


def wordings() -> dict[str, str]:
    """Every wording of a type of establishment that the desk reads, with its legal form."""
    path = Path(facts.__file__).parent / "establishment_types.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["wording"]: row["legal_form"] for row in csv.DictReader(lines) if row["source"].startswith("GIAS")}


def test_every_legal_form_of_the_catalogue_stands_in_the_table_once() -> None:
    assert sorted(law().forms) == sorted(LEGAL_FORMS)


def test_every_type_of_the_register_that_the_desk_reads_stands_in_the_table() -> None:
    listed = {row.name.lower(): row.legal_form for row in law().types}
    assert listed == wordings()


@pytest.mark.official_data
def test_every_type_of_the_official_list_stands_in_the_table_with_its_code(official_data: Path) -> None:
    path = next((official_data / "register").glob("*establishment-types.csv"))
    with path.open(encoding="cp1252", newline="") as lines:
        rows = list(csv.DictReader(lines))
    official = {(row["type-of-establishment-code"], row["type-of-establishment-name"].strip()) for row in rows}
    assert {(row.code, row.name) for row in law().types} == official


def test_every_row_answers_every_power_and_says_its_source() -> None:
    for row in (*law().forms.values(), *law().types):
        assert tuple(row.answers) == POWERS, row.name
        assert row.cite.words, row.name
        assert row.standing in law().standings, row.name


def test_a_type_of_establishment_has_the_powers_of_its_legal_form() -> None:
    for row in law().types:
        form = law().forms[row.legal_form]
        assert (row.answers, row.standing, row.note) == (form.answers, form.standing, form.note), row.name


@pytest.mark.parametrize("form", MAINTAINED)
def test_a_maintained_school_has_its_statutory_powers(form: str) -> None:
    standing = powers_of(School(form), TODAY)
    assert standing.has_powers
    assert {"s60", "s60A", "s63", "s64", "s65", "s66"} <= {held.power.key for held in standing.held}
    assert all(held.version.who and held.version.cite.words for held in standing.held)


@pytest.mark.parametrize("form", [*ACADEMIES, *NEITHER])
def test_nothing_that_is_not_maintained_has_any_statutory_power(form: str) -> None:
    standing = powers_of(School(form), TODAY)
    assert standing.held == ()
    assert standing.unsure == ()
    assert [power.key for power in standing.absent] == list(POWERS)
    assert not any(standing.may(key) for key in POWERS)
    assert "Part 4" in standing.why


@pytest.mark.parametrize("form", ACADEMIES)
def test_an_academy_has_the_route_from_evidence_to_a_logged_response(form: str) -> None:
    steps = [step.text for step in powers_of(School(form), TODAY).steps]
    wanted = ("evidence", "trust", "letter of concern", "regional director", "Log")
    assert all(word in text for word, text in zip(wanted, steps, strict=True))
    assert "Ofsted" in steps[3]


@pytest.mark.parametrize(
    ("day", "regulator"),
    [
        (date(2013, 4, 30), "the Department for Education"),
        (date(2016, 1, 1), "the Regional Schools Commissioner"),
        (date(2026, 1, 1), "the regional director of the Department for Education"),
    ],
)
def test_an_academy_is_referred_to_whoever_decides_on_the_day(day: date, regulator: str) -> None:
    assert f"Refer to {regulator}," in powers_of_form("academy_converter", on=day).steps[3].text


def test_a_pupil_referral_unit_gets_no_button_before_a_person_has_checked() -> None:
    standing = powers_of(School("pupil_referral_unit"), TODAY)
    assert not standing.has_powers
    assert [power.key for power in standing.unsure] == list(POWERS)
    assert standing.cite.status.flagged


def test_a_maintained_nursery_is_left_out_of_coasting() -> None:
    assert not powers_of(School("maintained_nursery"), TODAY).may("s60B")
    assert powers_of(School("community"), TODAY).may("s60B")


@pytest.mark.parametrize(
    ("power", "before", "first"),
    [
        ("s60", date(2007, 3, 31), date(2007, 4, 1)),
        ("s60A", date(2010, 1, 11), date(2010, 1, 12)),
        ("s60B", date(2017, 1, 10), date(2017, 1, 11)),
    ],
)
def test_a_power_exists_from_its_first_day(power: str, before: date, first: date) -> None:
    assert not powers_of(School("community"), before).may(power)
    assert powers_of(School("community"), first).may(power)


@pytest.mark.parametrize(
    ("day", "who"),
    [(date(2016, 4, 17), "The local authority"), (date(2016, 4, 18), "The local authority, or the Secretary of State")],
)
def test_who_may_give_a_warning_notice_changed_in_april_2016(day: date, who: str) -> None:
    held = next(each for each in powers_of(School("community"), day).held if each.power.key == "s60")
    assert held.version.who.startswith(who)


def test_a_legal_form_that_nobody_knows_has_no_power() -> None:
    assert not powers_of(School("something_new"), TODAY).has_powers


def test_no_power_has_two_versions_on_one_day() -> None:
    for power in law().powers:
        spans = [(version.since, version.until or date.max) for version in power.versions]
        assert all(end < start for (_, end), (start, _) in pairwise(spans)), power.key


def test_answers_are_only_yes_no_or_to_be_checked() -> None:
    assert {answer for row in law().forms.values() for answer in row.answers.values()} == set(Answer)
