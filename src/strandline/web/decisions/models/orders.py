"""A run that somebody asked for on the desk: how far it has come, and what went wrong if it did."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from strandline.web.decisions.models.proposing import DeskRun
from strandline.web.people.models import User
from strandline.web.people.scope import AuthorityManager


class OrderState(models.TextChoices):
    """Where an order stands."""

    WAITING = "waiting", "Waiting for its turn"
    MAKING = "making", "Being made"
    MADE = "made", "Made"
    FAILED = "failed", "Not made"


class RunOrder(models.Model):
    """
    A run asked for on the desk, made in the background.

    `stage` is what it does at the moment, `stage_at` since when. `items` counts the schools on which local intelligence
    counted, never the items behind it; `problem` is the sentence that a failure left.
    """

    authority = models.PositiveIntegerField()
    pack = models.CharField(max_length=100)
    as_at = models.DateField()
    carry = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.WAITING)
    stage = models.CharField(max_length=200, blank=True)
    stage_at = models.DateTimeField(default=timezone.now)
    problem = models.TextField(max_length=4_000, blank=True)
    judgements = models.PositiveIntegerField(default=0)
    items = models.PositiveIntegerField(default=0)
    run = models.ForeignKey(DeskRun, null=True, blank=True, on_delete=models.PROTECT, related_name="orders")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    objects = AuthorityManager["RunOrder"]()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(state="made") | Q(run__isnull=False), name="order_made_has_its_run"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(problem=""), name="order_failed_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.pack}, {self.as_at}"
