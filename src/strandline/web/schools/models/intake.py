"""Runs as they were taken in: never changed afterwards."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from strandline.catalogue import FEATURES, Group, groups
from strandline.web.people.scope import AuthorityManager, ScopedManager
from strandline.web.schools.models.school import School


class Intake(models.Model):
    """
    One run for one authority: a run over England gives one intake for each authority.

    `as_at` is the day the run speaks of, `known_on` the day the desk learned of it. `releases` lists the official
    files behind it, as `runs` lists them; a figure's source is an index into that list.
    """

    run_id = models.CharField(max_length=200)
    authority = models.PositiveIntegerField()
    as_at = models.DateField()
    known_on = models.DateField(default=timezone.localdate)
    pack = models.CharField(max_length=100)
    pack_title = models.CharField(max_length=300, blank=True)
    releases = models.JSONField(default=list)
    categories = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    schools = models.PositiveIntegerField(default=0)
    taken_in_at = models.DateTimeField(default=timezone.now)

    objects = AuthorityManager["Intake"]()

    class Meta:
        ordering: ClassVar = ["-as_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run_id", "authority"], name="intake_once_per_run_and_authority")
        ]
        indexes: ClassVar = [models.Index(fields=["authority", "-as_at"], name="intake_of_authority")]

    def __str__(self) -> str:
        return f"{self.run_id}, {self.authority}"


class Line(models.Model):
    """
    A school in a list: one narrow row per school and intake.

    `proposed_*` is what the run proposes; nobody outside the service is shown it. Lists filter by the line's own
    `la`, `trust_uid`, `diocese` and `consortium`, and for an earlier intake by the school's present ones as well.
    """

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="lines", db_index=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="lines")
    urn = models.PositiveIntegerField()
    laestab = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=300)
    sort_name = models.CharField(max_length=300)
    la = models.PositiveIntegerField()
    la_name = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=40, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    legal_form = models.CharField(max_length=60, blank=True)
    establishment_type = models.CharField(max_length=100, blank=True)
    maintained = models.BooleanField(default=False)
    status = models.CharField(max_length=40, blank=True)
    opened_on = models.DateField(null=True)
    trust_uid = models.CharField(max_length=100, blank=True)
    trust_name = models.CharField(max_length=300, blank=True)
    federation_name = models.CharField(max_length=300, blank=True)
    diocese = models.CharField(max_length=100, blank=True)
    religious_character = models.CharField(max_length=100, blank=True)
    consortium = models.CharField(max_length=100, blank=True)
    ward = models.CharField(max_length=100, blank=True)
    district = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    pupils_on_roll = models.IntegerField(null=True)
    capacity = models.IntegerField(null=True)
    fsm_percent = models.FloatField(null=True)
    absence_percent = models.FloatField(null=True)
    ks2_rwm_expected = models.FloatField(null=True)
    ks4_attainment8 = models.FloatField(null=True)
    ks4_progress8 = models.FloatField(null=True)
    inspected_on = models.DateField(null=True)
    inspection_words = models.CharField(max_length=120, blank=True)
    proposed_category = models.CharField(max_length=60, blank=True)
    proposed_state = models.CharField(max_length=30, blank=True)
    proposed_reason = models.TextField(blank=True)

    objects = ScopedManager["Line"]()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["intake", "school"], name="line_once_per_intake")]
        indexes: ClassVar = [
            models.Index(fields=["intake", "la", "sort_name", "urn"], name="line_by_name"),
            models.Index(
                fields=["intake", "la", "sector", "legal_form", "proposed_state", "proposed_category", "consortium"],
                name="line_counted",
            ),
            models.Index(fields=["intake", "la", "trust_uid", "trust_name"], name="line_by_trust"),
            models.Index(fields=["intake", "la", "diocese"], name="line_by_diocese"),
        ]

    def __str__(self) -> str:
        return self.name


class Snapshot(models.Model):
    """
    Everything that a run knew of one school.

    `facts`:   feature → value, features without a value left out; dates as ISO text. `value(name)` gives one.
    `missing`: feature → {"reason", "token"} for every feature without a value (kept short as `gaps`).
    `sources`: group or feature → index into the intake's `releases`; `source_of(feature)` gives the release.
    `history`: {"inspections": […], "predecessors": […], "trusts": […]}, dated, as known on the day.
    """

    SCHOOL_PATH = "school"

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="snapshots", db_index=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="snapshots")
    facts = models.JSONField(default=dict)
    gaps = models.JSONField(default=dict)
    sources = models.JSONField(default=dict)
    history = models.JSONField(default=dict)

    objects = ScopedManager["Snapshot"]()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["intake", "school"], name="snapshot_once_per_intake")]

    def __str__(self) -> str:
        return f"{self.school_id} in {self.intake_id}"

    @property
    def urn(self) -> int:
        """The school's URN."""
        return self.school_id

    @cached_property
    def missing(self) -> dict[str, dict[str, str]]:
        """Every feature without a value: why, and the publisher's mark where there was one."""
        tokens = self.gaps.get("tokens", {})
        members = groups()
        found: dict[str, dict[str, str]] = {}
        for reason, names in self.gaps.get("reasons", {}).items():
            for name in names:
                several = [f.name for f in members[Group(name[1:])]] if name.startswith("@") else [name]
                found |= {one: {"reason": reason, "token": tokens.get(one, "")} for one in several}
        return found

    def why(self, feature: str) -> dict[str, str] | None:
        """Why one feature has no value; None where it has one. Quicker than `missing` for a few."""
        whole = f"@{FEATURES[feature].group}"
        for reason, names in self.gaps.get("reasons", {}).items():
            if feature in names or whole in names:
                return {"reason": reason, "token": self.gaps.get("tokens", {}).get(feature, "")}
        return None

    def value(self, feature: str) -> Any:
        """The value of a feature; None where it is missing (see `missing`)."""
        return self.facts.get(feature)

    def source_of(self, feature: str) -> dict[str, Any] | None:
        """The release that a feature's value came from; None where none is on record."""
        place = self.sources.get(feature, self.sources.get(str(FEATURES[feature].group)))
        return self.intake.releases[place] if place is not None else None
