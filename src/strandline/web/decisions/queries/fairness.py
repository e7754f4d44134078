"""Whether overrides fall evenly: by the role of the officer, by direction, by the kind of school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from strandline.web.decisions.models import Decision, Kind
from strandline.web.decisions.models.deciding import SHOWN
from strandline.web.decisions.presenters.account import role_name
from strandline.web.people.scope import Actor
from strandline.web.schools.wording import phase_words

FEWEST = 5
"""Smaller numbers are not shown to those who only see that moderation happens."""
MORE, LESS, SAME = "towards more concern", "towards less concern", "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class FairLine:
    """One group: how many decisions were published, how many of them overrides, and in which direction."""

    group: str
    decisions: int
    overrides: int
    more: int
    less: int
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """The report. `since` and `until` are days of publication."""

    since: date | None
    until: date
    total: FairLine
    by_role: tuple[FairLine, ...]
    by_phase: tuple[FairLine, ...]
    by_legal_form: tuple[FairLine, ...]


def direction(decision: Decision) -> str:
    """Which way an override goes, by the steps of the strategy's own scale."""
    before, after = decision.proposal.step, decision.step
    if before is None or after is None or before == after:
        return SAME
    return MORE if after > before else LESS


def fairness(actor: Actor, *, on: date) -> Fairness:
    """Every category published by a day, overrides among them. One query."""
    rows = list(
        Decision.objects.for_actor(actor)
        .filter(state__in=SHOWN, published_on__lte=on)
        .select_related("proposal")
        .only(
            "kind",
            "step",
            "proposed_role",
            "published_on",
            "proposal__step",
            "proposal__phase",
            "proposal__sector",
            "proposal__legal_form",
        )
    )
    return Fairness(
        since=min((row.published_on for row in rows if row.published_on), default=None),
        until=on,
        total=_line("All", rows),
        by_role=_grouped(rows, lambda row: role_name(row.proposed_role)),
        by_phase=_grouped(rows, _phase),
        by_legal_form=_grouped(rows, lambda row: row.proposal.legal_form.replace("_", " ").capitalize() or "Not known"),
    )


def _phase(row: Decision) -> str:
    return phase_words(row.proposal.phase, sector=row.proposal.sector)


def _grouped(rows: Iterable[Decision], key: Callable[[Decision], str]) -> tuple[FairLine, ...]:
    groups: dict[str, list[Decision]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return tuple(_line(name, groups[name]) for name in sorted(groups))


def _line(group: str, rows: list[Decision]) -> FairLine:
    departures = [row for row in rows if row.kind == Kind.OVERRIDDEN]
    ways = Counter(direction(row) for row in departures)
    return FairLine(
        group=group,
        decisions=len(rows),
        overrides=len(departures),
        more=ways[MORE],
        less=ways[LESS],
        same=ways[SAME],
    )
