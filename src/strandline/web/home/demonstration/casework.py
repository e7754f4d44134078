"""Casework of the demonstration: a concern with a notice whose period runs, and work with no concern."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from strandline.web.concerns import actions
from strandline.web.concerns.actions import Decided, Drafted, Narrated
from strandline.web.concerns.casework import casework
from strandline.web.concerns.models import Case, Kind, State
from strandline.web.home.demonstration.authorities import Made
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School


@transaction.atomic
def everything(made: Made, *, urn: int, other: int, officer: Actor, head: Actor) -> None:
    """One case of each kind; both schools are maintained."""
    if Case.objects.filter(school__la=made.code).exists():
        return
    today = timezone.localdate()
    case = actions.open_case(
        by=officer,
        school=School.objects.get(urn=urn),
        kind=Kind.CONCERN,
        title="Leadership after three changes in a year",
        referral="officer",
        opened_on=today - timedelta(days=40),
        reason="Standards fell in the year in which the head teacher and the deputy left.",
    )
    actions.open_case(
        by=officer,
        school=School.objects.get(urn=other),
        kind=Kind.NO_CONCERN,
        title="Sharing its practice in early reading",
        referral="school",
        opened_on=today - timedelta(days=20),
    )
    actions.narrate(by=officer, case_pk=case.pk, version=case.version, told=_told())
    _issued(case, officer=officer, head=head)


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


def _issued(case: Case, *, officer: Actor, head: Actor) -> None:
    today = timezone.localdate()
    told = Drafted(
        power="s60",
        matters="Standards in mathematics are low and have fallen for two years.",
        action_required="A plan for leadership, agreed with the authority.",
        comply_by=today + timedelta(days=28),
    )
    notice = actions.draft(by=officer, case_pk=case.pk, told=told)
    for text in ("A head teacher is in post", "The plan is agreed with the authority"):
        actions.add_condition(by=officer, notice_pk=notice.pk, version=notice.version, text=text)
        notice.refresh_from_db()
    for step in casework().before(told.power):
        evidence = "Note of the meeting, in the case file"
        actions.note_step(by=officer, case_pk=case.pk, step=step.key, done=True, on=today, evidence=evidence)
    decided = Decided(
        about="issue",
        area="standards",
        outcome="Issue the warning notice",
        notes="The letter before it brought no plan within its time.",
        authoriser=head.user,
        notice_pk=notice.pk,
    )
    row = actions.decide(by=officer, case_pk=case.pk, decided=decided)
    actions.answer(by=head, decision_pk=row.pk, version=row.version, authorised=True)
    for to in (State.ISSUED, State.RUNNING):
        notice = actions.move(by=officer, notice_pk=notice.pk, version=notice.version, to=to, on=today)
