"""Concerns on the front page: what is overdue, what waits for whom, and nothing for those to whom they are closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strandline.web.concerns.models import About, Case, CaseDecision, Kind, Notice, State
from strandline.web.people.roles import Role
from strandline.web.schools.models import School

pytestmark = pytest.mark.django_db

AsRole = Callable[..., Client]
OUTSIDE = [role for role in Role if role not in {Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER, Role.OFFICER}]


def concern(board: Any, turn: int, *, review: int | None = None, title: str = "Leadership at risk") -> Case:
    school = School.objects.order_by("urn")[turn]
    return Case.objects.create(
        school=school,
        kind=Kind.CONCERN,
        title=title,
        referral="officer",
        officer=board.officer,
        opened_on=board.day(-60),
        opened_by=board.officer,
        concern_since=board.day(-60),
        concern_reason="Three heads in a year",
        review_by=board.day(review) if review is not None else None,
    )


def notice(board: Any, case: Case, *, comply: int) -> Notice:
    return Notice.objects.create(
        case=case,
        power="s60",
        matters="Standards",
        action_required="A plan",
        comply_by=board.day(comply),
        state=State.RUNNING,
        drafted_on=board.day(-50),
        drafted_by=board.officer,
        issued_on=board.day(-50),
    )


def waits_for_answer(board: Any, case: Case) -> CaseDecision:
    return CaseDecision.objects.create(
        case=case,
        about=About.COURSE,
        area="standards",
        outcome="Go on",
        notes="Why",
        recorded_by=board.officer,
        authoriser=board.other,
    )


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_an_overdue_concern_and_a_notice_nobody_looked_at_come_first(board: Any, as_role: AsRole) -> None:
    concern(board, 5, review=-1)
    notice(board, concern(board, 3, title="Safeguarding records"), comply=-1)
    concern(board, 1, review=9)
    page = as_role(Role.HEAD_OF_SERVICE).get("/attention/").content.decode()
    assert "The concern “Leadership at risk” was to be looked at again by" in page
    assert "has passed (Performance, standards and safety warning notice (section 60))" in page
    assert "A concern since" in page
    front = as_role(Role.SERVICE_MANAGER).get("/").content.decode()
    assert 'number--late">2</strong> <span class="front-lines__words">concerns overdue' in front


def test_a_decision_waits_for_its_authoriser_and_an_overdue_concern_for_its_owner(board: Any) -> None:
    waits_for_answer(board, concern(board, 5, review=-1))
    authoriser, owner = (signed_in(each).get("/").content.decode() for each in (board.other, board.officer))
    assert "case decision to authorise" in authoriser
    assert "concern of yours" not in authoriser
    assert "concern of yours overdue" in owner
    assert "to authorise" not in owner


@pytest.mark.parametrize("role", OUTSIDE)
def test_no_other_role_reads_of_a_concern_on_its_front_page(role: Role, board: Any, as_role: AsRole) -> None:
    case = concern(board, 0, review=-1, title="Leadership at risk")
    waits_for_answer(board, case)
    page = as_role(role).get("/").content.decode()
    assert "Leadership at risk" not in page
    assert "Three heads" not in page


def test_more_concerns_ask_no_more_of_the_database(board: Any, as_role: AsRole) -> None:
    client = as_role(Role.HEAD_OF_SERVICE)
    numbers = []
    for turn in (0, 2):
        notice(board, concern(board, turn, review=-1), comply=-1)
        notice(board, concern(board, turn + 1), comply=-2)
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    ("role", "reads"), [(Role.HEAD_TEACHER, True), (Role.CHAIR_OF_GOVERNORS, True), (Role.GOVERNOR, False)]
)
def test_a_school_is_led_to_a_notice_in_force_and_to_no_draft(
    role: Role, reads: bool, board: Any, as_role: AsRole
) -> None:
    case = concern(board, 0)
    Notice.objects.create(
        case=case,
        power="s60A",
        matters="Pay",
        action_required="A plan",
        comply_by=board.day(20),
        drafted_on=board.day(-1),
        drafted_by=board.officer,
    )
    issued = notice(board, case, comply=20)
    page = as_role(role).get("/").content.decode()
    assert (f"/concerns/notices/{issued.pk}/" in page) is reads
    assert ("compliance period running" in page) is reads
    assert "pay and conditions" not in page
    assert case.title not in page
