"""Versions of a strategy, the plans it stands beside, what was said about it, and who received it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from strandline.web.people.models import User
from strandline.web.people.scope import AuthorityManager, ScopedManager

STATEMENT_LENGTH = 2_800
"""Characters of a statement of role: with its heading it fills at most one printed page (CAM-10)."""


class VersionState(models.TextChoices):
    """A version is drafted, approved by the authority's board, published, and superseded by a later one (HAL-01)."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved, not published"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"


SHOWN = (VersionState.PUBLISHED, VersionState.SUPERSEDED)


class StrategyVersion(models.Model):
    """
    One version of the authority's strategy.

    `content` is its pack in words and `files` the very files of the pack, both as they stood when they were taken; a
    later change of the pack changes no version. Triggers in the database refuse any change of what is published.
    """

    authority = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField(max_length=2_000, blank=True)
    period_from = models.DateField()
    period_until = models.DateField()
    pack = models.CharField(max_length=100)
    pack_sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    files = models.JSONField()
    statement = models.TextField(max_length=STATEMENT_LENGTH, blank=True)
    statement_cited = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    drafted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    approved_on = models.DateField(null=True, blank=True)
    approved_where = models.CharField(max_length=200, blank=True)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_role = models.CharField(max_length=30, blank=True)
    superseded_on = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = AuthorityManager["StrategyVersion"]()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "number"], name="strategy_version_numbered_once"),
            models.UniqueConstraint(
                fields=["authority"], condition=Q(state=VersionState.PUBLISHED), name="strategy_one_published"
            ),
            models.CheckConstraint(condition=Q(period_until__gt=F("period_from")), name="strategy_for_a_period"),
            models.CheckConstraint(
                condition=(Q(state=VersionState.DRAFT) & Q(approved_on__isnull=True, approved_by__isnull=True))
                | (~Q(state=VersionState.DRAFT) & Q(approved_on__isnull=False, approved_by__isnull=False)),
                name="strategy_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=SHOWN) & Q(published_on__gte=F("approved_on"), published_by__isnull=False))
                | (~Q(state__in=SHOWN) & Q(published_on__isnull=True, published_by__isnull=True)),
                name="strategy_published_after_approval",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=VersionState.SUPERSEDED)
                    & Q(superseded_by__isnull=False, superseded_on__gte=F("published_on"))
                )
                | (~Q(state=VersionState.SUPERSEDED) & Q(superseded_by__isnull=True, superseded_on__isnull=True)),
                name="strategy_superseded_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def is_shown(self) -> bool:
        """Whether schools can read it."""
        return self.state in SHOWN


class PlanKind(models.TextChoices):
    """How another document stands to the strategy."""

    PARENT = "parent", "A plan that this strategy serves"
    SISTER = "sister", "A strategy beside this one"


class LinkedPlan(models.Model):
    """A corporate plan that a version serves (WAL-04), or a sister strategy (CAM-09)."""

    strategy = models.ForeignKey(StrategyVersion, on_delete=models.CASCADE, related_name="plans")
    kind = models.CharField(max_length=8, choices=PlanKind.choices)
    title = models.CharField(max_length=200)
    address = models.URLField(max_length=500, blank=True)
    how = models.TextField(max_length=1_000, blank=True)

    AUTHORITY_PATH: ClassVar = "strategy__authority"
    objects = AuthorityManager["LinkedPlan"]()

    class Meta:
        ordering: ClassVar = ["kind", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["strategy", "kind", "title"], name="linked_plan_once"),
            models.CheckConstraint(condition=~Q(title=""), name="linked_plan_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Group(models.TextChoices):
    """Who was consulted (CAM-07), trusts and dioceses with them (CAM-06)."""

    HEADS = "heads", "Head teachers"
    GOVERNORS = "governors", "Governors"
    PARENTS = "parents", "Parents and carers"
    MEMBERS = "members", "Elected members"
    STAKEHOLDERS = "stakeholders", "Key stakeholders"
    OFFICERS = "officers", "Officers of the authority"
    TRUSTS = "trusts", "Trusts"
    DIOCESES = "dioceses", "Dioceses"


class Comment(models.Model):
    """What a group said of a version, and what the authority did about it (CAM-14). Answered once, kept as written."""

    strategy = models.ForeignKey(StrategyVersion, on_delete=models.PROTECT, related_name="comments")
    group = models.CharField(max_length=14, choices=Group.choices)
    said = models.TextField(max_length=4_000)
    heard_on = models.DateField()
    heard_where = models.CharField(max_length=200, blank=True)
    did = models.TextField(max_length=4_000, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    logged_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    AUTHORITY_PATH: ClassVar = "strategy__authority"
    objects = AuthorityManager["Comment"]()

    class Meta:
        ordering: ClassVar = ["group", "heard_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(said=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(did="", answered_on__isnull=True, answered_by__isnull=True)
                | (~Q(did="") & Q(answered_on__gte=F("heard_on"), answered_by__isnull=False)),
                name="comment_answered_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.said[:80]


class Receipt(models.Model):
    """
    A school to which a version was published, when somebody of it opened it, and who acknowledged it (HAL-04, HAL-13).

    `addressed` is how many of its people had an account on the day of publication.
    """

    strategy = models.ForeignKey(StrategyVersion, on_delete=models.PROTECT, related_name="receipts")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="strategy_receipts")
    sector = models.CharField(max_length=40, blank=True)
    maintained = models.BooleanField(default=False)
    sent_on = models.DateField()
    addressed = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_role = models.CharField(max_length=30, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_role = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1)

    SCHOOL_PATH: ClassVar = "school"
    objects = ScopedManager["Receipt"]()

    class Meta:
        ordering: ClassVar = ["school__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["strategy", "school"], name="receipt_once_for_a_school"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="receipt_acknowledged_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strategy_id}: {self.school_id}"
