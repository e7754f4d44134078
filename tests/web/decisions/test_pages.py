"""The pages: who sees what, how much they ask of the database, and forms sent twice."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from strandline.runs.record import Run
from strandline.web.decisions import actions
from strandline.web.decisions.models import Decision, DeskRun, EvidenceSource, Kind, Proposal, State
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

HOSTILE = "Pounds £ & \"quotes\" 'single' <script>alert(1)</script> " * 150


@pytest.fixture
def some_published(sandmouth: DeskRun, officer: Actor, head_of_service: Actor) -> tuple[Decision, ...]:
    """Five published categories."""
    rows = Proposal.objects.filter(run=sandmouth).values_list("pk", flat=True)[:5]
    made = actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=list(rows))
    return actions.publish(by=head_of_service, decisions=[each.pk for each in made])


def queries(client: Client, address: str) -> int:
    """How many queries a page runs."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    ("address", "most"),
    [("/decisions/", 20), ("/decisions/queue/", 20), ("/decisions/publish/", 12), ("/decisions/appendix/", 12)],
)
def test_lists_ask_the_same_of_the_database_however_long_they_are(
    some_published: tuple[Decision, ...],
    sandmouth: DeskRun,
    officer: Actor,
    head_of_service: Actor,
    as_role: Callable[..., Client],
    address: str,
    most: int,
) -> None:
    client = as_role(Role.SERVICE_MANAGER, authority=990)
    rows = list(Proposal.objects.filter(run=sandmouth).values_list("pk", flat=True))
    actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=rows[5:7])
    few = queries(client, address)
    made = actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=rows[7:27])
    actions.publish(by=head_of_service, decisions=[each.pk for each in made[:10]])
    assert queries(client, address) == few
    assert few <= most


def test_a_head_sees_the_own_school_alone(some_published: tuple[Decision, ...], as_role: Callable[..., Client]) -> None:
    own, other = some_published[0].school_id, some_published[1].school_id
    client = as_role(Role.HEAD_TEACHER, authority=990, school_urn=own)
    assert client.get(f"/decisions/schools/{own}/").status_code == 200
    assert client.get(f"/decisions/schools/{other}/").status_code == 404
    assert str(other) not in client.get("/decisions/").content.decode()
    assert client.get("/decisions/queue/").status_code == 403
    assert client.get(f"/decisions/proposals/{some_published[0].proposal_id}/").status_code == 404
    assert client.get("/decisions/appendix/").status_code == 403


def test_an_unpublished_category_is_shown_to_nobody_outside_the_service(
    proposal: Proposal, officer: Actor, as_role: Callable[..., Client]
) -> None:
    from strandline.web.decisions.actions.deciding import Settlement

    actions.decide(by=officer, proposal_pk=proposal.pk, version=1, settlement=Settlement(kind=Kind.AGREED))
    for role in (Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS, Role.GOVERNOR):
        client = as_role(role, authority=990, school_urn=proposal.urn)
        page = client.get(f"/decisions/schools/{proposal.urn}/").content.decode()
        assert "No category had been published by then" in page
        assert "inconsistent" not in page


def test_an_elected_member_sees_counts_and_no_school(
    some_published: tuple[Decision, ...], as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.ELECTED_MEMBER, authority=990)
    page = client.get("/decisions/counts/").content.decode()
    assert f"{len(some_published)} schools in all" in page
    assert not any(each.proposal.school_name in page for each in some_published)
    assert client.get("/decisions/").status_code == 403
    assert client.get("/decisions/appendix/schools.csv").status_code in (403, 404)


