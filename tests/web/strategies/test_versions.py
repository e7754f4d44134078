"""A version's life: drafted, consulted on, approved, published, acknowledged, superseded, compared."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.strategies import actions, queries
from strandline.web.strategies.actions import NotPublishable, Outline
from strandline.web.strategies.actions.consulting import NotAnswerable
from strandline.web.strategies.models import STATEMENT_LENGTH, Group, LinkedPlan, PlanKind, Receipt, StrategyVersion
from strandline.web.strategies.presenters import text

pytestmark = pytest.mark.django_db
AsRole = Callable[..., Client]


def said(client: Client, address: str) -> str:
    """The words of a page as a person reads them."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    main = answer.content.decode().partition('id="main"')[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_the_rules_stand_in_words_each_with_its_source(published: StrategyVersion, as_role: AsRole) -> None:
    page = said(as_role(Role.GOVERNOR), f"/strategies/{published.pk}/rules/")
    told = text.rules(published.content)
    assert len(told.categories) > 2
    for category in told.categories:
        assert category.mark.code in page
        assert category.source.text, category.mark.code
    assert " AND " not in page, "SQL is not what people read"
    assert " IS NOT NULL" not in page


def test_the_statement_of_role_fills_a_page_at_most(drafted: StrategyVersion, as_role: AsRole) -> None:
    assert 0 < len(drafted.statement) <= STATEMENT_LENGTH
    page = said(as_role(Role.SERVICE_MANAGER), f"/strategies/{drafted.pk}/role/")
    assert drafted.statement.split("\n")[0][:60] in page


def test_the_offer_has_three_columns_and_no_other(published: StrategyVersion, as_role: AsRole) -> None:
    assert [column.title for column in text.offer(published.content)] == [
        "All schools",
        "Maintained schools",
        "Academies",
    ]
    page = said(as_role(Role.HEAD_TEACHER), f"/strategies/{published.pk}/offer/")
    assert page.index("All schools") < page.index("Maintained schools") < page.index("Academies")


def test_a_draft_without_a_plan_that_it_serves_is_not_approved(
    drafted: StrategyVersion, head_of_service: Actor
) -> None:
    LinkedPlan.objects.filter(strategy=drafted).delete()
    with pytest.raises(NotPublishable, match="lacks a plan that it serves"):
        actions.approve(
            by=head_of_service,
            strategy_pk=drafted.pk,
            version=drafted.version,
            approved_on=timezone.localdate(),
            where="Board",
        )


def test_a_draft_is_not_published_before_it_is_approved(drafted: StrategyVersion, head_of_service: Actor) -> None:
    with pytest.raises(NotPublishable, match="draft"):
        actions.publish(by=head_of_service, strategy_pk=drafted.pk, version=drafted.version)


@pytest.mark.parametrize("role", [Role.HEAD_TEACHER, Role.ELECTED_MEMBER, Role.TRUST, Role.GOVERNOR])
def test_a_draft_is_read_by_the_service_alone(role: Role, drafted: StrategyVersion, as_role: AsRole) -> None:
    client = as_role(role)
    for part in ("", "rules/", "offer/", "role/", "consultation/"):
        assert client.get(f"/strategies/{drafted.pk}/{part}").status_code == 404, part
    assert "All our schools" not in said(client, "/strategies/")


def test_what_was_said_stands_beside_what_was_done(
    published: StrategyVersion, head_of_service: Actor, as_role: AsRole
) -> None:
    for group, words, did in (
        (Group.PARENTS, "We cannot tell what the categories mean.", "Each is explained in words."),
        (Group.GOVERNORS, "Write to the chair as well.", ""),
    ):
        comment = actions.log_comment(
            by=head_of_service, strategy_pk=published.pk, group=group, said=words, heard_on=timezone.localdate()
        )
        if did:
            actions.answer(by=head_of_service, comment_pk=comment.pk, version=comment.version, did=did)
    page = said(as_role(Role.HEAD_TEACHER), f"/strategies/{published.pk}/consultation/")
    assert "We cannot tell what the categories mean." in page
    assert "Each is explained in words." in page
    assert page.index("Write to the chair") != -1
    assert "Parents and carers" in page


def test_a_comment_of_tomorrow_is_refused(drafted: StrategyVersion, head_of_service: Actor) -> None:
    with pytest.raises(NotAnswerable, match="lies ahead"):
        actions.log_comment(
            by=head_of_service,
            strategy_pk=drafted.pk,
            group=Group.HEADS,
            said="Soon.",
            heard_on=timezone.localdate() + timedelta(days=1),
        )


def test_every_open_school_of_the_authority_receives_it_and_no_other(published: StrategyVersion) -> None:
    assert sorted(Receipt.objects.filter(strategy=published).values_list("school__name", flat=True)) == [
        "Ash Primary",
        "Birch Secondary",
        "Cedar Special",
    ]


