"""Where schools stand: the category in force on a day, and the history behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from strandline.web.decisions.models import Decision
from strandline.web.decisions.models.deciding import SHOWN
from strandline.web.decisions.presenters.account import lapsed
from strandline.web.people.scope import Actor, ScopedQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A school's category on a day. `lapsed`: an override has ended and the rules' category counts."""

    decision: Decision
    lapsed: bool

    @property
    def code(self) -> str:
        """The category that counts; empty where the rules leave it open."""
        return self.decision.proposal.category if self.lapsed else self.decision.category

    @property
    def label(self) -> str:
        """The category with its words."""
        return self.decision.proposal.label if self.lapsed else self.decision.label

    @property
    def step(self) -> int | None:
        """Its step on the scale."""
        return self.decision.proposal.step if self.lapsed else self.decision.step


def shown_by(day: date) -> Q:
    """The condition that a decision had been published by the end of a day."""
    return Q(state__in=SHOWN, published_on__lte=day)


def in_force(day: date) -> Q:
    """The condition that a published decision was the one in force at the end of a day."""
    return shown_by(day) & (Q(superseded_on__isnull=True) | Q(superseded_on__gt=day))


def published(actor: Actor, *, on: date) -> ScopedQuerySet[Decision]:
    """The decisions in force on a day, of the schools within reach, by name."""
    rows = Decision.objects.for_actor(actor).filter(in_force(on))
    return rows.select_related("proposal__run", "scheme").order_by("proposal__school_name", "school_id")


def standings(decisions: Iterable[Decision], *, on: date) -> tuple[Standing, ...]:
    """The decisions as they count on a day."""
    return tuple(Standing(decision=each, lapsed=lapsed(each, on=on)) for each in decisions)


def standing_of(actor: Actor, *, urn: int, on: date) -> Standing | None:
    """A school's category on a day; None where none had been published."""
    found = standings(published(actor, on=on).filter(school_id=urn)[:1], on=on)
    return found[0] if found else None


def history_of(actor: Actor, *, urn: int, on: date) -> tuple[Decision, ...]:
    """Every category published of a school by a day, the latest first."""
    rows = Decision.objects.for_actor(actor).filter(shown_by(on), school_id=urn)
    return tuple(rows.select_related("proposal__run", "scheme").order_by("-published_on", "-pk"))
