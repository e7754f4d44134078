"""Opening a case, writing it, turning work with no concern into a concern, naming its officer, closing and deleting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.concerns import guards
from strandline.web.concerns.bounds import FIRST_DAY
from strandline.web.concerns.casework import casework
from strandline.web.concerns.models import Case, Kind, Narrative, StepNote
from strandline.web.concerns.queries import case_owners
from strandline.web.people.models import User
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School


class NotPossible(UserError):
    """The rules of casework do not allow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrated:
    """The case under its seven headings."""

    issue: str
    situation: str
    aim: str
    de_escalation: str
    next_steps: str
    history: str = ""
    direction: str = ""


@transaction.atomic
def open_case(
    *,
    by: Actor,
    school: School,
    kind: str,
    title: str,
    referral: str,
    opened_on: date,
    officer: User | None = None,
    reason: str = "",
) -> Case:
    """Open a case; a concern says why it is one. Raises: NotPossible."""
    not_tomorrow(opened_on)
    concern = kind == Kind.CONCERN
    if concern and not reason.strip():
        raise NotPossible("A concern says why it is one", what_to_do="Write the reason")
    if referral not in casework().referrals:
        raise NotPossible("There is no such way in", what_to_do="Choose one of the list")
    row = Case.objects.create(
        school=school,
        kind=Kind(kind),
        title=title.strip(),
        referral=referral,
        officer=_officer(by, officer or by.user),
        opened_on=opened_on,
        opened_by=by.user,
        concern_since=opened_on if concern else None,
        concern_reason=reason.strip() if concern else "",
        concern_noted_at=timezone.now() if concern else None,
    )
    _note(by, "opened", row, kind=row.get_kind_display().lower())
    return row


@transaction.atomic
def turn_into_concern(*, by: Actor, case_pk: int, version: int, on: date, reason: str) -> Case:
    """Work with no concern turns into a concern. Raises: StaleRecord, NotPossible."""
    row = opened(Case.objects.for_actor(by), pk=case_pk, version=version)
    refuse_closed(row)
    if row.kind == Kind.CONCERN:
        raise NotPossible("This is a concern already")
    if on < row.opened_on:
        raise NotPossible("The day lies before the case was opened", what_to_do="Give a later day")
    not_tomorrow(on)
    before: dict[str, object] = {"kind": row.get_kind_display().lower()}
    keep(row, kind=Kind.CONCERN, concern_since=on, concern_reason=_said(reason), concern_noted_at=timezone.now())
    _note(by, "turned", row, before=before, kind=row.get_kind_display().lower(), since=on)
    return row


@transaction.atomic
def narrate(*, by: Actor, case_pk: int, version: int, told: Narrated, review_by: date | None = None) -> Narrative:
    """
    Write the narrative again; the writing of before stays. `review_by`: when the concern is looked at again.

    Raises: StaleRecord, NotPossible.
    """
    row = opened(Case.objects.for_actor(by), pk=case_pk, version=version)
    refuse_closed(row)
    if row.kind != Kind.CONCERN:
        raise NotPossible("Only a concern has a narrative", what_to_do="Turn the work into a concern first")
    if review_by is not None and review_by <= timezone.localdate():
        raise NotPossible("The day to look at it again has passed", what_to_do="Give a day after today")
    texts = {name: text.strip() for name, text in asdict(told).items()}
    lacking = [each.title for each in casework().headings if each.wanted and not texts[each.key]]
    if lacking:
        raise NotPossible(f"Nothing is written under: {', '.join(lacking)}", what_to_do="Write a line under each")
    last = row.narratives.values_list("number", flat=True).first() or 0
    made = Narrative.objects.create(case=row, number=last + 1, written_by=by.user, **texts)
    before: dict[str, object] = {"review_by": row.review_by}
    keep(row, review_by=review_by)
    _note(by, "narrated", row, before=before, number=made.number, review_by=review_by)
    return made


