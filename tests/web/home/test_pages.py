"""Each role's own front page: what it tells, what it keeps back, and how many queries it asks."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strandline.web import audit
from strandline.web.decisions.models import Decision, Kind, Proposal
from strandline.web.people.models import Assignment, User
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

pytestmark = pytest.mark.django_db

AsRole = Callable[..., Client]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def said(client: Client, address: str = "/") -> str:
    """The words of a page as a person reads them."""
    answer = client.get(address)
    assert answer.status_code == 200
    main = answer.content.decode().partition('id="main"')[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def red(client: Client, address: str = "/") -> list[str]:
    """What a page marks as late or blank: the numbered lines, and the tags."""
    page = client.get(address).content.decode()
    lines = re.findall(r'number--late">(\d+)</strong> <span[^>]*>([^<]+)', page)
    return [f"{number} {words}" for number, words in lines] + re.findall(r"desk-tag--late\">([^<]+)", page)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_front_page_with_nothing_on_the_desk(role: Role, as_role: AsRole) -> None:
    answer = as_role(role).get("/")
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("role", list(Role))
def test_the_front_page_asks_as_many_queries_of_three_times_as_many_schools(
    role: Role, board: Any, as_role: AsRole
) -> None:
    client = as_role(role)
    if role is Role.OFFICER:
        client = signed_in(board.officer)
    client.get("/")  # what a session asks once
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/").status_code == 200
        numbers.append(len(asked))
        board.add(2)
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER])
def test_the_head_sees_which_schools_worry_us_why_and_who_is_on_it(role: Role, board: Any, as_role: AsRole) -> None:
    page = said(as_role(role))
    assert "School 001 C overdue No decision on “Special measures”, due on" in page
    assert "Worrying by the rules (published on" in page
    assert "School 002" in page
    assert "The override to B expired on" in page
    assert "School 003" in page
    assert "“Send the note” was due on" in page
    assert "School 004 C proposed" in page
    assert "The rules propose: Worrying by the rules" in page
    assert "Weighty local intelligence of" in page
    assert page.count("Officer") >= 5
    assert page.index("School 001") < page.index("School 002") < page.index("School 003") < page.index("School 004")


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER])
def test_what_is_late_or_blank_is_red_and_said_in_words(role: Role, board: Any, as_role: AsRole) -> None:
    assert red(as_role(role))[:5] == [
        "1 trigger decision overdue",
        "2 triggers without a decision",
        "1 task overdue",
        "1 school without a named officer",
        "1 override expired",
    ]


def test_a_school_on_the_list_that_nobody_is_named_for_says_so_in_red(board: Any, as_role: AsRole) -> None:
    client = as_role(Role.HEAD_OF_SERVICE)
    assert "nobody named" not in red(client)
    Proposal.objects.filter(school__name="School 006").update(category="C", label="C (Worrying)", step=8)
    assert "nobody named" in red(client)


def test_an_override_that_ended_counts_as_what_the_rules_say(board: Any, as_role: AsRole) -> None:
    assert Decision.objects.get(kind=Kind.OVERRIDDEN).category == "B"
    page = said(as_role(Role.HEAD_OF_SERVICE))
    assert "School 002 A overdue The override to B expired" in page


def test_the_front_page_tells_what_changed_since_last_week(board: Any, as_role: AsRole) -> None:
    page = said(as_role(Role.HEAD_OF_SERVICE)).partition("Since ")[2]
    assert "1 category published" in page, "the other two are a month old"
    assert "1 reply from a school" in page
    assert "1 challenge by a school" in page
    assert "task done" not in page, "what did not happen is not told"


def test_the_front_page_keeps_five_schools_and_leads_to_the_rest(board: Any, as_role: AsRole) -> None:
    board.add(2)
    client = as_role(Role.HEAD_OF_SERVICE)
    page = client.get("/").content.decode()
    assert page.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr") == 5
    assert "10 more, and every reason" in said(client)
    assert (
        client.get("/attention/").content.decode().partition("<tbody>")[2].partition("</tbody>")[0].count("<tr") == 15
    )


def test_nothing_to_worry_about_is_said_and_not_left_blank(as_role: AsRole) -> None:
    page = said(as_role(Role.HEAD_OF_SERVICE))
    assert "No school wants attention now" in page
    assert "No scheme is adopted: nothing can be decided" in page
    assert "Nothing waits in the queue." in page


def test_the_manager_sees_the_caseloads(board: Any, as_role: AsRole) -> None:
    page = said(as_role(Role.SERVICE_MANAGER))
    assert "Caseloads Officer Schools Overdue tasks Officer 5 1" in page


def test_an_officer_sees_their_schools_and_their_tasks_alone(board: Any) -> None:
    client = signed_in(board.officer)
    page = said(client)
    assert "My schools 5" in page
    assert "School 006" not in page, "nobody is named for it"
    assert "My tasks 1 1 overdue Send the note overdue School 003, by" in page
    assert "Read the report" not in page
    assert "School 001 C overdue No decision on" in page


def test_an_officer_without_schools_is_told_what_happens_next(board: Any, as_role: AsRole) -> None:
    page = said(as_role(Role.OFFICER))
    assert "You are not named for any school yet" in page
    assert "School 001" not in page


def test_the_analyst_sees_the_latest_run_and_what_it_leaves_open(board: Any, as_role: AsRole) -> None:
    page = said(as_role(Role.ANALYST))
    assert "5 decided by the rules, 1 undecided: a figure is missing" in page
    assert "School 005 undecided: a figure is missing for want of the results" in page


@pytest.mark.parametrize("role", [Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS])
def test_a_school_sees_its_category_what_waits_and_what_is_held(role: Role, board: Any, as_role: AsRole) -> None:
    page = said(as_role(role))
    assert "School 001 C" in page
    assert "Worrying" in page
    assert "The time to reply ended on" in page
    assert "Your named officer Officer, since" in page
    assert "0 documents that you can open" in page
    assert "School 002" not in page


def test_a_school_whose_reply_is_awaited_is_asked_for_it(board: Any, as_role: AsRole) -> None:
    page = said(as_role(Role.HEAD_TEACHER, school_urn=100_003))
    assert "You can reply until" in page
    assert "Say whether the account is right" in page
    governor = said(as_role(Role.GOVERNOR, school_urn=100_003))
    assert "You can reply until" in governor
    assert "Say whether the account is right" not in governor, "a governor sees, and does not act"


def test_a_category_that_is_not_published_is_not_shown_to_its_school(board: Any, as_role: AsRole) -> None:
    page = said(as_role(Role.HEAD_TEACHER, school_urn=100_004))
    assert "No category has been published of your school yet" in page
    assert "Worrying" not in page


def test_a_governor_sees_neither_officer_nor_intelligence(board: Any, as_role: AsRole) -> None:
    page = said(as_role(Role.GOVERNOR))
    assert "School 001" in page
    assert "Your named officer" not in page
    assert "local intelligence" not in page


@pytest.mark.parametrize(
    ("role", "mine", "others"),
    [
        (Role.CONSORTIUM_LEAD, ("School 001", "School 002", "School 003"), ("School 004", "School 005")),
        (Role.DIOCESE, ("School 002",), ("School 001", "School 003")),
        (Role.TRUST, ("School 004",), ("School 001", "School 005")),
        (Role.BOARD_MEMBER, ("School 001", "School 004", "School 006"), ()),
        (Role.EXTERNAL_PROVIDER, ("School 001",), ("School 002", "School 004")),
    ],
)
def test_a_cluster_sees_its_own_schools(
    role: Role, mine: tuple[str, ...], others: tuple[str, ...], board: Any, as_role: AsRole
) -> None:
    page = said(as_role(role))
    assert all(name in page for name in mine)
    assert not any(name in page for name in others)


@pytest.mark.parametrize("role", [Role.CONSORTIUM_LEAD, Role.TRUST, Role.BOARD_MEMBER, Role.DIOCESE])
def test_a_cluster_sees_published_categories_alone(role: Role, board: Any, as_role: AsRole) -> None:
    page = said(as_role(role))
    assert "proposed" not in page
    assert "undecided" not in page
    if role is Role.TRUST:
        assert "Lantern Trust 1 school; 1 without a published category." in page
    if role is Role.CONSORTIUM_LEAD:
        assert "North 3 schools: 2 in A, 1 in C." in page


def test_a_provider_sees_no_category(board: Any, as_role: AsRole) -> None:
    assert "Worrying" not in said(as_role(Role.EXTERNAL_PROVIDER))


def test_an_elected_member_sees_exact_totals_and_no_school(board: Any, as_role: AsRole) -> None:
    board.add(6)
    page = said(as_role(Role.ELECTED_MEMBER))
    assert "School 0" not in page
    assert "Calm by the rules 14" in page, "two calm schools in each of seven sets"
    assert "C Worrying by the rules 7" in page
    assert "21 schools have a published category." in page


def test_the_auditor_sees_what_was_done_lately(board: Any, actor: Callable[..., Actor], as_role: AsRole) -> None:
    adopted = {"title": "The strategy", "expires_on": board.day(300)}
    audit.record(by=actor(Role.HEAD_OF_SERVICE), action="decisions.scheme_adopted", subject=board.scheme, after=adopted)
    page = said(as_role(Role.AUDITOR))
    assert "What was done lately" in page
    assert "Head of service adopted the scheme The strategy until" in page
    assert "1 override published" in page


def test_a_person_with_two_roles_has_a_page_for_each(board: Any, person: Callable[..., User]) -> None:
    user = person(Role.ANALYST)
    first = Assignment.objects.get(user=user)
    first.pk, first.role = None, Role.AUDITOR.value
    first.save()
    client = signed_in(user)
    assert "The latest run" in said(client)
    assert "What was done lately" in said(client, "/?role=auditor")
    assert "The latest run" in said(client, "/?role=head_of_service"), "a role that they do not hold gives nothing"


def test_a_person_without_a_role_today_reaches_nothing(board: Any, person: Callable[..., User]) -> None:
    user = person(Role.HEAD_OF_SERVICE, ends_on=board.day(-1))
    page = said(signed_in(user))
    assert "Nothing is assigned to you" in page
    assert "School 0" not in page
