"""A challenge to a published category is settled on its page, and the work goes on from there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from strandline.web.decisions import actions
from strandline.web.decisions.actions.deciding import Given, Settlement
from strandline.web.decisions.models import Challenge, Decision, DeskRun, Kind, Proposal
from strandline.web.decisions.queries import queue
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

SANDMOUTH = 990
REASON = "One cohort of nine pupils decided it"


@pytest.fixture
def challenged(proposal: Proposal, officer: Actor, head_of_service: Actor, actor: Callable[..., Actor]) -> Challenge:
    """A published category that the school asks to have looked at again."""
    made = actions.decide(by=officer, proposal_pk=proposal.pk, version=1, settlement=Settlement(kind=Kind.AGREED))
    actions.publish(by=head_of_service, decisions=[made.pk])
    head = actor(Role.HEAD_TEACHER, authority=SANDMOUTH, school_urn=proposal.urn)
    return actions.challenge(by=head, decision_pk=made.pk, grounds="Nine pupils")


@pytest.mark.parametrize(("outcome", "told"), [("upheld", "Decide the school again"), ("not_upheld", "The outcome is")])
def test_whoever_settles_a_challenge_is_led_on_to_a_page_that_opens(
    challenged: Challenge, as_role: Callable[..., Client], outcome: str, told: str
) -> None:
    client = as_role(Role.SERVICE_MANAGER, authority=SANDMOUTH)
    sent = {"outcome": outcome, "reason": REASON, "version": "1", "form_key": str(uuid4())}
    answer = client.post(f"/decisions/challenges/{challenged.pk}/", sent, follow=True)
    assert [status for _, status in answer.redirect_chain] == [302]
    assert answer.status_code == 200
    assert told in answer.content.decode()
    challenged.refresh_from_db()
    assert (challenged.outcome, challenged.outcome_reason) == (outcome, REASON)


def test_an_outcome_sent_too_late_and_without_a_choice_gives_back_what_was_written(
    challenged: Challenge, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.SERVICE_MANAGER, authority=SANDMOUTH)
    sent = {"reason": REASON, "version": "1", "form_key": str(uuid4())}
    client.post(f"/decisions/challenges/{challenged.pk}/", sent | {"outcome": "upheld"})
    late = client.post(
        f"/decisions/challenges/{challenged.pk}/", sent | {"reason": "Mine was written first", "form_key": str(uuid4())}
    )
    assert late.status_code == 422
    assert "Mine was written first" in late.content.decode()


def test_after_an_upheld_challenge_the_school_can_be_decided_again(
    challenged: Challenge, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.SERVICE_MANAGER, authority=SANDMOUTH)
    sent = {"outcome": "upheld", "reason": REASON, "version": "1", "form_key": str(uuid4())}
    page = client.post(f"/decisions/challenges/{challenged.pk}/", sent, follow=True)
    override = f"/decisions/proposals/{challenged.decision.proposal_id}/settle/"
    assert f'href="{override}"' in page.content.decode()
    assert client.get(override).status_code == 200
    assert Decision.objects.get(pk=challenged.decision_id).state == "published"


def test_the_queue_lists_a_school_whose_challenge_was_upheld_until_it_is_decided_again(
    challenged: Challenge, as_role: Callable[..., Client], officer: Actor, head_of_service: Actor
) -> None:
    client = as_role(Role.SERVICE_MANAGER, authority=SANDMOUTH)
    row = challenged.decision.proposal

    def listed(part: str) -> bool:
        page = client.get(f"/decisions/queue/?part={part}&q={row.school_name}").content.decode()
        return f"/decisions/proposals/{row.pk}/" in page

    assert [listed("agree"), listed("judge")] == [False, False]
    before = queue.waiting(head_of_service, row.run, on=timezone.localdate())
    actions.settle(by=head_of_service, challenge_pk=challenged.pk, version=1, outcome="upheld", reason=REASON)
    assert [listed("agree"), listed("judge")] == [False, True]
    assert (
        "A challenge to its published category was upheld"
        in client.get(f"/decisions/queue/?part=judge&q={row.school_name}").content.decode()
    )
    after = queue.waiting(head_of_service, row.run, on=timezone.localdate())
    assert (after.to_agree, after.to_judge) == (before.to_agree, before.to_judge + 1)
    other = row.run.categories.exclude(code=row.category).order_by("place")[0]
    settlement = Settlement(
        kind=Kind.OVERRIDDEN,
        category=other.code,
        reason=REASON,
        evidence=(Given(source="officer", statement="A visit"),),
        expires_on=timezone.localdate() + timedelta(days=30),
    )
    row.refresh_from_db()
    actions.decide(by=officer, proposal_pk=row.pk, version=row.version, settlement=settlement)
    assert [listed("agree"), listed("judge")] == [False, False]


def test_risk_is_offered_only_where_the_strategy_assesses_it(
    proposal: Proposal, ardenshire: DeskRun, as_role: Callable[..., Client]
) -> None:
    elsewhere = Proposal.objects.filter(run=ardenshire, state="decided").order_by("pk")[0]
    for row, authority, offered in ((proposal, SANDMOUTH, True), (elsewhere, 991, False)):
        page = as_role(Role.OFFICER, authority=authority).get(f"/decisions/proposals/{row.pk}/").content.decode()
        assert ("Assess risk" in page) is offered
        assert "Override" in page
