"""WAL-06: work tagged with the strategy's numbered priorities. WAR-53: officer time by core responsibility."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from strandline.kernel.dates import AcademicYear
from strandline.web.officers import actions, queries
from strandline.web.officers.actions import NotTaggable, Tags
from strandline.web.officers.models import Responsibility, Task, TaskState, Visit
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Intake, School

TODAY = timezone.localdate()


@pytest.fixture
def work(schools: dict[int, School], officer: Actor) -> tuple[Task, Visit]:
    """A task and a visit under Walsall's strategy."""
    Intake.objects.create(run_id="r", authority=850, as_at=date(2011, 9, 1), pack="walsall-2011")
    task = actions.add_task(by=officer, school=schools[100_001], title="Look at books", due_on=TODAY)
    told = {"kind": "officer_visit", "visited_on": TODAY, "visitor": "An officer"}
    return task, actions.log_visit(by=officer, school=schools[100_002], **told)


def tag(officer: Actor, row: Task | Visit, **tags: object) -> None:
    row.refresh_from_db()
    actions.tag(by=officer, kind=type(row), pk=row.pk, version=row.version, tags=Tags(**tags))


def test_activity_by_priority_sums_what_is_tagged_and_names_what_is_not(
    work: tuple[Task, Visit], officer: Actor
) -> None:
    """WAL-06: the strategy shows 10 priorities."""
    task, visit = work
    told = queries.activity_by_priority(by=officer)
    assert [each.number for each in told] == [*range(1, 11), None]
    assert (told[-1].title, told[-1].tasks, told[-1].visits) == ("Not tagged", 1, 1)
    tag(officer, task, priorities=("gap", "attendance"))
    tag(officer, visit, priorities=("gap",))
    counts = {each.number: (each.tasks, each.visits) for each in queries.activity_by_priority(by=officer)}
    assert (counts[2], counts[5], counts[1], counts[None]) == ((1, 1), (1, 0), (0, 0), (0, 0))
    tag(officer, task, priorities=("teaching",))
    counts = {each.number: (each.tasks, each.visits) for each in queries.activity_by_priority(by=officer)}
    assert (counts[2], counts[3], counts[5]) == ((0, 1), (1, 0), (0, 0))


def test_a_priority_of_another_strategy_is_refused_and_what_was_tagged_under_it_stays(
    work: tuple[Task, Visit], officer: Actor
) -> None:
    """WAL-06."""
    task, _ = work
    with pytest.raises(NotTaggable, match="no such priority"):
        tag(officer, task, priorities=("special_visits",))
    tag(officer, task, priorities=("gap",))
    Intake.objects.create(run_id="s", authority=850, as_at=date(2013, 9, 1), pack="warwickshire-2013")
    tag(officer, task, priorities=("special_visits",))
    told = {(each.pack, each.number): each.tasks for each in queries.activity_by_priority(by=officer)}
    assert told["walsall-2011", 2] == told["warwickshire-2013", 6] == 1


def test_the_share_of_officer_time_is_of_the_tagged_hours_and_nothing_is_divided_by_zero(
    work: tuple[Task, Visit], officer: Actor
) -> None:
    """WAR-53."""
    task, visit = work
    assert [each.share for each in queries.time_by_responsibility(by=officer)] == [None] * 4
    tag(officer, task, responsibility=Responsibility.STANDARDS, hours=Decimal(2))
    tag(officer, visit, responsibility=Responsibility.VULNERABLE, hours=Decimal(1))
    told = {each.tag: each for each in queries.time_by_responsibility(by=officer)}
    assert {name: each.hours for name, each in told.items()} == {"standards": 2, "places": 0, "vulnerable": 1, "": 0}
    assert [round(told[name].share or 0, 1) for name in ("standards", "places")] == [Decimal("66.7"), 0]
    tag(officer, visit, hours=Decimal(5))
    told = {each.tag: each for each in queries.time_by_responsibility(by=officer)}
    assert (told["standards"].share, told[""].hours, told[""].share) == (100, 5, None)


