"""Figures given ahead of publication, fenced by their school."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0003_counted"),
        ("people", "0002_fence_functions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ForwardFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=60)),
                ("results_year", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("target", "Target"), ("prediction", "Prediction"), ("estimate", "Estimate")],
                        max_length=20,
                    ),
                ),
                ("value", models.FloatField()),
                ("cohort", models.PositiveIntegerField(blank=True, null=True)),
                ("source", models.CharField(max_length=300)),
                ("given_on", models.DateField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "replaced_by",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="schools.forwardfigure",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="forward_figures", to="schools.school"
                    ),
                ),
            ],
            options={
                "ordering": ["-results_year", "measure", "kind", "pk"],
                "indexes": [models.Index(fields=["results_year", "school"], name="forward_figure_of_year")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("school", "measure", "results_year", "kind"),
                        name="forward_figure_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["target", "prediction", "estimate"])),
                        name="forward_figure_is_not_actual",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("recorded_at")), _connector="OR"
                        ),
                        name="forward_figure_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("replaced_by__isnull", True), ("ended_at__isnull", False), _connector="OR"),
                        name="forward_figure_replaced_has_ended",
                    ),
                ],
            },
        ),
        FenceRows("ForwardFigure", by="school"),
    ]