@transaction.atomic
def note_step(*, by: Actor, case_pk: int, step: str, done: bool, on: date, evidence: str) -> StepNote:
    """Note that a step is done, or that it is not, with the evidence. Raises: NotPossible."""
    row = locked(by, case_pk)
    refuse_closed(row)
    if step not in casework().steps:
        raise NotPossible("There is no such step", what_to_do="Choose one of the list")
    if powerless := guards.powerless(row, step):
        raise NotPossible(powerless, what_to_do="See on the page of the case what can be done")
    not_tomorrow(on)
    made = StepNote.objects.create(case=row, step=step, done=done, on=on, evidence=_said(evidence), noted_by=by.user)
    title = casework().steps[step].title
    _note(by, "step_done" if done else "step_undone", row, step=title, on=on)
    return made


@transaction.atomic
def reassign(*, by: Actor, cases: Mapping[int, int], officer: User, reason: str) -> list[Case]:
    """
    Name another owner of several cases; `cases` gives the version of each that the person saw.

    Raises: StaleRecord, NotPossible.
    """
    if not cases:
        raise NotPossible("No case was chosen", what_to_do="Choose at least one in the list")
    wanted, said = _officer(by, officer), _said(reason)
    rows = [opened(Case.objects.for_actor(by), pk=pk, version=cases[pk]) for pk in sorted(cases)]
    for row in rows:
        refuse_closed(row)
        if row.officer_id != wanted.pk:
            before: dict[str, object] = {"officer": row.officer.name}
            keep(row, officer=wanted)
            _note(by, "reassigned", row, before=before, officer=wanted.name, reason=said)
    return rows


@transaction.atomic
def close(*, by: Actor, case_pk: int, version: int, reason: str) -> Case:
    """Close a case of which nothing is open. Raises: StaleRecord, NotPossible with what is open."""
    row = opened(Case.objects.for_actor(by), pk=case_pk, version=version)
    refuse_closed(row)
    _refuse(guards.open_of(row), "The case cannot be closed")
    keep(row, closed_on=timezone.localdate(), closed_by=by.user, closed_reason=_said(reason))
    _note(by, "closed", row, reason=row.closed_reason)
    return row


@transaction.atomic
def delete(*, by: Actor, case_pk: int, version: int, reason: str) -> None:
    """Delete a case that was opened in error: one with nothing in it. Raises: StaleRecord, NotPossible with what is."""
    row = opened(Case.objects.for_actor(by), pk=case_pk, version=version)
    _refuse(guards.held_by(row), "The case cannot be deleted")
    _note(by, "deleted", row, reason=_said(reason), title=row.title, referral=row.referral, opened_on=row.opened_on)
    row.delete()


def locked(by: Actor, case_pk: int) -> Case:
    """The case, locked until the transaction ends."""
    return Case.objects.for_actor(by).select_for_update(of=("self",)).get(pk=case_pk)


def refuse_closed(row: Case) -> None:
    """Raises: NotPossible where the case is closed."""
    if row.closed_on is not None:
        raise NotPossible("The case is closed", what_to_do="Open a new one if there is something new")


def not_tomorrow(on: date) -> None:
    """Raises: NotPossible where the day lies in the future, or long before there was a desk."""
    if on > timezone.localdate():
        raise NotPossible("The day lies in the future", what_to_do="Give the day on which it happened")
    if on < FIRST_DAY:
        raise NotPossible("The day lies before the year 2000", what_to_do="Give the day on which it happened")


def _said(text: str) -> str:
    if not text.strip():
        raise NotPossible("Nothing is written in its support", what_to_do="Write why, or what shows it")
    return text.strip()


def _officer(by: Actor, officer: User) -> User:
    if not case_owners(by).filter(pk=officer.pk).exists():
        raise NotPossible(
            f"{officer.name} does not work for the service here, or may not act on concerns",
            what_to_do="Choose somebody of the list",
        )
    return officer


def _refuse(lines: tuple[str, ...], sentence: str) -> None:
    if lines:
        raise NotPossible(f"{sentence}: {'; '.join(lines)}", what_to_do="Settle each of these first")


def _note(by: Actor, action: str, row: Case, *, before: dict[str, object] | None = None, **after: object) -> None:
    audit.record(
        by=by,
        action=f"concerns.{action}",
        subject=row,
        before=before,
        after=after,
        school_urn=row.school_id,
    )
