"""What-if: a run tried again with a changed scheme. It proposes nothing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from strandline.web.decisions.models.proposing import DeskRun
from strandline.web.decisions.models.schemes import Scheme
from strandline.web.people.models import User
from strandline.web.people.scope import AuthorityManager


class WhatIf(models.Model):
    """One trial: what was changed, who would move, what it costs in officer days."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="trials")
    run = models.ForeignKey(DeskRun, on_delete=models.PROTECT, related_name="trials")
    settings = models.JSONField(default=dict)
    parameters = models.JSONField(default=dict)
    moves = models.JSONField(default=list)
    totals = models.JSONField(default=dict)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    AUTHORITY_PATH: ClassVar = "scheme__authority"
    objects = AuthorityManager["WhatIf"]()

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"What if, {self.scheme}"
