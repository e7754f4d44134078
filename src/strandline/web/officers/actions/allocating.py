"""Naming officers: proposed by a manager, gated by the officer's declaration, confirmed, moved, ended."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.officers.models import (
    Allocation,
    AllocationState,
    Declaration,
    Reallocation,
    SchoolReply,
    SchoolView,
)
from strandline.web.officers.queries import allocatable, offered_to
from strandline.web.officers.work import work
from strandline.web.people import scope
from strandline.web.people.models import User
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School


class NotAllocatable(UserError):
    """The officer cannot be named for the school in this way."""


@transaction.atomic
def propose(
    *, by: Actor, school: School, officer: User, starts_on: date, reason: str = "", of: Reallocation | None = None
) -> Allocation:
    """
    Propose a school's named officer from a day. Where a declaration is in hand it is confirmed at once.

    Raises: NotAllocatable.
    """
    if not allocatable(by).filter(pk=officer.pk).exists():
        raise NotAllocatable(f"{officer.name} is not an officer of this authority", what_to_do="Choose another person")
    waiting = Allocation.objects.select_for_update().filter(school=school, state=AllocationState.PROPOSED).first()
    if waiting is not None:
        raise NotAllocatable(
            f"An officer is proposed for {school.name} already", what_to_do="Withdraw that proposal first"
        )
    current = _current(school)
    if current is not None and current.officer_id == officer.pk:
        raise NotAllocatable(f"{officer.name} is the named officer of {school.name} already")
    row = Allocation.objects.create(
        school=school,
        officer=officer,
        starts_on=starts_on,
        reason=reason.strip(),
        reallocation=of,
        proposed_by=by.user,
    )
    audit.record(by=by, action="officers.proposed", subject=row, after=_said(row), school_urn=school.urn)
    held = _in_hand(row)
    if held is not None and held.clears:
        _confirm(by=by, row=row, declaration=held)
    return row


@transaction.atomic
def declare(*, by: Actor, allocation_pk: int, conflict: bool, nature: str = "") -> Allocation:
    """
    Declare one's interests about a school that one is proposed for. Without a conflict the allocation is confirmed.

    Raises: Allocation.DoesNotExist where it is offered to somebody else.
    """
    with scope.everywhere("a person declares about a school that is not in their caseload yet"):
        row = offered_to(by.user, authority=by.authority).select_for_update(of=("self",)).get(pk=allocation_pk)
        declaration = Declaration.objects.create(
            school=row.school,
            officer=by.user,
            conflict=conflict,
            nature=nature.strip() if conflict else "",
            holds_until=_months_after(timezone.localdate(), work().declaration_months),
        )
        after = {"declared": "an interest" if conflict else "no conflict of interest", "officer": by.user.name}
        audit.record(by=by, action="officers.declared", subject=row, after=after, school_urn=row.school_id)
        if declaration.clears:
            return _confirm(by=by, row=row, declaration=declaration)
        keep(row, declaration=declaration)
        return row


@transaction.atomic
def declare_none(*, by: Actor, allocations: Iterable[int]) -> tuple[Allocation, ...]:
    """Declare no conflict of interest for several schools at once: all of them or none."""
    return tuple(declare(by=by, allocation_pk=pk, conflict=False) for pk in sorted(allocations))


@transaction.atomic
def accept_conflict(*, by: Actor, allocation_pk: int, version: int, safeguard: str) -> Allocation:
    """
    Accept a declared interest with a safeguard, by a manager who is not the officer; the allocation is confirmed.

    Raises: StaleRecord, NotAllocatable.
    """
    row = opened(Allocation.objects.for_actor(by), pk=allocation_pk, version=version)
    declaration = row.declaration
    if row.state != AllocationState.PROPOSED or declaration is None or not declaration.conflict:
        raise NotAllocatable("No declared interest waits here", what_to_do="Look at the page of the school")
    if row.officer_id == by.user.pk:
        raise NotAllocatable(
            "This is your own interest", what_to_do="Another manager accepts it, or withdraws the proposal"
        )
    keep(declaration, safeguard=safeguard.strip(), accepted_by=by.user, accepted_on=timezone.localdate())
    after = {"officer": row.officer.name, "safeguard": declaration.safeguard}
    audit.record(by=by, action="officers.conflict_accepted", subject=row, after=after, school_urn=row.school_id)
    return _confirm(by=by, row=row, declaration=declaration)


@transaction.atomic
def confirm_ready(*, by: Actor, reallocation_pk: int) -> tuple[Allocation, ...]:
    """Confirm those of a re-allocation whose declarations have come in."""
    rows = Allocation.objects.for_actor(by).filter(reallocation=reallocation_pk, state=AllocationState.PROPOSED)
    ready = [(row, held) for row in rows.order_by("pk") if (held := _in_hand(row)) is not None and held.clears]
    return tuple(_confirm(by=by, row=row, declaration=held) for row, held in ready)


@transaction.atomic
def withdraw(*, by: Actor, allocation_pk: int, version: int, reason: str) -> Allocation:
    """Withdraw a proposal; the officer before stays. Raises: StaleRecord, NotAllocatable."""
    row = opened(Allocation.objects.for_actor(by), pk=allocation_pk, version=version)
    if row.state != AllocationState.PROPOSED:
        raise NotAllocatable("It is confirmed or withdrawn already", what_to_do="End it from a day instead")
    keep(row, state=AllocationState.WITHDRAWN, end_reason=reason.strip())
    after = _said(row) | {"reason": row.end_reason}
    audit.record(by=by, action="officers.withdrawn", subject=row, after=after, school_urn=row.school_id)
    return row


@transaction.atomic
def end(*, by: Actor, allocation_pk: int, version: int, on: date, reason: str) -> Allocation:
    """End an officer's time with a school. Raises: StaleRecord, NotAllocatable."""
    row = opened(Allocation.objects.for_actor(by), pk=allocation_pk, version=version)
    if row.state != AllocationState.CONFIRMED or (row.ends_on is not None and row.ends_on < timezone.localdate()):
        raise NotAllocatable("It is not in force", what_to_do="Look at the page of the school")
    if on < row.starts_on:
        raise NotAllocatable("The last day lies before the first", what_to_do="Give a day on or after the first")
    before = {"ends_on": row.ends_on}
    keep(row, ends_on=on, end_reason=reason.strip())
    after = _said(row) | {"reason": row.end_reason}
    audit.record(by=by, action="officers.ended", subject=row, before=before, after=after, school_urn=row.school_id)
    return row


