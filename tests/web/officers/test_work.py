"""Inspections bring tasks; tasks have days and an overdue list; visits are logged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from strandline.web.officers import actions, queries
from strandline.web.officers.actions import NotATask
from strandline.web.officers.models import InspectionEvent, Task, TaskState, Visit
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Intake, School, Snapshot

TODAY = timezone.localdate()
DAY = date(2025, 10, 6)


def kinds_of(urn: int) -> list[str]:
    return list(Task.objects.filter(school=urn).order_by("kind").values_list("kind", flat=True))


def taken_in(
    schools: dict[int, School], history: dict[int, list[dict[str, str]]], as_at: date = date(2025, 11, 1)
) -> Intake:
    """A run that tells of inspections."""
    intake = Intake.objects.create(
        run_id=f"run-{uuid4()}", authority=850, as_at=as_at, known_on=as_at, pack="england-2026"
    )
    for urn, told in history.items():
        Snapshot.objects.create(intake=intake, school=schools[urn], history={"inspections": told})
    return intake


def test_an_inspection_of_a_maintained_school_makes_a_task_to_attend_and_one_to_read(
    schools: dict[int, School], officer: Actor
) -> None:
    """WAR-28."""
    actions.announce(by=officer, school=schools[100_001], inspected_on=DAY)
    assert kinds_of(100_001) == ["attend_inspection", "read_report"]
    assert Task.objects.get(kind="attend_inspection").due_on == DAY
    assert Task.objects.get(kind="read_report").due_on == date(2025, 10, 20)


def test_an_inspection_of_an_academy_makes_a_task_to_read_only(schools: dict[int, School], officer: Actor) -> None:
    """WAR-28."""
    actions.announce(by=officer, school=schools[100_002], inspected_on=DAY)
    assert kinds_of(100_002) == ["read_report"]


def test_a_run_tells_of_recent_inspections_once_and_of_old_ones_never(schools: dict[int, School]) -> None:
    told = [{"inspected_on": "2025-10-06", "event": "report_card"}, {"inspected_on": "2019-03-01", "event": "graded"}]
    intake = taken_in(schools, {100_001: told, 100_002: told})
    assert actions.note_inspections(by=None, run_id=intake.run_id) == 2
    assert actions.note_inspections(by=None, run_id=intake.run_id) == 0
    assert kinds_of(100_001) == ["attend_inspection", "read_report"]
    assert kinds_of(100_002) == ["read_report"]
    again = taken_in(schools, {100_001: told}, as_at=date(2025, 11, 20))
    assert actions.note_inspections(by=None, run_id=again.run_id) == 0


def test_a_published_inspection_that_was_announced_is_the_same_one(schools: dict[int, School], officer: Actor) -> None:
    actions.announce(by=officer, school=schools[100_001], inspected_on=DAY)
    intake = taken_in(schools, {100_001: [{"inspected_on": "2025-10-07", "event": "report_card"}]})
    assert actions.note_inspections(by=None, run_id=intake.run_id) == 0
    assert InspectionEvent.objects.get().intake == intake
    assert Task.objects.get(kind="read_report").due_on == date(2025, 11, 14), "ten working days from when it was known"


def test_an_inspection_is_announced_once(schools: dict[int, School], officer: Actor) -> None:
    actions.announce(by=officer, school=schools[100_001], inspected_on=DAY)
    with pytest.raises(NotATask, match="noted already"):
        actions.announce(by=officer, school=schools[100_001], inspected_on=DAY + timedelta(days=1))
    assert Task.objects.count() == 2


def test_a_task_falls_overdue_and_is_settled_with_a_note(schools: dict[int, School], officer: Actor) -> None:
    row = actions.add_task(
        by=officer, school=schools[100_001], title="Ring the chair", due_on=TODAY - timedelta(days=1)
    )
    assert [task.title for task in queries.tasks(by=officer, which="overdue")] == ["Ring the chair"]
    assert queries.task_totals(by=officer).overdue == 1
    with pytest.raises(NotATask, match="says why"):
        actions.settle_task(by=officer, task_pk=row.pk, version=row.version, state=TaskState.NOT_NEEDED, on=TODAY)
    actions.settle_task(by=officer, task_pk=row.pk, version=row.version, state=TaskState.DONE, on=TODAY, note="Spoke")
    assert queries.task_totals(by=officer).due == 0
    assert [task.note for task in queries.tasks(by=officer, which="settled")] == ["Spoke"]


def test_a_task_without_a_person_falls_to_the_named_officer(
    schools: dict[int, School], officer: Actor, head: Actor
) -> None:
    allocation = actions.propose(by=head, school=schools[100_001], officer=officer.user, starts_on=TODAY)
    actions.declare(by=officer, allocation_pk=allocation.pk, conflict=False)
    actions.add_task(by=head, school=schools[100_001], title="Read the plan", due_on=TODAY)
    actions.add_task(by=head, school=schools[100_003], title="Somebody else's", due_on=TODAY)
    assert [task.title for task in queries.tasks(by=officer, mine=True)] == ["Read the plan"]
    assert queries.task_totals(by=officer).mine == 1


def test_a_visit_by_an_inspector_says_what_the_authority_did(schools: dict[int, School], officer: Actor) -> None:
    """WAR-49: the authority supports inspections and monitoring; the log of visits says what it did."""
    told = {"kind": "hmi_monitoring", "visited_on": TODAY, "visitor": "A. Inspector HMI"}
    with pytest.raises(NotATask, match="what the authority did"):
        actions.log_visit(by=officer, school=schools[100_001], **told)
    row = actions.log_visit(by=officer, school=schools[100_001], authority_action="Met the inspector", **told)
    assert list(queries.visits_of(by=officer, urn=100_001)) == [row]
    with pytest.raises(IntegrityError, match="visit_of_hmi_has_action"), transaction.atomic():
        Visit.objects.filter(pk=row.pk).update(authority_action="")


def test_a_special_school_without_a_visit_in_twelve_months_is_listed(
    schools: dict[int, School], officer: Actor
) -> None:
    """WAR-31."""
    School.objects.filter(urn=100_002).update(sector="special")
    assert [one.urn for one in queries.special_without_visit(by=officer)] == [100_002, 100_003], "academies too"
    told = {"kind": "annual_review", "visitor": officer.user.name}
    actions.log_visit(by=officer, school=schools[100_003], visited_on=TODAY - timedelta(days=364), **told)
    actions.log_visit(by=officer, school=schools[100_002], visited_on=TODAY - timedelta(days=366), **told)
    assert [one.urn for one in queries.special_without_visit(by=officer)] == [100_002]


def test_a_note_of_a_visit_is_kept_only_where_the_school_shares_it(schools: dict[int, School], officer: Actor) -> None:
    """WAL-22."""
    told = {"kind": "officer_visit", "visited_on": TODAY, "visitor": officer.user.name}
    with pytest.raises(NotATask, match="has not agreed"):
        actions.log_visit(by=officer, school=schools[100_002], note="Lessons seen", **told)
    actions.log_visit(by=officer, school=schools[100_002], **told)
    actions.log_visit(by=officer, school=schools[100_001], note="Lessons seen", **told)


def parts(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_the_work_is_done_through_the_pages(schools: dict[int, School], as_role: Callable[..., Client]) -> None:
    client = as_role(Role.OFFICER)
    key = {"form_key": str(uuid4())}
    sent = key | {"event": "Full inspection"} | parts("inspected_on", TODAY)
    assert client.post("/officers/schools/100001/inspection/", sent).status_code == 302
    assert client.post("/officers/schools/100001/inspection/", sent).status_code == 302, "sent twice, done once"
    assert InspectionEvent.objects.count() == 1
    row = Task.objects.get(kind="attend_inspection")
    sent = {"form_key": str(uuid4()), "state": "done", "note": "", "version": row.version} | parts("on", TODAY)
    assert client.post(f"/officers/tasks/{row.pk}/", sent).status_code == 302
    sent = {"form_key": str(uuid4()), "kind": "officer_visit", "visitor": "Me", "note": "<p>£5 & more</p>"}
    assert client.post("/officers/schools/100001/visit/", sent | parts("visited_on", TODAY)).status_code == 302
    page = client.get("/officers/schools/100001/").content.decode()
    assert "&lt;p&gt;£5 &amp; more&lt;/p&gt;" in page
    for path in ("/officers/tasks/", "/officers/tasks/?which=overdue&mine=1", "/officers/tasks/?which=settled"):
        assert client.get(path).status_code == 200
    assert client.get("/officers/special/").status_code == 200
    assert client.get("/officers/caseloads/").status_code == 200


@pytest.mark.parametrize("role", [Role.HEAD_TEACHER, Role.TRUST, Role.ELECTED_MEMBER, Role.ANALYST])
def test_those_who_do_not_act_on_schools_cannot_log_or_settle(
    role: Role, schools: dict[int, School], as_role: Callable[..., Client]
) -> None:
    client = as_role(role)
    assert client.get("/officers/schools/100001/visit/").status_code == 404
    assert client.get("/officers/tasks/").status_code == 403
