"""A pack adopted by an authority for a period, and how the authority decides under it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from strandline.web.people.models import User
from strandline.web.people.scope import AuthorityManager


class SchemeState(models.TextChoices):
    """A scheme is drafted, adopted, and ended when another takes its place."""

    DRAFT = "draft", "Draft"
    ADOPTED = "adopted", "Adopted"
    ENDED = "ended", "Ended"


class SecondPerson(models.TextChoices):
    """For which decisions the approver has to be somebody other than the one who proposed it."""

    EVERY = "every", "Every decision"
    DEPARTURES = "departures", "Decisions that depart from the rules, and judgements"
    NEVER = "never", "None: one person is enough"


class Scheme(models.Model):
    """
    One authority's adoption of a pack.

    It lapses on `expires_on` unless it is renewed (WAR-06). A draft may diverge from the pack that it was made from
    (WAR-61): `base` is that pack, `pack` the copy that differs by `settings` and `parameters`, and `amendments` say
    why. `base` is empty where the pack is used as it stands.
    """

    authority = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    pack = models.CharField(max_length=100)
    base = models.CharField(max_length=100, blank=True)
    preset = models.CharField(max_length=60, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=SchemeState.choices, default=SchemeState.DRAFT)
    second_person = models.CharField(max_length=12, choices=SecondPerson.choices, default=SecondPerson.DEPARTURES)
    reply_days = models.PositiveSmallIntegerField(default=20)
    override_months = models.PositiveSmallIntegerField(default=12)
    starts_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    cloned_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="clones")
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    adopted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    adopted_role = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AuthorityManager["Scheme"]()

    class Meta:
        ordering: ClassVar = ["-starts_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority"], condition=Q(state=SchemeState.ADOPTED), name="scheme_one_adopted"
            ),
            models.CheckConstraint(
                condition=Q(state=SchemeState.DRAFT) | Q(starts_on__isnull=False, expires_on__gt=F("starts_on")),
                name="scheme_expires_after_start",
            ),
            models.CheckConstraint(
                condition=(Q(state=SchemeState.ENDED) & Q(ended_on__isnull=False))
                | (~Q(state=SchemeState.ENDED) & Q(ended_on__isnull=True)),
                name="scheme_ended_on_a_day",
            ),
            models.CheckConstraint(condition=Q(reply_days__gte=1), name="scheme_time_to_reply"),
            models.CheckConstraint(
                condition=Q(override_months__gte=1, override_months__lte=36), name="scheme_overrides_expire"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def lapsed(self, on: date) -> bool:
        """Whether nobody has renewed it in time."""
        return self.state == SchemeState.ADOPTED and self.expires_on is not None and on > self.expires_on


class SchemeRenewal(models.Model):
    """An approval for a further year, by whom and after what evaluation."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="renewals")
    renewed_on = models.DateField()
    until = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_role = models.CharField(max_length=30)
    evaluation = models.TextField(max_length=10_000)

    AUTHORITY_PATH: ClassVar = "scheme__authority"
    objects = AuthorityManager["SchemeRenewal"]()

    class Meta:
        ordering: ClassVar = ["-renewed_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=F("renewed_on")), name="renewal_into_the_future"),
            models.CheckConstraint(condition=~Q(evaluation=""), name="renewal_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} until {self.until}"


class AmendmentKind(models.TextChoices):
    """What of a pack can be changed in a copy."""

    NUMBER = "number", "Number"
    CHOICE = "choice", "Choice"


class SchemeAmendment(models.Model):
    """One value changed in a draft, from what to what, by whom and why. Kept as it was written."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=10, choices=AmendmentKind.choices)
    name = models.CharField(max_length=100)
    title = models.TextField()
    before = models.TextField()
    after = models.TextField()
    reason = models.TextField(max_length=10_000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_role = models.CharField(max_length=30)
    at = models.DateTimeField(default=timezone.now)

    AUTHORITY_PATH: ClassVar = "scheme__authority"
    objects = AuthorityManager["SchemeAmendment"]()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="amendment_says_why")]

    def __str__(self) -> str:
        return f"{self.title}: {self.after}"
