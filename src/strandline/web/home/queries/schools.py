"""What schools, clusters and members are shown: published categories only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from strandline.web.concerns import queries as concerns
from strandline.web.concerns.models import Notice
from strandline.web.decisions.models import Decision, Letter, Proposal
from strandline.web.decisions.queries import queue
from strandline.web.decisions.queries.standing import Standing, in_force, standing_of, standings
from strandline.web.intelligence.models import Item
from strandline.web.officers.models import Allocation
from strandline.web.officers.queries.allocations import running
from strandline.web.people.roles import Module
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Contact, Document, School
from strandline.web.schools.sharing import sharing
from strandline.web.strategies import queries as strategies
from strandline.web.strategies.models import Receipt

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the desk holds of a school, in numbers; `shared` and `not_shared` name parts."""

    documents: int
    contacts: int
    items: int | None
    shared: tuple[str, ...]
    not_shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSchool:
    """A school as its own people see it."""

    school: School
    standing: Standing | None
    letters: tuple[Letter, ...]
    officer: str
    officer_since: date | None
    receipt: Receipt | None
    notices: tuple[Notice, ...]
    held: Held


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSchool:
    """A school of a cluster with its published category."""

    school: School
    standing: Standing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """What the latest run left open: how many by state, and which schools."""

    as_at: date | None
    title: str
    counts: tuple[tuple[str, int], ...]
    schools: tuple[Proposal, ...]


def own_school(actor: Actor, *, on: date) -> OwnSchool | None:
    """The school of a head teacher, chair or governor; None where it is not on the desk. A fixed number of queries."""
    school = School.objects.for_actor(actor).order_by("urn").first()
    if school is None:
        return None
    standing = standing_of(actor, urn=school.urn, on=on)
    sees_letters = standing is not None and actor.can(Module.LETTERS)
    letters = Letter.objects.for_actor(actor).filter(decision=standing.decision) if standing and sees_letters else ()
    sees_officer = actor.can(Module.OFFICERS)
    named = Allocation.objects.for_actor(actor).filter(running(on), school=school).select_related("officer")
    allocation = named.first() if sees_officer else None
    return OwnSchool(
        school=school,
        standing=standing,
        letters=tuple(letters),
        officer=allocation.officer.name if allocation else "",
        officer_since=allocation.starts_on if allocation else None,
        receipt=strategies.own_receipt(actor),
        notices=tuple(concerns.notices_in_force(by=actor, urn=school.urn)) if actor.can(Module.CONCERNS) else (),
        held=_held(actor, school, on=on),
    )


def cluster(actor: Actor, *, on: date) -> tuple[ClusterSchool, ...]:
    """The schools of a consortium, trust, diocese or board with their published categories. Two queries."""
    schools = list(School.objects.for_actor(actor).filter(status__startswith="open").order_by("name", "urn")[:MOST])
    rows = Decision.objects.for_actor(actor).filter(in_force(on), school__in=[each.urn for each in schools])
    found = {each.decision.school_id: each for each in standings(rows.select_related("proposal"), on=on)}
    return tuple(ClusterSchool(school=each, standing=found.get(each.urn)) for each in schools)


def undecided(actor: Actor) -> Undecided:
    """What the latest run left open. A fixed number of queries."""
    run = queue.latest_run(actor)
    if run is None:
        return Undecided(as_at=None, title="", counts=(), schools=())
    rows = Proposal.objects.for_actor(actor).filter(run=run)
    by_state = rows.order_by().values_list("state").annotate(schools=Count("pk"))
    return Undecided(
        as_at=run.as_at,
        title=run.title,
        counts=tuple(sorted(by_state)),
        schools=tuple(queue.to_judge(actor, run)[:MOST]),
    )


def _held(actor: Actor, school: School, *, on: date) -> Held:
    parts = sharing(school, on=on)
    sees_items = actor.can(Module.INTELLIGENCE)
    return Held(
        documents=Document.objects.for_actor(actor)
        .filter(school=school, for_service_only=False, withdrawn_at__isnull=True)
        .count(),
        contacts=Contact.objects.for_actor(actor).filter(school=school, ends_on__isnull=True).count(),
        items=Item.objects.for_actor(actor).filter(school=school).count() if sees_items else None,
        shared=tuple(part.label for part, state in parts.items() if state.agreed),
        not_shared=tuple(part.label for part, state in parts.items() if not state.agreed),
    )