def test_hours_are_never_negative(work: tuple[Task, Visit], officer: Actor) -> None:
    with pytest.raises(NotTaggable, match="hours"):
        tag(officer, work[0], hours=Decimal(-1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.update(hours=-1)


def test_work_is_classified_and_reported_through_the_pages(
    work: tuple[Task, Visit], as_role: Callable[..., Client]
) -> None:
    """WAL-06, WAR-53."""
    task, visit = work
    client = as_role(Role.SERVICE_MANAGER)
    assert "2. Narrow the gap" in client.get(f"/officers/tasks/{task.pk}/classify/").content.decode()
    sent = {"priorities": ["gap"], "responsibility": "standards", "hours": "1.5", "version": 1}
    key = "0b5a3f7e-90f4-4a0e-9f0b-2d7a3b1c5d6"
    assert client.post(f"/officers/tasks/{task.pk}/classify/", sent | {"form_key": f"{key}1"}).status_code == 302
    sent |= {"responsibility": "places", "hours": "3", "form_key": f"{key}2"}
    assert client.post(f"/officers/visits/{visit.pk}/classify/", sent).status_code == 302
    page = client.get("/officers/activity/").content.decode()
    for words in ("33.3 %", "66.7 %", "0.0 %", "add up to 100.0 %", "Not tagged"):
        assert words in page


def test_the_reports_cover_an_academic_year_and_the_present_one_unless_another_is_asked_for(
    work: tuple[Task, Visit], officer: Actor, as_role: Callable[..., Client]
) -> None:
    """WAL-06, WAR-53: a visit of last year is not among this year's."""
    task, visit = work
    present = AcademicYear.containing(TODAY)
    before = AcademicYear(present.ends_in - 1)
    Visit.objects.filter(pk=visit.pk).update(visited_on=before.last_day)
    tag(officer, task, responsibility=Responsibility.STANDARDS, hours=Decimal(2))
    tag(officer, visit, priorities=("gap",), responsibility=Responsibility.PLACES, hours=Decimal(6))
    assert queries.years_of_work(by=officer, on=TODAY) == [present, before]

    def hours(year: AcademicYear | None) -> dict[str, Decimal]:
        return {each.tag: each.hours for each in queries.time_by_responsibility(by=officer, year=year) if each.hours}

    def visits(year: AcademicYear | None) -> int:
        return sum(each.visits for each in queries.activity_by_priority(by=officer, year=year))

    assert (hours(present), visits(present)) == ({"standards": 2}, 0)
    assert (hours(before), visits(before)) == ({"places": 6}, 1)
    assert (hours(None), visits(None)) == ({"standards": 2, "places": 6}, 1)

    client = as_role(Role.SERVICE_MANAGER)
    pages = {asked: client.get("/officers/activity/", {"year": asked}).content.decode() for asked in ("", "all", "7")}
    chosen = f'<option value="{present.ends_in}" selected>Academic year {present}</option>'
    assert chosen in pages[""]
    assert chosen in pages["7"], "a year that is none is the present one"
    assert "All tasks and visits on the desk." in pages["all"]
    assert "100.0 %" in pages[""]
    assert "75.0 %" in pages["all"]
    earlier = client.get("/officers/activity/", {"year": before.ends_in}).content.decode()
    assert f"From 1 September {before.first_day.year} to 31 August {before.last_day.year}." in earlier


def test_a_task_counts_in_the_year_in_which_it_was_done(work: tuple[Task, Visit], officer: Actor) -> None:
    task, _ = work
    present = AcademicYear.containing(TODAY)
    due = AcademicYear(present.ends_in + 1).first_day
    Task.objects.filter(pk=task.pk).update(due_on=due)
    assert sum(each.tasks for each in queries.activity_by_priority(by=officer, year=present)) == 0
    actions.settle_task(by=officer, task_pk=task.pk, version=task.version, state=TaskState.DONE, on=TODAY)
    assert sum(each.tasks for each in queries.activity_by_priority(by=officer, year=present)) == 1


def test_a_finished_task_shows_how_it_was_settled_and_what_it_was_for(
    work: tuple[Task, Visit], officer: Actor, as_role: Callable[..., Client]
) -> None:
    task, _ = work
    client = as_role(Role.SERVICE_MANAGER)
    address = f"/officers/tasks/{task.pk}/"
    assert "Settle the task" in client.get(address).content.decode()
    tag(officer, task, priorities=("gap",), responsibility=Responsibility.STANDARDS, hours=Decimal("1.5"))
    task.refresh_from_db()
    actions.settle_task(
        by=officer, task_pk=task.pk, version=task.version, state=TaskState.DONE, on=TODAY, note="Read with the head"
    )
    page = client.get(address).content.decode()
    for words in ("Done", "Read with the head", "2. Narrow the gap", "1.5", officer.user.name):
        assert words in page
    assert "Settle the task" not in page
    assert "Classify this task" not in page
    assert f'href="{address}"' in client.get("/officers/tasks/?which=settled").content.decode()
    sent = {"state": "", "note": "I rang the chair", "form_key": "0b5a3f7e-90f4-4a0e-9f0b-2d7a3b1c5d69"}
    late = client.post(address, sent)
    assert late.status_code == 422
    assert "I rang the chair" in late.content.decode()


def test_a_task_that_was_not_needed_is_not_classified(
    work: tuple[Task, Visit], officer: Actor, as_role: Callable[..., Client]
) -> None:
    task, _ = work
    on = TODAY - timedelta(days=1)
    actions.settle_task(
        by=officer, task_pk=task.pk, version=task.version, state=TaskState.NOT_NEEDED, on=on, note="The report came"
    )
    page = as_role(Role.SERVICE_MANAGER).get(f"/officers/tasks/{task.pk}/").content.decode()
    assert "The report came" in page
    assert "classify" not in page
