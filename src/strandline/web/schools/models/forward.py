"""Figures that are given before results are published: targets, predictions, estimates."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from strandline.web.people.scope import ScopedManager
from strandline.web.schools.models.school import School


class FigureKind(models.TextChoices):
    """What a figure is. An actual one stands in an official release and nowhere else."""

    ACTUAL = "actual", "Actual"
    TARGET = "target", "Target"
    PREDICTION = "prediction", "Prediction"
    ESTIMATE = "estimate", "Estimate"


AHEAD = (FigureKind.TARGET, FigureKind.PREDICTION, FigureKind.ESTIMATE)


class ForwardFigure(models.Model):
    """
    A figure for a results year that is not published yet, with who said so and when.

    `measure` is a results feature of the catalogue in its latest year; `results_year` is the calendar year in which the
    school year ends. A row is never edited: a revision ends it and stands in `replaced_by`; one that is withdrawn ends
    without another. `version` counts the revisions, over all the rows of one figure.
    """

    SCHOOL_PATH = "school"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="forward_figures")
    measure = models.CharField(max_length=60)
    results_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=[(each.value, each.label) for each in AHEAD])
    value = models.FloatField()
    cohort = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300)
    given_on = models.DateField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["ForwardFigure"]()

    class Meta:
        ordering: ClassVar = ["-results_year", "measure", "kind", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "measure", "results_year", "kind"],
                condition=Q(ended_at__isnull=True),
                name="forward_figure_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in AHEAD]), name="forward_figure_is_not_actual"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("recorded_at")),
                name="forward_figure_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(ended_at__isnull=False),
                name="forward_figure_replaced_has_ended",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["results_year", "school"], name="forward_figure_of_year")]

    def __str__(self) -> str:
        return f"{self.measure} {self.results_year}, {self.kind}: {self.school_id}"
