"""Approval by the authority's board, publication to every school, supersession."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.people.models import Assignment
from strandline.web.people.queries import in_force
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School
from strandline.web.strategies import tasks
from strandline.web.strategies.actions.drafting import opened_draft, said
from strandline.web.strategies.models import PlanKind, Receipt, StrategyVersion, VersionState

OPEN = ("open", "open_but_proposed_to_close")
NOT_ADDRESSED = ("independent", "further_education")
READERS = (Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS, Role.GOVERNOR)
AT_ONCE = 500


class NotPublishable(UserError):
    """A version lacks something that it needs before it is approved or published."""


@transaction.atomic
def approve(*, by: Actor, strategy_pk: int, version: int, approved_on: date, where: str) -> StrategyVersion:
    """
    Record that a draft was approved: on which day, by which board or committee.

    Raises: StaleRecord, NotADraft, NotPublishable where it serves no plan, states no role, or the day lies ahead.
    """
    row = opened_draft(by=by, pk=strategy_pk, version=version)
    lacking = []
    if not row.plans.filter(kind=PlanKind.PARENT).exists():
        lacking.append("a plan that it serves")
    if not row.statement:
        lacking.append("the statement of the authority's role")
    if not where.strip():
        lacking.append("where it was approved")
    if lacking:
        raise NotPublishable(f"{row} lacks {' and '.join(lacking)}", what_to_do="Add it to the draft, then approve")
    if approved_on > timezone.localdate():
        raise NotPublishable("The day of approval lies ahead", what_to_do="Record it on the day or afterwards")
    keep(row, state=VersionState.APPROVED, approved_on=approved_on, approved_where=where.strip(), approved_by=by.user)
    after = said(row) | {"approved_on": approved_on, "where": row.approved_where}
    audit.record(by=by, action="strategies.approved", subject=row, after=after)
    return row


@transaction.atomic
def send_back(*, by: Actor, strategy_pk: int, version: int, reason: str) -> StrategyVersion:
    """Make a draft again of what was approved and not published. Raises: StaleRecord, NotPublishable."""
    row = _approved(by=by, pk=strategy_pk, version=version)
    keep(row, state=VersionState.DRAFT, approved_on=None, approved_where="", approved_by=None)
    audit.record(by=by, action="strategies.sent_back", subject=row, after=said(row) | {"reason": reason.strip()})
    return row


@transaction.atomic
def publish(*, by: Actor, strategy_pk: int, version: int) -> StrategyVersion:
    """
    Publish an approved version today to every open school of the authority; the one published until now is superseded.

    Each school has a receipt from then on; those of its people who have accounts are told by e-mail. Raises:
    StaleRecord, NotPublishable.
    """
    row = _approved(by=by, pk=strategy_pk, version=version)
    day = timezone.localdate()
    before = StrategyVersion.objects.for_actor(by).select_for_update().filter(state=VersionState.PUBLISHED).first()
    if before is not None:
        keep(before, state=VersionState.SUPERSEDED, superseded_by=row, superseded_on=day)
        audit.record(
            by=by, action="strategies.superseded", subject=before, before=said(before), after={"title": str(row)}
        )
    keep(row, state=VersionState.PUBLISHED, published_on=day, published_by=by.user, published_role=by.role or "")
    addresses = _send(by=by, row=row, day=day)
    schools = Receipt.objects.filter(strategy=row).count()
    after = said(row) | {"published_on": day, "schools": schools, "people": len(addresses)}
    audit.record(by=by, action="strategies.published", subject=row, after=after)
    text = (
        f"{row.title} is published. Read it on the school-improvement desk, and acknowledge it there for your school.\n"
    )
    if addresses:
        subject = f"{row.title} is published"
        transaction.on_commit(lambda: tasks.tell.enqueue(addresses, subject=subject, text=text))
    return row


def _send(*, by: Actor, row: StrategyVersion, day: date) -> list[str]:
    """A receipt for every open school; gives the addresses of the people who are told."""
    readers = Assignment.objects.filter(
        in_force(day),
        authority=by.authority,
        role__in=[role.value for role in READERS],
        school_urn__isnull=False,
        user__is_active=True,
    )
    people = list(readers.values_list("school_urn", "user__email"))
    counted = Counter(urn for urn, _ in people)
    schools = School.objects.for_actor(by).filter(status__in=OPEN).exclude(legal_form__in=NOT_ADDRESSED)
    rows = [
        Receipt(
            strategy=row,
            school=school,
            sector=school.sector,
            maintained=school.maintained,
            sent_on=day,
            addressed=counted[school.urn],
        )
        for school in schools
    ]
    Receipt.objects.bulk_create(rows, batch_size=AT_ONCE)
    addressed = {each.school_id for each in rows}
    return sorted({email for urn, email in people if urn in addressed})


def _approved(*, by: Actor, pk: int, version: int) -> StrategyVersion:
    row = opened(StrategyVersion.objects.for_actor(by), pk=pk, version=version)
    if row.state != VersionState.APPROVED:
        raise NotPublishable(
            f"{row} is {row.get_state_display().lower()}", what_to_do="Only an approved version that is not published"
        )
    return row
