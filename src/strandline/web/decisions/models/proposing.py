"""A run as the desk holds it: what the rules propose for each school, and why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from strandline.web.decisions.models.schemes import Scheme
from strandline.web.people.models import User
from strandline.web.people.scope import AuthorityManager, ScopedManager


class DeskRun(models.Model):
    """One authority's part of a run. The files of the run stay where they are; their hashes are in `manifest`."""

    authority = models.PositiveIntegerField()
    run_id = models.CharField(max_length=200)
    intake = models.ForeignKey("schools.Intake", on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    pack_sha256 = models.CharField(max_length=64)
    category_word = models.CharField(max_length=40, default="category")
    scheme = models.ForeignKey(Scheme, null=True, blank=True, on_delete=models.PROTECT, related_name="runs")
    as_at = models.DateField()
    manifest = models.JSONField()
    schools = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = AuthorityManager["DeskRun"]()

    class Meta:
        ordering: ClassVar = ["-as_at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["authority", "run_id"], name="run_imported_once")]

    def __str__(self) -> str:
        return self.run_id


class RunCategory(models.Model):
    """A category of the run's pack, in its order of display."""

    run = models.ForeignKey(DeskRun, on_delete=models.CASCADE, related_name="categories")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    words = models.CharField(max_length=500, blank=True)
    label = models.CharField(max_length=700)
    place = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    rule = models.TextField(blank=True)
    rule_lines = models.JSONField(default=list, blank=True)
    cited = models.TextField(blank=True)
    flagged = models.BooleanField(default=False)
    tags = models.JSONField(default=list, blank=True)

    AUTHORITY_PATH: ClassVar = "run__authority"
    objects = AuthorityManager["RunCategory"]()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "code"], name="run_category_once")]

    def __str__(self) -> str:
        return self.label


class ProposalState(models.TextChoices):
    """What the rules could say."""

    DECIDED = "decided", "Decided by the rules"
    UNDECIDED = "undecided", "Undecided: a figure is missing"
    NEEDS_JUDGEMENT = "needs_judgement", "Needs a judgement"
    OUT_OF_SCOPE = "out_of_scope", "Outside the strategy"


class Proposal(models.Model):
    """
    What the rules say of one school in one run.

    `judged` are the judgements that counted: name, title, value, reason, role and day of each. `explained_at` is empty
    until its explanation is kept.
    """

    run = models.ForeignKey(DeskRun, on_delete=models.CASCADE, related_name="proposals")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="proposals")
    urn = models.PositiveIntegerField()
    school_name = models.CharField(max_length=300)
    phase = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    legal_form = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, choices=ProposalState.choices)
    category = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=700, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    missing = models.JSONField(default=list, blank=True)
    sentences = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    judged = models.JSONField(default=list, blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    SCHOOL_PATH: ClassVar = "school"
    AUDITED_UNDER: ClassVar = "latest_decision"
    objects = ScopedManager["Proposal"]()

    class Meta:
        ordering: ClassVar = ["school_name", "urn"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "school"], name="proposal_once_in_a_run"),
            models.CheckConstraint(
                condition=(models.Q(state=ProposalState.DECIDED) & ~models.Q(category=""))
                | (~models.Q(state=ProposalState.DECIDED) & models.Q(category="")),
                name="proposal_category_if_decided",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["run", "state", "school_name"], name="proposal_queue"),
            models.Index(fields=["school", "-id"], name="proposal_of_school"),
        ]

    def __str__(self) -> str:
        return f"{self.school_name}: {self.label or self.get_state_display()}"

    @property
    def latest_decision(self) -> models.Model:
        """The decision under which the audit says what was done about it; itself where there is none."""
        return self.decisions.order_by("pk").last() or self


class Criterion(models.Model):
    """One row of the criterion table, as the engine wrote it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="criteria")
    place = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=40)
    rule = models.CharField(max_length=300, blank=True)
    what = models.TextField()
    value = models.TextField(blank=True)
    threshold = models.TextField(blank=True)
    asked = models.TextField(blank=True)
    met = models.BooleanField(null=True, blank=True)
    text = models.TextField()
    source = models.TextField(blank=True)
    paragraph = models.TextField(blank=True)
    flagged = models.BooleanField(default=False)
    why_not_known = models.TextField(blank=True)

    SCHOOL_PATH: ClassVar = "proposal__school"
    objects = ScopedManager["Criterion"]()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "place"], name="criterion_in_order")]

    def __str__(self) -> str:
        return self.what


class Suggestion(models.Model):
    """One thing that would change the category, found by the engine and tried."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="suggestions")
    place = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=40)
    sentence = models.TextField()
    better = models.BooleanField(null=True, blank=True)

    SCHOOL_PATH: ClassVar = "proposal__school"
    objects = ScopedManager["Suggestion"]()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "place"], name="suggestion_in_order")]

    def __str__(self) -> str:
        return self.sentence
