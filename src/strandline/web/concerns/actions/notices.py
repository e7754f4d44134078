"""Notices: drafted, issued, answered, complied with or not, lifted, escalated, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from strandline.kernel.dates import long_date
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.concerns import guards
from strandline.web.concerns.actions.cases import NotPossible, locked, not_tomorrow, refuse_closed
from strandline.web.concerns.bounds import latest_to_comply
from strandline.web.concerns.casework import casework, notice_title
from strandline.web.concerns.models import (
    ENDED,
    About,
    Case,
    Condition,
    ConditionState,
    Kind,
    Notice,
    State,
)
from strandline.web.people.scope import Actor
from strandline.web.triggers.powers import powers_of

MOVES: Mapping[State, tuple[State, ...]] = {
    State.DRAFTED: (State.ISSUED, State.WITHDRAWN),
    State.ISSUED: (State.REPRESENTATIONS, State.RUNNING, State.WITHDRAWN),
    State.REPRESENTATIONS: (State.RUNNING, State.WITHDRAWN),
    State.RUNNING: (State.MET, State.NOT_MET, State.WITHDRAWN),
    State.MET: (State.LIFTED,),
    State.NOT_MET: (State.ESCALATED, State.WITHDRAWN),
    State.LIFTED: (),
    State.ESCALATED: (),
    State.WITHDRAWN: (),
}
"""Where a notice may go from where it stands; `escalate` alone leads to ESCALATED."""

CANNOT: Mapping[State, str] = {
    State.ISSUED: "The notice cannot be issued",
    State.MET: "The notice cannot be found complied with",
    State.NOT_MET: "The notice cannot be found not complied with",
    State.LIFTED: "The notice cannot be lifted",
    State.WITHDRAWN: "The notice cannot be withdrawn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What a notice is to say."""

    power: str
    matters: str
    action_required: str
    comply_by: date


@transaction.atomic
def draft(*, by: Actor, case_pk: int, told: Drafted) -> Notice:
    """Draft a notice, where the power exists over the school today. Raises: NotPossible."""
    case = locked(by, case_pk)
    refuse_closed(case)
    return _draft(by, case, told)


@transaction.atomic
def add_condition(*, by: Actor, notice_pk: int, version: int, text: str) -> Condition:
    """Add a condition to a draft. Raises: StaleRecord, NotPossible."""
    notice = _opened(by, notice_pk, version)
    if notice.state != State.DRAFTED:
        raise NotPossible("Conditions are set before the notice is issued", what_to_do="Draft another notice")
    if guards.is_authorised(notice, About.ISSUE):
        raise NotPossible("Its issue is authorised as it stands", what_to_do="Withdraw it, and draft another notice")
    if not text.strip():
        raise NotPossible("The condition says nothing", what_to_do="Write what has to be seen")
    made = Condition.objects.create(notice=notice, text=text.strip())
    keep(notice)
    _note(by, "condition_added", notice, text=made.text)
    return made


@transaction.atomic
def settle_condition(*, by: Actor, condition_pk: int, version: int, met: bool, on: date, evidence: str) -> Condition:
    """Find a condition met or not met, with the evidence. Raises: StaleRecord, NotPossible."""
    row = opened(Condition.objects.for_actor(by), pk=condition_pk, version=version)
    if row.notice.state != State.RUNNING:
        raise NotPossible("Conditions are looked at while the compliance period runs")
    not_tomorrow(on)
    if row.notice.issued_on and on < row.notice.issued_on:
        raise NotPossible("The day lies before the notice was issued", what_to_do="Give a later day")
    if not evidence.strip():
        raise NotPossible("No evidence is given", what_to_do="Write what was seen")
    state = ConditionState.MET if met else ConditionState.NOT_MET
    keep(row, state=state, found_on=on, found_by=by.user, evidence=evidence.strip())
    after = {"notice": notice_title(row.notice.power), "text": row.text, "on": on}
    action = "concerns.condition_met" if met else "concerns.condition_not_met"
    audit.record(by=by, action=action, subject=row, after=after, school_urn=row.notice.case.school_id)
    return row


