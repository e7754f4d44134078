"""A run made from the desk: local intelligence of the day counts in it, and is told to nobody beyond its level."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from strandline.web.audit.models import AuditRow
from strandline.web.decisions import actions
from strandline.web.decisions.actions.running import CannotRun, judged_for
from strandline.web.decisions.models import DeskRun, OrderState, Proposal, RiskAssessment, RunOrder, Scheme
from strandline.web.intelligence import actions as intelligence
from strandline.web.intelligence.actions import Heard
from strandline.web.intelligence.models import Item
from strandline.web.intelligence.reach import Sharing
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

SANDMOUTH = 990
AS_AT = date(2010, 3, 31)
JUDGED_ON = date(2010, 3, 26)
INFANTS = 990074
BESIDE = 990075
WORDS = "The deputy told us of three resignations"
OnCommit = Callable[..., object]


def item(by: Actor, *, on: date, until: date = date(2010, 9, 30), urn: int = INFANTS, **more: object) -> Item:
    """An item about a school, recorded on a day: by default it puts an infant school below the floor."""
    told = {
        "kind": "hr",
        "text": WORDS,
        "source": "Human resources",
        "confidence": "high",
        "weight": 3,
        "sharing": Sharing.SERVICE,
        "withheld_reason": "Casework",
        "bears_on": "sip_strand",
        "bears_value": "below_floor",
        "review_by": timezone.localdate() + timedelta(days=90),
    }
    school = School.objects.get(urn=urn)
    row = intelligence.record(by=by, school=school, heard=Heard(happened_on=on, **(told | more)))  # type: ignore[arg-type]
    written = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    Item.objects.filter(pk=row.pk).update(written_at=written, review_by=until)
    return row


def made(by: Actor, *, as_at: date = AS_AT, carry: bool = True, pack: str = "sefton-2010") -> RunOrder:
    """A run that was asked for, made at once."""
    order = actions.ask_for_run(by=by, pack=pack, as_at=as_at, carry=carry)
    return actions.make_ordered_run(by=by, order_pk=order.pk)


def proposed(order: RunOrder, urn: int = INFANTS) -> Proposal:
    """What the run proposes of a school."""
    assert order.state == OrderState.MADE, order.problem
    return Proposal.objects.get(run=order.run, urn=urn)


def test_an_item_in_use_on_the_day_counts_in_the_next_run_made_from_the_desk(
    sandmouth: DeskRun, head_of_service: Actor
) -> None:
    before = Proposal.objects.get(run=sandmouth, urn=INFANTS)
    assert before.category == "great"
    item(head_of_service, on=date(2010, 3, 29))
    order = made(head_of_service)
    after = proposed(order)
    assert (after.category, order.items) == ("below_floor", 1)
    (judged,) = (each for each in after.judged if each["name"] == "sip_strand")
    assert (judged["value"], judged["date"]) == ("below_floor", AS_AT.isoformat())
    assert WORDS not in str(after.judged)
    assert proposed(order, BESIDE).category == "great", "what officers judged before counts again"


NOTHING: dict[str, dict[str, Any]] = {
    "it had aged out": {"on": date(2010, 3, 29), "until": date(2010, 3, 30)},
    "it was recorded after the day": {"on": date(2010, 4, 1)},
    "it is for the team of the school alone": {"on": date(2010, 3, 29), "sharing": Sharing.TEAM},
    "an officer judged later": {"on": date(2010, 3, 25)},
    "the strategy knows no such answer": {"on": date(2010, 3, 29), "bears_value": "splendid"},
    "the strategy asks for no such judgement": {"on": date(2010, 3, 29), "bears_on": "mood"},
}


def test_an_item_counts_for_nothing_where_it_aged_out_or_came_late_or_goes_too_far(
    sandmouth: DeskRun, head_of_service: Actor
) -> None:
    order = actions.ask_for_run(by=head_of_service, pack="sefton-2010", as_at=AS_AT)
    for why, given in NOTHING.items():
        row = item(head_of_service, **given)
        told = {(each.urn, each.name): each for each in judged_for(order)}
        assert told[INFANTS, "sip_strand"].value == "great", why
        assert not [each for each in told.values() if "intelligence" in each.reason], why
        row.delete()


def test_an_item_that_was_closed_counts_as_at_a_day_before_and_not_after(
    sandmouth: DeskRun, head_of_service: Actor
) -> None:
    row = item(head_of_service, on=date(2010, 3, 29))
    Item.objects.filter(pk=row.pk).update(
        closed_on=date(2010, 4, 10), closed_by=head_of_service.user, closed_reason="Settled"
    )
    values = {}
    for day in (AS_AT, date(2010, 4, 30)):
        order = actions.ask_for_run(by=head_of_service, pack="sefton-2010", as_at=day)
        values[day] = {(each.urn, each.name): each.value for each in judged_for(order)}[INFANTS, "sip_strand"]
    assert list(values.values()) == ["below_floor", "great"]


def test_without_the_judgements_of_before_a_school_that_needs_one_has_none(
    sandmouth: DeskRun, head_of_service: Actor
) -> None:
    order = made(head_of_service, carry=False)
    assert order.judgements == 0
    assert proposed(order).category == ""


def test_a_risk_assessment_on_the_desk_counts_in_the_next_run(
    sandmouth: DeskRun, scheme: Scheme, head_of_service: Actor
) -> None:
    school = School.objects.get(urn=BESIDE)
    for day, level in ((date(2010, 3, 1), "low"), (date(2010, 3, 28), "high"), (date(2010, 4, 2), "middle")):
        RiskAssessment.objects.create(
            school=school,
            scheme=scheme,
            judged={"capacity_to_improve": "low", "likelihood_of_meeting_targets": "low"},
            level=level,
            level_words=level,
            reason="Two new leaders",
            assessed_on=day,
            assessed_by=head_of_service.user,
            assessed_role="officer",
        )
    judged = {each["name"]: each["value"] for each in proposed(made(head_of_service), BESIDE).judged}
    assert judged["risk_level"] == "high"
    assert judged["capacity_to_improve"] == "low"


def test_who_may_know_of_the_item_is_told_that_it_counted_and_nobody_reads_it_beyond_its_level(
    sandmouth: DeskRun, head_of_service: Actor, as_role: Callable[..., Client]
) -> None:
    item(head_of_service, on=date(2010, 3, 29))
    order = made(head_of_service)
    address = f"/decisions/proposals/{proposed(order).pk}/"
    pages = {
        role: as_role(role, authority=SANDMOUTH, email=f"other.{role.value}@example.org").get(address).content.decode()
        for role in (Role.OFFICER, Role.SERVICE_MANAGER, Role.ANALYST, Role.AUDITOR)
    }
    for role, page in pages.items():
        assert "What officers judged" in page, role
        assert WORDS not in page, role
        knows = role in (Role.OFFICER, Role.SERVICE_MANAGER)
        assert ("Local intelligence counted" in page) == knows, role
        assert (f"/intelligence/?urn={INFANTS}" in page) == knows, role
    analyst = as_role(Role.ANALYST, authority=SANDMOUTH)
    told = analyst.get(f"/decisions/runs/orders/{order.pk}/").content.decode()
    assert "Judgements of officers that count" in told
    assert "local intelligence counts" not in told


def test_a_count_that_the_school_reads_counts_only_items_that_the_school_can_see(
    sandmouth: DeskRun, head_of_service: Actor
) -> None:
    from strandline.web.intelligence.queries import judgement_inputs

    declared = dict.fromkeys(("local_intelligence_items", "local_intelligence_held"), frozenset[str]())
    item(head_of_service, on=date(2010, 3, 29), bears_on="", bears_value="")
    assert judgement_inputs(authority=SANDMOUTH, declared=declared, on=AS_AT) == ()
    item(head_of_service, on=date(2010, 3, 29), bears_on="", bears_value="", sharing=Sharing.SCHOOL)
    told = {each.name: each.value for each in judgement_inputs(authority=SANDMOUTH, declared=declared, on=AS_AT)}
    assert told == {"local_intelligence_items": "1", "local_intelligence_held": "true"}


def test_a_run_is_made_through_the_pages_once_however_often_the_form_is_sent(
    sandmouth: DeskRun, as_role: Callable[..., Client], django_capture_on_commit_callbacks: OnCommit
) -> None:
    client = as_role(Role.SERVICE_MANAGER, authority=SANDMOUTH)
    assert "Make a run" in client.get("/decisions/runs/").content.decode()
    assert 'value="sefton-2010" selected' in client.get("/decisions/runs/make/").content.decode()
    sent = DAY | {"pack": "sefton-2010", "carry": "on"}
    sent["form_key"] = str(uuid4())
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        answers = [client.post("/decisions/runs/make/", sent) for _ in range(2)]
    order = RunOrder.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/decisions/runs/orders/{order.pk}/"}
    assert (order.state, order.run.as_at) == (OrderState.MADE, date(2010, 4, 1))
    page = client.get(f"/decisions/runs/orders/{order.pk}/").content.decode()
    assert "Judgements of officers that count" in page
    assert "See the queue" in page
    assert AuditRow.objects.get(action="decisions.run_asked").subject_id == str(order.pk)


DAY = {"as_at_day": "1", "as_at_month": "4", "as_at_year": "2010"}
BAD: tuple[tuple[dict[str, str], str], ...] = (
    (DAY, "Choose the strategy"),
    (DAY | {"pack": "no-such-pack"}, "Select a valid choice"),
    (DAY | {"pack": "sefton-2010", "as_at_year": "2999"}, "The day lies in the future"),
    (DAY | {"pack": "sefton-2010", "as_at_day": "31"}, "31"),
    ({"pack": "sefton-2010"}, "for example"),
)


def test_bad_input_is_answered_in_a_sentence(desk: None, as_role: Callable[..., Client]) -> None:
    client = as_role(Role.SERVICE_MANAGER, authority=SANDMOUTH)
    for sent, told in BAD:
        answer = client.post("/decisions/runs/make/", sent | {"form_key": str(uuid4())})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "There is a problem" in page
        assert told in page, sent
    assert not RunOrder.objects.exists()


def test_what_goes_wrong_is_kept_as_a_sentence_and_the_queue_stays_as_it_was(
    desk: None, head_of_service: Actor, as_role: Callable[..., Client], settings: Any, tmp_path: Path
) -> None:
    settings.RUNS_HOME = tmp_path  # nobody has added an official file here
    order = made(head_of_service)
    assert order.state == OrderState.FAILED
    page = as_role(Role.ANALYST, authority=SANDMOUTH).get(f"/decisions/runs/orders/{order.pk}/").content.decode()
    assert "Why it was not made" in page
    assert order.problem.splitlines()[0] in page.replace("&#x27;", "'").replace("&quot;", '"')
    assert "Traceback" not in page
    assert not DeskRun.objects.exists()


def test_a_run_that_was_not_made_is_asked_for_again_and_made(
    desk: None, head_of_service: Actor, settings: Any, runs_home: Path, tmp_path: Path
) -> None:
    settings.RUNS_HOME = tmp_path
    assert made(head_of_service).state == OrderState.FAILED
    settings.RUNS_HOME = runs_home
    again = made(head_of_service)
    assert (again.state, again.problem) == (OrderState.MADE, "")
    assert DeskRun.objects.get() == again.run


def test_a_mistake_of_the_desk_itself_leaves_a_sentence_too(
    desk: None, head_of_service: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("strandline.web.decisions.actions.running.proposals.run", broken)
    order = actions.ask_for_run(by=head_of_service, pack="sefton-2010", as_at=AS_AT)
    with pytest.raises(ZeroDivisionError):
        actions.make_ordered_run(by=head_of_service, order_pk=order.pk)
    order.refresh_from_db()
    assert (order.state, "mistake" in order.problem) == (OrderState.FAILED, True)


def test_an_order_is_made_once(sandmouth: DeskRun, head_of_service: Actor, runs_home: Path) -> None:
    order = made(head_of_service, as_at=date(2010, 4, 2))
    again = actions.make_ordered_run(by=head_of_service, order_pk=order.pk)
    assert again.run_id == order.run_id
    same = made(head_of_service, as_at=date(2010, 4, 2))
    assert same.run_id == order.run_id, "the same inputs give the run that is there already"


def test_those_who_make_no_runs_cannot_ask_for_one(desk: None, as_role: Callable[..., Client]) -> None:
    for role in (Role.OFFICER, Role.AUDITOR, Role.HEAD_TEACHER, Role.ELECTED_MEMBER):
        sent = DAY | {"pack": "sefton-2010", "form_key": str(uuid4())}
        answer = as_role(role, authority=SANDMOUTH).post("/decisions/runs/make/", sent)
        assert answer.status_code == 403, role
    assert not RunOrder.objects.exists()


def test_an_order_of_another_authority_is_not_there(
    desk: None, head_of_service: Actor, as_role: Callable[..., Client]
) -> None:
    order = actions.ask_for_run(by=head_of_service, pack="sefton-2010", as_at=AS_AT)
    other = as_role(Role.HEAD_OF_SERVICE, authority=991, email="elsewhere@example.org")
    assert other.get(f"/decisions/runs/orders/{order.pk}/").status_code == 404
    assert "Asked for" not in other.get("/decisions/runs/").content.decode()


def test_a_day_to_come_is_refused_by_the_action_as_well(desk: None, head_of_service: Actor) -> None:
    with pytest.raises(CannotRun, match="future"):
        actions.ask_for_run(by=head_of_service, pack="sefton-2010", as_at=timezone.localdate() + timedelta(days=1))
