"""Named officers: gated by a declaration, dated, moved in bulk, replied to; the report of schools without one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from strandline.web.audit.models import AuditRow
from strandline.web.audit.versions import StaleRecord
from strandline.web.officers import actions, queries
from strandline.web.officers.actions import NotAllocatable
from strandline.web.officers.models import Allocation, AllocationState, Declaration, SchoolView
from strandline.web.officers.queries import AskedOfficers
from strandline.web.people.models import User
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import Role, Scope
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

TODAY = timezone.localdate()


def named(head: Actor, who: Actor, school: School, starts_on: date = TODAY) -> Allocation:
    """An allocation that the officer has declared about."""
    row = actions.propose(by=head, school=school, officer=who.user, starts_on=starts_on)
    if row.state == AllocationState.PROPOSED:
        row = actions.declare(by=who, allocation_pk=row.pk, conflict=False)
    return row


def test_the_report_of_schools_without_an_officer_is_empty_once_everybody_has_one(
    schools: dict[int, School], head: Actor, officer: Actor
) -> None:
    """WAL-10."""
    assert [school.urn for school in queries.without_officer(by=head)] == [100_001, 100_002, 100_003]
    for urn in (100_001, 100_002, 100_003):
        named(head, officer, schools[urn])
    assert list(queries.without_officer(by=head)) == []
    assert queries.uncovered(by=head) == 0


def test_a_closed_school_and_an_independent_one_need_no_officer(schools: dict[int, School], head: Actor) -> None:
    School.objects.filter(urn=100_001).update(status="closed")
    School.objects.filter(urn=100_002).update(legal_form="independent")
    assert [school.urn for school in queries.without_officer(by=head)] == [100_003]


def test_nobody_is_named_before_they_have_declared(schools: dict[int, School], head: Actor, officer: Actor) -> None:
    row = actions.propose(by=head, school=schools[100_001], officer=officer.user, starts_on=TODAY)
    assert row.state == AllocationState.PROPOSED
    assert queries.uncovered(by=head) == 3
    row = actions.declare(by=officer, allocation_pk=row.pk, conflict=False)
    assert row.state == AllocationState.CONFIRMED
    assert queries.officer_of(100_001, on=TODAY) == officer.user.pk


def test_the_database_itself_refuses_an_allocation_without_a_declaration(
    schools: dict[int, School], head: Actor, officer: Actor
) -> None:
    with pytest.raises(IntegrityError, match="allocation_gated_by_a_declaration"), transaction.atomic():
        Allocation.objects.create(
            school=schools[100_001],
            officer=officer.user,
            starts_on=TODAY,
            state="confirmed",
            confirmed_on=TODAY,
            proposed_by=head.user,
        )


def test_a_declared_interest_bars_until_another_manager_accepts_it_with_a_safeguard(
    schools: dict[int, School], head: Actor, officer: Actor
) -> None:
    row = actions.propose(by=head, school=schools[100_001], officer=officer.user, starts_on=TODAY)
    row = actions.declare(by=officer, allocation_pk=row.pk, conflict=True, nature="My child is a pupil there")
    assert row.state == AllocationState.PROPOSED
    assert actions.confirm_ready(by=head, reallocation_pk=0) == ()
    with pytest.raises(NotAllocatable, match="your own interest"):
        actions.accept_conflict(by=officer, allocation_pk=row.pk, version=row.version, safeguard="None needed")
    row = actions.accept_conflict(
        by=head, allocation_pk=row.pk, version=row.version, safeguard="Another officer chairs the reviews"
    )
    assert row.state == AllocationState.CONFIRMED
    assert Declaration.objects.get().accepted_by == head.user


def test_an_interest_without_its_nature_is_refused_by_the_database(schools: dict[int, School], officer: Actor) -> None:
    with pytest.raises(IntegrityError, match="declaration_says_which_conflict"), transaction.atomic():
        Declaration.objects.create(school=schools[100_001], officer=officer.user, conflict=True, holds_until=TODAY)


def test_an_old_declaration_no_longer_opens_the_gate(schools: dict[int, School], head: Actor, officer: Actor) -> None:
    Declaration.objects.create(
        school=schools[100_001],
        officer=officer.user,
        conflict=False,
        declared_on=TODAY - timedelta(days=400),
        holds_until=TODAY - timedelta(days=35),
    )
    row = actions.propose(by=head, school=schools[100_001], officer=officer.user, starts_on=TODAY)
    assert row.state == AllocationState.PROPOSED


def test_only_an_officer_of_the_authority_can_be_named(
    schools: dict[int, School], head: Actor, actor: Callable[..., Actor]
) -> None:
    stranger = actor(Role.OFFICER, authority=851)
    with pytest.raises(NotAllocatable, match="not an officer"):
        actions.propose(by=head, school=schools[100_001], officer=stranger.user, starts_on=TODAY)


def test_the_old_allocation_ends_the_day_before_the_new_one_starts(
    schools: dict[int, School], head: Actor, officer: Actor, actor: Callable[..., Actor]
) -> None:
    """SEF-47: bulk re-assignment with an effective date; old assignments end the day before."""
    second = actor(Role.SERVICE_MANAGER)
    for urn in (100_001, 100_002):
        named(head, officer, schools[urn], starts_on=date(2025, 9, 1))
    term = TODAY + timedelta(days=30)
    whole = actions.reallocate(
        by=head, schools=[schools[100_001], schools[100_002]], officer=second.user, effective_on=term, reason="Capacity"
    )
    assert Allocation.objects.filter(officer=officer.user, ends_on__isnull=True).count() == 2, "the gate holds"
    offered = list(queries.offered_to(second.user, authority=850))
    actions.declare_none(by=second, allocations=[row.pk for row in offered])
    before = Allocation.objects.filter(officer=officer.user)
    assert {row.ends_on for row in before} == {term - timedelta(days=1)}
    after = Allocation.objects.filter(reallocation=whole)
    assert {(row.state, row.starts_on, row.ends_on) for row in after} == {("confirmed", term, None)}
    assert queries.officer_of(100_001, on=term - timedelta(days=1)) == officer.user.pk
    assert queries.officer_of(100_001, on=term) == second.user.pk


def test_a_re_allocation_is_confirmed_at_once_where_declarations_are_in_hand(
    schools: dict[int, School], head: Actor, officer: Actor
) -> None:
    Declaration.objects.create(
        school=schools[100_001], officer=officer.user, conflict=False, holds_until=TODAY + timedelta(days=300)
    )
    actions.reallocate(
        by=head,
        schools=[schools[100_001], schools[100_003]],
        officer=officer.user,
        effective_on=TODAY + timedelta(days=7),
        reason="New term",
    )
    states = dict(Allocation.objects.values_list("school", "state"))
    assert states == {100_001: "confirmed", 100_003: "proposed"}


def test_a_re_allocation_moves_all_or_none(schools: dict[int, School], head: Actor, officer: Actor) -> None:
    named(head, officer, schools[100_003])
    with pytest.raises(NotAllocatable, match="already"):
        actions.reallocate(
            by=head,
            schools=[schools[100_001], schools[100_003]],
            officer=officer.user,
            effective_on=TODAY + timedelta(days=7),
            reason="New term",
        )
    assert set(Allocation.objects.values_list("school", flat=True)) == {100_003}


def test_nobody_is_named_from_a_day_on_which_another_already_is(
    schools: dict[int, School], head: Actor, officer: Actor, actor: Callable[..., Actor]
) -> None:
    named(head, officer, schools[100_001])
    second = actor(Role.SERVICE_MANAGER)
    row = actions.propose(by=head, school=schools[100_001], officer=second.user, starts_on=TODAY)
    with pytest.raises(NotAllocatable, match="later day"):
        actions.declare(by=second, allocation_pk=row.pk, conflict=False)
    assert queries.officer_of(100_001, on=TODAY) == officer.user.pk


def test_an_officer_ends_and_the_school_is_reported_from_the_day_after(
    schools: dict[int, School], head: Actor, officer: Actor
) -> None:
    row = named(head, officer, schools[100_001])
    actions.end(by=head, allocation_pk=row.pk, version=row.version, on=TODAY, reason="Left the service")
    assert queries.officer_of(100_001, on=TODAY) == officer.user.pk
    tomorrow = TODAY + timedelta(days=1)
    assert 100_001 in [school.urn for school in queries.without_officer(by=head, on=tomorrow)]


def test_a_caseload_reaches_the_officer_s_own_schools_and_no_other(
    schools: dict[int, School], head: Actor, person: Callable[..., User]
) -> None:
    user = person(Role.OFFICER, scope=Scope.CASELOAD)
    assert list(School.objects.for_actor(actor_for(user))) == []
    row = actions.propose(by=head, school=schools[100_002], officer=user, starts_on=TODAY)
    actions.declare(by=actor_for(user), allocation_pk=row.pk, conflict=False)
    assert [school.urn for school in School.objects.for_actor(actor_for(user))] == [100_002]
    elsewhen = actor_for(user, on=TODAY - timedelta(days=1))
    assert list(School.objects.for_actor(elsewhen)) == []


def test_the_school_s_reply_is_kept_as_written(
    schools: dict[int, School], head: Actor, officer: Actor, actor: Callable[..., Actor]
) -> None:
    row = named(head, officer, schools[100_001])
    teacher = actor(Role.HEAD_TEACHER)
    said = actions.reply(by=teacher, allocation_pk=row.pk, view=SchoolView.CONCERN, text="She taught here")
    assert (said.by, said.by_role) == (teacher.user, Role.HEAD_TEACHER)
    stranger = actor(Role.CHAIR_OF_GOVERNORS, school_urn=100_002)
    with pytest.raises(Allocation.DoesNotExist):
        actions.reply(by=stranger, allocation_pk=row.pk, view=SchoolView.CONTENT)


def test_the_second_of_two_who_end_at_once_is_told(schools: dict[int, School], head: Actor, officer: Actor) -> None:
    row = named(head, officer, schools[100_001])
    actions.end(by=head, allocation_pk=row.pk, version=row.version, on=TODAY, reason="One")
    with pytest.raises(StaleRecord):
        actions.end(by=head, allocation_pk=row.pk, version=row.version, on=TODAY, reason="Two")


def test_each_step_has_its_audit_row(schools: dict[int, School], head: Actor, officer: Actor) -> None:
    row = named(head, officer, schools[100_001])
    actions.end(by=head, allocation_pk=row.pk, version=row.version, on=TODAY, reason="Left")
    told = AuditRow.objects.filter(school_urn=100_001).order_by("pk").values_list("action", flat=True)
    assert list(told) == ["officers.proposed", "officers.declared", "officers.confirmed", "officers.ended"]


def test_another_authority_s_schools_and_officers_are_out_of_reach(
    schools: dict[int, School], head: Actor, officer: Actor, actor: Callable[..., Actor]
) -> None:
    row = named(head, officer, schools[100_001])
    other = actor(Role.HEAD_OF_SERVICE, authority=851)
    assert [school.urn for school in queries.schools_with_officers(by=other, asked=AskedOfficers())] == [100_004]
    with pytest.raises(Allocation.DoesNotExist):
        actions.end(by=other, allocation_pk=row.pk, version=row.version, on=TODAY, reason="Not mine")


def send(client: Client, path: str, **fields: object) -> object:
    return client.post(path, {"form_key": str(uuid4()), **fields})


def parts(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_officers_are_named_through_the_pages(schools: dict[int, School], as_role: Callable[..., Client]) -> None:
    manager, officer = as_role(Role.SERVICE_MANAGER), as_role(Role.OFFICER)
    user = User.objects.get(email="officer.850@example.org")
    assert "Nobody is named" in manager.get("/officers/").content.decode()
    answer = send(manager, "/officers/schools/100001/propose/", officer=user.pk, reason="", **parts("starts_on", TODAY))
    assert answer.status_code == 302
    row = Allocation.objects.get()
    assert officer.get("/officers/offers/").status_code == 200
    assert send(manager, f"/officers/offers/{row.pk}/", conflict="no").status_code == 404, (
        "it is the officer's to declare"
    )
    assert send(officer, "/officers/offers/declare/", offered=[row.pk]).status_code == 302
    assert Allocation.objects.get().state == AllocationState.CONFIRMED
    assert user.name in manager.get("/officers/").content.decode()
    teacher = as_role(Role.HEAD_TEACHER)
    assert send(teacher, f"/officers/allocations/{row.pk}/reply/", view="content").status_code == 302
    page = teacher.get("/officers/schools/100001/").content.decode()
    assert "Content with it" in page
    assert "Log a visit" not in page
    assert teacher.get("/officers/schools/100002/").status_code == 404


def test_schools_are_moved_through_the_pages(schools: dict[int, School], as_role: Callable[..., Client]) -> None:
    manager = as_role(Role.HEAD_OF_SERVICE)
    as_role(Role.OFFICER)
    user = User.objects.get(email="officer.850@example.org")
    refused = send(manager, "/officers/reallocate/", officer=user.pk, reason="Term", **parts("effective_on", TODAY))
    assert "Choose at least one school" in refused.content.decode()
    answer = send(
        manager,
        "/officers/reallocate/",
        schools=["100001", "100002"],
        officer=user.pk,
        reason="Term",
        **parts("effective_on", TODAY),
    )
    assert answer.status_code == 302
    page = manager.get(answer.url).content.decode()
    assert "2 wait for a declaration" in page
    refused = send(
        manager,
        "/officers/reallocate/",
        schools=["100004"],
        officer=user.pk,
        reason="x",
        **parts("effective_on", TODAY),
    )
    assert refused.status_code == 200, "another authority's school is no choice"


def test_a_declared_interest_is_read_by_managers_only(
    schools: dict[int, School], head: Actor, officer: Actor, as_role: Callable[..., Client]
) -> None:
    row = actions.propose(by=head, school=schools[100_001], officer=officer.user, starts_on=TODAY)
    actions.declare(by=officer, allocation_pk=row.pk, conflict=True, nature="Her sister is the bursar")
    words = "Her sister is the bursar"
    assert words in as_role(Role.SERVICE_MANAGER).get("/officers/schools/100001/").content.decode()
    for role in (Role.ANALYST, Role.HEAD_TEACHER, Role.AUDITOR):
        assert words not in as_role(role).get("/officers/schools/100001/").content.decode(), role


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    schools: dict[int, School], head: Actor, officer: Actor, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.SERVICE_MANAGER)
    client.get("/officers/")
    counts = []
    for urns in ((100_001,), (100_002, 100_003)):
        for urn in urns:
            named(head, officer, schools[urn])
        with CaptureQueriesContext(connection) as asked:
            client.get("/officers/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
