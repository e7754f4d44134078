"""Cases: work with no concern, concerns, narratives that are never written over, steps, guards, decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from fakes.casework import authorise, drafted, told

from strandline.web.audit.models import AuditRow
from strandline.web.audit.versions import StaleRecord
from strandline.web.concerns import actions, guards, queries
from strandline.web.concerns.actions import Decided, NotPossible
from strandline.web.concerns.casework import casework
from strandline.web.concerns.models import Answer, Case, CaseDecision, Kind, Narrative, Notice, State, StepNote
from strandline.web.concerns.sentences import SENTENCES
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

TODAY = timezone.localdate


def course(head: Actor, **more: object) -> Decided:
    values = {"about": "course", "area": "standards", "outcome": "Go on", "notes": "Why", "authoriser": head.user}
    return Decided(**(values | more))


def test_work_with_no_concern_turns_into_a_concern(opens: Callable[..., Case], officer: Actor) -> None:
    row = opens(Kind.NO_CONCERN)
    assert (row.kind, row.concern_since) == ("no_concern", None)
    actions.turn_into_concern(by=officer, case_pk=row.pk, version=row.version, on=TODAY(), reason="Results fell")
    row = Case.objects.get()
    assert (row.kind, row.concern_since, row.concern_reason) == ("concern", TODAY(), "Results fell")
    assert AuditRow.objects.filter(action="concerns.turned", school_urn=100_001).count() == 1


@pytest.mark.parametrize(("days", "reason"), [(-31, "Results fell"), (1, "Results fell"), (0, "  ")])
def test_a_concern_has_a_day_after_the_opening_and_a_reason(
    opens: Callable[..., Case], officer: Actor, days: int, reason: str
) -> None:
    row = opens(Kind.NO_CONCERN)
    on = TODAY() + timedelta(days=days)
    with pytest.raises(NotPossible):
        actions.turn_into_concern(by=officer, case_pk=row.pk, version=row.version, on=on, reason=reason)


def test_a_concern_does_not_turn_into_one_again(concern: Case, officer: Actor) -> None:
    with pytest.raises(NotPossible, match="already"):
        actions.turn_into_concern(by=officer, case_pk=concern.pk, version=concern.version, on=TODAY(), reason="x")


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"referral": "rumour"}, {"opened_on": timedelta(days=1)}])
def test_a_case_is_not_opened_without_its_parts(schools: dict[int, School], officer: Actor, wrong: dict) -> None:
    values = {"kind": "concern", "title": "x", "referral": "officer", "opened_on": TODAY(), "reason": "y"} | wrong
    if isinstance(values["opened_on"], timedelta):
        values["opened_on"] = TODAY() + values["opened_on"]
    with pytest.raises(NotPossible):
        actions.open_case(by=officer, school=schools[100_001], **values)


def test_every_writing_of_the_narrative_is_kept(concern: Case, officer: Actor) -> None:
    actions.narrate(by=officer, case_pk=concern.pk, version=1, told=told())
    actions.narrate(by=officer, case_pk=concern.pk, version=2, told=told(aim="Half of year 6 reads well"))
    assert list(Narrative.objects.values_list("number", "aim")) == [
        (2, "Half of year 6 reads well"),
        (1, "Case aim of Ash"),
    ]
    with pytest.raises(StaleRecord):
        actions.narrate(by=officer, case_pk=concern.pk, version=2, told=told())


def test_the_narrative_has_seven_headings_with_hints() -> None:
    headings = casework().headings
    assert len(headings) == 7
    assert all(each.hint for each in headings)
    assert "de_escalation" in {each.key for each in headings}


def test_only_a_concern_has_a_narrative(opens: Callable[..., Case], officer: Actor) -> None:
    row = opens(Kind.NO_CONCERN)
    with pytest.raises(NotPossible, match="Only a concern"):
        actions.narrate(by=officer, case_pk=row.pk, version=row.version, told=told())


def test_the_latest_note_of_a_step_holds_and_the_earlier_stays(concern: Case, officer: Actor) -> None:
    for done in (True, False):
        actions.note_step(by=officer, case_pk=concern.pk, step="talk", done=done, on=TODAY(), evidence="Minutes")
    assert guards.latest_steps(concern)["talk"].done is False
    assert StepNote.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"step": "nothing"}, {"evidence": " "}, {"on": timedelta(days=1)}])
def test_a_step_is_known_evidenced_and_not_of_tomorrow(concern: Case, officer: Actor, wrong: dict) -> None:
    values = {"step": "talk", "evidence": "Minutes", "on": TODAY()} | wrong
    if isinstance(values["on"], timedelta):
        values["on"] = TODAY() + values["on"]
    with pytest.raises(NotPossible):
        actions.note_step(by=officer, case_pk=concern.pk, done=True, **values)


def test_closing_lists_what_is_open_one_line_each(concern: Case, officer: Actor, head: Actor) -> None:
    notice = actions.draft(by=officer, case_pk=concern.pk, told=drafted())
    actions.add_condition(by=officer, notice_pk=notice.pk, version=notice.version, text="A head in post")
    actions.decide(by=officer, case_pk=concern.pk, decided=course(head))
    lines = guards.open_of(concern)
    assert len(lines) == 4
    with pytest.raises(NotPossible) as refused:
        actions.close(by=officer, case_pk=concern.pk, version=concern.version, reason="Done")
    assert all(line in str(refused.value) for line in lines)


def test_a_case_with_nothing_open_closes_and_stays_closed(concern: Case, officer: Actor) -> None:
    actions.narrate(by=officer, case_pk=concern.pk, version=1, told=told())
    actions.close(by=officer, case_pk=concern.pk, version=2, reason="The de-escalation point is reached")
    assert Case.objects.get().closed_on == TODAY()
    with pytest.raises(NotPossible, match="closed"):
        actions.note_step(by=officer, case_pk=concern.pk, step="talk", done=True, on=TODAY(), evidence="x")


def test_an_empty_case_is_deleted_and_the_audit_stays(concern: Case, officer: Actor) -> None:
    title, opened_on = concern.title, concern.opened_on.isoformat()
    actions.delete(by=officer, case_pk=concern.pk, version=1, reason="Wrong school")
    assert not Case.objects.exists()
    kept = AuditRow.objects.get(action="concerns.deleted").after
    assert (kept["title"], kept["opened_on"], kept["reason"]) == (title, opened_on, "Wrong school")


def test_a_case_that_holds_something_is_not_deleted(concern: Case, officer: Actor) -> None:
    actions.narrate(by=officer, case_pk=concern.pk, version=1, told=told())
    with pytest.raises(NotPossible, match="1 version of the narrative"):
        actions.delete(by=officer, case_pk=concern.pk, version=2, reason="Wrong school")


def test_another_person_authorises_a_decision(concern: Case, officer: Actor, head: Actor) -> None:
    row = actions.decide(by=officer, case_pk=concern.pk, decided=course(head))
    with pytest.raises(NotPossible, match="Only"):
        actions.answer(by=officer, decision_pk=row.pk, version=1, authorised=True)
    actions.answer(by=head, decision_pk=row.pk, version=1, authorised=True)
    assert CaseDecision.objects.get().answer == Answer.AUTHORISED
    with pytest.raises(StaleRecord):
        actions.answer(by=head, decision_pk=row.pk, version=1, authorised=False, reason="No")


def test_a_refusal_says_why(concern: Case, officer: Actor, head: Actor) -> None:
    row = actions.decide(by=officer, case_pk=concern.pk, decided=course(head))
    with pytest.raises(NotPossible, match="says why"):
        actions.answer(by=head, decision_pk=row.pk, version=1, authorised=False)
    actions.answer(by=head, decision_pk=row.pk, version=1, authorised=False, reason="Too early")
    assert CaseDecision.objects.get().answer_reason == "Too early"


@pytest.mark.parametrize(
    "wrong",
    [{"area": "weather"}, {"outcome": " "}, {"notes": ""}, {"about": "issue"}],
    ids=lambda each: next(iter(each)),
)
def test_a_decision_wants_every_part(concern: Case, officer: Actor, head: Actor, wrong: dict) -> None:
    with pytest.raises(NotPossible):
        actions.decide(by=officer, case_pk=concern.pk, decided=course(head, **wrong))


def test_nobody_authorises_their_own_and_no_officer_authorises(
    concern: Case, officer: Actor, head: Actor, actor: Callable[..., Actor]
) -> None:
    other = actor(Role.OFFICER, email="other@example.org")
    for by, authoriser in ((head, head), (officer, other)):
        with pytest.raises(NotPossible):
            actions.decide(by=by, case_pk=concern.pk, decided=replace(course(head), authoriser=authoriser.user))


def test_several_cases_go_to_another_officer_of_the_service(
    opens: Callable[..., Case], officer: Actor, head: Actor, actor: Callable[..., Actor]
) -> None:
    rows = {opens().pk: 1, opens(Kind.NO_CONCERN).pk: 1}
    actions.reassign(by=head, cases=rows, officer=head.user, reason="Start of term")
    assert set(Case.objects.values_list("officer", flat=True)) == {head.user.pk}
    said = AuditRow.objects.filter(action="concerns.reassigned").first()
    assert said is not None
    assert (said.before["officer"], said.after["officer"]) == (officer.user.name, head.user.name)
    with pytest.raises(NotPossible, match="does not work for the service"):
        actions.reassign(by=head, cases=dict.fromkeys(rows, 2), officer=actor(Role.GOVERNOR).user, reason="x")


def test_the_second_of_two_who_name_an_owner_is_told(
    opens: Callable[..., Case], officer: Actor, head: Actor, actor: Callable[..., Actor]
) -> None:
    first, second = opens(), opens()
    other = actor(Role.OFFICER, email="other@example.org")
    actions.reassign(by=head, cases={second.pk: 1}, officer=head.user, reason="Start of term")
    with pytest.raises(StaleRecord), transaction.atomic():
        actions.reassign(by=officer, cases={first.pk: 1, second.pk: 1}, officer=other.user, reason="Leave")
    assert set(Case.objects.values_list("pk", "officer")) == {
        (first.pk, officer.user.pk),
        (second.pk, head.user.pk),
    }


def test_a_concern_is_looked_at_again_by_a_day_that_lies_ahead(concern: Case, officer: Actor) -> None:
    with pytest.raises(NotPossible, match="look at it again"):
        actions.narrate(by=officer, case_pk=concern.pk, version=1, told=told(), review_by=TODAY())
    again = TODAY() + timedelta(days=1)
    actions.narrate(by=officer, case_pk=concern.pk, version=1, told=told(), review_by=again)
    assert Case.objects.get().review_by == again


def test_a_narrative_without_its_de_escalation_point_is_not_kept(concern: Case, officer: Actor) -> None:
    with pytest.raises(NotPossible, match="De-escalation point"):
        actions.narrate(by=officer, case_pk=concern.pk, version=1, told=told(de_escalation=" "))


def test_what_is_overdue_is_counted_for_everybody_and_for_its_owner(
    running: Notice, officer: Actor, head: Actor
) -> None:
    actions.narrate(by=officer, case_pk=running.case_id, version=1, told=told(), review_by=TODAY() + timedelta(days=5))
    course_of = actions.decide(by=officer, case_pk=running.case_id, decided=course(head))
    for days, overdue in ((0, 0), (5, 0), (6, 1), (30, 1)):
        found = queries.front_page(by=officer, on=TODAY() + timedelta(days=days))
        assert (found.overdue, found.mine_overdue, found.to_authorise) == (overdue, overdue, 0), days
    Case.objects.update(review_by=None)
    for days, overdue in ((30, 0), (31, 1)):
        found = queries.front_page(by=head, on=TODAY() + timedelta(days=days))
        assert (found.overdue, found.mine_overdue, found.to_authorise) == (overdue, 0, 1), days
    actions.answer(by=head, decision_pk=course_of.pk, version=1, authorised=True)
    assert queries.front_page(by=head, on=TODAY()).to_authorise == 0


def test_the_database_holds_what_the_rules_say(concern: Case, officer: Actor, head: Actor) -> None:
    notice = actions.draft(by=officer, case_pk=concern.pk, told=drafted())
    authorise(notice, by=officer, head=head)
    actions.narrate(by=officer, case_pk=concern.pk, version=1, told=told())
    for model, wrong in (
        (Case, {"concern_reason": ""}),
        (Case, {"title": ""}),
        (Case, {"closed_on": TODAY()}),
        (Case, {"kind": "no_concern"}),
        (Case, {"review_by": TODAY() - timedelta(days=99)}),
        (Case, {"concern_since": TODAY() - timedelta(days=99)}),
        (Narrative, {"de_escalation": ""}),
        (Notice, {"state": "running"}),
        (Notice, {"issued_on": TODAY()}),
        (Notice, {"matters": ""}),
        (Notice, {"state": "withdrawn"}),
        (CaseDecision, {"authoriser": officer.user}),
        (CaseDecision, {"notes": ""}),
        (CaseDecision, {"notice": None}),
        (CaseDecision, {"answered_on": None}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**wrong)


def test_every_step_of_a_notice_and_every_answer_has_its_sentence() -> None:
    wanted = {state.value for state in State} | {Answer.AUTHORISED.value, Answer.REFUSED.value}
    assert {f"concerns.{name}" for name in wanted} <= set(SENTENCES)
