"""A day, and what the desk knew of the schools on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils import timezone

from strandline.web.people.scope import Actor
from strandline.web.schools.models import Intake


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """
    The day that a page speaks of and the intake that it is printed from; None where no run speaks of that day.

    `asked` says that a day was asked for, `earlier` are the intakes of days before. `is_known_then` is false where the
    desk learned of that run only later.
    """

    on: date
    asked: bool
    intake: Intake | None
    is_latest: bool = True
    earlier: tuple[int, ...] = ()

    @property
    def schools(self) -> int:
        """How many schools the intake holds."""
        return self.intake.schools if self.intake else 0

    @property
    def is_known_then(self) -> bool:
        """Whether the desk itself could have shown this page on that day."""
        return self.intake is None or self.intake.known_on <= self.on


def moment(actor: Actor, *, as_at: date | None = None) -> Moment:
    """
    What a page speaks of: today, or the day asked for.

    The run of the latest day among those that the desk knew of on the day; where it knew of none yet, the run of the
    latest day up to then that it learned of afterwards.
    """
    on = as_at or timezone.localdate()
    known = Case(When(known_on__lte=on, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = intakes(actor).annotate(known_then=known).order_by("-known_then", "-as_at", "-pk")
    every = list(rows.values_list("pk", "as_at", "known_then"))
    up_to = [pk for pk, day, _ in every if day <= on]
    if not up_to:
        return Moment(on=on, asked=as_at is not None, intake=None)
    newest = max(every, key=lambda row: (row[1], row[0]))[0]
    intake = intakes(actor).defer("releases").get(pk=up_to[0])
    before = tuple(pk for pk, day, _ in every if day < intake.as_at)
    return Moment(on=on, asked=as_at is not None, intake=intake, is_latest=intake.pk == newest, earlier=before)


def intakes(actor: Actor) -> QuerySet[Intake]:
    """The runs that the desk took in for the actor's authority."""
    return Intake.objects.for_actor(actor)


def in_force(on: date) -> Q:
    """The condition that a category was shown on a day."""
    return Q(published_on__lte=on) & (Q(superseded_on__isnull=True) | Q(superseded_on__gt=on))
