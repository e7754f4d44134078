"""Risk assessment on the dimensions of the pack (SEF-09)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from strandline.web.decisions.models.schemes import Scheme
from strandline.web.people.models import User
from strandline.web.people.scope import ScopedManager


class RiskAssessment(models.Model):
    """A school's level of risk on a day: `judged` holds every dimension of the pack. Later ones replace earlier."""

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="risk_assessments")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    judged = models.JSONField()
    level = models.CharField(max_length=40)
    level_words = models.CharField(max_length=100)
    words = models.JSONField(default=list)
    reason = models.TextField(max_length=10_000)
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assessed_role = models.CharField(max_length=30)
    made_at = models.DateTimeField(default=timezone.now)

    SCHOOL_PATH: ClassVar = "school"
    objects = ScopedManager["RiskAssessment"]()

    class Meta:
        ordering: ClassVar = ["-assessed_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(level=""), name="risk_has_a_level"),
            models.CheckConstraint(condition=~Q(judged={}), name="risk_judged_on_dimensions"),
            models.CheckConstraint(condition=~Q(reason=""), name="risk_says_why"),
        ]
        indexes: ClassVar = [models.Index(fields=["school", "-assessed_on"], name="risk_of_school")]

    def __str__(self) -> str:
        return self.level_words
