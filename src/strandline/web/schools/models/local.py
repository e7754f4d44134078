"""What the authority itself keeps of a school: its published category, contacts, documents, agreements to share."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from strandline.web.people.scope import ScopedManager
from strandline.web.schools.models.school import School


class CategorySpell(models.Model):
    """
    The category under which a school is shown, from its publication until another supersedes it.

    Written by `actions.show_category` inside the action that publishes a decision; one at a time for a school.
    """

    SCHOOL_PATH = "school"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="category_spells")
    scheme = models.CharField(max_length=100)
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    step = models.PositiveSmallIntegerField(null=True)
    published_on = models.DateField()
    superseded_on = models.DateField(null=True)
    decision = models.CharField(max_length=60, blank=True)

    objects = ScopedManager["CategorySpell"]()

    class Meta:
        ordering: ClassVar = ["-published_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(superseded_on__isnull=True), name="category_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(superseded_on__isnull=True) | Q(superseded_on__gte=F("published_on")),
                name="category_ends_after_start",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["code", "school"], name="category_spell_by_code")]

    def __str__(self) -> str:
        return f"{self.code}: {self.school_id}"


class ContactBody(models.TextChoices):
    """Whose contact a person is."""

    SCHOOL = "school", "School"
    GOVERNING_BOARD = "governing_board", "Governing board"
    TRUST = "trust", "Trust"
    FEDERATION = "federation", "Federation"
    DIOCESE = "diocese", "Diocese"
    AUTHORITY = "authority", "Local authority"
    INSPECTORATE = "inspectorate", "Inspectorate"
    DEPARTMENT = "department", "Department for Education"
    OTHER = "other", "Other"


class Contact(models.Model):
    """
    A person to turn to, by body and role; several may share a role.

    A contact of a school, its board or another body names the school. A contact of a trust, federation or diocese names
    that body by `body_key` (trust number, federation name, diocese) and stands on the page of each of its schools.
    """

    SCHOOL_PATH = "school"
    SCHOOL_MAY_BE_EMPTY = True

    authority = models.PositiveIntegerField()
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts")
    body = models.CharField(max_length=20, choices=ContactBody.choices)
    body_key = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=100)
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["Contact"]()

    class Meta:
        ordering: ClassVar = ["body", "role", "name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(school__isnull=False) & Q(body_key="")) | (Q(school__isnull=True) & ~Q(body_key="")),
                name="contact_of_a_school_or_a_body",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="contact_ends_after_start"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["authority", "body", "body_key"], name="contact_of_body")]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"


class SharedPart(models.TextChoices):
    """What a school that the authority does not maintain may agree to share."""

    CONTACTS = "contacts", "Contacts"
    DOCUMENTS = "documents", "Documents"
    PREDICTIONS = "predictions", "Predicted results and targets"
    PUPILS = "pupils", "Pupil-level and unpublished figures"
    VISITS = "visits", "Notes of visits"


class DataSharing(models.Model):
    """
    A dated agreement that a part may be shared, or its withdrawal; the latest up to a day holds on that day.

    A school that the authority maintains shares by law. Any other shares only what is published, until it agrees.
    """

    SCHOOL_PATH = "school"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="sharing")
    part = models.CharField(max_length=20, choices=SharedPart.choices)
    agreed = models.BooleanField()
    from_on = models.DateField()
    note = models.TextField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager["DataSharing"]()

    class Meta:
        ordering: ClassVar = ["-from_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.part}: {self.school_id}"


class Document(models.Model):
    """A file kept with a school. `kind` says what it is; the bytes never change, a new version is a new document."""

    SCHOOL_PATH = "school"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    dated = models.DateField()
    file = models.FileField(upload_to="schools/%Y/%m", max_length=300)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    for_service_only = models.BooleanField(default=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["Document"]()

    class Meta:
        ordering: ClassVar = ["-dated", "-pk"]

    def __str__(self) -> str:
        return self.title
