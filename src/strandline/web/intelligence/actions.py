"""
Recording local intelligence, changing who may know it, reviewing and closing it.

The audit says who did what and when, never which school or what was written: those who read the audit may not all know
of the item.
"""

from __future__ import annotations

import calendar
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.intelligence.kinds import kinds
from strandline.web.intelligence.models import Item, Review
from strandline.web.intelligence.reach import Sharing
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School


class NotKeepable(UserError):
    """The item cannot be kept in this way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was heard, and how far it may go."""

    kind: str
    text: str
    source: str
    happened_on: date
    confidence: str
    weight: int
    sharing: Sharing
    withheld_reason: str = ""
    review_by: date | None = None
    subject_access: bool = False
    bears_on: str = ""
    bears_value: str = ""


@transaction.atomic
def record(*, by: Actor, school: School, heard: Heard) -> Item:
    """Keep an item. Raises: NotKeepable."""
    values = _checked(heard)
    row = Item.objects.create(school=school, written_by=by.user, written_role=by.role or "", **values)
    audit.record(by=by, action="intelligence.recorded", subject=row, after=_said(row))
    return row


@transaction.atomic
def change(*, by: Actor, item_pk: int, version: int, heard: Heard) -> Item:
    """Change what an item says or how far it goes. Raises: StaleRecord, NotKeepable; DoesNotExist beyond its level."""
    row = opened(Item.objects.for_actor(by), pk=item_pk, version=version)
    _refuse_closed(row)
    before = _said(row)
    keep(row, **_checked(heard))
    audit.record(by=by, action="intelligence.changed", subject=row, before=before, after=_said(row))
    return row


@transaction.atomic
def keep_in_use(*, by: Actor, item_pk: int, version: int, until: date, note: str) -> Item:
    """Review an item and keep it in use until a later day. Raises: StaleRecord, NotKeepable."""
    row = opened(Item.objects.for_actor(by), pk=item_pk, version=version)
    _refuse_closed(row)
    if until <= timezone.localdate():
        raise NotKeepable("The day of the next review has passed", what_to_do="Give a day after today")
    before = {"review_by": row.review_by}
    keep(row, review_by=until)
    Review.objects.create(item=row, by=by.user, until=until, note=note.strip())
    audit.record(by=by, action="intelligence.kept_in_use", subject=row, before=before, after={"review_by": until})
    return row


@transaction.atomic
def close(*, by: Actor, item_pk: int, version: int, reason: str) -> Item:
    """Close an item: it is kept, and feeds nothing any more. Raises: StaleRecord, NotKeepable."""
    row = opened(Item.objects.for_actor(by), pk=item_pk, version=version)
    _refuse_closed(row)
    keep(row, closed_on=timezone.localdate(), closed_by=by.user, closed_reason=reason.strip())
    Review.objects.create(item=row, by=by.user, note=reason.strip())
    audit.record(by=by, action="intelligence.closed", subject=row, after={"closed_on": row.closed_on})
    return row


def review_day(kind: str, *, since: date) -> date:
    """By when an item of a kind is reviewed, unless somebody says otherwise."""
    place = since.month - 1 + kinds()[kind].review_months
    year, month = since.year + place // 12, place % 12 + 1
    return date(year, month, min(since.day, calendar.monthrange(year, month)[1]))


def _checked(heard: Heard) -> dict[str, object]:
    if heard.kind not in kinds():
        raise NotKeepable("There is no such kind of intelligence", what_to_do="Choose one of the list")
    if heard.sharing < Sharing.SCHOOL and not heard.withheld_reason.strip():
        raise NotKeepable(
            "An item that the school may not see says why it is withheld",
            what_to_do="Write the reason, or let it see it",
        )
    if heard.happened_on > timezone.localdate():
        raise NotKeepable("The day lies in the future", what_to_do="Give the day on which it happened or was heard")
    values = asdict(heard)
    values["review_by"] = heard.review_by or review_day(heard.kind, since=timezone.localdate())
    if values["review_by"] < heard.happened_on:
        raise NotKeepable("The review lies before the day itself", what_to_do="Give a later day for the review")
    values["withheld_reason"] = heard.withheld_reason.strip() if heard.sharing < Sharing.SCHOOL else ""
    values["bears_value"] = heard.bears_value if heard.bears_on else ""
    return values | {"text": heard.text.strip(), "source": heard.source.strip()}


def _refuse_closed(row: Item) -> None:
    if row.closed_on is not None:
        raise NotKeepable("The item is closed", what_to_do="Record a new one if there is something new")


def _said(row: Item) -> dict[str, object]:
    return {"sharing": Sharing(row.sharing).short, "review_by": row.review_by, "subject_access": row.subject_access}