@transaction.atomic
def reallocate(*, by: Actor, schools: Iterable[School], officer: User, effective_on: date, reason: str) -> Reallocation:
    """
    Move several schools to an officer from a day; each old allocation ends the day before, once the gate is passed.

    Raises: NotAllocatable; then nothing is moved.
    """
    chosen = sorted(schools, key=lambda school: school.urn)
    if not chosen:
        raise NotAllocatable("No school was chosen", what_to_do="Tick at least one school")
    whole = Reallocation.objects.create(
        authority=by.authority, effective_on=effective_on, reason=reason.strip(), made_by=by.user
    )
    for school in chosen:
        propose(by=by, school=school, officer=officer, starts_on=effective_on, reason=reason, of=whole)
    after = {"schools": len(chosen), "officer": officer.name, "effective_on": effective_on, "reason": whole.reason}
    audit.record(by=by, action="officers.reallocated", subject=whole, after=after)
    return whole


@transaction.atomic
def reply(*, by: Actor, allocation_pk: int, view: SchoolView, text: str = "") -> SchoolReply:
    """Keep what a school says of its named officer."""
    row = Allocation.objects.for_actor(by).exclude(state=AllocationState.WITHDRAWN).get(pk=allocation_pk)
    said = SchoolReply.objects.create(allocation=row, view=view, text=text.strip(), by=by.user, by_role=by.role or "")
    after = {"view": said.get_view_display(), "text": said.text}
    audit.record(by=by, action="officers.replied", subject=row, after=after, school_urn=row.school_id)
    return said


def _confirm(*, by: Actor, row: Allocation, declaration: Declaration) -> Allocation:
    """Put an allocation in force; the one before ends the day before (SEF-47)."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=row.starts_on)
    others = Allocation.objects.select_for_update().filter(
        running, school=row.school_id, state=AllocationState.CONFIRMED
    )
    for before in others.order_by("pk"):
        if before.starts_on >= row.starts_on:
            raise NotAllocatable(
                f"{row.school.name} has a named officer from {before.starts_on:%-d %B %Y} already",
                what_to_do="Choose a later day, or end that allocation first",
            )
        ended = {"ends_on": before.ends_on}
        keep(before, ends_on=row.starts_on - timedelta(days=1), end_reason="Another officer was named")
        after = _said(before) | {"reason": before.end_reason}
        audit.record(
            by=by, action="officers.ended", subject=before, before=ended, after=after, school_urn=row.school_id
        )
    keep(row, state=AllocationState.CONFIRMED, declaration=declaration, confirmed_on=timezone.localdate())
    audit.record(by=by, action="officers.confirmed", subject=row, after=_said(row), school_urn=row.school_id)
    return row


def _in_hand(row: Allocation) -> Declaration | None:
    """The officer's latest declaration about the school, if it still holds on the first day."""
    latest = (
        Declaration.objects.filter(officer=row.officer_id, school=row.school_id).order_by("-declared_on", "-pk").first()
    )
    holds = latest is not None and latest.holds_until >= max(row.starts_on, timezone.localdate())
    return latest if holds else None


def _current(school: School) -> Allocation | None:
    return Allocation.objects.filter(school=school, state=AllocationState.CONFIRMED, ends_on__isnull=True).first()


def _said(row: Allocation) -> dict[str, object]:
    return {"officer": row.officer.name, "starts_on": row.starts_on, "ends_on": row.ends_on, "state": row.state}


def _months_after(day: date, months: int) -> date:
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
