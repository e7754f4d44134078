"""The pages: who sees what, the same form twice, words with marks, and no more queries for more rows."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from fakes.casework import lapsed, moved, told, walk_steps

from strandline.web.concerns import actions
from strandline.web.concerns.models import Case, Kind, Notice, State
from strandline.web.people.roles import LEVELS, Level, Module, Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School, Watch
from strandline.web.triggers import referring
from strandline.web.triggers.models import Regulator

MARKS = "Quotes ' \" pounds £ <b>angle</b>"
AsRole = Callable[..., Client]
SEES = {role for role in Role if LEVELS[role][Module.CONCERNS]}


def parts(name: str, *, days: int = 0) -> dict[str, int]:
    day = timezone.localdate() + timedelta(days=days)
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_the_service_acts_the_school_sees_and_members_are_off() -> None:
    acts = {role for role in Role if LEVELS[role][Module.CONCERNS] is Level.ACTS}
    assert acts == {Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER, Role.OFFICER}
    assert SEES - acts == {Role.ANALYST, Role.AUDITOR, Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS}


@pytest.mark.parametrize("role", [Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS])
def test_a_school_sees_only_what_was_issued_to_it(ready: Notice, officer: Actor, as_role: AsRole, role: Role) -> None:
    client = as_role(role)
    assert client.get(f"/concerns/notices/{ready.pk}/").status_code == 404
    assert "warning notice" not in client.get("/concerns/").content.decode()
    moved(ready, State.ISSUED, by=officer)
    page = client.get(f"/concerns/notices/{ready.pk}/").content.decode()
    assert "A head in post" in page
    assert "Withdraw the notice" not in page
    assert "warning notice" in client.get("/concerns/").content.decode()
    assert client.get(f"/concerns/{ready.case_id}/").status_code == 404
    assert client.get(f"/concerns/notices/{ready.pk}/move/withdrawn/").status_code == 404


def test_another_authority_and_another_school_see_nothing(ready: Notice, officer: Actor, as_role: AsRole) -> None:
    moved(ready, State.ISSUED, by=officer)
    elsewhere = as_role(Role.HEAD_OF_SERVICE, authority=851)
    beside = as_role(Role.HEAD_TEACHER, school_urn=100_002)
    for path in (f"/concerns/{ready.case_id}/", f"/concerns/notices/{ready.pk}/"):
        assert [client.get(path).status_code for client in (elsewhere, beside)] == [404, 404]
    assert "Ash Primary" not in elsewhere.get("/concerns/").content.decode()


def test_a_case_goes_from_opening_to_narrative_through_the_pages(schools: dict[int, School], as_role: AsRole) -> None:
    client = as_role(Role.OFFICER)
    sent = {"kind": "concern", "title": MARKS, "referral": "officer", **parts("opened_on")}
    refused = client.post("/concerns/schools/100001/add/", sent | {"form_key": str(uuid4())}).content.decode()
    assert "Write why it is a concern" in refused
    assert "&lt;b&gt;angle&lt;/b&gt;" in refused
    key = str(uuid4())
    for _ in range(2):
        answer = client.post("/concerns/schools/100001/add/", sent | {"reason": MARKS, "form_key": key})
        assert answer.status_code == 302
    case = Case.objects.get()
    page = client.get(f"/concerns/{case.pk}/narrative/").content.decode()
    assert "De-escalation point" in page
    assert "two people would agree" in page
    texts = dict.fromkeys(("issue", "situation", "aim", "de_escalation", "next_steps"), MARKS)
    texts |= parts("review_by", days=42)
    sent = texts | {"version": case.version, "form_key": str(uuid4())}
    passed = client.post(f"/concerns/{case.pk}/narrative/", sent | parts("review_by")).content.decode()
    assert "Give a day after today" in passed
    assert client.post(f"/concerns/{case.pk}/narrative/", sent).status_code == 302
    stale = client.post(f"/concerns/{case.pk}/narrative/", texts | {"version": 1, "form_key": str(uuid4())})
    assert stale.status_code == 409
    assert client.get(f"/concerns/{case.pk}/narratives/").status_code == 200


def test_an_academy_gets_a_sentence_and_no_form(opens: Callable[..., Case], as_role: AsRole) -> None:
    row = opens(urn=100_002)
    client = as_role(Role.OFFICER)
    page = client.get(f"/concerns/{row.pk}/notices/add/").content.decode()
    assert "No statutory step is offered" in page
    assert "<textarea" not in page
    assert "Draft a notice" not in client.get(f"/concerns/{row.pk}/").content.decode()


def test_the_lists_are_mine_my_teams_all_and_closed(
    opens: Callable[..., Case], officer: Actor, head: Actor, as_role: AsRole
) -> None:
    opens(Kind.NO_CONCERN)
    mine = opens(by=head)
    closed = opens(Kind.NO_CONCERN)
    actions.close(by=officer, case_pk=closed.pk, version=1, reason="Done")
    client = Client()
    client.force_login(head.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def listed(query: str) -> set[int]:
        page = client.get(f"/concerns/?{query}")
        return {row.pk for row in page.context["page"].object_list}

    assert listed("view=my") == listed("view=team") == {mine.pk}
    assert len(listed("view=all")) == 2
    assert listed("view=closed") == {closed.pk}
    assert listed("kind=concern") == {mine.pk}
    assert listed("view=watch") == set()
    Watch.objects.create(user=head.user, school=mine.school)
    assert len(listed("view=watch")) == 2
    page = client.get(f"/concerns/reassign/?chosen={mine.pk}")
    assert f'value="{mine.pk}-1"' in page.content.decode()
    sent = {"chosen": f"{mine.pk}-1", "officer": officer.user.pk, "reason": "Leave", "form_key": str(uuid4())}
    assert client.post("/concerns/reassign/", sent).status_code == 302
    assert Case.objects.get(pk=mine.pk).officer_id == officer.user.pk
    assert client.post("/concerns/reassign/", sent | {"form_key": str(uuid4())}).status_code == 409


def test_filters_count_what_the_list_holds(
    running: Notice, opens: Callable[..., Case], officer: Actor, as_role: AsRole
) -> None:
    bare, closed = opens(), opens(Kind.NO_CONCERN)
    actions.close(by=officer, case_pk=closed.pk, version=1, reason="Done")
    Case.objects.filter(pk=bare.pk).update(review_by=timezone.localdate() - timedelta(days=1))
    client = as_role(Role.ANALYST)

    def counted(view: str) -> dict[str, int]:
        groups = client.get(f"/concerns/?view={view}").context["filters"].groups
        return {each.value: each.count for group in groups for each in group.options}

    def listed(query: str) -> set[int]:
        return {row.pk for row in client.get(f"/concerns/?{query}").context["page"].object_list}

    assert counted("all") == {
        "no_concern": 0,
        "concern": 2,
        "late": 1,
        "mine": 0,
        "decision": 0,
        "notice": 1,
        "narrative": 2,
    }
    assert counted("closed") == {"no_concern": 1, "concern": 0}
    assert listed("open=late") == {bare.pk}
    assert listed("open=notice") == {running.case_id}
    assert listed("open=notice&open=late") == set()
    assert "Overdue" in client.get("/concerns/").content.decode()


def test_a_form_that_can_do_nothing_says_why_and_stands_nowhere(
    opens: Callable[..., Case], ready: Notice, officer: Actor, as_role: AsRole
) -> None:
    client = as_role(Role.OFFICER)
    closed = opens(Kind.NO_CONCERN)
    actions.close(by=officer, case_pk=closed.pk, version=1, reason="Done")
    plain = opens(Kind.NO_CONCERN)
    condition, decision = ready.conditions.get(), ready.case_decisions.get()
    said = {
        f"{closed.pk}/turn/": "The case is closed, and kept",
        f"{closed.pk}/decide/": "The case is closed, and kept",
        f"{closed.pk}/notices/add/": "The case is closed, and kept",
        f"{closed.pk}/close/": "The case is closed, and kept",
        f"{plain.pk}/narrative/": "turn the work into a concern first",
        f"{ready.case_id}/turn/": "This is a concern already",
        f"{ready.case_id}/delete/": "It cannot be done yet",
        f"notices/{ready.pk}/move/met/": "The notice is drafted: this is no step from there",
        f"notices/{ready.pk}/escalate/": "Only a notice that was not complied with",
        f"conditions/{condition.pk}/": "while the compliance period runs",
        f"decisions/{decision.pk}/answer/": "The decision has its answer: authorised",
    }
    for path, words in said.items():
        page = client.get(f"/concerns/{path}").content.decode()
        assert words in page, path
        assert '<form method="post" novalidate>' not in page, path


def test_where_the_act_does_not_reach_a_concern_is_notified_to_a_regulator(
    opens: Callable[..., Case], concern: Case, officer: Actor, schools: dict[int, School], as_role: AsRole
) -> None:
    row = opens(urn=100_002)
    client = as_role(Role.OFFICER)
    page = client.get(f"/concerns/{row.pk}/").content.decode()
    assert "/triggers/powers/100002/notify/" in page
    assert "Letters to regulators" not in page
    referring.write(by=officer, school=schools[100_002], regulator=Regulator.OFSTED, letter="We write of a concern")
    page = client.get(f"/concerns/{row.pk}/").content.decode()
    assert "Letters to regulators" in page
    assert "Written, not sent" in page
    assert "/steps/" not in page
    assert "notify/" not in client.get(f"/concerns/{concern.pk}/").content.decode()
    assert "notify/" not in as_role(Role.AUDITOR).get(f"/concerns/{row.pk}/").content.decode()


def test_more_cases_ask_no_more_of_the_database(opens: Callable[..., Case], as_role: AsRole) -> None:
    client = as_role(Role.HEAD_OF_SERVICE)
    counts = []
    for _ in range(2):
        opens()
        client.get("/concerns/")
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get("/concerns/")
        counts.append(len(caught))
        opens()
        opens(Kind.NO_CONCERN)
    assert counts[0] == counts[1] <= 20


def test_every_form_page_opens(running: Notice, officer: Actor, head: Actor, as_role: AsRole) -> None:
    client = as_role(Role.OFFICER)
    case = running.case
    actions.narrate(by=officer, case_pk=case.pk, version=case.version, told=told())
    condition, decision = running.conditions.get(), case.case_decisions.get()
    for path in (
        f"{case.pk}/",
        f"{case.pk}/turn/",
        f"{case.pk}/steps/talk/",
        f"{case.pk}/close/",
        f"{case.pk}/delete/",
        f"{case.pk}/decide/",
        f"{case.pk}/notices/add/",
        f"decisions/{decision.pk}/answer/",
        f"notices/{running.pk}/",
        f"notices/{running.pk}/conditions/add/",
        f"notices/{running.pk}/escalate/",
        f"notices/{running.pk}/move/not_met/",
        f"conditions/{condition.pk}/",
    ):
        assert client.get(f"/concerns/{path}").status_code == 200, path
    for path in (f"{case.pk}/steps/none/", f"notices/{running.pk}/move/none/"):
        assert client.get(f"/concerns/{path}").status_code == 404, path
    close = client.get(f"/concerns/{case.pk}/close/").content.decode()
    assert "compliance period running" in close
    sent = {"met": "yes", **parts("on"), "evidence": MARKS, "version": 1, "form_key": str(uuid4())}
    assert client.post(f"/concerns/conditions/{condition.pk}/", sent).status_code == 302


def test_a_form_about_a_case_that_was_deleted_meanwhile_is_told_by_whom_and_loses_nothing(
    concern: Case, officer: Actor, as_role: AsRole
) -> None:
    actions.delete(by=officer, case_pk=concern.pk, version=1, reason="Wrong school")
    client = as_role(Role.SERVICE_MANAGER)
    sent = {"reason": MARKS, "version": 1, "form_key": str(uuid4())}
    answer = client.post(f"/concerns/{concern.pk}/close/", sent)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert officer.user.name in page
    assert MARKS in page
    assert client.get(f"/concerns/{concern.pk}/close/").status_code == 404
    elsewhere = as_role(Role.OFFICER, authority=851)
    assert elsewhere.post(f"/concerns/{concern.pk}/close/", sent | {"form_key": str(uuid4())}).status_code == 404


def test_a_draft_sent_twice_is_one_notice_and_the_second_who_escalates_is_told(
    running: Notice, officer: Actor, as_role: AsRole
) -> None:
    client = as_role(Role.OFFICER)
    words = {"matters": MARKS, "action_required": MARKS, **parts("comply_by", days=30)}
    sent = words | {"power": "s60A", "form_key": str(uuid4())}
    first, again = (client.post(f"/concerns/{running.case_id}/notices/add/", sent) for _ in range(2))
    assert (first.status_code, first.url) == (302, again.url)
    assert Notice.objects.filter(power="s60A").count() == 1
    for each in running.conditions.all():
        actions.settle_condition(
            by=officer, condition_pk=each.pk, version=1, met=False, on=timezone.localdate(), evidence="Seen"
        )
    version = moved(lapsed(running), State.NOT_MET, by=officer).version
    address = f"/concerns/notices/{running.pk}/escalate/"
    assert "<textarea" not in client.get(address).content.decode()
    walk_steps(running.case, by=officer, power="s64")
    page = client.get(address).content.decode()
    assert 'value="s64"' in page
    assert 'value="s63"' not in page
    sent = words | {"power": "s64", "version": version, "form_key": str(uuid4())}
    assert client.post(address, sent).status_code == 302
    told_of = client.post(address, sent | {"form_key": str(uuid4())})
    assert told_of.status_code == 409
    assert MARKS in html.unescape(told_of.content.decode())
    assert Notice.objects.filter(power="s64", follows=running).count() == 1


def _given_back(client: Client, path: str, sent: dict[str, object]) -> str:
    """The page of a form that may be sent no longer: no form, and what was written."""
    answer = client.post(f"/concerns/{path}", {**sent, "form_key": str(uuid4())})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422, path
    assert "<textarea" not in page, path
    assert "What you wrote" in page, path
    assert MARKS in page, path
    return page


def test_a_form_sent_too_late_and_wrong_gives_back_what_was_written(
    opens: Callable[..., Case], officer: Actor, as_role: AsRole
) -> None:
    row, client = opens(Kind.NO_CONCERN), as_role(Role.SERVICE_MANAGER)
    actions.close(by=officer, case_pk=row.pk, version=1, reason="Done")
    page = _given_back(client, f"{row.pk}/decide/", {"about": "course", "outcome": "", "notes": MARKS})
    assert "Supporting notes" in page
    turned = {"reason": MARKS, "version": 1, "on_day": "99", "on_month": "1", "on_year": "2026"}
    assert "99 1 2026" in _given_back(client, f"{row.pk}/turn/", turned)
    _given_back(client, f"{row.pk}/narrative/", {"issue": MARKS, "version": 1})
    _given_back(client, f"{row.pk}/steps/talk/", {"done": "yes", "evidence": MARKS})
    _given_back(client, "reassign/", {"chosen": f"{row.pk}-1", "reason": MARKS})


def test_a_notice_that_no_power_allows_any_more_gives_back_what_was_written(
    concern: Case, running: Notice, opens: Callable[..., Case], as_role: AsRole
) -> None:
    client, none = as_role(Role.OFFICER), opens(Kind.NO_CONCERN)
    words: dict[str, object] = {"matters": MARKS, "action_required": "", **parts("comply_by", days=30)}
    _given_back(client, f"{none.pk}/notices/add/", words | {"power": "s60"})
    School.objects.filter(pk=concern.school_id).update(legal_form="academy_converter", maintained=False)
    page = _given_back(client, f"{concern.pk}/notices/add/", words | {"power": "s60"})
    assert "No statutory step is offered" in page
    _given_back(client, f"notices/{running.pk}/escalate/", words | {"power": "s64", "version": running.version})
    _given_back(client, f"notices/{running.pk}/conditions/add/", {"text": MARKS, "version": ""})
