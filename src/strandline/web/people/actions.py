"""Inviting people, giving and ending what they may do."""

from __future__ import annotations

import hashlib
import logging
import secrets
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.people import reach
from strandline.web.people.models import Assignment, Invitation, Organisation, OrganisationKind, User
from strandline.web.people.queries import actor_for, assignments_in, in_force, people_of
from strandline.web.people.reach import Wanted
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

DAYS_OPEN = 14
log = logging.getLogger(__name__)


class NotInvited(UserError):
    """The address of an invitation opens nothing: it is wrong, old, used or withdrawn."""


def invite(
    *, by: Actor | None, email: str, name: str, wanted: Wanted, authority: int, organisation: Organisation | None = None
) -> tuple[Invitation, str]:
    """
    Promise an account. Gives the invitation and the secret part of its address, which is kept nowhere.

    Raises: UserError where the address or the name is none.
    """
    _require_person(email=email, name=name)
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        invitation = Invitation.objects.create(
            email=email.strip().lower(),
            name=name.strip(),
            authority=authority,
            organisation=organisation,
            acting_for=_acting_for(organisation, authority=authority),
            token_hash=digest(token),
            invited_by=by.user if by else None,
            invited_at=now,
            expires_at=now + timedelta(days=DAYS_OPEN),
            **reach.fields(wanted),
        )
        after = {"name": invitation.name, "role": invitation.role_words, "reach": reach.words(invitation)}
        audit.record(by=by, action="people.invited", subject=invitation, after=after, authority=authority)
    return invitation, token


def _require_person(*, email: str, name: str) -> None:
    """Also whoever invites from the command line may mistype. Raises: UserError."""
    if not name.strip():
        raise UserError("The person has no name", what_to_do="Write their full name")
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise UserError(
            f"“{email}” is not an e-mail address", what_to_do="Write it like name@council.gov.uk"
        ) from error


def send_invitation(invitation: Invitation, *, address: str) -> None:
    """Send the address of an invitation when all is committed."""
    text = (
        f"{invitation.name},\n\nYou are invited to the school-improvement desk as {invitation.role_words.lower()}.\n"
        f"Open this address within {DAYS_OPEN} days to make your account:\n\n{address}\n\n"
        "If you did not expect this, do nothing: the address stops working by itself.\n"
    )
    transaction.on_commit(lambda: _mailed(invitation.email, text))


def withdraw(*, by: Actor | None, invitation: Invitation) -> None:
    """Take an invitation back."""
    with transaction.atomic():
        row = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if row.accepted_at or row.withdrawn_at:
            raise UserError("The invitation is no longer open", what_to_do="Look at the person's page instead")
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        audit.record(
            by=by, action="people.invitation_withdrawn", subject=row, before={"name": row.name}, authority=row.authority
        )


def open_invitation(token: str) -> Invitation:
    """The invitation behind an address. Raises: NotInvited."""
    row = Invitation.objects.select_related("organisation").filter(token_hash=digest(token)).first()
    if row is None or row.accepted_at or row.withdrawn_at or row.expires_at < timezone.now():
        raise NotInvited(
            "This invitation opens nothing: it was used, withdrawn, or is more than a fortnight old",
            what_to_do="Ask the person who invited you for a new one",
        )
    return row


def accept(*, token: str, password: str | None) -> User:
    """Make the account that an invitation promised; without a password for the authority's own sign-in only."""
    with transaction.atomic():
        Invitation.objects.select_for_update().filter(token_hash=digest(token)).first()  # then it is open or it is not
        invitation = open_invitation(token)
        user = User.objects.filter(email=invitation.email).first()
        if user is None:
            user = User.objects.create_user(
                invitation.email, name=invitation.name, password=password, organisation=invitation.organisation
            )
        Assignment.objects.create(
            user=user,
            role=invitation.role,
            authority=invitation.authority,
            scope=invitation.scope,
            school_urn=invitation.school_urn,
            cluster=invitation.cluster,
            acting_for=invitation.acting_for,
            starts_on=timezone.localdate(),
            given_by=invitation.invited_by,
        )
        invitation.accepted_at, invitation.accepted_by = timezone.now(), user
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        after = {"role": invitation.role_words, "reach": reach.words(invitation)}
        audit.record(
            by=actor_for(user, authority=invitation.authority),
            action="people.invitation_accepted",
            subject=user,
            after=after,
        )
    return user


