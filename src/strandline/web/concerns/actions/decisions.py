"""Recording a decision, and the authoriser's answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.concerns import guards
from strandline.web.concerns.actions.cases import NotPossible, locked, refuse_closed
from strandline.web.concerns.casework import casework
from strandline.web.concerns.models import About, Answer, Case, CaseDecision, Notice
from strandline.web.concerns.queries import authorisers, managers, may_take_back
from strandline.web.people.models import User
from strandline.web.people.scope import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is decided: about what, in which business area, with which outcome and notes; who is to authorise it."""

    about: str
    area: str
    outcome: str
    notes: str
    authoriser: User
    notice_pk: int | None = None


@transaction.atomic
def decide(*, by: Actor, case_pk: int, decided: Decided) -> CaseDecision:
    """Record a decision; another person authorises it. Raises: NotPossible."""
    case = locked(by, case_pk)
    refuse_closed(case)
    notice = _notice(case, decided)
    if decided.authoriser.pk == by.user.pk:
        raise NotPossible("Nobody authorises their own decision", what_to_do="Choose another person")
    if notice and decided.authoriser.pk == notice.drafted_by_id:
        raise NotPossible("Nobody authorises a notice that they drafted", what_to_do="Choose another person")
    if not authorisers(by).filter(pk=decided.authoriser.pk).exists():
        raise NotPossible(f"{decided.authoriser.name} may not authorise it", what_to_do="Choose one of the list")
    if decided.area not in casework().areas:
        raise NotPossible("There is no such business area", what_to_do="Choose one of the list")
    if not decided.outcome.strip() or not decided.notes.strip():
        raise NotPossible("A decision has an outcome and supporting notes", what_to_do="Write both")
    row = CaseDecision.objects.create(
        case=case,
        notice=notice,
        notice_version=notice.version if notice else None,
        about=About(decided.about),
        area=decided.area,
        outcome=decided.outcome.strip(),
        notes=decided.notes.strip(),
        recorded_by=by.user,
        authoriser=decided.authoriser,
    )
    after = {"outcome": row.outcome, "authoriser": row.authoriser.name}
    audit.record(by=by, action="concerns.decided", subject=row, after=after, school_urn=case.school_id)
    return row


@transaction.atomic
def answer(*, by: Actor, decision_pk: int, version: int, authorised: bool, reason: str = "") -> CaseDecision:
    """The authoriser's answer. Raises: StaleRecord, NotPossible."""
    row = opened(CaseDecision.objects.for_actor(by), pk=decision_pk, version=version)
    if row.authoriser_id != by.user.pk:
        raise NotPossible(f"Only {row.authoriser.name} answers this decision")
    if row.answer != Answer.WAITING:
        raise NotPossible("The decision has its answer")
    _refuse_answer(by, row)
    if not authorised and not reason.strip():
        raise NotPossible("A refusal says why", what_to_do="Write the reason")
    said = Answer.AUTHORISED if authorised else Answer.REFUSED
    keep(row, answer=said, answered_on=timezone.localdate(), answer_reason=reason.strip())
    after = {"outcome": row.outcome}
    audit.record(by=by, action=f"concerns.{said.value}", subject=row, after=after, school_urn=row.case.school_id)
    return row


@transaction.atomic
def take_back(*, by: Actor, decision_pk: int, version: int, reason: str) -> CaseDecision:
    """Take a decision back that still waits: who recorded it, or a manager. Raises: StaleRecord, NotPossible."""
    row = opened(CaseDecision.objects.for_actor(by), pk=decision_pk, version=version)
    refuse_closed(row.case)
    if row.answer != Answer.WAITING:
        raise NotPossible("The decision has its answer")
    if not may_take_back(by, row):
        raise NotPossible(f"Only {row.recorded_by.name} or a manager of the service takes this decision back")
    if not reason.strip():
        raise NotPossible("Nothing says why it is taken back", what_to_do="Write the reason")
    keep(row, answer=Answer.TAKEN_BACK, answered_on=timezone.localdate(), answer_reason=reason.strip())
    after = {"outcome": row.outcome, "reason": row.answer_reason}
    audit.record(by=by, action="concerns.taken_back", subject=row, after=after, school_urn=row.case.school_id)
    return row


def _notice(case: Case, decided: Decided) -> Notice | None:
    """The notice that a decision is about, where it stands so that this is to be decided."""
    notice = case.notices.filter(pk=decided.notice_pk).first() if decided.notice_pk else None
    if decided.about == About.COURSE:
        return notice
    if notice is None:
        raise NotPossible("The decision does not say which notice it is about", what_to_do="Choose the notice")
    if why := guards.not_decided_now(notice, About(decided.about)):
        raise NotPossible(why, what_to_do="Choose what is to be decided now")
    return notice


def _refuse_answer(by: Actor, row: CaseDecision) -> None:
    """Who was named may still answer, did not draft the notice, and the notice is the one that was decided about."""
    if not managers(by).filter(pk=by.user.pk).exists():
        raise NotPossible(
            "You are no manager of the service today, and may not authorise it",
            what_to_do="Ask for it to be taken back, and recorded for another person",
        )
    if row.notice_id is None:
        return
    row.notice = Notice.objects.for_actor(by).select_for_update(of=("self",)).get(pk=row.notice_id)
    if row.notice.drafted_by_id == by.user.pk:
        raise NotPossible(
            "Nobody authorises a notice that they drafted", what_to_do="Record a decision for another person"
        )
    if guards.changed_since(row):
        raise NotPossible(
            "The notice has changed since the decision was recorded",
            what_to_do="Take this decision back, and record a new one about the notice as it stands",
        )
