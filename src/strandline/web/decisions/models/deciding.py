"""What a person decided of a school: proposed, approved, published, superseded. Published rows never change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from strandline.web.decisions.models.proposing import Proposal
from strandline.web.decisions.models.schemes import Scheme
from strandline.web.people.models import User
from strandline.web.people.scope import ScopedManager


class Kind(models.TextChoices):
    """How a decision stands to what the rules propose."""

    AGREED = "agreed", "Agreed with the rules"
    OVERRIDDEN = "overridden", "Overridden"
    JUDGED = "judged", "Settled by judgement"


class State(models.TextChoices):
    """Where a decision stands."""

    PROPOSED = "proposed", "Waiting for approval"
    APPROVED = "approved", "Approved, not published"
    RETURNED = "returned", "Returned to the proposer"
    WITHDRAWN = "withdrawn", "Withdrawn"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"


OPEN = (State.PROPOSED, State.APPROVED)
SHOWN = (State.PUBLISHED, State.SUPERSEDED)
WITH_REASON = (Kind.OVERRIDDEN, Kind.JUDGED)


class EvidenceSource(models.TextChoices):
    """The five sources of evidence for a category (SEF-04)."""

    NATIONAL_CRITERIA = "national_criteria", "National criteria"
    SCHOOL_DATA = "school_data", "The school's own data"
    ESTIMATES = "estimates", "Estimates of pupils' attainment (Fischer Family Trust)"
    RAISEONLINE = "raiseonline", "National performance reports (RAISEonline and its successors)"
    OFFICER = "officer", "An officer's knowledge of the school"


def _both_or_neither(one: str, other: str) -> Q:
    return Q(**{f"{one}__isnull": True, f"{other}__isnull": True}) | Q(
        **{f"{one}__isnull": False, f"{other}__isnull": False}
    )


class Decision(models.Model):
    """
    One decision on one school.

    A published one is never altered: triggers in the database refuse it (see `migrations`); it is superseded. An
    override counts until `expires_on`; `lapsed_on` notes that the desk has flagged its end.
    """

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="decisions")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="decisions")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROPOSED)
    category = models.CharField(max_length=40)
    label = models.CharField(max_length=700)
    place = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(max_length=10_000, blank=True)
    second_person = models.BooleanField(default=False)
    expires_on = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_role = models.CharField(max_length=30, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_role = models.CharField(max_length=30, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(max_length=10_000, blank=True)
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_role = models.CharField(max_length=30, blank=True)
    published_on = models.DateField(null=True, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    superseded_on = models.DateField(null=True, blank=True)
    lapsed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    SCHOOL_PATH: ClassVar = "school"
    objects = ScopedManager["Decision"]()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(state=State.PUBLISHED), name="decision_one_in_force"
            ),
            models.UniqueConstraint(fields=["school"], condition=Q(state__in=OPEN), name="decision_one_open"),
            models.CheckConstraint(
                condition=~Q(kind__in=WITH_REASON) | ~Q(reason=""), name="decision_departure_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.OVERRIDDEN) | Q(expires_on__isnull=False), name="decision_override_expires"
            ),
            models.CheckConstraint(
                condition=Q(second_person=False) | Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="decision_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.APPROVED, *SHOWN])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="decision_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=SHOWN)
                    & Q(published_on__isnull=False, published_by__isnull=False, reply_by__gt=F("published_on"))
                )
                | (~Q(state__in=SHOWN) & Q(published_on__isnull=True, published_by__isnull=True)),
                name="decision_published_by_someone",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=State.SUPERSEDED) & Q(superseded_by__isnull=False, superseded_on__gte=F("published_on"))
                )
                | (~Q(state=State.SUPERSEDED) & Q(superseded_by__isnull=True, superseded_on__isnull=True)),
                name="decision_superseded_by_another",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["school", "published_on"], name="decision_history"),
            models.Index(fields=["state", "expires_on"], name="decision_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.category} ({self.get_state_display()})"


class Evidence(models.Model):
    """One piece of evidence for a decision, with its source (SEF-04)."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="evidence")
    place = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=20, choices=EvidenceSource.choices)
    statement = models.TextField(max_length=4_000)
    dated = models.DateField(null=True, blank=True)

    SCHOOL_PATH: ClassVar = "decision__school"
    objects = ScopedManager["Evidence"]()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "place"], name="evidence_in_order"),
            models.CheckConstraint(condition=~Q(statement=""), name="evidence_says_something"),
        ]

    def __str__(self) -> str:
        return self.statement[:80]
