"""What a school's own pages tell of casework: the service all, the school what it was issued, others nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from fakes.casework import authorise, moved

from strandline.web.concerns import actions
from strandline.web.concerns.models import Case, Kind, Notice, State
from strandline.web.concerns.school_record import events
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

TODAY = timezone.localdate
Opener = Callable[..., Case]


def told(actor: Actor, school: School, *, on: date | None = None) -> list[str]:
    latest_first = sorted(events(actor, school, on=on or TODAY()), key=lambda each: each.iso, reverse=True)
    return [each.title for each in reversed(latest_first)]


def test_the_service_reads_every_step_and_a_school_only_what_was_issued(
    running: Notice, officer: Actor, head: Actor, actor: Callable[..., Actor]
) -> None:
    for each in running.conditions.all():
        actions.settle_condition(by=officer, condition_pk=each.pk, version=1, met=True, on=TODAY(), evidence="Seen")
    moved(running, State.MET, by=officer)
    authorise(running, by=officer, head=head, about="lift")
    moved(running, State.LIFTED, by=officer, text="The review found it met")
    school, title = running.case.school, "Performance, standards and safety warning notice (section 60)"
    issued = [f"Issued: {title}", f"Complied with: {title}", f"Lifted: {title}"]
    assert told(officer, school) == ["Case opened: Leadership", *issued]
    for role in (Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS):
        reader = actor(role)
        assert told(reader, school) == issued
        assert "The review found it met" in [each.text for each in events(reader, school, on=TODAY())]


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.BOARD_MEMBER, Role.ELECTED_MEMBER, Role.TRUST, Role.DIOCESE])
def test_whoever_casework_is_closed_to_reads_nothing(running: Notice, actor: Callable[..., Actor], role: Role) -> None:
    assert told(actor(role), running.case.school) == []


def test_another_school_and_another_authority_read_nothing(
    running: Notice, schools: dict[int, School], actor: Callable[..., Actor]
) -> None:
    assert told(actor(Role.HEAD_TEACHER, school_urn=100_002), running.case.school) == []
    assert told(actor(Role.HEAD_OF_SERVICE, authority=851), running.case.school) == []
    assert told(actor(Role.OFFICER, email="second@example.org"), schools[100_002]) == []


def test_the_page_of_a_past_day_tells_what_had_happened_by_then(
    opens: Opener, officer: Actor, as_role: Callable[..., Client]
) -> None:
    case = opens(Kind.NO_CONCERN)
    turned = TODAY() - timedelta(days=10)
    actions.turn_into_concern(by=officer, case_pk=case.pk, version=1, on=turned, reason="Results fell")
    client = as_role(Role.OFFICER)
    address = f"/schools/{case.school_id}/history/?as_at="
    before = client.get(f"{address}{turned - timedelta(days=1)}").content.decode()
    after = client.get(f"{address}{turned}").content.decode()
    assert "Case opened: Leadership" in before
    assert "Became a concern" not in before
    assert "Results fell" in after
    assert "Case opened" not in client.get(f"{address}{case.opened_on - timedelta(days=1)}").content.decode()
    page = f"/schools/{case.school_id}/"
    assert "Open a case" in client.get(page).content.decode()
    assert "Open a case" not in client.get(f"{page}?as_at={turned}").content.decode()


def test_the_whole_trail_has_it_too(opens: Opener, as_role: Callable[..., Client]) -> None:
    case = opens()
    page = as_role(Role.OFFICER).get(f"/schools/{case.school_id}/trail/").content.decode()
    assert "Case opened: Leadership" in page
    assert "Three heads in a year" in page
    assert "Leadership" not in as_role(Role.HEAD_TEACHER).get(f"/schools/{case.school_id}/trail/").content.decode()


def test_a_head_teacher_is_led_to_notices_and_the_service_to_concerns(
    schools: dict[int, School], as_role: Callable[..., Client]
) -> None:
    for role, label in ((Role.HEAD_TEACHER, "Notices"), (Role.OFFICER, "Concerns"), (Role.AUDITOR, "Concerns")):
        page = as_role(role).get("/").content.decode()
        link = page.partition('href="/concerns/"')[2].partition("</a>")[0]
        assert link.rpartition(">")[2].strip() == label
