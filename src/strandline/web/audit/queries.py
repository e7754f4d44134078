"""Reading the audit, within one authority."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from strandline.web.audit.models import AuditRow
from strandline.web.people.models import User
from strandline.web.people.scope import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader of the audit filters by; empty means all."""

    who: str = ""
    action: str = ""
    school_urn: int | None = None
    since: date | None = None
    until: date | None = None


def rows(*, by: Actor, asked: Asked) -> QuerySet[AuditRow]:
    """The audit rows of the reader's authority, newest first."""
    found = AuditRow.objects.for_actor(by)
    if asked.who:
        found = found.filter(actor_name__icontains=asked.who)
    if asked.action:
        found = found.filter(action__startswith=asked.action)
    if asked.school_urn:
        found = found.filter(school_urn=asked.school_urn)
    if asked.since:
        found = found.filter(at__gte=_midnight(asked.since))
    if asked.until and asked.until < date.max:
        found = found.filter(at__lt=_midnight(date.fromordinal(asked.until.toordinal() + 1)))
    return found


def rows_of(*, by: Actor, subject_type: str, subject_id: str) -> QuerySet[AuditRow]:
    """Everything that was done to one record, oldest first."""
    found = AuditRow.objects.for_actor(by).filter(subject_type=subject_type, subject_id=subject_id)
    return found.order_by("at", "pk")


def rows_about_person(*, by: Actor, user: User) -> QuerySet[AuditRow]:
    """What was done about a person: to their account, and to the roles that they hold or held. The newest 50."""
    roles = [str(pk) for pk in user.assignments.values_list("pk", flat=True)]
    about = Q(subject_type="people.user", subject_id=str(user.pk)) | Q(
        subject_type="people.assignment", subject_id__in=roles
    )
    return AuditRow.objects.for_actor(by).filter(about)[:50]


def school_names(urns: Iterable[int | None]) -> Mapping[int, str]:
    """The names of schools by number; a number without a school is left out. One query."""
    wanted = {urn for urn in urns if urn}
    if not wanted or not apps.is_installed("strandline.web.schools"):
        return {}
    school = apps.get_model("schools", "School")
    return dict(school.objects.filter(urn__in=wanted).values_list("urn", "name"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