def test_the_appendix_as_a_file_says_that_it_is_confidential(
    some_published: tuple[Decision, ...], as_role: Callable[..., Client]
) -> None:
    """SEF-42: named lists leave the service marked as confidential, and only by this one door."""
    answer = as_role(Role.SERVICE_MANAGER, authority=990).get("/decisions/appendix/schools.csv")
    assert "CONFIDENTIAL" in answer["Content-Disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"Confidential') or lines[0].startswith("Confidential")
    assert len(lines) == 2 + len(some_published)


def test_a_run_on_disk_is_taken_to_the_desk_once(
    desk: None, runs: dict[str, Run], as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.SERVICE_MANAGER, authority=990)
    run = runs["sefton-2010"].run_id
    assert f'value="{run}"' in client.get("/decisions/runs/").content.decode()
    sent = {"form_key": str(uuid.uuid4()), "run": run}
    other = {"run": "²\x00 or 1=1"}
    told = [client.post("/decisions/runs/take/", sent | more, follow=True) for more in ({}, {}, other)]
    assert ["on the desk already" in each.content.decode() for each in told] == [False, True, True]
    assert DeskRun.objects.count() == 1
    assert f'value="{run}"' not in client.get("/decisions/runs/").content.decode()


def test_a_form_sent_twice_decides_once(proposal: Proposal, as_role: Callable[..., Client]) -> None:
    client = as_role(Role.OFFICER, authority=990)
    sent = {"form_key": str(uuid.uuid4()), "version": "1"}
    first = client.post(f"/decisions/proposals/{proposal.pk}/agree/", sent)
    second = client.post(f"/decisions/proposals/{proposal.pk}/agree/", sent)
    assert (first.status_code, second.status_code, second["Location"]) == (302, 302, first["Location"])
    assert Decision.objects.filter(proposal=proposal).count() == 1


def test_the_second_of_two_officers_is_told_and_keeps_the_text(
    proposal: Proposal, as_role: Callable[..., Client]
) -> None:
    one, two = as_role(Role.OFFICER, authority=990), as_role(Role.SERVICE_MANAGER, authority=990)
    one.post(f"/decisions/proposals/{proposal.pk}/agree/", {"form_key": str(uuid.uuid4()), "version": "1"})
    sent = settle_form(reason="My long considered reason") | {"version": "1"}
    answer = two.post(f"/decisions/proposals/{proposal.pk}/settle/", sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Officer" in page
    assert "My long considered reason" in page


def settle_form(*, reason: str) -> dict[str, str]:
    """What an officer fills in; the override ends on the first of next year's first month."""
    return {
        "form_key": str(uuid.uuid4()),
        "version": "1",
        "category": "great",
        "reason": reason,
        "expires_on_day": "1",
        "expires_on_month": "1",
        "expires_on_year": str(timezone.localdate().year + 1),
        f"evidence_{EvidenceSource.OFFICER.value}": "Visits",
    }


def test_an_override_through_the_page_waits_for_approval_and_keeps_hostile_text(
    proposal: Proposal, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.OFFICER, authority=990)
    text = HOSTILE[:9_900].strip()
    answer = client.post(f"/decisions/proposals/{proposal.pk}/settle/", settle_form(reason=text))
    assert answer.status_code == 302
    made = Decision.objects.get(proposal=proposal)
    ends = date(timezone.localdate().year + 1, 1, 1)
    assert (made.state, made.expires_on, made.reason) == (State.PROPOSED, ends, text)
    page = client.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "You proposed this" in page


def test_a_departure_without_reason_or_evidence_names_what_is_missing(
    proposal: Proposal, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.OFFICER, authority=990)
    answer = client.post(f"/decisions/proposals/{proposal.pk}/settle/", {"form_key": str(uuid.uuid4()), "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert "at least one piece of evidence" in page


def test_head_and_chair_reply_and_an_officer_cannot_in_their_name(
    some_published: tuple[Decision, ...], as_role: Callable[..., Client]
) -> None:
    urn = some_published[0].school_id
    sent = {"form_key": str(uuid.uuid4()), "view": "accurate", "text": "It is"}
    chair = as_role(Role.CHAIR_OF_GOVERNORS, authority=990, school_urn=urn)
    assert chair.post(f"/decisions/schools/{urn}/reply/", sent).status_code == 302
    officer = as_role(Role.SERVICE_MANAGER, authority=990)
    assert officer.post(f"/decisions/schools/{urn}/reply/", sent).status_code == 404
    assert "It is" in officer.get(f"/decisions/schools/{urn}/").content.decode()


def test_letters_are_fetched_by_head_and_chair_of_the_school_only(
    some_published: tuple[Decision, ...], head_of_service: Actor, as_role: Callable[..., Client]
) -> None:
    decision = some_published[0]
    actions.make_letters(by=head_of_service, decisions=[decision.pk])
    letter = decision.letters.first()
    own = as_role(Role.HEAD_TEACHER, authority=990, school_urn=decision.school_id)
    other = as_role(Role.CHAIR_OF_GOVERNORS, authority=990, school_urn=some_published[1].school_id)
    assert own.get(f"/decisions/letters/{letter.pk}/pdf/").content[:5] == b"%PDF-"
    assert other.get(f"/decisions/letters/{letter.pk}/pdf/").status_code == 404
    assert own.get(f"/decisions/letters/{letter.pk}/exe/").status_code == 404


def test_what_no_page_of_ours_sends_is_answered_without_an_error(
    sandmouth: DeskRun, proposal: Proposal, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.HEAD_OF_SERVICE, authority=990, email="head.of.pages@example.org")
    far = "9" * 40
    for address in (
        f"/decisions/queue/?q=%00&part=judge&page={far}",
        "/decisions/queue/?part=nothing&page=-3",
        f"/decisions/?page={far}",
        "/decisions/?as_at=0001-01-01",
    ):
        assert client.get(address).status_code == 200, address
    agreed = client.post("/decisions/queue/agree/", {"form_key": str(uuid.uuid4()), "proposal": ["²", far, "x", "-1"]})
    published = client.post("/decisions/publish/", {"form_key": str(uuid.uuid4()), "decision": ["²", far]})
    settled = client.post(f"/decisions/proposals/{proposal.pk}/agree/", {"form_key": str(uuid.uuid4()), "version": far})
    assert (agreed.status_code, published.status_code, settled.status_code) == (302, 302, 409)
    assert not Decision.objects.exists()