@transaction.atomic
def move(*, by: Actor, notice_pk: int, version: int, to: State, on: date, text: str = "") -> Notice:
    """
    Take a notice one step on; `text` carries the representations, or why it ends.

    Raises: StaleRecord, NotPossible with what is missing.
    """
    notice = _opened(by, notice_pk, version)
    if to is State.ESCALATED or to not in MOVES[State(notice.state)]:
        raise NotPossible(f"A notice that is {notice.get_state_display().lower()} does not become {to.label.lower()}")
    not_tomorrow(on)
    values: dict[str, object] = {"state": to}
    if to is State.ISSUED:
        _refuse_powerless(notice.case, notice.power)
    _refuse(guards.before_move(notice, to, on=on), CANNOT.get(to, ""))
    since, what = guards.no_day_before(notice, to)
    if since is not None and on < since:
        raise NotPossible(
            f"The day lies before {long_date(since)}, when {what}", what_to_do="Give that day or a later one"
        )
    if to is State.ISSUED:
        values |= {"issued_on": on}
    elif to is State.REPRESENTATIONS:
        values |= {"representations_on": on, "representations": _said(text)}
    elif to in (State.MET, State.NOT_MET):
        values |= {"found_on": on}
    elif to in ENDED:
        values |= {"ended_on": on, "ended_reason": _said(text)}
    keep(notice, **values)
    _note(by, to.value, notice, on=on)
    return notice


@transaction.atomic
def escalate(*, by: Actor, notice_pk: int, version: int, told: Drafted) -> Notice:
    """
    Draft the next notice after one that was not complied with, once its steps are done.

    Raises: StaleRecord, NotPossible with the steps that are missing.
    """
    notice = _opened(by, notice_pk, version)
    if State.ESCALATED not in MOVES[State(notice.state)]:
        raise NotPossible("Only a notice that was not complied with is escalated")
    if told.power not in casework().notices[notice.power].next:
        raise NotPossible(f"{notice_title(told.power)} cannot follow {notice_title(notice.power)}")
    _refuse_powerless(notice.case, told.power)
    missing = guards.missing_before(notice.case, told.power)
    _refuse(tuple(f"step not done: {step.title}" for step in missing), "The notice cannot be escalated")
    made = _draft(by, notice.case, told, follows=notice)
    reason = f"Escalated to: {notice_title(told.power)}"
    keep(notice, state=State.ESCALATED, ended_on=timezone.localdate(), ended_reason=reason)
    _note(by, "escalated", notice, next=notice_title(told.power))
    return made


def _draft(by: Actor, case: Case, told: Drafted, *, follows: Notice | None = None) -> Notice:
    if case.kind != Kind.CONCERN:
        raise NotPossible("Work with no concern brings no notice", what_to_do="Turn it into a concern first")
    _refuse_powerless(case, told.power)
    if told.comply_by <= timezone.localdate():
        raise NotPossible("The day by which to comply has passed", what_to_do="Give a day after today")
    if told.comply_by > latest_to_comply():
        raise NotPossible("The day by which to comply is more than two years ahead", what_to_do="Give an earlier day")
    made = Notice.objects.create(
        case=case,
        power=told.power,
        matters=_said(told.matters),
        action_required=_said(told.action_required),
        comply_by=told.comply_by,
        drafted_on=timezone.localdate(),
        drafted_by=by.user,
        follows=follows,
    )
    _note(by, "drafted", made)
    return made


def _opened(by: Actor, notice_pk: int, version: int) -> Notice:
    notice = opened(Notice.objects.for_actor(by), pk=notice_pk, version=version)
    refuse_closed(notice.case)
    return notice


def _refuse_powerless(case: Case, power: str) -> None:
    standing = powers_of(case.school, timezone.localdate())
    if power not in casework().notices or not standing.may(power):
        raise NotPossible(
            f"The authority has no such power over {case.school.name}. {standing.why}",
            what_to_do=f"What can be done: {'; '.join(step.text for step in standing.steps)}",
        )


def _refuse(lines: tuple[str, ...], sentence: str) -> None:
    if lines:
        raise NotPossible(f"{sentence}: {'; '.join(lines)}", what_to_do="Settle each of these first")


def _said(text: str) -> str:
    if not text.strip():
        raise NotPossible("Nothing is written in its support", what_to_do="Write it")
    return text.strip()


def _note(by: Actor, action: str, notice: Notice, **after: object) -> None:
    audit.record(
        by=by,
        action=f"concerns.{action}",
        subject=notice,
        after={"notice": notice_title(notice.power), **after},
        school_urn=notice.case.school_id,
    )
