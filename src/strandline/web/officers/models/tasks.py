"""Inspections as events, the tasks that they bring, and the log of visits."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from strandline.web.people.scope import ScopedManager


class Responsibility(models.TextChoices):
    """The three core responsibilities of a local authority, by which work is classified (WAR-53)."""

    STANDARDS = "standards", "Under-performance and standards"
    PLACES = "places", "Sufficient places"
    VULNERABLE = "vulnerable", "Vulnerable children"


class InspectionEvent(models.Model):
    """An inspection that was announced to an officer, or that a run told of (WAR-28)."""

    SCHOOL_PATH = "school"

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="inspection_events")
    inspected_on = models.DateField()
    event = models.CharField(max_length=40, blank=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    intake = models.ForeignKey("schools.Intake", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager["InspectionEvent"]()

    class Meta:
        ordering: ClassVar = ["-inspected_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "inspected_on"], name="inspection_event_once")
        ]

    def __str__(self) -> str:
        return f"{self.school_id}, {self.inspected_on}"


class TaskState(models.TextChoices):
    """Where a task stands."""

    OPEN = "open", "To do"
    DONE = "done", "Done"
    NOT_NEEDED = "not_needed", "Not needed"


class Task(models.Model):
    """Something to be done at a school by a day. Without a person it falls to the school's named officer."""

    SCHOOL_PATH = "school"

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    event = models.ForeignKey(InspectionEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(max_length=4_000, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    responsibility = models.CharField(max_length=12, choices=Responsibility.choices, blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["Task"]()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "kind"], name="task_once_per_inspection"),
            models.CheckConstraint(
                condition=Q(state="open", settled_on__isnull=True, settled_by__isnull=True)
                | (~Q(state="open") & Q(settled_on__isnull=False, settled_by__isnull=False)),
                name="task_settled_by_someone",
            ),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gte=0), name="task_hours_not_negative"),
            models.CheckConstraint(condition=~Q(state="not_needed") | ~Q(note=""), name="task_not_needed_says_why"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="task_due"),
            models.Index(fields=["assigned_to", "state", "due_on"], name="task_of_person"),
        ]

    def __str__(self) -> str:
        return self.title


class Visit(models.Model):
    """A visit as a simple log entry: when, who came, what the authority did (WAR-31, WAR-49)."""

    SCHOOL_PATH = "school"

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=40)
    visited_on = models.DateField()
    visitor = models.CharField(max_length=150)
    note = models.TextField(max_length=10_000, blank=True)
    authority_action = models.TextField(max_length=4_000, blank=True)
    letter = models.ForeignKey("schools.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    responsibility = models.CharField(max_length=12, choices=Responsibility.choices, blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["Visit"]()

    class Meta:
        ordering: ClassVar = ["-visited_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gte=0), name="visit_hours_not_negative"),
            models.CheckConstraint(
                condition=~Q(kind="hmi_monitoring") | ~Q(authority_action=""), name="visit_of_hmi_has_action"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["school", "-visited_on"], name="visit_of_school")]

    def __str__(self) -> str:
        return f"{self.kind}, {self.visited_on}"


class PriorityTag(models.Model):
    """A task or a visit tagged with one numbered priority of a strategy, as the strategy printed it (WAL-06)."""

    SCHOOL_PATH = "school"

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="priorities")
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.CASCADE, related_name="priorities")
    pack = models.CharField(max_length=100)
    key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)

    objects = ScopedManager["PriorityTag"]()

    class Meta:
        ordering: ClassVar = ["pack", "number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(task__isnull=False, visit__isnull=True) | Q(task__isnull=True, visit__isnull=False),
                name="priority_tag_of_one_thing",
            ),
            models.UniqueConstraint(fields=["task", "pack", "key"], name="priority_tag_once_per_task"),
            models.UniqueConstraint(fields=["visit", "pack", "key"], name="priority_tag_once_per_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
