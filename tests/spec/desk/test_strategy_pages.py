"""What the published strategies ask of the pages on which a strategy is drafted, approved, sent and acknowledged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School
from strandline.web.strategies import actions
from strandline.web.strategies.actions import Outline
from strandline.web.strategies.models import Group, PlanKind, Receipt, StrategyVersion

PERIOD: dict[str, Any] = {"period_from": date(2014, 4, 1), "period_until": date(2016, 12, 31)}
Clients = Callable[..., Client]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def approved(by: Actor, row: StrategyVersion, *, on: date) -> StrategyVersion:
    return actions.approve(
        by=by, strategy_pk=row.pk, version=row.version, approved_on=on, where="Executive Board, 27 February 2014"
    )


def test_a_version_goes_from_draft_over_approval_to_publication_and_is_superseded(
    published: StrategyVersion, head_of_service: Actor, as_role: Clients
) -> None:
    """HAL-01: draft, approved, published, superseded, in that order; published on or after the day of approval."""
    today = timezone.localdate()
    assert published.published_on >= published.approved_on
    outline = Outline(title="The next one", statement="We monitor and support.", **PERIOD)
    draft = actions.draft(by=head_of_service, pack="halton-2014", outline=outline)
    actions.link(by=head_of_service, strategy_pk=draft.pk, kind=PlanKind.PARENT, title="The council's plan")
    draft.refresh_from_db()
    with pytest.raises(actions.NotPublishable):
        actions.publish(by=head_of_service, strategy_pk=draft.pk, version=draft.version)
    row = approved(head_of_service, draft, on=today)
    actions.publish(by=head_of_service, strategy_pk=row.pk, version=row.version)
    published.refresh_from_db()
    assert (published.state, published.superseded_on) == ("superseded", today)
    page = text(as_role(Role.HEAD_TEACHER), "/strategies/")
    assert "The next one" in page
    assert "Superseded" in page or "superseded" in page


def test_nothing_is_published_before_it_was_approved(published: StrategyVersion) -> None:
    """HAL-01: the database itself refuses a publication that lies before its approval."""
    with pytest.raises(IntegrityError), transaction.atomic():
        StrategyVersion.objects.filter(pk=published.pk).update(approved_on=published.published_on + timedelta(days=1))


def test_publishing_sends_the_strategy_to_every_open_school_and_keeps_who_received_it(
    published: StrategyVersion, schools: list[School], as_role: Clients
) -> None:
    """HAL-13: a publication is an event with its recipients, and a receipt for each school."""
    sent = {receipt.school.name for receipt in Receipt.objects.filter(strategy=published)}
    assert sent == {"Ash Primary", "Birch Secondary", "Cedar Special"}
    page = text(as_role(Role.SERVICE_MANAGER), f"/strategies/{published.pk}/receipts/")
    assert all(name in page for name in sent)
    assert "Elm Primary" not in page, "a closed school receives nothing"


def test_the_head_teacher_of_a_school_is_told_and_its_chair_of_governors_as_well(
    drafted: StrategyVersion,
    schools: list[School],
    head_of_service: Actor,
    actor: Callable[..., Actor],
    django_capture_on_commit_callbacks: Any,
) -> None:
    """WAL-29: the governors' challenge is a role of its own: the chair receives what the head teacher receives."""
    people = [actor(role) for role in (Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS)]
    row = approved(head_of_service, drafted, on=timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish(by=head_of_service, strategy_pk=row.pk, version=row.version)
    told = {address for message in mail.outbox for address in message.to}
    assert {each.user.email for each in people} <= told


def test_a_school_acknowledges_and_the_share_is_counted_also_of_schools_never_in_a_category(
    published: StrategyVersion, as_role: Clients
) -> None:
    """HAL-04: every school, never-in-category ones too, is asked to acknowledge; the percentage by group is shown."""
    head = as_role(Role.HEAD_TEACHER)
    assert "acknowledge for our school" in text(head, f"/strategies/{published.pk}/")
    receipt = Receipt.objects.get(strategy=published, school=100_001)
    sent = {"version": receipt.version, "form_key": str(uuid4())}
    assert head.post(f"/strategies/receipts/{receipt.pk}/acknowledge/", sent).status_code == 302
    receipt.refresh_from_db()
    assert receipt.acknowledged_role == "head_teacher"
    page = text(as_role(Role.SERVICE_MANAGER), f"/strategies/{published.pk}/receipts/")
    assert "Never given a category" in page
    assert "33" in page, "one of three schools"


def test_a_school_cannot_acknowledge_for_another(published: StrategyVersion, as_role: Clients) -> None:
    """HAL-04: an acknowledgement is a school's own."""
    other = Receipt.objects.get(strategy=published, school=100_002)
    sent = {"version": other.version, "form_key": str(uuid4())}
    answer = as_role(Role.HEAD_TEACHER).post(f"/strategies/receipts/{other.pk}/acknowledge/", sent)
    assert answer.status_code == 404
    other.refresh_from_db()
    assert other.acknowledged_at is None


def test_a_version_lists_the_plans_that_it_serves_and_the_strategies_beside_it(
    drafted: StrategyVersion, head_of_service: Actor, as_role: Clients
) -> None:
    """WAL-04, CAM-09: a strategy is linked to corporate plans and to sister strategies, and its page prints them."""
    actions.link(
        by=head_of_service,
        strategy_pk=drafted.pk,
        kind=PlanKind.SISTER,
        title="Accelerating the Achievement of Vulnerable Groups",
        address="https://example.org/avg",
    )
    page = text(as_role(Role.SERVICE_MANAGER), f"/strategies/{drafted.pk}/")
    assert "The council&#x27;s plan" in page
    assert "Accelerating the Achievement of Vulnerable Groups" in page
    assert 'href="https://example.org/avg"' in page


def test_what_each_group_said_is_answered(drafted: StrategyVersion, head_of_service: Actor, as_role: Clients) -> None:
    """CAM-07, CAM-14: a period, a consultation log by group, and a response to each comment: you said, we did."""
    assert {"heads", "governors", "parents", "members", "stakeholders", "officers"} <= {each.value for each in Group}
    assert (drafted.period_from, drafted.period_until) == (date(2014, 11, 18), date(2016, 12, 31))
    said = [
        actions.log_comment(
            by=head_of_service,
            strategy_pk=drafted.pk,
            group=group,
            said=f"{group.label} want more time",
            heard_on=date(2014, 1, 20),
        )
        for group in Group
    ]
    manager = as_role(Role.SERVICE_MANAGER)
    sent = {"did": "We gave a term more", "version": said[0].version, "form_key": str(uuid4())}
    assert manager.post(f"/strategies/comments/{said[0].pk}/answer/", sent).status_code == 302
    page = text(manager, f"/strategies/{drafted.pk}/consultation/")
    assert page.count("You said") >= len(said)
    assert page.count("We gave a term more") == 1
    assert page.count("no answer yet") == len(said) - 1


def test_the_role_of_the_authority_takes_no_more_than_a_page(published: StrategyVersion, as_role: Clients) -> None:
    """CAM-10: a succinct statement of the authority's role, on one page, for a governor to read."""
    page = text(as_role(Role.GOVERNOR), f"/strategies/{published.pk}/role/")
    assert published.statement.split("\n")[0][:40] in page
    assert len(published.statement.split()) <= 500


def test_how_support_is_decided_is_published_in_words(published: StrategyVersion, as_role: Clients) -> None:
    """CAM-11: a rules page for each scheme, which those outside the service can read."""
    page = text(as_role(Role.GOVERNOR), f"/strategies/{published.pk}/rules/")
    assert "Causing concern" in page
    assert "Requires improvement" in page
    assert "Cambridgeshire" in page, "each rule says its source"


def test_the_offer_has_three_columns_and_no_more(published: StrategyVersion, as_role: Clients) -> None:
    """CAM-12: what is available to all, to maintained schools and to academies: exactly these three columns."""
    page = text(as_role(Role.HEAD_TEACHER), f"/strategies/{published.pk}/offer/")
    assert page.count('class="strategy-offer__column"') == 3


def test_there_is_a_protocol_for_maintained_schools_and_one_for_academies(
    published: StrategyVersion, as_role: Clients
) -> None:
    """CAM-08: two protocols for a school that causes concern, by its legal form, on the page of the strategy."""
    page = text(as_role(Role.HEAD_TEACHER), f"/strategies/{published.pk}/lists/").lower()
    assert "maintained" in page
    assert "academ" in page


def test_two_versions_are_compared_value_by_value(
    drafted: StrategyVersion, head_of_service: Actor, as_role: Clients
) -> None:
    """CAM-25: a final draft is laid beside an earlier one, and each value that differs is listed."""
    later = actions.draft(by=head_of_service, pack="halton-2014", outline=Outline(title="Another", **PERIOD))
    page = text(as_role(Role.SERVICE_MANAGER), f"/strategies/compare/?earlier={drafted.pk}&later={later.pk}")
    assert "Causing concern to the authority" in page
    same = text(as_role(Role.ANALYST), f"/strategies/compare/?earlier={drafted.pk}&later={drafted.pk}")
    assert "Causing concern to the authority" not in same


def test_priorities_and_services_of_a_strategy_stand_on_its_page(head_of_service: Actor, as_role: Clients) -> None:
    """WAL-09: the authority's eight services, each core, traded or statutory, on the page of the strategy."""
    row = actions.draft(
        by=head_of_service, pack="walsall-2011", outline=replace(Outline(title="Primary strategy", **PERIOD))
    )
    client = as_role(Role.SERVICE_MANAGER)
    page = (text(client, f"/strategies/{row.pk}/lists/") + text(client, f"/strategies/{row.pk}/offer/")).lower()
    assert all(word in page for word in ("core", "traded", "statutory"))