def assign(*, by: Actor, user: User, wanted: Wanted, starts_on: date, ends_on: date | None = None) -> Assignment:
    """Give a person a role, from a day."""
    with transaction.atomic():
        row = Assignment.objects.create(
            user=user,
            authority=by.authority,
            acting_for=_acting_for(user.organisation, authority=by.authority),
            starts_on=starts_on,
            ends_on=ends_on,
            given_by=by.user,
            **reach.fields(wanted),
        )
        after = _said(row) | {"starts_on": starts_on, "ends_on": ends_on}
        audit.record(by=by, action="people.assigned", subject=row, after=after, school_urn=row.school_urn)
    return row


def end(*, by: Actor, assignment: Assignment, version: int, on: date, reason: str) -> Assignment:
    """End a role on a day. The last head of service of an authority cannot be ended."""
    with transaction.atomic():
        row = opened(assignments_in(by), pk=assignment.pk, version=version)
        if row.role == Role.HEAD_OF_SERVICE.value and not _other_heads(row, on=on):
            raise UserError(
                "This is the authority's last head of service", what_to_do="Give another person the role first"
            )
        before = {"ends_on": row.ends_on}
        keep(row, ends_on=max(on, row.starts_on))
        after = _said(row) | {"ends_on": row.ends_on, "reason": reason}
        audit.record(
            by=by,
            action="people.assignment_ended",
            subject=row,
            before=_said(row) | before,
            after=after,
            school_urn=row.school_urn,
        )
    return row


def stop_sign_in(*, by: Actor, user: User, version: int, reason: str) -> User:
    """Stop a person from signing in, at once and everywhere."""
    if user.pk == by.user.pk:
        raise UserError("You cannot stop your own sign-in", what_to_do="Ask another head of service")
    return _set_sign_in(by=by, user=user, version=version, active=False, reason=reason)


def allow_sign_in(*, by: Actor, user: User, version: int) -> User:
    """Let a person sign in again."""
    return _set_sign_in(by=by, user=user, version=version, active=True, reason="")


def council_of(authority: int, *, name: str = "") -> Organisation:
    """The organisation that is the authority itself, made where it is not there yet."""
    row, _ = Organisation.objects.get_or_create(
        kind=OrganisationKind.AUTHORITY, authority=authority, defaults={"name": name or f"Authority {authority}"}
    )
    return row


def organisation_named(name: str, *, kind: str) -> Organisation:
    """The organisation of that name and kind, made where it is not there yet."""
    return Organisation.objects.get_or_create(kind=kind, name=name.strip())[0]


def digest(token: str) -> str:
    """The hash under which the secret of an invitation is found."""
    return hashlib.sha256(token.encode()).hexdigest()


def _set_sign_in(*, by: Actor, user: User, version: int, active: bool, reason: str) -> User:
    with transaction.atomic():
        row = opened(User.objects.filter(pk__in=people_of(by).values("pk")), pk=user.pk, version=version)
        before = {"may_sign_in": row.is_active}
        keep(row, is_active=active)
        after = {"may_sign_in": active, "name": row.name, "reason": reason}
        action = "people.sign_in_allowed" if active else "people.sign_in_stopped"
        audit.record(by=by, action=action, subject=row, before=before, after=after)
    return row


def _acting_for(organisation: Organisation | None, *, authority: int) -> Organisation | None:
    """A contractor acts for the council; everybody else for their own organisation."""
    if organisation is None or organisation.kind != OrganisationKind.CONTRACTOR:
        return None
    return council_of(authority)


def _other_heads(row: Assignment, *, on: date) -> bool:
    heads = Assignment.objects.filter(
        in_force(on + timedelta(days=1)),
        role=Role.HEAD_OF_SERVICE.value,
        authority=row.authority,
        user__is_active=True,
    )
    return heads.exclude(pk=row.pk).exists()


def _said(row: Assignment) -> dict[str, object]:
    return {"name": row.user.name, "role": row.role_words, "reach": reach.words(row)}


def _mailed(email: str, text: str) -> None:
    """Send a message; where that fails, the address that the inviter was shown still works."""
    try:
        send_mail("Your account on the school-improvement desk", text, None, [email])
    except OSError:  # every failure of a mail server is one
        log.warning("an invitation could not be sent by mail")
