"""A day, and what the desk knew of the schools on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from strandline.web.people.scope import Actor
from strandline.web.schools.models import Intake


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """
    The day that a page speaks of and the intake that it is printed from; None where no run speaks of that day.

    `asked` says that a day was asked for. `is_known_then` is false where the desk learned of that run only later.
    """

    on: date
    asked: bool
    intake: Intake | None

    @property
    def schools(self) -> int:
        """How many schools the intake holds."""
        return self.intake.schools if self.intake else 0

    @property
    def is_known_then(self) -> bool:
        """Whether the desk itself could have shown this page on that day."""
        return self.intake is None or self.intake.known_on <= self.on


def moment(actor: Actor, *, as_at: date | None = None, with_releases: bool = False) -> Moment:
    """
    What a page speaks of: today, or the day asked for; `with_releases` where the page names sources.

    The run of the latest day among those that the desk knew of on the day; where it knew of none yet, the run of the
    latest day up to then that it learned of afterwards.
    """
    on = as_at or timezone.localdate()
    rows = intakes(actor).filter(as_at__lte=on).order_by("-as_at", "-pk")
    rows = rows if with_releases else rows.defer("releases")
    intake = rows.filter(known_on__lte=on).first() or rows.first()
    return Moment(on=on, asked=as_at is not None, intake=intake)


def intakes(actor: Actor) -> QuerySet[Intake]:
    """The runs that the desk took in for the actor's authority."""
    return Intake.objects.for_actor(actor)


def in_force(on: date) -> Q:
    """The condition that a category was shown on a day."""
    return Q(published_on__lte=on) & (Q(superseded_on__isnull=True) | Q(superseded_on__gt=on))
