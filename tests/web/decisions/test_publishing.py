"""Publication, supersession, the end of overrides, letters, replies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from strandline.web.audit.models import AuditRow
from strandline.web.decisions import actions
from strandline.web.decisions.actions.deciding import Given, Settlement
from strandline.web.decisions.actions.publishing import NotPublishable
from strandline.web.decisions.actions.schemes import months_after
from strandline.web.decisions.models import Decision, EvidenceSource, Kind, LetterFile, Proposal, State
from strandline.web.decisions.queries.standing import standing_of
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

EVIDENCE = (Given(source=EvidenceSource.OFFICER, statement="Visits"),)


@pytest.fixture
def published(officer: Actor, head_of_service: Actor, proposal: Proposal) -> Decision:
    """An agreed category, published."""
    made = agreed(officer, proposal)
    return actions.publish(by=head_of_service, decisions=[made.pk])[0]


def agreed(by: Actor, proposal: Proposal) -> Decision:
    proposal.refresh_from_db()
    settlement = Settlement(kind=Kind.AGREED)
    return actions.decide(by=by, proposal_pk=proposal.pk, version=proposal.version, settlement=settlement)


def overridden(officer: Actor, approver: Actor, proposal: Proposal, category: str = "great") -> Decision:
    proposal.refresh_from_db()
    settlement = Settlement(kind=Kind.OVERRIDDEN, category=category, reason="As judged", evidence=EVIDENCE)
    made = actions.decide(by=officer, proposal_pk=proposal.pk, version=proposal.version, settlement=settlement)
    return actions.approve(by=approver, decision_pk=made.pk, version=made.version)


@pytest.mark.parametrize("change", [{"category": "great"}, {"reason": "Another"}, {"published_on": date(2020, 1, 1)}])
def test_a_published_category_never_changes(published: Decision, change: dict[str, object]) -> None:
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Decision.objects.filter(pk=published.pk).update(**change)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite only altering is refused")
def test_a_published_category_is_never_removed(published: Decision) -> None:
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Decision.objects.filter(pk=published.pk)._raw_delete("default")


def test_a_new_category_supersedes_the_published_one(
    published: Decision, officer: Actor, head_of_service: Actor, proposal: Proposal
) -> None:
    later = overridden(officer, head_of_service, proposal)
    actions.publish(by=head_of_service, decisions=[later.pk])
    published.refresh_from_db()
    assert (published.state, published.superseded_by_id) == (State.SUPERSEDED, later.pk)
    assert published.category == "inconsistent"
    assert AuditRow.objects.filter(action="decisions.superseded", school_urn=proposal.urn).exists()


def test_only_what_is_approved_is_published(officer: Actor, head_of_service: Actor, proposal: Proposal) -> None:
    settlement = Settlement(kind=Kind.OVERRIDDEN, category="great", reason="As judged", evidence=EVIDENCE)
    waiting = actions.decide(by=officer, proposal_pk=proposal.pk, version=1, settlement=settlement)
    with pytest.raises(NotPublishable):
        actions.publish(by=head_of_service, decisions=[waiting.pk])


def test_after_its_end_an_override_falls_back_to_the_rules_and_is_flagged(
    officer: Actor, head_of_service: Actor, proposal: Proposal, today: Callable[..., None]
) -> None:
    made = overridden(officer, head_of_service, proposal)
    actions.publish(by=head_of_service, decisions=[made.pk])
    start = timezone.localdate()
    before = standing_of(officer, urn=proposal.urn, on=made.expires_on)
    assert before is not None
    assert (before.code, before.lapsed) == ("great", False)
    today(months_after(start, 13))
    after = standing_of(officer, urn=proposal.urn, on=timezone.localdate())
    assert after is not None
    assert (after.code, after.lapsed) == ("inconsistent", True)
    assert [each.pk for each in actions.lapse_overrides()] == [made.pk]
    assert actions.lapse_overrides() == ()
    assert AuditRow.objects.get(action="decisions.override_lapsed").after["category"] == "inconsistent"


def test_letters_go_to_head_and_chair_in_both_formats_and_are_kept(
    published: Decision, head_of_service: Actor, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    assert actions.make_letters(by=head_of_service, decisions=[published.pk]) == 1
    files = LetterFile.objects.filter(letter__decision=published).select_related("letter")
    assert sorted((each.letter.recipient, each.format) for each in files) == [
        ("chair_of_governors", "docx"),
        ("chair_of_governors", "pdf"),
        ("head_teacher", "docx"),
        ("head_teacher", "pdf"),
    ]
    for each in files:
        assert hashlib.sha256(bytes(each.content)).hexdigest() == each.sha256
    assert actions.make_letters(by=head_of_service, decisions=[published.pk]) == 0
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        files.update(content=b"")


def test_publishing_has_the_letters_made(
    officer: Actor,
    head_of_service: Actor,
    proposal: Proposal,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    made = agreed(officer, proposal)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        actions.publish(by=head_of_service, decisions=[made.pk])
    assert LetterFile.objects.filter(letter__decision=made).count() == 4


def test_the_school_replies_within_its_time_and_both_sides_are_kept(
    published: Decision, officer: Actor, proposal: Proposal, actor: Callable[..., Actor], today: Callable[..., None]
) -> None:
    head = actor(Role.HEAD_TEACHER, authority=990, school_urn=proposal.urn)
    first = actions.reply(by=head, decision_pk=published.pk, view="inaccurate", text="Our cohort was 31, not 32")
    today(date(2030, 1, 1))
    late = actions.reply(by=head, decision_pk=published.pk, view="comment", text="And another thing")
    assert (first.in_time, late.in_time) == (True, False)
    answered = actions.answer(by=officer, reply_pk=first.pk, version=first.version, text="The register says 32")
    answered.refresh_from_db()
    assert (answered.text, answered.answer) == ("Our cohort was 31, not 32", "The register says 32")


def test_a_challenge_has_an_outcome_with_a_reason(
    published: Decision, head_of_service: Actor, proposal: Proposal, actor: Callable[..., Actor]
) -> None:
    chair = actor(Role.CHAIR_OF_GOVERNORS, authority=990, school_urn=proposal.urn)
    raised = actions.challenge(by=chair, decision_pk=published.pk, grounds="The swing was one cohort of nine")
    settled = actions.settle(
        by=head_of_service, challenge_pk=raised.pk, version=raised.version, outcome="upheld", reason="So it was"
    )
    assert (settled.outcome, settled.grounds) == ("upheld", "The swing was one cohort of nine")
    published.refresh_from_db()
    assert published.state == State.PUBLISHED


def test_another_schools_head_reaches_nothing(
    published: Decision, sandmouth: object, proposal: Proposal, actor: Callable[..., Actor]
) -> None:
    other = Proposal.objects.exclude(pk=proposal.pk).first()
    head = actor(Role.HEAD_TEACHER, authority=990, school_urn=other.urn)
    assert standing_of(head, urn=proposal.urn, on=timezone.localdate()) is None
