"""Steps of casework that several tests take."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from strandline.web.concerns import actions
from strandline.web.concerns.actions import Decided, Drafted, Narrated
from strandline.web.concerns.casework import casework
from strandline.web.concerns.models import Case, Notice, State
from strandline.web.people.scope import Actor


def told(**more: str) -> Narrated:
    texts = {each.key: f"{each.title} of Ash" for each in casework().headings}
    return Narrated(**(texts | more))


def drafted(power: str = "s60", *, days: int = 30) -> Drafted:
    return Drafted(
        power=power,
        matters="Standards",
        action_required="A plan",
        comply_by=timezone.localdate() + timedelta(days=days),
    )


def walk_steps(case: Case, *, by: Actor, power: str = "s60", but: str = "") -> None:
    """Every step before a notice is done, but one."""
    for step in casework().before(power):
        if step.key != but:
            actions.note_step(
                by=by, case_pk=case.pk, step=step.key, done=True, on=timezone.localdate(), evidence="Minutes"
            )


def issuing(notice: Notice, head: Actor, *, about: str = "issue") -> Decided:
    """A decision about a notice: to issue it, unless said otherwise."""
    return Decided(
        about=about, area="standards", outcome="Go on", notes="Why", authoriser=head.user, notice_pk=notice.pk
    )


def authorise(notice: Notice, *, by: Actor, head: Actor, about: str = "issue") -> None:
    """A decision about a notice, recorded by one and authorised by another."""
    made = actions.decide(by=by, case_pk=notice.case_id, decided=issuing(notice, head, about=about))
    actions.answer(by=head, decision_pk=made.pk, version=made.version, authorised=True)


def again(notice: Notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


def moved(notice: Notice, to: State, *, by: Actor, text: str = "") -> Notice:
    """The notice one step on, today."""
    version = again(notice).version
    return actions.move(by=by, notice_pk=notice.pk, version=version, to=to, on=timezone.localdate(), text=text)


def lapsed(notice: Notice) -> Notice:
    """The notice as if it had been issued long ago: the day by which to comply was yesterday."""
    today = timezone.localdate()
    Notice.objects.filter(pk=notice.pk).update(
        drafted_on=today - timedelta(days=40), issued_on=today - timedelta(days=30), comply_by=today - timedelta(days=1)
    )
    return again(notice)
