"""Tagging tasks and visits with the strategy's priorities, one core responsibility, and the hours they took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from strandline.kernel.errors import UserError
from strandline.runs.priorities import Priority
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.officers.models import PriorityTag, Responsibility, Task, Visit
from strandline.web.officers.queries import priorities_for
from strandline.web.people.scope import Actor


class NotTaggable(UserError):
    """The tag is not one of the strategy's, or the hours cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What is said of a piece of work; without `responsibility` or `hours` it stays unclassified."""

    priorities: tuple[str, ...] = ()
    responsibility: Responsibility | None = None
    hours: Decimal | None = None


@transaction.atomic
def tag(*, by: Actor, kind: type[Task] | type[Visit], pk: int, version: int, tags: Tags) -> Task | Visit:
    """Set the tags of a task or a visit, in place of those before. Raises: StaleRecord, NotTaggable."""
    row: Task | Visit = (
        opened(Task.objects.for_actor(by), pk=pk, version=version)
        if kind is Task
        else opened(Visit.objects.for_actor(by), pk=pk, version=version)
    )
    pack, known = priorities_for(by)
    chosen = [each for each in known if each.key in tags.priorities]
    if len(chosen) != len(set(tags.priorities)):
        raise NotTaggable("The strategy has no such priority", what_to_do="Choose among those of the list")
    if tags.hours is not None and not 0 <= tags.hours < 1000:
        raise NotTaggable("The hours cannot be", what_to_do="Give hours from 0 to 999")
    keep(row, responsibility=tags.responsibility or "", hours=tags.hours)
    _replace(row, pack=pack, chosen=chosen)
    after = {
        "title": str(row),
        "priorities": [each.number for each in chosen],
        "responsibility": row.get_responsibility_display(),
        "hours": str(tags.hours) if tags.hours is not None else "",
    }
    audit.record(by=by, action="officers.tagged", subject=row, after=after, school_urn=row.school_id)
    return row


def _replace(row: Task | Visit, *, pack: str, chosen: Iterable[Priority]) -> None:
    """The tags of the present strategy anew; those of an earlier one stay."""
    row.priorities.filter(pack=pack).delete()
    of: dict[str, Task | Visit] = {"task": row} if isinstance(row, Task) else {"visit": row}
    PriorityTag.objects.bulk_create(
        PriorityTag(school_id=row.school_id, pack=pack, key=each.key, number=each.number, title=each.title, **of)
        for each in chosen
    )
