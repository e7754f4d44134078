"""Local intelligence of the demonstration: one item for each sharing level, one that wants its review."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from strandline.web.home.demonstration.authorities import Made
from strandline.web.intelligence import actions
from strandline.web.intelligence.actions import Heard
from strandline.web.intelligence.models import Item, Weight
from strandline.web.intelligence.reach import Sharing
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School


@transaction.atomic
def everything(made: Made, *, urn: int, other: int, officer: Actor, head: Actor) -> None:
    """Five items on two schools: shared with the team, the service, the school, everybody; one past its review."""
    if Item.objects.filter(school__la=made.code).exists():
        return
    mine, theirs = School.objects.get(urn=urn), School.objects.get(urn=other)
    for each in (_first_preferences(), _absences(), _peers()):
        actions.record(by=officer, school=mine, heard=each)
    for each in (_families(), _deficit()):
        actions.record(by=head, school=theirs, heard=each)


def _first_preferences() -> Heard:
    return Heard(
        kind="first_preferences",
        text="First preferences for the reception year fell from 52 to 31 within two years.",
        source="Admissions team",
        happened_on=timezone.localdate() - timedelta(days=20),
        confidence="high",
        weight=Weight.SOME,
        sharing=Sharing.SCHOOL,
    )


def _absences() -> Heard:
    return Heard(
        kind="hr",
        text="Three teachers of year 6 are absent for the long term; supply staff change every few weeks.",
        source="Human resources",
        happened_on=timezone.localdate() - timedelta(days=9),
        confidence="high",
        weight=Weight.HEAVY,
        sharing=Sharing.SERVICE,
        withheld_reason="It would tell who is ill.",
        subject_access=True,
    )


def _peers() -> Heard:
    return Heard(
        kind="peer_review",
        text="The peer review found reading well led, from the early years on.",
        source="Consortium of schools",
        happened_on=timezone.localdate() - timedelta(days=33),
        confidence="medium",
        weight=Weight.LIGHT,
        sharing=Sharing.MODULE,
    )


def _families() -> Heard:
    return Heard(
        kind="complaint",
        text="Two families wrote about the same matter within a week. It is being looked into.",
        source="Two families",
        happened_on=timezone.localdate() - timedelta(days=5),
        confidence="low",
        weight=Weight.HEAVY,
        sharing=Sharing.TEAM,
        withheld_reason="An inquiry is open.",
        subject_access=True,
    )


def _deficit() -> Heard:
    return Heard(
        kind="finance",
        text="The budget plan shows a deficit for the third year; a recovery plan was asked for.",
        source="Schools finance",
        happened_on=timezone.localdate() - timedelta(days=200),
        confidence="medium",
        weight=Weight.SOME,
        sharing=Sharing.SCHOOL,
        review_by=timezone.localdate() - timedelta(days=4),
    )
