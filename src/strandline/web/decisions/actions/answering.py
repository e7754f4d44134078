"""What a school says of its category, and how the authority answers. Both sides are kept as written."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.decisions.models import Challenge, Decision, Reply
from strandline.web.decisions.models.correspondence import Outcome
from strandline.web.decisions.models.deciding import SHOWN
from strandline.web.people.scope import Actor


class NothingToAnswer(UserError):
    """There is no published category to write about, or it has been answered already."""


@transaction.atomic
def reply(*, by: Actor, decision_pk: int, view: str, text: str) -> Reply:
    """Say of a published category that its account is accurate or not; late replies are kept and marked."""
    decision = _published(by, decision_pk)
    row = Reply.objects.create(
        decision=decision,
        view=view,
        text=text.strip(),
        by=by.user,
        by_role=by.role or "",
        at=timezone.now(),
        in_time=_in_time(decision),
    )
    audit.record(
        by=by,
        action="decisions.replied",
        subject=row,
        after={"view": row.get_view_display().lower(), "text": row.text, "in_time": row.in_time},
        school_urn=decision.school_id,
    )
    return row


@transaction.atomic
def answer(*, by: Actor, reply_pk: int, version: int, text: str) -> Reply:
    """Answer a school's reply, once. Raises: StaleRecord, NothingToAnswer."""
    row = opened(Reply.objects.for_actor(by), pk=reply_pk, version=version)
    if row.answer:
        raise NothingToAnswer("The reply is answered already", what_to_do="Read the answer on the school's page")
    keep(row, answer=text.strip(), answered_by=by.user, answered_role=by.role or "", answered_at=timezone.now())
    audit.record(
        by=by,
        action="decisions.reply_answered",
        subject=row,
        after={"answer": row.answer},
        school_urn=row.decision.school_id,
    )
    return row


@transaction.atomic
def challenge(*, by: Actor, decision_pk: int, grounds: str) -> Challenge:
    """Ask for a published category to be looked at again. Raises: NothingToAnswer."""
    decision = _published(by, decision_pk)
    if Challenge.objects.filter(decision=decision, outcome=Outcome.OPEN).exists():
        raise NothingToAnswer("A challenge is being considered already", what_to_do="Wait for its outcome")
    row = Challenge.objects.create(
        decision=decision,
        grounds=grounds.strip(),
        raised_by=by.user,
        raised_role=by.role or "",
        raised_at=timezone.now(),
        in_time=_in_time(decision),
    )
    audit.record(
        by=by,
        action="decisions.challenged",
        subject=row,
        after={"grounds": row.grounds, "in_time": row.in_time},
        school_urn=decision.school_id,
    )
    return row


@transaction.atomic
def settle(*, by: Actor, challenge_pk: int, version: int, outcome: str, reason: str) -> Challenge:
    """
    Say what became of a challenge. Upheld, the school is decided again; the published category stays as it was.

    Raises: StaleRecord, NothingToAnswer.
    """
    row = opened(Challenge.objects.for_actor(by), pk=challenge_pk, version=version)
    if row.outcome != Outcome.OPEN:
        raise NothingToAnswer("The challenge is settled already", what_to_do="Read its outcome on the school's page")
    if by.user.pk in (row.decision.proposed_by_id, row.decision.approved_by_id) and row.decision.second_person:
        raise NothingToAnswer(
            "Whoever made or approved a decision does not settle the challenge to it", what_to_do="Ask a colleague"
        )
    keep(
        row,
        outcome=outcome,
        outcome_reason=reason.strip(),
        settled_by=by.user,
        settled_role=by.role or "",
        settled_at=timezone.now(),
    )
    audit.record(
        by=by,
        action="decisions.challenge_settled",
        subject=row,
        after={"outcome": row.get_outcome_display().lower(), "reason": row.outcome_reason},
        school_urn=row.decision.school_id,
    )
    return row


def _published(by: Actor, decision_pk: int) -> Decision:
    decision = Decision.objects.for_actor(by).filter(pk=decision_pk, state__in=SHOWN).first()
    if decision is None:
        raise NothingToAnswer("There is no published category here", what_to_do="Look at the school's page")
    return decision


def _in_time(decision: Decision) -> bool:
    return decision.reply_by is not None and timezone.localdate() <= decision.reply_by
