"""Casework of the demonstration: a case for each thing that can become of one, each begun some weeks ago."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from strandline.web.concerns import actions
from strandline.web.concerns.actions import Decided, Drafted, Narrated
from strandline.web.concerns.casework import casework
from strandline.web.concerns.models import About, Case, Kind, Notice, State
from strandline.web.home.demonstration.authorities import Made
from strandline.web.home.demonstration.clock import days_ago
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

FORTNIGHT, HALF_A_TERM = timedelta(weeks=2), timedelta(weeks=6)
WARNING, FURTHER = "s60", "s64"
THREE_WEEKS = 21


@transaction.atomic
def everything(made: Made, *, urn: int, other: int, officer: Actor, head: Actor) -> None:
    """
    A concern with a notice in force, one with a draft, one whose notice was not complied with, one about an academy.

    And work with no concern: one open, one closed. `urn` and `other` are maintained schools that have people.
    """
    if Case.objects.filter(school__la=made.code).exists():
        return
    schools = School.objects.filter(la=made.code, status__startswith="open")
    third, fourth = schools.filter(maintained=True).exclude(urn__in=(urn, other)).order_by("urn")[:2]
    with days_ago(150, not_before=made.as_at):
        records = _begun(third, "Attendance and safeguarding records", officer=officer, again=FORTNIGHT)
    with days_ago(90, not_before=made.as_at):
        lapsed = _in_force(records, officer=officer, head=head, days=THREE_WEEKS)
    if lapsed.comply_by < timezone.localdate():
        _not_met(lapsed, officer=officer)
    with days_ago(50, not_before=made.as_at):
        leadership = _begun(School.objects.get(urn=urn), "Leadership after three changes in a year", officer=officer)
        _in_force(leadership, officer=officer, head=head)
    _decided(leadership, "Lend a deputy head teacher for a second term", by=officer, authoriser=head)
    with days_ago(20, not_before=made.as_at):
        _begun(fourth, "Results in mathematics fell for two years", officer=head)
        _draft(Case.objects.get(school=fourth), "The results of this summer", by=head)
        _easy(School.objects.get(urn=other), officer=officer)
    academy = schools.filter(legal_form__startswith="academy").order_by("urn").first()
    if academy is not None:
        _opened(academy, Kind.CONCERN, "Exclusions doubled in a year", officer=officer)


def _opened(school: School, kind: Kind, title: str, *, officer: Actor) -> Case:
    return actions.open_case(
        by=officer,
        school=school,
        kind=kind,
        title=title,
        referral="officer" if kind is Kind.CONCERN else "school",
        opened_on=timezone.localdate(),
        reason="The link officer found it at two visits in a row." if kind is Kind.CONCERN else "",
    )


def _easy(school: School, *, officer: Actor) -> None:
    """Work with no concern: one piece goes on, one is closed."""
    _opened(school, Kind.NO_CONCERN, "Sharing its practice in early reading", officer=officer)
    done = _opened(school, Kind.NO_CONCERN, "Advice to the new chair of governors", officer=officer)
    actions.close(by=officer, case_pk=done.pk, version=done.version, reason="The chair has completed the induction.")


def _begun(school: School, title: str, *, officer: Actor, again: timedelta = HALF_A_TERM) -> Case:
    """A concern with its narrative, to be looked at again so much later."""
    case = _opened(school, Kind.CONCERN, title, officer=officer)
    review_by = timezone.localdate() + again
    actions.narrate(by=officer, case_pk=case.pk, version=case.version, told=_told(), review_by=review_by)
    return case


def _told() -> Narrated:
    return Narrated(
        issue="Leadership is held by an interim arrangement; results in mathematics fell for two years.",
        situation="A head teacher is appointed from January. A partner school lends a deputy.",
        aim="A full leadership team by Easter, and mathematics at the level of similar schools within two years.",
        de_escalation="Two reviews in a row that find leadership secure, with a head teacher in post for two terms.",
        next_steps="The link officer and the chair of governors meet each half-term.",
        history="Support was offered in spring and taken up in autumn.",
        direction="Better than in autumn: the appointment is made.",
    )


def _draft(case: Case, matters: str, *, by: Actor, days: int = 28) -> Notice:
    told = Drafted(
        power=WARNING,
        matters=f"{matters}: standards are low, and have fallen for two years.",
        action_required="A plan, agreed with the authority, with the names of those who answer for it.",
        comply_by=timezone.localdate() + timedelta(days=days),
    )
    return actions.draft(by=by, case_pk=case.pk, told=told)


def _in_force(case: Case, *, officer: Actor, head: Actor, days: int = 78) -> Notice:
    """A notice with two conditions, its steps done and its issue authorised, whose compliance period runs."""
    notice = _draft(case, "Leadership", by=officer, days=days)
    for text in ("A head teacher is in post", "The plan is agreed with the authority"):
        actions.add_condition(by=officer, notice_pk=notice.pk, version=notice.version, text=text)
        notice.refresh_from_db()
    _steps_done(case, WARNING, by=officer)
    _decided(case, "Issue the warning notice", by=officer, authoriser=head, notice=notice)
    return _moved(notice, (State.ISSUED, State.RUNNING), by=officer)


def _not_met(notice: Notice, *, officer: Actor) -> None:
    """A notice whose day is over and whose second condition was not met: governors may be added next, steps done."""
    for number, condition in enumerate(notice.conditions.all()):
        actions.settle_condition(
            by=officer,
            condition_pk=condition.pk,
            version=condition.version,
            met=number == 0,
            on=timezone.localdate(),
            evidence="Seen at the review meeting" if number == 0 else "No plan was sent by the day",
        )
    _moved(notice, (State.NOT_MET,), by=officer)
    _steps_done(notice.case, FURTHER, by=officer)


def _steps_done(case: Case, power: str, *, by: Actor) -> None:
    for step in casework().before(power):
        actions.note_step(
            by=by,
            case_pk=case.pk,
            step=step.key,
            done=True,
            on=timezone.localdate(),
            evidence="Note of the meeting, in the case file",
        )


def _moved(notice: Notice, states: Iterable[State], *, by: Actor) -> Notice:
    for to in states:
        on = timezone.localdate()
        notice = actions.move(by=by, notice_pk=notice.pk, version=notice.version, to=to, on=on)
    return notice


def _decided(case: Case, outcome: str, *, by: Actor, authoriser: Actor, notice: Notice | None = None) -> None:
    """A decision; the one to issue a notice is authorised at once, one about the course of a case waits."""
    decided = Decided(
        about=About.ISSUE if notice else About.COURSE,
        area="standards",
        outcome=outcome,
        notes="The letter before it brought no plan within its time.",
        authoriser=authoriser.user,
        notice_pk=notice.pk if notice else None,
    )
    row = actions.decide(by=by, case_pk=case.pk, decided=decided)
    if notice is not None:
        actions.answer(by=authoriser, decision_pk=row.pk, version=row.version, authorised=True)
