"""What one person keeps: the schools they watch and the lists they saved."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from strandline.web.people.scope import AuthorityManager, ScopedManager
from strandline.web.schools.models.school import School


class Watch(models.Model):
    """A school on a person's watchlist."""

    SCHOOL_PATH = "school"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="watches")
    since = models.DateTimeField(default=timezone.now)

    objects = ScopedManager["Watch"]()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "school"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.user_id} watches {self.school_id}"


class SavedList(models.Model):
    """A list of schools kept by its filters, order and columns; `shared` shows it to the whole service."""

    authority = models.PositiveIntegerField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2000, blank=True)
    shared = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = AuthorityManager["SavedList"]()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "owner", "name"], name="saved_list_named_once")
        ]

    def __str__(self) -> str:
        return self.name
