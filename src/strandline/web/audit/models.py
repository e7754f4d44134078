"""The audit: one row for each change, which nothing changes or removes."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from strandline.kernel.errors import BugError
from strandline.web.people.scope import AuthorityManager


class AuditRow(models.Model):
    """
    One change. `actor_user_id` is empty for the desk's own work.

    `organisation` is the person's employer, `acting_for` the one on whose behalf they acted (WAL-27); both are kept as
    written on the day, so that a later change of name changes no history.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor_user_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=30, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    acting_for = models.CharField(max_length=200, blank=True)
    authority = models.PositiveIntegerField(null=True)
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=80)
    school_urn = models.PositiveIntegerField(null=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    request_id = models.CharField(max_length=40, blank=True)

    objects = AuthorityManager["AuditRow"]()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-at"], name="audit_by_authority"),
            models.Index(fields=["subject_type", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["school_urn", "-at"], name="audit_by_school"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once."""
        if not self._state.adding:
            raise BugError("An audit row is written once and never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002 - Django's signature
        """Refuse."""
        raise BugError("An audit row is never removed")


class Submission(models.Model):
    """
    A form sent once: the key that stood hidden in it, and the page that its first sending led to.

    Written with the first audit row of a request, in the same transaction; a second sending of the same form finds it
    and is led to the same page, so that a double click or the back button changes nothing.
    """

    user_id = models.BigIntegerField()
    key = models.UUIDField()
    request_id = models.CharField(max_length=40)
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user_id", "key"], name="submission_once")]

    def __str__(self) -> str:
        return str(self.key)
