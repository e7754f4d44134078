"""What the authority keeps of a school: contacts, agreements to share, its consortium."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Contact, ContactBody, DataSharing, Line, School, SharedPart
from strandline.web.schools.sharing import shares

OF_A_BODY = {
    ContactBody.TRUST: "trust_uid",
    ContactBody.DIOCESE: "diocese",
}
FIELDS = ("role", "name", "email", "telephone", "note", "starts_on")


class NotShared(UserError):
    """The school has not agreed to share this part."""


class NoSuchBody(UserError):
    """The school belongs to no body of that kind."""


@transaction.atomic
def add_contact(*, by: Actor, school: School, body: ContactBody, **fields: Any) -> Contact:
    """
    Add a person to turn to; several may share a role. A trust's or diocese's contact stands with each of its schools.

    Raises: NotShared, NoSuchBody.
    """
    key = ""
    if body in OF_A_BODY:
        key = getattr(school, OF_A_BODY[body])
        if not key:
            raise NoSuchBody(
                f"{school.name} belongs to no {body.label.lower()}", what_to_do="Choose another body for the contact"
            )
    else:
        _refuse_unshared(school, SharedPart.CONTACTS, on=fields["starts_on"])
    contact = Contact(
        authority=by.authority,
        school=None if key else school,
        body=body,
        body_key=key,
        **{n: fields[n] for n in FIELDS},
    )
    contact.full_clean(validate_constraints=False)
    contact.save()
    audit.record(by=by, action="schools.contact_added", subject=contact, after=_told(contact), school_urn=school.urn)
    return contact


@transaction.atomic
def change_contact(*, by: Actor, school: School, pk: int, version: int, **fields: Any) -> Contact:
    """Correct a contact. Raises: StaleRecord."""
    contact = opened(Contact.objects.for_actor(by), pk=pk, version=version)
    before = _told(contact)
    keep(contact, **{name: fields[name] for name in FIELDS})
    audit.record(
        by=by,
        action="schools.contact_changed",
        subject=contact,
        before=before,
        after=_told(contact),
        school_urn=school.urn,
    )
    return contact


@transaction.atomic
def end_contact(*, by: Actor, school: School, pk: int, version: int, on: date) -> Contact:
    """Say that a contact no longer holds from a day; the record stays for pages as at earlier days."""
    contact = opened(Contact.objects.for_actor(by), pk=pk, version=version)
    keep(contact, ends_on=max(on, contact.starts_on))
    audit.record(
        by=by,
        action="schools.contact_ended",
        subject=contact,
        after={**_told(contact), "ends_on": contact.ends_on},
        school_urn=school.urn,
    )
    return contact


@transaction.atomic
def record_sharing(
    *, by: Actor, school: School, part: SharedPart, agreed: bool, from_on: date, note: str = ""
) -> DataSharing:
    """Record that a school agreed to share a part from a day, or no longer does."""
    kept = DataSharing.objects.create(school=school, part=part, agreed=agreed, from_on=from_on, note=note)
    audit.record(
        by=by,
        action="schools.sharing_recorded",
        subject=kept,
        after={"part": part.label, "agreed": agreed, "from": from_on, "note": note},
        school_urn=school.urn,
    )
    return kept


@transaction.atomic
def place_in_consortium(*, by: Actor, school: School, version: int, consortium: str) -> School:
    """Put a school in a consortium of the authority, or in none."""
    row = opened(School.objects.for_actor(by), pk=school.pk, version=version)
    before = row.consortium
    keep(row, consortium=consortium.strip())
    if row.latest_id:
        Line.objects.for_actor(by).filter(school=row, intake=row.latest_id).update(consortium=row.consortium)
    audit.record(
        by=by,
        action="schools.placed_in_consortium",
        subject=row,
        before={"consortium": before},
        after={"consortium": row.consortium},
        school_urn=row.urn,
    )
    return row


def _refuse_unshared(school: School, part: SharedPart, *, on: date) -> None:
    if not shares(school, part, on=on):
        raise NotShared(
            f"{school.name} has not agreed to share its {part.label.lower()}",
            what_to_do="Record the agreement on the school's page first",
        )


def _told(contact: Contact) -> dict[str, Any]:
    return {name: getattr(contact, name) for name in ("body", *FIELDS)}
