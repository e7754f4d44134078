"""
Schools like a school, in a fixed number of queries.

The figures of every school of the authority's run are compared; only schools within the actor's reach are named. Of
the others no more is told than how many they are and, where they are many enough, between which values they lie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from strandline.runs.similar import OPTIONS, Peer, Peers, similar_schools
from strandline.web.people.scope import schools_in_scope
from strandline.web.schools.models import Line, Snapshot
from strandline.web.schools.queries.record import Record
from strandline.web.schools.queries.within import unscoped

NEAREST = 10
WITHIN_AN_AUTHORITY = tuple(name for name in OPTIONS if name not in ("authority", "region"))
"""What may be asked for: the schools of a run are those of one authority, in one region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """
    The nearest schools of a school on a day.

    `named` are those within reach, with their names and what the run knew of them; `unnamed` the others, by value only.
    """

    seen: Record
    same: tuple[str, ...]
    peers: Peers
    named: tuple[tuple[Peer, str, Snapshot], ...]
    unnamed: tuple[tuple[Peer, Mapping[str, object]], ...]


def similar(seen: Record, *, same: tuple[str, ...]) -> Similar | None:
    """The nearest schools of a school in reach; None where the run of the day does not hold it."""
    intake = seen.moment.intake
    if intake is None or not seen.is_on_register:
        return None
    facts = dict(unscoped(Snapshot).filter(intake=intake.pk).values_list("school", "facts"))
    peers = similar_schools(facts, of=seen.school.urn, same=same)
    nearest = peers.ranked[:NEAREST]
    names = _names(seen, urns=[peer.urn for peer in nearest])
    snapshots = {each.urn: each for each in unscoped(Snapshot).filter(intake=intake.pk, school__in=list(names))}
    return Similar(
        seen=seen,
        same=same,
        peers=peers,
        named=tuple((peer, names[peer.urn], snapshots[peer.urn]) for peer in nearest if peer.urn in names),
        unnamed=tuple((peer, facts[peer.urn]) for peer in nearest if peer.urn not in names),
    )


def _names(seen: Record, *, urns: list[int]) -> dict[int, str]:
    """The names of those schools whose pages the actor may open, in reach then and now."""
    rows = Line.objects.for_actor(seen.actor).filter(intake=seen.moment.intake, school__in=urns)
    rows = rows.filter(schools_in_scope(seen.actor, prefix="school__"))
    return dict(rows.values_list("school", "name"))
