"""Tokens: what another system shows instead of a password."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from strandline.web.people.models import Reach, User, reach_constraints
from strandline.web.people.scope import AuthorityManager


class Token(Reach):
    """
    A key to the API with the reach of a role; only its hash is kept.

    It opens what its reach opens, and only while whoever made it still reaches as far. Rows are revoked, never removed.
    """

    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    starts_on = models.DateField(default=timezone.localdate)
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    used_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AuthorityManager["Token"]()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            *reach_constraints("token"),
            models.CheckConstraint(condition=Q(expires_on__gte=F("starts_on")), name="token_ends_after_start"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="token_revoked_by_someone",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["authority", "-made_at"], name="token_of_authority")]

    def __str__(self) -> str:
        return self.name

    def is_open(self, on: date) -> bool:
        """Whether the token opens anything on a day."""
        return self.revoked_at is None and self.starts_on <= on <= self.expires_on
