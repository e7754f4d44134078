"""Similar schools on a school's page: the nearest in reach by name, the others as a number and a range at most."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from strandline.runs.similar import FIGURES, similar_schools
from strandline.web.people.roles import Role
from strandline.web.schools.models import Intake, Line, School, Snapshot
from strandline.web.schools.queries.similar import NEAREST, WITHIN_AN_AUTHORITY

SCHOOL = 992_001
PAGE = f"/schools/{SCHOOL}/similar/"


@pytest.fixture
def intake(taken_in: Callable[..., Intake]) -> Intake:
    """The run of Northwold."""
    return taken_in("northwold")


@pytest.fixture
def officer(intake: Intake, as_role: Callable[..., Client]) -> Client:
    """An officer who reaches every school of Northwold."""
    return as_role(Role.OFFICER, authority=992)


def read(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def listed(page: str) -> list[int]:
    """The URNs that the table links to, in its order."""
    body = page.partition('id="similar"')[2].partition("</table>")[0]
    return [int(urn) for urn in re.findall(r'href="/schools/(\d+)/', body)]


def facts(intake: Intake) -> dict[int, dict[str, object]]:
    return dict(Snapshot.objects.filter(intake=intake).values_list("school", "facts"))


def change(urn: int, **values: object) -> None:
    """Give a school other facts; None takes one away."""
    snapshot = Snapshot.objects.get(school=urn)
    changed = {**snapshot.facts, **values}
    snapshot.facts = {name: value for name, value in changed.items() if value is not None}
    gone = [name for name, value in values.items() if value is None]
    snapshot.gaps = {"reasons": {"suppressed": gone}, "tokens": dict.fromkeys(gone, "c")}
    snapshot.save()


def test_the_table_names_the_nearest_schools_in_the_order_of_the_measure(officer: Client, intake: Intake) -> None:
    wanted = [peer.urn for peer in similar_schools(facts(intake), of=SCHOOL).ranked[:NEAREST]]
    assert len(wanted) == NEAREST
    page = read(officer)
    assert listed(page) == wanted
    assert SCHOOL not in listed(page)
    assert "this school" in page
    assert "beyond your reach" not in page


def test_only_open_schools_of_the_same_sector_are_compared(officer: Client, intake: Intake) -> None:
    nearest = listed(read(officer))
    sectors = {school.sector for school in School.objects.filter(pk__in=[SCHOOL, *nearest])}
    assert len(sectors) == 1
    change(nearest[0], status="closed")
    assert nearest[0] not in listed(read(officer))


def test_the_figures_of_both_schools_stand_in_the_table(officer: Client, intake: Intake) -> None:
    change(SCHOOL, pupils_on_roll=4_321)
    nearest = listed(read(officer))[0]
    change(nearest, pupils_on_roll=4_322)
    body = read(officer).partition('id="similar"')[2].partition("</table>")[0]
    assert "4,321" in body
    assert "4,322" in body


def test_a_suppressed_figure_stays_suppressed_and_lowers_the_confidence(officer: Client, intake: Intake) -> None:
    nearest = listed(read(officer))[0]
    change(nearest, fsm6_percent=None)
    page = read(officer)
    assert nearest in listed(page)
    row = page.partition('id="similar"')[2].partition(f"/schools/{nearest}/")[2].partition("</tr>")[0]
    assert '<span class="desk-missing__mark">(c)</span>' in row
    known = sum(facts(intake)[nearest].get(name) is not None for name in FIGURES)
    assert known < len(FIGURES)
    assert f"{known} of {len(FIGURES)} figures" in row


@pytest.mark.parametrize("option", WITHIN_AN_AUTHORITY)
def test_each_option_says_how_many_schools_it_leaves_and_leaves_them(
    officer: Client, intake: Intake, option: str
) -> None:
    page = read(officer)
    said = re.search(rf'for="same-{option}">[^(]*\((\d+) schools?\)', page)
    assert said is not None
    found = similar_schools(facts(intake), of=SCHOOL, same=(option,))
    assert int(said[1]) == len(found.ranked) + len(found.unknown)
    chosen = read(officer, f"{PAGE}?same={option}")
    assert listed(chosen) == [peer.urn for peer in found.ranked[:NEAREST]]
    assert re.search(rf'id="same-{option}"[^>]* checked', chosen)
    assert chosen.count(" checked>") == 1


def test_an_option_that_is_not_there_narrows_nothing(officer: Client) -> None:
    assert listed(read(officer, f"{PAGE}?same=colour&same=authority")) == listed(read(officer))


def test_a_school_without_enough_figures_gets_a_sentence(officer: Client) -> None:
    change(SCHOOL, **dict.fromkeys(FIGURES))
    page = read(officer)
    assert f"Of this school 0 of the {len(FIGURES)} figures are known" in page
    assert 'id="similar"' not in page


def test_a_school_alone_in_its_sector_gets_a_sentence(officer: Client) -> None:
    change(SCHOOL, sector="other")
    assert "The run holds no other open school of this phase" in read(officer)


def test_conditions_that_nobody_meets_get_a_sentence(officer: Client) -> None:
    change(SCHOOL, legal_form="studio_school")
    assert "No school meets every condition chosen" in read(officer, f"{PAGE}?same=form")


def test_schools_left_out_for_want_of_figures_are_counted(officer: Client) -> None:
    change(listed(read(officer))[0], **dict.fromkeys(FIGURES))
    assert "1 school that fits is not ranked" in " ".join(read(officer).split())


def test_a_day_before_the_first_run_compares_nothing(officer: Client) -> None:
    assert "does not hold this school" in read(officer, f"{PAGE}?as_at=2001-01-01")


@pytest.mark.parametrize("role", [Role.HEAD_TEACHER, Role.GOVERNOR, Role.EXTERNAL_PROVIDER])
def test_who_reaches_one_school_reads_no_other_schools_name(
    intake: Intake, as_role: Callable[..., Client], role: Role
) -> None:
    page = read(as_role(role, authority=992, school_urn=SCHOOL))
    others = [name for name in School.objects.exclude(pk=SCHOOL).values_list("name", flat=True) if len(name) > 8]
    own = School.objects.get(pk=SCHOOL).name
    assert [name for name in others if name in page and name not in own] == []
    assert {int(urn) for urn in re.findall(r"/schools/(\d+)/", page)} == {SCHOOL}
    assert f"The {NEAREST} nearest schools are beyond your reach and not named" in page


def test_the_ranges_are_those_of_the_nearest_schools(intake: Intake, as_role: Callable[..., Client]) -> None:
    told = facts(intake)
    nearest = [peer.urn for peer in similar_schools(told, of=SCHOOL).ranked[:NEAREST]]
    pupils = sorted(int(str(told[urn]["pupils_on_roll"])) for urn in nearest)
    page = read(as_role(Role.HEAD_TEACHER, authority=992, school_urn=SCHOOL))
    row = page.partition('id="similar-unnamed"')[2].partition(">Pupils<")[2].partition("</tr>")[0]
    assert re.findall(r">([\d,]+(?: to [\d,]+)?)<", row) == [
        f"{told[SCHOOL]['pupils_on_roll']:,}",
        f"{pupils[0]:,} to {pupils[-1]:,}",
    ]


def test_no_range_is_told_of_fewer_than_six_schools(intake: Intake, as_role: Callable[..., Client]) -> None:
    nearest = [peer.urn for peer in similar_schools(facts(intake), of=SCHOOL).ranked[:NEAREST]]
    mine = [SCHOOL, *nearest[:5]]
    School.objects.filter(pk__in=mine).update(trust_uid="5001")
    Line.objects.filter(school__in=mine).update(trust_uid="5001")
    page = read(as_role(Role.TRUST, authority=992, cluster="5001"))
    assert listed(page) == nearest[:5]
    assert f"5 of the {NEAREST} nearest schools are beyond your reach" in page
    assert "With fewer than 6, nothing more is told of them" in page
    assert "similar-unnamed" not in page


def test_a_figure_that_few_of_the_unnamed_have_gets_no_range(intake: Intake, as_role: Callable[..., Client]) -> None:
    for urn in [peer.urn for peer in similar_schools(facts(intake), of=SCHOOL).ranked]:
        change(urn, ehcp_percent=None)
    page = read(as_role(Role.HEAD_TEACHER, authority=992, school_urn=SCHOOL))
    row = page.partition('id="similar-unnamed"')[2].partition(">EHC plan<")[2]
    assert row.partition("</tr>")[0].count("Known of fewer than 6") == 1


def test_a_school_beyond_the_reach_has_no_such_page(intake: Intake, as_role: Callable[..., Client]) -> None:
    head = as_role(Role.HEAD_TEACHER, authority=992, school_urn=SCHOOL)
    assert head.get("/schools/992002/similar/").status_code == 404
    assert as_role(Role.ELECTED_MEMBER, authority=992).get(PAGE).status_code == 404


def test_the_page_asks_the_same_number_of_queries_whatever_is_chosen(
    officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20) as whole:
        read(officer)
    with django_assert_max_num_queries(len(whole)):
        read(officer, f"{PAGE}?same=form&same=ages")
