"""Writing the audit."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from strandline.kernel.errors import BugError
from strandline.web.audit.models import AuditRow
from strandline.web.people.scope import Actor


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
