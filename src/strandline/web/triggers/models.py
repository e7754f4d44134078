"""The register: which school met which trigger when, and what was decided about it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from strandline.web.people.scope import AuthorityManager, ScopedManager


class State(models.TextChoices):
    """Where an entry stands. Open, waiting and deferred want something by `due_on`."""

    OPEN = "open", "No decision yet"
    WAITING = "waiting", "Waiting for approval"
    ACT = "act", "Act"
    NOT_ACT = "not_act", "Not act"
    DEFERRED = "deferred", "Deferred"
    ENDED = "ended", "No longer met"


WANTED = (State.OPEN, State.WAITING, State.DEFERRED)


class Outcome(models.TextChoices):
    """What is decided about a school that met a trigger."""

    ACT = "act", "Act"
    NOT_ACT = "not_act", "Not act"
    DEFER = "defer", "Defer until a date"


class Entry(models.Model):
    """A school and a trigger that it meets or met: one row, opened again when a later run meets it again."""

    SCHOOL_PATH = "school"

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="trigger_entries")
    trigger = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    due_on = models.DateField()
    first_met_on = models.DateField()
    last_met_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_undecided = models.BooleanField(default=False)
    times_opened = models.PositiveIntegerField(default=1)
    evidence = models.JSONField(default=dict, blank=True)
    same_evidence = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["Entry"]()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "trigger"], name="trigger_entry_once"),
            models.CheckConstraint(
                condition=(Q(state=State.ENDED) & Q(ended_on__isnull=False))
                | (~Q(state=State.ENDED) & Q(ended_on__isnull=True)),
                name="trigger_ended_on_a_day",
            ),
            models.CheckConstraint(condition=Q(last_met_on__gte=F("first_met_on")), name="trigger_met_in_order"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="trigger_due"),
            models.Index(fields=["trigger", "state"], name="trigger_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.trigger}: {self.school_id}"


class Occasion(models.Model):
    """One run, or one day of the desk's own, in which the trigger was met."""

    SCHOOL_PATH = "entry__school"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="occasions")
    intake = models.ForeignKey("schools.Intake", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    as_at = models.DateField()
    known_on = models.DateField(default=timezone.localdate)
    evidence = models.JSONField(default=dict, blank=True)
    opened = models.BooleanField(default=True)

    objects = ScopedManager["Occasion"]()

    class Meta:
        ordering: ClassVar = ["-as_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "intake"], name="trigger_occasion_once_per_run"),
            models.UniqueConstraint(
                fields=["entry", "as_at"],
                condition=Q(intake__isnull=True),
                name="trigger_occasion_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}, {self.as_at}"


class TriggerDecision(models.Model):
    """
    What was decided: outcome, reason, by whom, and approved by whom: two different people, always.

    Rows are never changed once approved, returned or withdrawn; a later decision stands beside an earlier one.
    """

    SCHOOL_PATH = "entry__school"
    AUDITED_UNDER: ClassVar = "entry"

    class Stage(models.TextChoices):
        """Where a decision stands."""

        PROPOSED = "proposed", "Waiting for approval"
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    until = models.DateField(null=True, blank=True)
    action = models.TextField(max_length=2_000, blank=True)
    reason = models.TextField(max_length=10_000)
    decided_on = models.DateField(default=timezone.localdate)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_role = models.CharField(max_length=30, blank=True)
    state_before = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PROPOSED)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_role = models.CharField(max_length=30, blank=True)
    settled_reason = models.TextField(max_length=10_000, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["TriggerDecision"]()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="trigger_decision_says_why"),
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.DEFER) & Q(until__gt=F("decided_on")))
                | (~Q(outcome=Outcome.DEFER) & Q(until__isnull=True)),
                name="trigger_deferred_to_a_later_day",
            ),
            models.CheckConstraint(
                condition=Q(stage="proposed", settled_by__isnull=True, settled_on__isnull=True)
                | (~Q(stage="proposed") & Q(settled_by__isnull=False, settled_on__isnull=False)),
                name="trigger_decision_settled_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(stage="approved") | ~Q(settled_by=F("decided_by")),
                name="trigger_decision_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(stage="returned") | ~Q(settled_reason=""), name="trigger_decision_returned_with_reason"
            ),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(stage="proposed"), name="trigger_decision_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.get_stage_display()})"


class Regulator(models.TextChoices):
    """Who is notified of a concern about a school over which the authority has no power."""

    OFSTED = "ofsted", "Ofsted"
    DEPARTMENT = "department", "The Department for Education"


class Referral(models.Model):
    """
    A concern about a school that the Act does not reach, notified to a regulator: letter, sending, answer (HAL-08).

    `addressee` is the regulator as it was called on the day. Without `sent_on` the letter is written and not sent.
    """

    SCHOOL_PATH = "school"

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="referrals")
    regulator = models.CharField(max_length=12, choices=Regulator.choices)
    addressee = models.CharField(max_length=200)
    letter = models.TextField(max_length=20_000)
    written_on = models.DateField(default=timezone.localdate)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    answer_due_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(max_length=20_000, blank=True)
    answer_kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["Referral"]()

    class Meta:
        ordering: ClassVar = ["-written_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(letter="") & ~Q(addressee=""), name="referral_has_a_letter"),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, answer_due_on__isnull=True)
                | Q(sent_on__isnull=False, answer_due_on__gt=F("sent_on")),
                name="referral_sent_wants_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="", answer_kept_by__isnull=True)
                | (
                    Q(sent_on__isnull=False, answered_on__gte=F("sent_on"), answer_kept_by__isnull=False)
                    & ~Q(answer="")
                ),
                name="referral_answered_after_sending",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["answered_on", "answer_due_on"], name="referral_due")]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.addressee}"


class Scan(models.Model):
    """What one run said of one trigger: how many met it, how many did not, and of whom it could not be said."""

    authority = models.PositiveIntegerField()
    intake = models.ForeignKey("schools.Intake", on_delete=models.PROTECT, related_name="trigger_scans")
    trigger = models.CharField(max_length=60)
    met = models.PositiveIntegerField()
    not_met = models.PositiveIntegerField()
    unknown = models.JSONField(default=list, blank=True)

    objects = AuthorityManager["Scan"]()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["intake", "trigger"], name="trigger_scan_once_per_run")
        ]

    def __str__(self) -> str:
        return f"{self.trigger} in {self.intake_id}"
