"""What the service hears of a school: typed, sourced, shared no further than said, reviewed by a day."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from strandline.web.intelligence.reach import Sharing, seen_by
from strandline.web.people.scope import EVERYWHERE, Actor, ScopedManager, ScopedQuerySet, in_force

LEVELS = [(level.value, level.words) for level in Sharing]


class Confidence(models.TextChoices):
    """How sure the service is of an item."""

    HIGH = "high", "High: seen, or confirmed by a second source"
    MEDIUM = "medium", "Medium: from a source that is usually right"
    LOW = "low", "Low: heard, not confirmed"


class Weight(models.IntegerChoices):
    """How much an item weighs."""

    LIGHT = 1, "Light"
    SOME = 2, "Of some weight"
    HEAVY = 3, "Heavy"


class SharedQuerySet(ScopedQuerySet["Item"]):
    """Items, never beyond their level."""

    def for_actor(self, actor: Actor | None) -> Self:
        """The items that the actor may know of."""
        return self.filter(seen_by(actor))


class SharedManager(ScopedManager["Item"]):
    """A default manager that gives no item outside the scope in force, nor beyond its level."""

    def get_queryset(self) -> SharedQuerySet:
        """The items of the scope in force."""
        rows = SharedQuerySet(self.model, using=self._db)
        scope = in_force()
        if scope is EVERYWHERE:
            return rows
        return rows.for_actor(scope) if isinstance(scope, Actor) else rows.none()

    def for_actor(self, actor: Actor | None) -> SharedQuerySet:
        """The items that the actor may know of, whatever scope is in force."""
        return SharedQuerySet(self.model, using=self._db).for_actor(actor)


class Item(models.Model):
    """
    One thing that was heard.

    In use until `review_by`; after that it is shown as aged and feeds nothing until somebody reviews it. An item that
    the school may not see says why it is withheld. `bears_on` and `bears_value` name a judgement of the pack and what
    the item says about it.
    """

    SCHOOL_PATH = "school"

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="intelligence")
    kind = models.CharField(max_length=40)
    text = models.TextField(max_length=10_000)
    source = models.CharField(max_length=200)
    happened_on = models.DateField()
    confidence = models.CharField(max_length=10, choices=Confidence.choices)
    weight = models.PositiveSmallIntegerField(choices=Weight.choices, default=Weight.SOME)
    sharing = models.PositiveSmallIntegerField(choices=LEVELS, default=Sharing.SCHOOL)
    withheld_reason = models.TextField(max_length=2_000, blank=True)
    review_by = models.DateField()
    subject_access = models.BooleanField(default=False)
    bears_on = models.CharField(max_length=80, blank=True)
    bears_value = models.CharField(max_length=80, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_role = models.CharField(max_length=30, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_reason = models.TextField(max_length=2_000, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[SharedManager] = SharedManager()

    class Meta:
        ordering: ClassVar = ["-happened_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sharing__gte=Sharing.SCHOOL.value) | ~Q(withheld_reason=""),
                name="intelligence_withheld_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(source=""), name="intelligence_says_what_and_whence"),
            models.CheckConstraint(
                condition=Q(sharing__gte=Sharing.TEAM.value, sharing__lte=Sharing.MODULE.value),
                name="intelligence_has_a_level",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True)
                | (Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(closed_reason="")),
                name="intelligence_closed_by_someone",
            ),
            models.CheckConstraint(condition=Q(review_by__gte=F("happened_on")), name="intelligence_reviewed_later"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["school", "closed_on", "review_by"], name="intelligence_of_school"),
            models.Index(fields=["closed_on", "review_by"], name="intelligence_to_review"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.school_id}"


class ReviewQuerySet(ScopedQuerySet["Review"]):
    """Reviews of items, as far as the items themselves are seen."""

    def for_actor(self, actor: Actor | None) -> Self:
        """The reviews of the items that the actor may know of."""
        return self.filter(item__in=Item.objects.for_actor(actor).values("pk"))


class ReviewManager(ScopedManager["Review"]):
    """A default manager that gives no review of an item that the scope in force does not see."""

    def get_queryset(self) -> ReviewQuerySet:
        """The reviews of the scope in force."""
        rows = ReviewQuerySet(self.model, using=self._db)
        scope = in_force()
        if scope is EVERYWHERE:
            return rows
        return rows.for_actor(scope) if isinstance(scope, Actor) else rows.none()

    def for_actor(self, actor: Actor | None) -> ReviewQuerySet:
        """The reviews that the actor may know of, whatever scope is in force."""
        return ReviewQuerySet(self.model, using=self._db).for_actor(actor)


class Review(models.Model):
    """Somebody looked at an item again: kept in use until a later day, or closed. Shown with its item only."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reviews")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True, blank=True)
    note = models.TextField(max_length=2_000)

    objects: ClassVar[ReviewManager] = ReviewManager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.item_id}, {self.at:%Y-%m-%d}"
