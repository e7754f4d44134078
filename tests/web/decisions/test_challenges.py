"""A challenge to a published category is settled on its page, and the work goes on from there."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from strandline.web.decisions import actions
from strandline.web.decisions.actions.deciding import Settlement
from strandline.web.decisions.models import Challenge, Decision, Kind, Proposal
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
