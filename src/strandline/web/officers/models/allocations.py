"""Named officers, dated: proposed, gated by a declaration of interests, confirmed, ended. History is kept."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from strandline.web.people.scope import AuthorityManager, ScopedManager


class Declaration(models.Model):
    """
    What an officer declares about a school: no conflict of interest, or one and its nature.

    A conflict bars an allocation until a manager accepts it with a safeguard. It holds until `holds_until`.
    """

    SCHOOL_PATH = "school"

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="declarations")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_on = models.DateField(default=timezone.localdate)
    holds_until = models.DateField()
    conflict = models.BooleanField()
    nature = models.TextField(max_length=4_000, blank=True)
    safeguard = models.TextField(max_length=4_000, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["Declaration"]()

    class Meta:
        ordering: ClassVar = ["-declared_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(conflict=False) | ~Q(nature=""), name="declaration_says_which_conflict"),
            models.CheckConstraint(
                condition=Q(holds_until__gte=F("declared_on")), name="declaration_holds_for_a_while"
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True, accepted_on__isnull=True)
                | (Q(accepted_by__isnull=False, accepted_on__isnull=False) & ~Q(safeguard="")),
                name="declaration_accepted_with_a_safeguard",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("officer")),
                name="declaration_accepted_by_another",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["officer", "school"], name="declaration_of_officer")]

    def __str__(self) -> str:
        return "A conflict of interest" if self.conflict else "No conflict of interest"

    @property
    def clears(self) -> bool:
        """Whether it lets an allocation through."""
        return not self.conflict or self.accepted_on is not None


class Reallocation(models.Model):
    """Several schools moved at once, from a day: usually the start of a term (SEF-47)."""

    authority = models.PositiveIntegerField()
    effective_on = models.DateField()
    reason = models.TextField(max_length=2_000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = AuthorityManager["Reallocation"]()

    class Meta:
        ordering: ClassVar = ["-effective_on", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="reallocation_says_why")]

    def __str__(self) -> str:
        return f"Re-allocation from {self.effective_on}"


class AllocationState(models.TextChoices):
    """Where an allocation stands."""

    PROPOSED = "proposed", "Waiting for the officer's declaration"
    CONFIRMED = "confirmed", "Confirmed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Allocation(models.Model):
    """The named officer of a school from a day, to a day if it has ended (WAL-10). One at a time."""

    SCHOOL_PATH = "school"

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="allocations")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=AllocationState.choices, default=AllocationState.PROPOSED)
    reason = models.TextField(max_length=2_000, blank=True)
    reallocation = models.ForeignKey(
        Reallocation, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
    declaration = models.ForeignKey(
        Declaration, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    confirmed_on = models.DateField(null=True, blank=True)
    end_reason = models.TextField(max_length=2_000, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["Allocation"]()

    class Meta:
        ordering: ClassVar = ["-starts_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(declaration__isnull=False, confirmed_on__isnull=False),
                name="allocation_gated_by_a_declaration",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="allocation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(state="confirmed", ends_on__isnull=True),
                name="allocation_one_without_end",
            ),
            models.UniqueConstraint(fields=["school"], condition=Q(state="proposed"), name="allocation_one_proposed"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["officer", "state", "starts_on"], name="allocation_of_officer"),
            models.Index(fields=["school", "state", "starts_on"], name="allocation_of_school"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} for {self.school_id} from {self.starts_on}"


class SchoolView(models.TextChoices):
    """What a school says of its named officer."""

    CONTENT = "content", "Content with it"
    CONCERN = "concern", "Has a concern"
    COMMENT = "comment", "A comment only"


class SchoolReply(models.Model):
    """The school's reply to an allocation, kept as written; several may follow one another."""

    SCHOOL_PATH = "allocation__school"

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="replies")
    view = models.CharField(max_length=10, choices=SchoolView.choices)
    text = models.TextField(max_length=4_000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_role = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager["SchoolReply"]()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(view="content") | ~Q(text=""), name="allocation_reply_says_what")
        ]

    def __str__(self) -> str:
        return self.get_view_display()
