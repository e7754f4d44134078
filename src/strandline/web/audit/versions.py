"""Two people and one record: the second is told who changed what, and nothing that they wrote is lost."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from strandline.kernel.errors import UserError
from strandline.web.audit.actions import subject_of
from strandline.web.audit.models import AuditRow

Row = TypeVar("Row", bound=models.Model)


class StaleRecord(UserError):
    """A record was changed after the person opened it. `row` is as it is now, `changes` what was done since."""

    def __init__(self, *, row: models.Model, changes: tuple[AuditRow, ...]) -> None:
        self.row = row
        self.changes = changes
        who = ", ".join(dict.fromkeys(change.actor_name for change in changes if change.actor_name)) or "somebody"
        super().__init__(
            f"{who} changed this record after you opened it",
            what_to_do="Nothing that you wrote is lost: look at the change, then send yours again if it still holds",
        )


def opened(rows: models.QuerySet[Row], *, pk: Any, version: int) -> Row:
    """
    The row, locked until the transaction ends, if it is still at the version that the person saw.

    What is done to some rows is kept under another, which their model's `AUDITED_UNDER` names.

    Raises: StaleRecord, and the model's DoesNotExist outside the scope.
    """
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    now = int(row.version)  # type: ignore[attr-defined]
    if now != version:
        audited = getattr(row, row.AUDITED_UNDER) if hasattr(row, "AUDITED_UNDER") else row
        kind, number = subject_of(audited)
        changes = AuditRow.objects.filter(subject_type=kind, subject_id=number).order_by("-pk")
        raise StaleRecord(row=row, changes=tuple(changes[: max(now - version, 1)]))
    return row


def keep(row: Row, **values: Any) -> Row:
    """Set the fields, check the row, count its version up, and save it."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1  # type: ignore[attr-defined]
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save(update_fields=[*values, "version"])
    return row
