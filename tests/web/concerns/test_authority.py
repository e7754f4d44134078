"""Authority: who may give it, for which text of a notice, from which day on, and how a decision is taken back."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from fakes.casework import again, authorise, drafted, issuing, lapsed, moved, walk_steps

from strandline.web.audit.models import AuditRow
from strandline.web.concerns import actions, guards, queries
from strandline.web.concerns.actions import NotPossible
from strandline.web.concerns.models import Answer, Case, CaseDecision, Kind, Notice, State
from strandline.web.home.demonstration.clock import days_ago
from strandline.web.home.queries.changes import changes
from strandline.web.people.models import Assignment
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

TODAY = timezone.localdate
AsRole = Callable[..., Client]
Opener = Callable[..., Case]
Actors = Callable[..., Actor]
NO_FORM = '<form method="post" novalidate>'


def signed_in(who: Actor) -> Client:
    client = Client()
    client.force_login(who.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page_of(client: Client, path: str) -> str:
    return html.unescape(client.get(f"/concerns/{path}").content.decode())


@pytest.fixture
def manager(actor: Actors) -> Actor:
    return actor(Role.SERVICE_MANAGER, email="manager@example.org")


@pytest.fixture
def draft(concern: Case, officer: Actor) -> Notice:
    return actions.draft(by=officer, case_pk=concern.pk, told=drafted())


@pytest.fixture
def waiting(draft: Notice, officer: Actor, head: Actor) -> CaseDecision:
    return actions.decide(by=officer, case_pk=draft.case_id, decided=issuing(draft, head))


def test_who_is_no_manager_any_more_does_not_answer(waiting: CaseDecision, head: Actor) -> None:
    Assignment.objects.filter(user=head.user).update(role=Role.OFFICER)
    with pytest.raises(NotPossible, match="no manager of the service today"):
        actions.answer(by=head, decision_pk=waiting.pk, version=1, authorised=True)
    assert CaseDecision.objects.get().answer == Answer.WAITING


def test_nobody_authorises_a_notice_that_they_drafted(
    concern: Case, officer: Actor, head: Actor, manager: Actor
) -> None:
    notice = actions.draft(by=head, case_pk=concern.pk, told=drafted())
    assert list(queries.authorisers(officer, notice=notice)) == [manager.user]
    with pytest.raises(NotPossible, match="that they drafted"):
        actions.decide(by=officer, case_pk=concern.pk, decided=issuing(notice, head))
    row = actions.decide(by=officer, case_pk=concern.pk, decided=issuing(notice, manager))
    Notice.objects.update(drafted_by=manager.user)
    with pytest.raises(NotPossible, match="that they drafted"):
        actions.answer(by=manager, decision_pk=row.pk, version=1, authorised=True)


def test_the_form_offers_another_person_than_who_drafted(concern: Case, officer: Actor, head: Actor) -> None:
    notice = actions.draft(by=head, case_pk=concern.pk, told=drafted())
    client, path = signed_in(officer), f"{concern.pk}/decide/"
    choice = f'<option value="{head.user.pk}">'
    assert choice not in page_of(client, f"{path}?about=issue&notice={notice.pk}")
    assert choice in page_of(client, path)
    sent = {"about": "issue", "notice": notice.pk, "area": "standards", "outcome": "x", "notes": "y"}
    sent |= {"authoriser": head.user.pk, "form_key": str(uuid4())}
    assert "nobody authorises a notice that they drafted" in client.post(f"/concerns/{path}", sent).content.decode()
    assert not CaseDecision.objects.exists()


def test_the_authoriser_reads_the_whole_notice(waiting: CaseDecision, draft: Notice, officer: Actor) -> None:
    Notice.objects.update(matters="Phonics", action_required="A coach", version=1)
    actions.add_condition(by=officer, notice_pk=draft.pk, version=1, text="A head in post")
    page = page_of(signed_in(officer), f"decisions/{waiting.pk}/answer/")
    told = ("Phonics", "A coach", "A head in post", f"/concerns/notices/{draft.pk}/", officer.user.name)
    assert [each for each in told if each not in page] == []


def test_a_notice_that_changed_since_is_decided_about_anew(
    waiting: CaseDecision, draft: Notice, officer: Actor, head: Actor
) -> None:
    actions.add_condition(by=officer, notice_pk=draft.pk, version=1, text="A head in post")
    with pytest.raises(NotPossible, match="has changed since"):
        actions.answer(by=head, decision_pk=waiting.pk, version=1, authorised=True)
    page = page_of(signed_in(head), f"decisions/{waiting.pk}/answer/")
    assert "The notice has changed since" in page
    assert NO_FORM not in page
    authorise(again(draft), by=officer, head=head)
    assert guards.authorisation(again(draft), guards.About.ISSUE) is not None


def test_what_was_authorised_of_another_text_counts_for_nothing(ready: Notice, officer: Actor) -> None:
    Notice.objects.update(version=ready.version + 1)
    with pytest.raises(NotPossible, match="authorised by another person"):
        moved(ready, State.ISSUED, by=officer)


@pytest.mark.parametrize("state", [State.ISSUED, State.REPRESENTATIONS, State.RUNNING, State.NOT_MET])
def test_what_was_issued_is_withdrawn_by_an_authorised_decision(
    running: Notice, officer: Actor, head: Actor, as_role: AsRole, state: State
) -> None:
    Notice.objects.update(state=state, found_on=TODAY() if state is State.NOT_MET else None)
    with pytest.raises(NotPossible, match="no decision to withdraw it"):
        moved(running, State.WITHDRAWN, by=officer, text="A new head came")
    page = page_of(as_role(Role.OFFICER, email="reads@example.org"), f"notices/{running.pk}/")
    assert "Record a decision to withdraw it" in page
    authorise(again(running), by=officer, head=head, about="withdraw")
    moved(running, State.WITHDRAWN, by=officer, text="A new head came")
    assert "A new head came" in page_of(as_role(Role.HEAD_TEACHER), f"notices/{running.pk}/")


def test_a_draft_is_withdrawn_without(draft: Notice, officer: Actor) -> None:
    assert moved(draft, State.WITHDRAWN, by=officer, text="Written in error").state == State.WITHDRAWN


@pytest.mark.parametrize("about", ["lift", "withdraw"])
def test_nothing_is_decided_about_a_notice_before_its_time(
    draft: Notice, officer: Actor, head: Actor, about: str
) -> None:
    with pytest.raises(NotPossible, match="The notice is drafted"):
        actions.decide(by=officer, case_pk=draft.case_id, decided=issuing(draft, head, about=about))


def test_a_notice_in_force_is_neither_issued_again_nor_lifted(running: Notice, officer: Actor, head: Actor) -> None:
    for about in ("issue", "lift"):
        with pytest.raises(NotPossible, match="The notice is compliance period running"):
            actions.decide(by=officer, case_pk=running.case_id, decided=issuing(again(running), head, about=about))
    sent = {"about": "lift", "notice": running.pk, "area": "standards", "outcome": "x", "notes": "y"}
    sent |= {"authoriser": head.user.pk, "form_key": str(uuid4())}
    answer = signed_in(officer).post(f"/concerns/{running.case_id}/decide/", sent).content.decode()
    assert "once it is found complied with" in answer


def test_a_notice_is_not_issued_as_of_a_day_before_its_authority(concern: Case, officer: Actor, head: Actor) -> None:
    with days_ago(10):
        notice = actions.draft(by=officer, case_pk=concern.pk, told=drafted(days=40))
        actions.add_condition(by=officer, notice_pk=notice.pk, version=1, text="A head in post")
    with days_ago(8):
        walk_steps(concern, by=officer)
    with days_ago(5):
        authorise(again(notice), by=officer, head=head)

    def issued(days: int) -> Notice:
        on = TODAY() - timedelta(days=days)
        return actions.move(by=officer, notice_pk=notice.pk, version=2, to=State.ISSUED, on=on)

    with pytest.raises(NotPossible, match="its issue was authorised"):
        issued(6)
    with days_ago(3):
        walk_steps(concern, by=officer)
    with pytest.raises(NotPossible, match="the last step before it was noted"):
        issued(4)
    assert issued(3).issued_on == TODAY() - timedelta(days=3)


def test_no_step_of_a_notice_lies_before_the_one_before(running: Notice, officer: Actor, head: Actor) -> None:
    lapsed(running)
    said = TODAY() - timedelta(days=10)
    Notice.objects.update(state=State.REPRESENTATIONS, representations_on=said, representations="We disagree")

    def taken(to: State, days: int, text: str = "") -> Notice:
        on = TODAY() - timedelta(days=days)
        version = again(running).version
        return actions.move(by=officer, notice_pk=running.pk, version=version, to=to, on=on, text=text)

    with pytest.raises(NotPossible, match="representations were made"):
        taken(State.RUNNING, 11)
    taken(State.RUNNING, 10)
    actions.settle_condition(
        by=officer, condition_pk=running.conditions.get().pk, version=1, met=True, on=TODAY(), evidence="Seen"
    )
    taken(State.MET, 4)
    with days_ago(6):
        authorise(again(running), by=officer, head=head, about="lift")
    with pytest.raises(NotPossible, match="found complied with or not"):
        taken(State.LIFTED, 5, "Met")
    assert taken(State.LIFTED, 4, "Met").ended_on == TODAY() - timedelta(days=4)


def test_what_changed_counts_a_concern_by_the_day_it_was_recorded(opens: Opener, officer: Actor, head: Actor) -> None:
    opens()
    with days_ago(9):
        opens()
    easy = opens(Kind.NO_CONCERN)
    assert changes(head, on=TODAY()).concerns == 1
    long_ago = TODAY() - timedelta(days=20)
    actions.turn_into_concern(by=officer, case_pk=easy.pk, version=1, on=long_ago, reason="Results fell")
    assert changes(head, on=TODAY()).concerns == 2


def test_a_refusal_is_told_to_who_is_asked_next(
    waiting: CaseDecision, draft: Notice, officer: Actor, head: Actor, manager: Actor
) -> None:
    path = f"{draft.case_id}/decide/"
    assert "refused by" not in page_of(signed_in(officer), path)
    actions.answer(by=head, decision_pk=waiting.pk, version=1, authorised=False, reason="Talk first")
    row = actions.decide(by=officer, case_pk=draft.case_id, decided=issuing(draft, manager))
    for who, where in ((officer, path), (manager, f"decisions/{row.pk}/answer/")):
        page = page_of(signed_in(who), where)
        assert f"refused by {head.user.name} on" in page
        assert "Talk first" in page


def test_who_recorded_a_waiting_decision_takes_it_back_and_the_case_closes(
    opens: Opener, officer: Actor, head: Actor
) -> None:
    case = opens(Kind.NO_CONCERN)
    asked = actions.Decided(about="course", area="standards", outcome="Lend", notes="Why", authoriser=head.user)
    row = actions.decide(by=officer, case_pk=case.pk, decided=asked)
    client, address = signed_in(officer), f"/concerns/decisions/{row.pk}/take-back/"
    assert address in page_of(client, f"{case.pk}/")
    sent = {"reason": "No longer wanted", "version": 1, "form_key": str(uuid4())}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent | {"form_key": str(uuid4())}).status_code == 409
    row.refresh_from_db()
    assert (row.answer, row.answer_reason) == (Answer.TAKEN_BACK, "No longer wanted")
    assert AuditRow.objects.filter(action="concerns.taken_back", school_urn=case.school_id).count() == 1
    page = page_of(client, f"{case.pk}/")
    assert "No longer wanted" in page
    assert address not in page
    with pytest.raises(NotPossible, match="has its answer"):
        actions.answer(by=head, decision_pk=row.pk, version=2, authorised=True)
    actions.close(by=officer, case_pk=case.pk, version=1, reason="Done")


def test_a_manager_takes_a_decision_back_and_another_officer_does_not(
    waiting: CaseDecision, manager: Actor, actor: Actors
) -> None:
    other = actor(Role.OFFICER, email="other@example.org")
    with pytest.raises(NotPossible, match="or a manager of the service"):
        actions.take_back(by=other, decision_pk=waiting.pk, version=1, reason="x")
    page = page_of(signed_in(other), f"decisions/{waiting.pk}/take-back/")
    assert NO_FORM not in page
    assert "take-back" not in page_of(signed_in(other), f"{waiting.case_id}/")
    with pytest.raises(NotPossible, match="why it is taken back"):
        actions.take_back(by=manager, decision_pk=waiting.pk, version=1, reason=" ")
    actions.take_back(by=manager, decision_pk=waiting.pk, version=1, reason="Left the service")
    assert CaseDecision.objects.get().answer == Answer.TAKEN_BACK


def test_the_service_reads_who_drafted_and_who_authorised_a_notice(
    running: Notice, officer: Actor, head: Actor, as_role: AsRole
) -> None:
    page = page_of(signed_in(officer), f"notices/{running.pk}/")
    assert f"by {officer.user.name}" in page
    assert f"by {head.user.name}" in page
    school = page_of(as_role(Role.HEAD_TEACHER), f"notices/{running.pk}/")
    assert "Issue authorised" not in school
    assert f"by {officer.user.name}" not in school


def test_no_step_is_noted_where_no_power_leads_on_from_it(opens: Opener, officer: Actor) -> None:
    row = opens(urn=100_002)
    with pytest.raises(NotPossible, match="no power over Beech Academy"):
        actions.note_step(by=officer, case_pk=row.pk, step="talk", done=True, on=TODAY(), evidence="Minutes")
    page = page_of(signed_in(officer), f"{row.pk}/steps/talk/")
    assert "no power over Beech Academy" in page
    assert NO_FORM not in page


def test_a_case_owner_may_act_on_it(concern: Case, officer: Actor, head: Actor, actor: Actors) -> None:
    analyst = actor(Role.ANALYST, email="analyst@example.org")
    with pytest.raises(NotPossible, match="may not act on concerns"):
        actions.reassign(by=head, cases={concern.pk: 1}, officer=analyst.user, reason="Leave")
    page = page_of(signed_in(head), f"reassign/?chosen={concern.pk}")
    assert f'value="{officer.user.pk}"' in page
    assert f'value="{analyst.user.pk}"' not in page


def test_naming_another_owner_says_which_cases_are_left_out(opens: Opener, officer: Actor, head: Actor) -> None:
    kept, closed, gone = opens(), opens(Kind.NO_CONCERN), opens(Kind.NO_CONCERN)
    number = gone.pk
    actions.close(by=officer, case_pk=closed.pk, version=1, reason="Done")
    actions.delete(by=officer, case_pk=gone.pk, version=1, reason="Twice")
    client = signed_in(head)
    chosen = [f"{kept.pk}-1", f"{closed.pk}-1", f"{number}-1"]
    path = "reassign/?" + "&".join(f"chosen={each}" for each in chosen)
    said = ("Left out: Ash Primary: Leadership (closed).", "Left out: 1 that is not among your cases")
    page = page_of(client, path)
    assert [each for each in said if each not in page] == []
    sent = {"chosen": chosen, "officer": head.user.pk, "reason": "Leave", "form_key": str(uuid4())}
    answer = html.unescape(client.post("/concerns/reassign/", sent, follow=True).content.decode())
    assert f"{head.user.name} owns 1 case now." in answer
    assert [each for each in said if each not in answer] == []


def test_a_notice_gives_two_years_at_most(concern: Case, officer: Actor) -> None:
    with pytest.raises(NotPossible, match="more than two years ahead"):
        actions.draft(by=officer, case_pk=concern.pk, told=drafted(days=732))
    assert actions.draft(by=officer, case_pk=concern.pk, told=drafted(days=731)).state == State.DRAFTED
    far = TODAY() + timedelta(days=800)
    sent = {"power": "s60", "matters": "x", "action_required": "y", "form_key": str(uuid4())}
    sent |= {"comply_by_day": far.day, "comply_by_month": far.month, "comply_by_year": far.year}
    answer = signed_in(officer).post(f"/concerns/{concern.pk}/notices/add/", sent).content.decode()
    assert "not more than two years ahead" in answer


def test_no_day_of_casework_lies_before_2000(concern: Case, officer: Actor) -> None:
    long_ago = TODAY().replace(year=1999, day=1)
    with pytest.raises(NotPossible, match="before the year 2000"):
        actions.note_step(by=officer, case_pk=concern.pk, step="talk", done=True, on=long_ago, evidence="Minutes")
    opened = {"opened_on_day": "1", "opened_on_month": "1", "opened_on_year": "1999", "form_key": str(uuid4())}
    answer = signed_in(officer).post("/concerns/schools/100001/add/", opened).content.decode()
    assert "before the year 2000" in answer
