"""What a school does with a strategy: open it, acknowledge it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.people.roles import Level, Module, Scope
from strandline.web.people.scope import Actor
from strandline.web.strategies.models import Receipt, VersionState


class NotReceived(UserError):
    """The person does not acknowledge for that school, or not this version."""


def own_school(by: Actor, *, acts: bool = False) -> int | None:
    """The school for which a person speaks; None for everybody else."""
    level = Level.ACTS if acts else Level.SEES
    held = (each for each in by.assignments if each.scope is Scope.SCHOOL and each.gives(Module.STRATEGIES, level))
    return next((each.school_urn for each in held if each.authority == by.authority), None)


@transaction.atomic
def note_opened(*, by: Actor, strategy_pk: int) -> bool:
    """Note that somebody of a school has opened the version that was sent to it; the first time only."""
    urn = own_school(by)
    waiting = Receipt.objects.for_actor(by).filter(strategy=strategy_pk, school=urn, opened_at__isnull=True)
    row = waiting.select_for_update(of=("self",)).first() if urn is not None else None
    if row is None:
        return False
    keep(row, opened_at=timezone.now(), opened_role=by.role or "")
    audit.record(by=by, action="strategies.opened", subject=row, after={"role": row.opened_role}, school_urn=urn)
    return True


@transaction.atomic
def acknowledge(*, by: Actor, receipt_pk: int, version: int) -> Receipt:
    """
    Acknowledge a published version for one's own school, once.

    Raises: StaleRecord, NotReceived; Receipt.DoesNotExist outside the scope.
    """
    row = opened(Receipt.objects.for_actor(by), pk=receipt_pk, version=version)
    if own_school(by, acts=True) != row.school_id:
        raise NotReceived(
            "Only the school itself acknowledges", what_to_do="Its head teacher or chair of governors does it"
        )
    if row.strategy.state != VersionState.PUBLISHED:
        raise NotReceived("A later version is published", what_to_do="Read that one and acknowledge it")
    if row.acknowledged_at is not None:
        return row
    now = timezone.now()
    keep(
        row,
        opened_at=row.opened_at or now,
        opened_role=row.opened_role or (by.role or ""),
        acknowledged_at=now,
        acknowledged_by=by.user,
        acknowledged_role=by.role or "",
    )
    after = {"strategy": str(row.strategy), "role": row.acknowledged_role}
    audit.record(by=by, action="strategies.acknowledged", subject=row, after=after, school_urn=row.school_id)
    return row
