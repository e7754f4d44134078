"""What is written to a school about its category, and what it writes back. Nothing of it is ever replaced."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from strandline.web.decisions.models.deciding import Decision
from strandline.web.people.models import User
from strandline.web.people.scope import ScopedManager


class Recipient(models.TextChoices):
    """To whom a category letter goes: both, always (WAL-29)."""

    HEAD = "head_teacher", "Head teacher"
    CHAIR = "chair_of_governors", "Chair of governors"


class Letter(models.Model):
    """The letter that tells a school its category."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    recipient = models.CharField(max_length=20, choices=Recipient.choices)
    dated = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    SCHOOL_PATH: ClassVar = "decision__school"
    objects = ScopedManager["Letter"]()

    class Meta:
        ordering: ClassVar = ["-recipient"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "recipient"], name="letter_once_to_each"),
        ]

    def __str__(self) -> str:
        return f"{self.get_recipient_display()}, {self.dated}"


class LetterFile(models.Model):
    """A letter in one format, as it was made; `sha256` of `content`."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=4, choices=[("docx", "Word"), ("pdf", "PDF")])
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    SCHOOL_PATH: ClassVar = "letter__decision__school"
    objects = ScopedManager["LetterFile"]()

    class Meta:
        ordering: ClassVar = ["format"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["letter", "format"], name="letter_file_once")]

    def __str__(self) -> str:
        return f"{self.letter} ({self.format})"


class View(models.TextChoices):
    """What the school says of the account of it."""

    ACCURATE = "accurate", "Accurate"
    INACCURATE = "inaccurate", "Inaccurate"
    COMMENT = "comment", "A comment only"


class Reply(models.Model):
    """What a school says of its category, and what the authority answers; both are kept as written."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="replies")
    view = models.CharField(max_length=10, choices=View.choices)
    text = models.TextField(max_length=10_000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_role = models.CharField(max_length=30)
    at = models.DateTimeField(default=timezone.now)
    in_time = models.BooleanField()
    answer = models.TextField(max_length=10_000, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_role = models.CharField(max_length=30, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    SCHOOL_PATH: ClassVar = "decision__school"
    objects = ScopedManager["Reply"]()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="reply_says_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="reply_answered_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.get_view_display()


class Outcome(models.TextChoices):
    """What became of a challenge."""

    OPEN = "open", "Being considered"
    UPHELD = "upheld", "Upheld"
    NOT_UPHELD = "not_upheld", "Not upheld"
    WITHDRAWN = "withdrawn", "Withdrawn by the school"


class Challenge(models.Model):
    """A school's challenge to its category, with its outcome (WAR-05)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="challenges")
    grounds = models.TextField(max_length=10_000)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_role = models.CharField(max_length=30)
    raised_at = models.DateTimeField(default=timezone.now)
    in_time = models.BooleanField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.OPEN)
    outcome_reason = models.TextField(max_length=10_000, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_role = models.CharField(max_length=30, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    SCHOOL_PATH: ClassVar = "decision__school"
    objects = ScopedManager["Challenge"]()

    class Meta:
        ordering: ClassVar = ["raised_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision"], condition=Q(outcome=Outcome.OPEN), name="challenge_one_open"),
            models.CheckConstraint(condition=~Q(grounds=""), name="challenge_says_why"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, settled_by__isnull=True, settled_at__isnull=True)
                | (
                    ~Q(outcome=Outcome.OPEN)
                    & ~Q(outcome_reason="")
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                ),
                name="challenge_settled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
