"""Writing the audit."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from strandline.kernel.errors import BugError, StrandlineError
from strandline.web.audit.models import AuditRow, Submission
from strandline.web.people.scope import Actor


class AlreadyDone(StrandlineError):
    """The very form was sent before: nothing is done again. `location` is where its first sending led."""

    def __init__(self, *, location: str) -> None:
        self.location = location
        super().__init__("This form was sent before, and what it asked was done then.")


def record(
    *,
    by: Actor | None,
    action: str,
    subject: Any,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    school_urn: int | None = None,
    authority: int | None = None,
) -> AuditRow:
    """
    Write one audit row inside the transaction of the change; `by` None is the desk itself.

    `subject` is the changed row, or a pair (type, id). `action` is dotted: `decisions.overridden`.
    """
    if not transaction.get_connection().in_atomic_block:
        raise BugError(
            f"{action} was recorded outside a transaction: a change and its audit row stand or fall together"
        )
    if by is not None and by.key:
        claim(by)
    kind, number = subject_of(subject)
    return AuditRow.objects.create(
        actor_user_id=by.user.pk if by else None,
        actor_name=by.user.name if by else "",
        role=(by.role or "") if by else "",
        organisation=by.organisation if by else "",
        acting_for=by.acting_for if by else "",
        authority=authority if authority is not None else (by.authority if by else None),
        action=action,
        subject_type=kind,
        subject_id=number,
        school_urn=school_urn,
        before=before or {},
        after=after or {},
        request_id=by.request_id if by else "",
    )


def subject_of(subject: Any) -> tuple[str, str]:
    """The type and number under which a row is kept: `decisions.decision`, `17`."""
    if isinstance(subject, models.Model):
        return subject._meta.label_lower, str(subject.pk)
    kind, number = subject
    return str(kind), str(number)


def claim(by: Actor) -> None:
    """Note that the form with this key is being carried out now. Raises: AlreadyDone."""
    row, first = Submission.objects.get_or_create(
        user_id=by.user.pk, key=by.key, defaults={"request_id": by.request_id}
    )
    if not first and row.request_id != by.request_id:
        raise AlreadyDone(location=row.location)


def led_to(by: Actor) -> str:
    """Where the first sending of this very form led; empty where it was not sent before, or is being carried out."""
    if not by.key:
        return ""
    rows = Submission.objects.filter(user_id=by.user.pk, key=by.key).exclude(request_id=by.request_id)
    return rows.values_list("location", flat=True).first() or ""


def note_location(*, user_id: int, key: str, request_id: str, location: str) -> None:
    """Keep where a form's first sending led, so that a second is led there too."""
    Submission.objects.filter(user_id=user_id, key=key, request_id=request_id).update(location=location[:500])
