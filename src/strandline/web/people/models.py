"""People, the organisations they work for, and what they are assigned to, dated."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from strandline.web.people.roles import SCOPES, Role, Scope

ROLES = [(role.value, role.words) for role in Role]
SCOPE_CHOICES = [(scope.value, scope.words) for scope in Scope]
CLUSTERS = (Scope.CONSORTIUM, Scope.TRUST, Scope.DIOCESE)


class OrganisationKind(models.TextChoices):
    """What an organisation is to the authority."""

    AUTHORITY = "authority", "Local authority"
    CONTRACTOR = "contractor", "Contractor of an authority"
    SCHOOL = "school", "School"
    TRUST = "trust", "Trust"
    DIOCESE = "diocese", "Diocese"
    PROVIDER = "provider", "Provider of support"
    OTHER = "other", "Other"


class Organisation(models.Model):
    """Whom a person works for. A local authority carries its code."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    authority = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "name"], name="organisation_named_once"),
            models.CheckConstraint(
                condition=~Q(kind=OrganisationKind.AUTHORITY) | Q(authority__isnull=False),
                name="organisation_authority_has_code",
            ),
            models.UniqueConstraint(
                fields=["authority"], condition=Q(kind=OrganisationKind.AUTHORITY), name="organisation_one_per_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """People are made by an accepted invitation; tests and the demo make them directly."""

    def create_user(self, email: str, *, name: str, password: str | None = None, **fields: Any) -> User:
        """
        A person who can sign in; without a password only through the authority's own sign-in.

        The address counts as verified: the invitation was opened at it.
        """
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with an e-mail address, however it is capitalised."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=150)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name, for letters and lists."""
        return self.name


class Reach(models.Model):
    """A role and the schools it reaches: what an assignment gives and an invitation promises."""

    role = models.CharField(max_length=30, choices=ROLES)
    authority = models.PositiveIntegerField()
    scope = models.CharField(max_length=20, choices=SCOPE_CHOICES)
    school_urn = models.PositiveIntegerField(null=True, blank=True)
    cluster = models.CharField(max_length=100, blank=True, default="")
    acting_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def role_words(self) -> str:
        """The role as people say it."""
        return Role(self.role).words


def reach_constraints(name: str) -> list[models.BaseConstraint]:
    """A role has one of its own scopes; a school or a cluster is named exactly where the scope wants one."""
    allowed = Q()
    for role, scopes in SCOPES.items():
        allowed |= Q(role=role.value, scope__in=[scope.value for scope in scopes])
    clusters = [scope.value for scope in CLUSTERS]
    return [
        models.CheckConstraint(condition=allowed, name=f"{name}_scope_of_role"),
        models.CheckConstraint(
            condition=Q(scope=Scope.SCHOOL.value, school_urn__isnull=False)
            | (~Q(scope=Scope.SCHOOL.value) & Q(school_urn__isnull=True)),
            name=f"{name}_school_named",
        ),
        models.CheckConstraint(
            condition=(Q(scope__in=clusters) & ~Q(cluster="")) | (~Q(scope__in=clusters) & Q(cluster="")),
            name=f"{name}_cluster_named",
        ),
    ]


class Assignment(Reach):
    """What a person may see and do, from a day, to a day if it has ended. Rows are ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            *reach_constraints("assignment"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="assignment_ends_after_start"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "starts_on"], name="assignment_of_user")]

    def __str__(self) -> str:
        return f"{self.role_words}, {self.authority}"


class Invitation(Reach):
    """A promise of an account, kept by opening the address that was sent. Only the hash of that address is kept."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    idempotency_key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        constraints: ClassVar = [
            *reach_constraints("invitation"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_one_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_words}, {self.authority}"


class Draft(models.Model):
    """What a person had written in a form when their session had ended: kept for them alone, until they send it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    fields = models.JSONField()
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.path
