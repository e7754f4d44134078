"""One school on a day: what its pages are printed from, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import Http404

from strandline.web.people.roles import Module
from strandline.web.people.scope import Actor
from strandline.web.schools import neighbours
from strandline.web.schools.models import (
    CategorySpell,
    Contact,
    ContactBody,
    Document,
    Line,
    School,
    SharedPart,
    Snapshot,
    Watch,
)
from strandline.web.schools.queries.moments import Moment, in_force, moment
from strandline.web.schools.queries.within import the_one, unscoped
from strandline.web.schools.sharing import Sharing, sharing


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """
    A school on a day. `snapshot` is the latest that the desk knew of it then; None where it knew of none.

    `is_on_register` is false where the run of the day does not hold the school: it had closed, or not yet opened.
    """

    actor: Actor
    school: School
    moment: Moment
    snapshot: Snapshot | None

    @property
    def is_on_register(self) -> bool:
        """Whether the run of the day holds the school."""
        intake = self.moment.intake
        return self.snapshot is not None and intake is not None and self.snapshot.intake_id == intake.pk

    @property
    def is_watched(self) -> bool:
        """Whether the school is on the actor's watchlist."""
        return bool(getattr(self.school, "is_watched", False))

    @property
    def facts(self) -> Mapping[str, Any]:
        """The figures of the day; none where nothing was known."""
        return self.snapshot.facts if self.snapshot else {}

    @property
    def history(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Inspections, predecessors and trusts, as known on the day."""
        return self.snapshot.history if self.snapshot else {}

    @property
    def on(self) -> date:
        """The day."""
        return self.moment.on


def record(actor: Actor, urn: int, *, as_at: date | None = None) -> Record:
    """A school in the actor's reach. Raises: Http404, also for one that is there but out of reach."""
    now = moment(actor, as_at=as_at, with_releases=True)
    known = _held(actor, urn, moment=now)
    if known is not None:
        return Record(actor=actor, school=known.school, moment=now, snapshot=known)
    school = School.objects.for_actor(actor).filter(pk=urn).annotate(is_watched=_watched(actor, "pk")).first()
    if school is None:
        raise Http404
    last = snapshots(actor, school, on=now.on).select_related("intake").first()  # the run of the day lacks it
    return Record(actor=actor, school=school, moment=now, snapshot=last)


def _held(actor: Actor, urn: int, *, moment: Moment) -> Snapshot | None:
    """What the run of the day knows of a school in reach, with the school, in one query."""
    if moment.intake is None:
        return None
    rows = Snapshot.objects.for_actor(actor).filter(school=urn, intake=moment.intake.pk).select_related("school")
    own = the_one(rows.annotate(is_watched=_watched(actor, "school")))
    if own is not None:
        own.intake = moment.intake
        own.school.is_watched = own.is_watched  # type: ignore[attr-defined]
    return own


def _watched(actor: Actor, path: str) -> Exists:
    """Whether a school is on the actor's watchlist."""
    return Exists(unscoped(Watch).filter(user=actor.user, school=OuterRef(path)))


def snapshots(actor: Actor, school: School, *, on: date) -> QuerySet[Snapshot]:
    """What runs knew of a school up to a day, the one to print first: known on the day, then the latest."""
    known_then = Case(When(intake__known_on__lte=on, then=Value(1)), default=Value(0))
    rows = Snapshot.objects.for_actor(actor).filter(school=school, intake__as_at__lte=on)
    return rows.annotate(known_then=known_then).order_by("-known_then", "-intake__as_at", "-intake")


def known_snapshots(actor: Actor, school: School, *, on: date) -> list[Snapshot]:
    """The same, all of them: those known on the day, or where none was, those learned of later."""
    rows = list(snapshots(actor, school, on=on).select_related("intake"))
    first = rows[0].known_then if rows else 0  # type: ignore[attr-defined]
    return [row for row in rows if row.known_then == first]  # type: ignore[attr-defined]


def spells(actor: Actor, school: School, *, on: date) -> list[CategorySpell]:
    """The categories shown up to a day, the latest first; none for those who see no categories."""
    if not actor.can(Module.DECISIONS):
        return []
    return list(CategorySpell.objects.for_actor(actor).filter(school=school, published_on__lte=on))


def spell_on(actor: Actor, school: School, *, on: date) -> CategorySpell | None:
    """The category of a school in reach, as shown on a day."""
    if not actor.can(Module.DECISIONS):
        return None
    return the_one(unscoped(CategorySpell).filter(in_force(on), school=school))


def officers_of(actor: Actor, school: School, *, on: date) -> tuple[tuple[int, str], ...]:
    """The named officers on a day."""
    return neighbours.officers_of(neighbours.allocations(actor, on=on), (school.urn,)).get(school.urn, ())


def line_on(seen: Record) -> Mapping[str, Any] | None:
    """What the run of the day proposes for the school; None for those outside the service."""
    if seen.snapshot is None or not (seen.actor.is_of_the_service and seen.actor.can(Module.DECISIONS)):
        return None
    rows = unscoped(Line).filter(school=seen.school, intake=seen.snapshot.intake_id, la=seen.actor.authority)
    return the_one(rows.values("proposed_category", "proposed_state", "proposed_reason"))


def lines_of(seen: Record) -> list[Mapping[str, Any]]:
    """The school as each run up to the day had it, the earliest first: what changed between them."""
    rows = Line.objects.for_actor(seen.actor).filter(school=seen.school, intake__as_at__lte=seen.on)
    if seen.snapshot is not None and seen.snapshot.intake.known_on <= seen.on:
        rows = rows.filter(intake__known_on__lte=seen.on)
    fields = ("intake__as_at", "name", "trust_name", "legal_form", "federation_name", "diocese", "status")
    return list(rows.order_by("intake__as_at", "intake").values(*fields))


def agreements(seen: Record) -> Mapping[SharedPart, Sharing]:
    """What the school shares on the day."""
    return sharing(seen.school, on=seen.on)


def contacts(seen: Record) -> list[Contact]:
    """The people to turn to on the day: of the school, and of its trust and diocese."""
    school = seen.school
    of_bodies = Q(body=ContactBody.TRUST, body_key=school.trust_uid) if school.trust_uid else Q(pk__in=())
    if school.diocese:
        of_bodies |= Q(body=ContactBody.DIOCESE, body_key=school.diocese)
    current = Q(starts_on__lte=seen.on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=seen.on))
    rows = Contact.objects.for_actor(seen.actor).filter(Q(school=school) | of_bodies)
    return list(rows.filter(current))


def contact(seen: Record, pk: int) -> Contact:
    """One of the school's contacts. Raises: Http404, also for one of its own that it does not share."""
    found = next((one for one in contacts(seen) if one.pk == pk), None)
    if found is None or (found.school_id is not None and not agreements(seen)[SharedPart.CONTACTS].agreed):
        raise Http404
    return found


def documents(seen: Record, *, withdrawn: bool = False) -> list[Document]:
    """The documents that were kept on the day; those for the service only to nobody else."""
    rows = Document.objects.for_actor(seen.actor).filter(school=seen.school, added_at__date__lte=seen.on)
    if not withdrawn:
        rows = rows.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__date__gt=seen.on))
    if not seen.actor.is_of_the_service:
        rows = rows.filter(for_service_only=False)
    return list(rows.select_related("added_by"))
