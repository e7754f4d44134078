"""Who did what, when, for whom, from what to what: written with each change, never changed itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    """Write one row in the transaction of the change itself. See `audit.actions.record`."""
    from strandline.web.audit.actions import record as write

    return write(
        by=by, action=action, subject=subject, before=before, after=after, school_urn=school_urn, authority=authority
    )