def test_a_school_acknowledges_by_its_own_page_and_the_share_is_told_by_group(
    published: StrategyVersion, as_role: AsRole, head_of_service: Actor
) -> None:
    client = as_role(Role.HEAD_TEACHER)
    receipt = Receipt.objects.get(strategy=published, school=100_001)
    page = client.get(f"/strategies/{published.pk}/")
    fields = dict(re.findall(r'<input[^>]*name="(version|key|seen)"[^>]*value="([^"]*)"', page.content.decode()))
    address = re.findall(r'<form[^>]*action="(/strategies/[^"]*acknowledge[^"]*)"', page.content.decode())
    assert len(address) == 1
    assert client.post(address[0], fields).status_code == 302
    receipt.refresh_from_db()
    assert receipt.acknowledged_role == Role.HEAD_TEACHER.value
    shares = {each.group: (each.acknowledged, each.sent) for each in queries.shares(head_of_service, published)}
    assert shares["All schools"] == (1, 3)
    assert shares["Primary"] == (1, 1)
    assert shares["Maintained schools"] == (1, 2)
    assert shares["Academies and others"] == (0, 1)
    assert shares["Never given a category"] == (1, 3)
    assert queries.acknowledged_share(head_of_service).percent == pytest.approx(100 / 3)  # type: ignore[union-attr]


def test_a_governor_does_not_acknowledge(published: StrategyVersion, as_role: AsRole) -> None:
    client = as_role(Role.GOVERNOR)
    receipt = Receipt.objects.get(strategy=published, school=100_001)
    assert "acknowledge/" not in client.get(f"/strategies/{published.pk}/").content.decode()
    assert client.post(f"/strategies/receipts/{receipt.pk}/acknowledge/").status_code in (403, 404)
    receipt.refresh_from_db()
    assert receipt.acknowledged_at is None


@pytest.fixture
def second(published: StrategyVersion, head_of_service: Actor) -> StrategyVersion:
    """A second version with another title, published over the first."""
    today = timezone.localdate()
    outline = Outline(
        title="Every school, again", period_from=published.period_from, period_until=published.period_until
    )
    row = actions.draft(by=head_of_service, pack=published.pack, outline=outline)
    actions.link(by=head_of_service, strategy_pk=row.pk, kind=PlanKind.PARENT, title="The council's plan")
    row = actions.approve(
        by=head_of_service, strategy_pk=row.pk, version=row.version, approved_on=today, where="Executive Board"
    )
    return actions.publish(by=head_of_service, strategy_pk=row.pk, version=row.version)


def test_a_later_version_supersedes_the_one_in_force(
    published: StrategyVersion, second: StrategyVersion, as_role: AsRole
) -> None:
    published.refresh_from_db()
    assert (published.state, published.superseded_by_id) == ("superseded", second.pk)
    page = said(as_role(Role.GOVERNOR), "/strategies/")
    assert page.index("Every school, again") < page.index("All our schools")
    assert said(as_role(Role.TRUST), f"/strategies/{published.pk}/rules/"), "the earlier one can still be read"


def test_two_versions_are_compared_value_by_value(
    published: StrategyVersion, second: StrategyVersion, as_role: AsRole
) -> None:
    client = as_role(Role.SERVICE_MANAGER)
    page = said(client, f"/strategies/compare/?earlier={published.pk}&later={second.pk}")
    assert "1 value differs." in page
    assert "Title changed All our schools Every school, again" in page
    assert client.get(f"/strategies/compare/?earlier={published.pk}&later=999999").status_code == 404


def test_the_database_refuses_to_change_what_is_published(published: StrategyVersion) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        StrategyVersion.objects.filter(pk=published.pk).update(statement="Another role.")
    published.refresh_from_db()
    assert published.statement != "Another role."


def test_a_list_of_versions_asks_as_many_queries_of_more_versions(
    drafted: StrategyVersion, head_of_service: Actor, as_role: AsRole
) -> None:
    client = as_role(Role.SERVICE_MANAGER)
    client.get("/strategies/")
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/strategies/").status_code == 200
        numbers.append(len(asked))
        outline = Outline(title="More", period_from=drafted.period_from, period_until=drafted.period_until)
        actions.draft(by=head_of_service, pack=drafted.pack, outline=outline)
        actions.draft(by=head_of_service, pack=drafted.pack, outline=outline)
    assert numbers[0] == numbers[1]


def test_packs_are_read_once_for_the_form_that_drafts(as_role: AsRole, monkeypatch: pytest.MonkeyPatch) -> None:
    from strandline.runs import packs

    client = as_role(Role.SERVICE_MANAGER)
    assert client.get("/strategies/draft/").status_code == 200
    monkeypatch.setattr(packs, "read", lambda *_, **__: pytest.fail("a pack is read again"))
    monkeypatch.setattr(packs, "read_pack", lambda *_, **__: pytest.fail("a pack is read again"))
    assert b"cambridgeshire-2014" in client.get("/strategies/draft/").content
