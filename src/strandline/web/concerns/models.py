"""A case, what is written of it, the steps before a notice, notices with their conditions, and who authorised what."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from strandline.web.concerns.reach import CaseworkManager


class Kind(models.TextChoices):
    """Whether the work rests on a concern."""

    NO_CONCERN = "no_concern", "Work with no concern"
    CONCERN = "concern", "Concern"


class Case(models.Model):
    """
    Work with a school. Work with no concern may turn into a concern, with the day and the reason.

    `review_by` is set with each writing of the narrative: the day by which the concern is looked at again.
    `concern_since` is the day that was given for it, `concern_noted_at` the moment at which it was recorded.
    """

    SCHOOL_PATH = "school"

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="concern_cases")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    referral = models.CharField(max_length=20)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    concern_since = models.DateField(null=True, blank=True)
    concern_reason = models.TextField(max_length=4_000, blank=True)
    concern_noted_at = models.DateTimeField(null=True, blank=True)
    review_by = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_reason = models.TextField(max_length=4_000, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CaseworkManager["Case"]()

    class Meta:
        ordering: ClassVar = ["-opened_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="concerns_case_has_a_title"),
            models.CheckConstraint(
                condition=Q(kind="no_concern", concern_since__isnull=True, concern_reason="")
                | (Q(kind="concern", concern_since__isnull=False) & ~Q(concern_reason="")),
                name="concerns_concern_has_day_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(concern_since__isnull=True) | Q(concern_since__gte=F("opened_on")),
                name="concerns_concern_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(review_by__isnull=True) | (Q(kind="concern") & Q(review_by__gt=F("opened_on"))),
                name="concerns_only_a_concern_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True, closed_reason="")
                | (Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(closed_reason="")),
                name="concerns_case_closed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="concerns_case_closed_after_opening",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["school", "closed_on"], name="concerns_case_of_school"),
            models.Index(fields=["officer", "closed_on"], name="concerns_case_of_officer"),
        ]

    def __str__(self) -> str:
        return self.title


class Narrative(models.Model):
    """One version of the case under its seven headings. A later one stands beside it; nothing is written over."""

    SCHOOL_PATH = "case__school"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="narratives")
    number = models.PositiveIntegerField()
    issue = models.TextField(max_length=10_000)
    situation = models.TextField(max_length=10_000)
    aim = models.TextField(max_length=10_000)
    de_escalation = models.TextField(max_length=10_000)
    next_steps = models.TextField(max_length=10_000)
    history = models.TextField(max_length=10_000, blank=True)
    direction = models.TextField(max_length=10_000, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = CaseworkManager["Narrative"]()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="concerns_narrative_once"),
            models.CheckConstraint(
                condition=~Q(issue="") & ~Q(situation="") & ~Q(aim="") & ~Q(de_escalation="") & ~Q(next_steps=""),
                name="concerns_narrative_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}, {self.number}"


class StepNote(models.Model):
    """A step before a notice, noted as done or not done on a day, with evidence. The latest note of a step holds."""

    SCHOOL_PATH = "case__school"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="step_notes")
    step = models.CharField(max_length=40)
    done = models.BooleanField()
    on = models.DateField()
    evidence = models.TextField(max_length=4_000)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    objects = CaseworkManager["StepNote"]()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(evidence="") & ~Q(step=""), name="concerns_step_has_evidence")
        ]
        indexes: ClassVar = [models.Index(fields=["case", "step", "-id"], name="concerns_step_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id}, {self.step}"


class State(models.TextChoices):
    """Where a notice stands."""

    DRAFTED = "drafted", "Drafted"
    ISSUED = "issued", "Issued"
    REPRESENTATIONS = "representations", "Representations made"
    RUNNING = "running", "Compliance period running"
    MET = "met", "Complied with"
    NOT_MET = "not_met", "Not complied with"
    LIFTED = "lifted", "Lifted"
    ESCALATED = "escalated", "Escalated to the next"
    WITHDRAWN = "withdrawn", "Withdrawn"


ENDED = (State.LIFTED, State.ESCALATED, State.WITHDRAWN)


class Notice(models.Model):
    """A notice under a power of the authority: what is wrong, what is wanted, until when; and what became of it."""

    SCHOOL_PATH = "case__school"
    ISSUED = "issued_on"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    power = models.CharField(max_length=10)
    matters = models.TextField(max_length=10_000)
    action_required = models.TextField(max_length=10_000)
    comply_by = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFTED)
    drafted_on = models.DateField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField(null=True, blank=True)
    representations_on = models.DateField(null=True, blank=True)
    representations = models.TextField(max_length=10_000, blank=True)
    found_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(max_length=4_000, blank=True)
    follows = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    version = models.PositiveIntegerField(default=1)

    objects = CaseworkManager["Notice"]()

    class Meta:
        ordering: ClassVar = ["-drafted_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(matters="") & ~Q(action_required=""), name="concerns_notice_says_what_is_wanted"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "withdrawn"]) | Q(issued_on__isnull=False),
                name="concerns_notice_was_issued",
            ),
            models.CheckConstraint(
                condition=~Q(state="drafted") | Q(issued_on__isnull=True), name="concerns_draft_is_not_issued"
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(comply_by__gt=F("issued_on")),
                name="concerns_notice_leaves_time",
            ),
            models.CheckConstraint(
                condition=Q(representations_on__isnull=True, representations="")
                | (
                    Q(representations_on__isnull=False, representations_on__gte=F("issued_on")) & ~Q(representations="")
                ),
                name="concerns_representations_after_issue",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["met", "not_met", "lifted", "escalated"])
                | Q(found_on__isnull=False, found_on__gte=F("issued_on")),
                name="concerns_finding_after_issue",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["lifted", "escalated", "withdrawn"], ended_on__isnull=False))
                & ~Q(ended_reason="")
                | (~Q(state__in=["lifted", "escalated", "withdrawn"]) & Q(ended_on__isnull=True)),
                name="concerns_notice_ends_with_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "state"], name="concerns_notice_of_case")]

    def __str__(self) -> str:
        return f"{self.power}, {self.case_id}"


class ConditionState(models.TextChoices):
    """Whether a condition is met."""

    OPEN = "open", "Open"
    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"


class Condition(models.Model):
    """One thing that a notice asks for, found met or not met on a day, with evidence."""

    SCHOOL_PATH = "notice__case__school"
    ISSUED = "notice__issued_on"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="conditions")
    text = models.TextField(max_length=4_000)
    state = models.CharField(max_length=10, choices=ConditionState.choices, default=ConditionState.OPEN)
    found_on = models.DateField(null=True, blank=True)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.TextField(max_length=4_000, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CaseworkManager["Condition"]()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="concerns_condition_says_what"),
            models.CheckConstraint(
                condition=Q(state="open", found_on__isnull=True, found_by__isnull=True, evidence="")
                | (~Q(state="open") & Q(found_on__isnull=False, found_by__isnull=False) & ~Q(evidence="")),
                name="concerns_condition_found_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class About(models.TextChoices):
    """What a decision is about."""

    ISSUE = "issue", "Issue a notice"
    LIFT = "lift", "Lift a notice"
    WITHDRAW = "withdraw", "Withdraw a notice that was issued"
    COURSE = "course", "The course of the case"


class Answer(models.TextChoices):
    """What the authoriser said."""

    WAITING = "waiting", "Waiting for the authoriser"
    AUTHORISED = "authorised", "Authorised"
    REFUSED = "refused", "Refused"
    TAKEN_BACK = "taken_back", "Taken back"


class CaseDecision(models.Model):
    """
    What was decided, in which business area, with supporting notes, authorised by another person.

    `notice_version`: the notice as it stood when the decision was recorded. It counts for no other text of it.
    """

    SCHOOL_PATH = "case__school"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_decisions")
    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.PROTECT, related_name="case_decisions")
    notice_version = models.PositiveIntegerField(null=True, blank=True)
    about = models.CharField(max_length=10, choices=About.choices)
    area = models.CharField(max_length=20)
    outcome = models.CharField(max_length=500)
    notes = models.TextField(max_length=10_000)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    authoriser = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    answered_on = models.DateField(null=True, blank=True)
    answer_reason = models.TextField(max_length=4_000, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CaseworkManager["CaseDecision"]()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(authoriser=F("recorded_by")), name="concerns_authorised_by_another"),
            models.CheckConstraint(
                condition=~Q(area="") & ~Q(outcome="") & ~Q(notes=""), name="concerns_decision_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(about="course") | Q(notice__isnull=False), name="concerns_decision_names_its_notice"
            ),
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_on__isnull=True)
                | (~Q(answer="waiting") & Q(answered_on__isnull=False)),
                name="concerns_decision_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(answer="refused") | ~Q(answer_reason=""), name="concerns_refusal_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.outcome[:60]
