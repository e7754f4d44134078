"""Notifying a regulator of a concern about a school that the Act does not reach: letter, sending, answer."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from strandline.kernel.dates import add_working_days, bank_holidays_england
from strandline.kernel.errors import UserError
from strandline.runs.letters import ConcernLetter, concern_letter
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.people.models import Organisation
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School
from strandline.web.triggers.models import Referral, Regulator
from strandline.web.triggers.powers import Answer, law, powers_of


class NotReferable(UserError):
    """The step is not open for this school or this letter."""


def may_be_referred(school: School, *, on: date) -> bool:
    """Whether a concern goes to a regulator: only where the Act does not reach the school."""
    return powers_of(school, on).reached is Answer.NO


def addressee(regulator: Regulator, *, on: date) -> str:
    """The regulator as it is called on a day."""
    return "Ofsted" if regulator is Regulator.OFSTED else law().regulator(on)


def answer_expected(sent_on: date) -> date:
    """The day by which an answer is looked for, where nobody names another."""
    holidays = bank_holidays_england(sent_on.year) | bank_holidays_england(sent_on.year + 1)
    return add_working_days(sent_on, law().answer_working_days, bank_holidays=holidays)


@transaction.atomic
def write(*, by: Actor, school: School, regulator: Regulator, letter: str) -> Referral:
    """Write a letter that notifies a regulator of a concern. Raises: NotReferable."""
    today = timezone.localdate()
    if not may_be_referred(school, on=today):
        raise NotReferable(
            f"{school.name} is not referred to a regulator in this way",
            what_to_do="Look at the powers over the school, and at what comes before them",
        )
    if not letter.strip():
        raise NotReferable("The letter is empty", what_to_do="Write what the concern is")
    row = Referral.objects.create(
        school=school,
        regulator=regulator,
        addressee=addressee(regulator, on=today),
        letter=letter.strip(),
        written_on=today,
        written_by=by.user,
    )
    _record(by, "triggers.referral_written", row)
    return row


@transaction.atomic
def send(*, by: Actor, referral_pk: int, version: int, sent_on: date, answer_due_on: date) -> Referral:
    """Note that the letter went out, and by when an answer is looked for. Raises: StaleRecord, NotReferable."""
    row = opened(Referral.objects.for_actor(by), pk=referral_pk, version=version)
    if row.sent_on is not None:
        raise NotReferable("The letter is sent already", what_to_do="Write another if there is more to say")
    if not row.written_on <= sent_on <= timezone.localdate():
        raise NotReferable(
            "The letter went out on a day from its writing until today", what_to_do="Give the day on which it was sent"
        )
    if answer_due_on <= sent_on:
        raise NotReferable("An answer is due after the sending", what_to_do="Give a later day for the answer")
    keep(row, sent_on=sent_on, answer_due_on=answer_due_on)
    _record(by, "triggers.referral_sent", row)
    return row


@transaction.atomic
def keep_answer(*, by: Actor, referral_pk: int, version: int, answered_on: date, answer: str) -> Referral:
    """Keep the regulator's answer and its date. Raises: StaleRecord, NotReferable."""
    row = opened(Referral.objects.for_actor(by), pk=referral_pk, version=version)
    if row.sent_on is None or row.answered_on is not None:
        raise NotReferable("No answer is awaited here", what_to_do="Look at the page of the letter")
    if not row.sent_on <= answered_on <= timezone.localdate():
        raise NotReferable(
            "The answer came on a day from the sending until today", what_to_do="Give the day on which it came"
        )
    if not answer.strip():
        raise NotReferable("The answer is empty", what_to_do="Write what the regulator said")
    keep(row, answered_on=answered_on, answer=answer.strip(), answer_kept_by=by.user)
    _record(by, "triggers.referral_answered", row)
    return row


def letter_files(row: Referral) -> dict[str, bytes]:
    """The letter as Word and PDF, by format: the same for the same row, dated as sent, or as written before that."""
    council = Organisation.objects.filter(kind="authority", authority=row.school.la).first()
    return concern_letter(
        ConcernLetter(
            to=row.addressee,
            school=row.school.name,
            urn=row.school_id,
            authority=council.name if council else "The local authority",
            dated=row.sent_on or row.written_on,
            text=row.letter,
        )
    )


def _record(by: Actor, action: str, row: Referral) -> None:
    after = {
        "addressee": row.addressee,
        "written_on": row.written_on,
        "sent_on": row.sent_on,
        "answer_due_on": row.answer_due_on,
        "answered_on": row.answered_on,
    }
    audit.record(by=by, action=action, subject=row, after=after, school_urn=row.school_id)
