"""An item is never shown beyond its level: in lists, counts, search, exports, pages, feeds and the audit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from strandline.web.audit.models import AuditRow
from strandline.web.intelligence import actions, queries
from strandline.web.intelligence.actions import Heard
from strandline.web.intelligence.models import Item
from strandline.web.intelligence.queries import Asked
from strandline.web.intelligence.reach import Sharing
from strandline.web.officers.models import Allocation, Declaration
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import LEVELS, Level, Module, Role, Scope
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

SECRET = {level: f"word{level.name.lower()}only" for level in Sharing}


def heard(sharing: Sharing, **more: object) -> Heard:
    told = {
        "kind": "peer_review",
        "text": f"A parent says {SECRET[sharing]}",
        "source": "Telephone call",
        "happened_on": timezone.localdate() - timedelta(days=3),
        "confidence": "medium",
        "weight": 2,
        "sharing": sharing,
        "withheld_reason": "It would name the parent" if sharing < Sharing.SCHOOL else "",
    }
    return Heard(**(told | more))  # type: ignore[arg-type]


@pytest.fixture
def told(schools: dict[int, School], head: Actor) -> dict[Sharing, Item]:
    """One item at each level about Ash Primary, written by the head of service."""
    return {level: actions.record(by=head, school=schools[100_001], heard=heard(level)) for level in Sharing}


def seen(by: Actor) -> set[Sharing]:
    return {Sharing(level) for level in Item.objects.for_actor(by).values_list("sharing", flat=True)}


EXPECTED = {
    Role.HEAD_OF_SERVICE: set(Sharing),
    Role.SERVICE_MANAGER: set(Sharing),
    Role.OFFICER: {Sharing.SERVICE, Sharing.SCHOOL, Sharing.MODULE},
    Role.HEAD_TEACHER: {Sharing.SCHOOL, Sharing.MODULE},
    Role.CHAIR_OF_GOVERNORS: {Sharing.SCHOOL, Sharing.MODULE},
}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_knows_of_an_item_only_up_to_its_level(
    role: Role, told: dict[Sharing, Item], actor: Callable[..., Actor], head: Actor
) -> None:
    by = head if role is Role.HEAD_OF_SERVICE else actor(role)
    expected = EXPECTED.get(role, set())
    assert seen(by) == expected
    assert queries.totals(by=by).in_use == len(expected)
    assert queries.items(by=by, asked=Asked()).count() == len(expected)
    for level in Sharing:
        found = queries.items(by=by, asked=Asked(text=SECRET[level]))
        assert found.count() == (level in expected), f"searching for {level.name} as {role}"


@pytest.mark.parametrize("role", list(Role))
def test_no_page_no_export_and_no_count_tells_more(
    role: Role, told: dict[Sharing, Item], as_role: Callable[..., Client], head: Actor
) -> None:
    client = as_role(role, email="another@example.org")
    expected = EXPECTED.get(role, set())
    answers = [
        client.get("/intelligence/"),
        client.get("/intelligence/", {"q": "word"}),
        client.get("/intelligence/export/"),
    ]
    answers += [client.get(f"/intelligence/{item.pk}/") for item in told.values()]
    answers += [client.get(f"/intelligence/{item.pk}/change/") for item in told.values()]
    answers += [client.get(f"/intelligence/{item.pk}/review/") for item in told.values()]
    answers.append(client.get("/intelligence/findings/"))
    text = "".join(answer.content.decode() for answer in answers)
    for level in Sharing:
        assert (SECRET[level] in text) == (level in expected), f"{level.name} as {role}"
    if LEVELS[role][Module.INTELLIGENCE] is Level.OFF:
        assert answers[0].status_code == 403
    else:
        assert answers[0].status_code == 200
        noun = f"{len(expected)} items"
        assert noun in text or LEVELS[role][Module.INTELLIGENCE] is Level.SEES
    statuses = {
        answer.status_code
        for item, answer in zip(told.values(), answers[3:7], strict=True)
        if Sharing(item.sharing) not in expected
    }
    assert statuses <= {404}


def test_a_named_officer_is_of_the_school_s_team(
    told: dict[Sharing, Item], schools: dict[int, School], officer: Actor, head: Actor
) -> None:
    assert Sharing.TEAM not in seen(officer)
    today = timezone.localdate()
    declared = Declaration.objects.create(
        school=schools[100_001], officer=officer.user, conflict=False, holds_until=today + timedelta(days=300)
    )
    Allocation.objects.create(
        school=schools[100_001],
        officer=officer.user,
        starts_on=today,
        state="confirmed",
        confirmed_on=today,
        declaration=declared,
        proposed_by=head.user,
    )
    assert Sharing.TEAM in seen(officer)


def test_whoever_wrote_an_item_for_the_team_still_sees_it(schools: dict[int, School], officer: Actor) -> None:
    actions.record(by=officer, school=schools[100_001], heard=heard(Sharing.TEAM))
    assert seen(officer) == {Sharing.TEAM}


def test_a_head_teacher_sees_nothing_of_another_school(told: dict[Sharing, Item], actor: Callable[..., Actor]) -> None:
    assert seen(actor(Role.HEAD_TEACHER, school_urn=100_002)) == set()


def test_an_officer_with_a_caseload_sees_nothing_outside_it(
    told: dict[Sharing, Item], actor: Callable[..., Actor]
) -> None:
    assert seen(actor(Role.OFFICER, scope=Scope.CASELOAD)) == set()


def test_an_officer_who_is_also_a_governor_s_chair_elsewhere_gains_nothing_there_as_an_officer(
    schools: dict[int, School], head: Actor, person: Callable[..., object], actor: Callable[..., Actor]
) -> None:
    """Each assignment carries its own level: one role never widens another."""
    from strandline.web.people.models import Assignment

    by = actor(Role.OFFICER, scope=Scope.CASELOAD)
    Assignment.objects.create(
        user=by.user,
        role=Role.CHAIR_OF_GOVERNORS.value,
        authority=850,
        scope=Scope.SCHOOL.value,
        school_urn=100_001,
        starts_on=date(2020, 9, 1),
    )
    for level in Sharing:
        actions.record(by=head, school=schools[100_001], heard=heard(level))
    assert seen(actor_for(by.user)) == {Sharing.SCHOOL, Sharing.MODULE}


def test_another_authority_knows_of_nothing(told: dict[Sharing, Item], actor: Callable[..., Actor]) -> None:
    assert seen(actor(Role.HEAD_OF_SERVICE, authority=851)) == set()


def test_nobody_knows_of_anything(told: dict[Sharing, Item]) -> None:
    assert Item.objects.for_actor(None).count() == 0


def test_the_audit_tells_neither_school_nor_words(told: dict[Sharing, Item]) -> None:
    rows = AuditRow.objects.filter(action__startswith="intelligence.")
    assert rows.count() == len(Sharing)
    for row in rows:
        assert row.school_urn is None
        kept = f"{row.before} {row.after}"
        assert "parent" not in kept
        assert "peer" not in kept
        assert "100001" not in kept


def test_the_school_does_not_learn_that_something_is_withheld(
    told: dict[Sharing, Item], as_role: Callable[..., Client]
) -> None:
    page = as_role(Role.HEAD_TEACHER).get("/intelligence/").content.decode()
    assert "What is held about your school" in page
    assert "It would name the parent" not in page
    assert "Who may know" not in page
