"""The two lists of a run: schools causing concern, and schools with good practice to share (WAR-58)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from strandline.web.decisions.models import DeskRun, Proposal, RunCategory
from strandline.web.decisions.queries.standing import Standing, published, standings
from strandline.web.people.scope import Actor

CONCERN, PRACTICE = "concern", "lender"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One school: what the rules propose, and where it stands by what was published."""

    proposal: Proposal
    standing: Standing | None


def both_lists(actor: Actor, run: DeskRun, *, on: date) -> Mapping[str, tuple[Listed, ...]]:
    """
    The schools of a run by what their category stands for: `concern` and `lender`; three queries.

    A school whose published category is of the kind is listed too, whatever the rules propose now.
    """
    tagged = {each.code: frozenset(each.tags) for each in RunCategory.objects.for_actor(actor).filter(run=run)}
    stands = {each.decision.school_id: each for each in standings(published(actor, on=on), on=on)}
    found: dict[str, list[Listed]] = {CONCERN: [], PRACTICE: []}
    for row in Proposal.objects.for_actor(actor).filter(run=run):
        standing = stands.get(row.school_id)
        codes = {row.category, standing.code if standing else ""}
        for tag, rows in found.items():
            if any(tag in tagged.get(code, frozenset()) for code in codes):
                rows.append(Listed(proposal=row, standing=standing))
    return {tag: tuple(sorted(rows, key=_order)) for tag, rows in found.items()}


def _order(each: Listed) -> tuple[int, str, int]:
    place = each.proposal.place
    return (place if place is not None else 999, each.proposal.school_name, each.proposal.urn)
