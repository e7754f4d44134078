"""Files kept with a school."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.people.scope import Actor
from strandline.web.schools.actions.local import NotShared
from strandline.web.schools.models import Document, School, SharedPart
from strandline.web.schools.sharing import shares
from strandline.web.schools.uploads import Upload


class AlreadyKept(UserError):
    """The same bytes are kept with the school already."""


@transaction.atomic
def add_document(
    *, by: Actor, school: School, upload: Upload, title: str, kind: str, dated: date, for_service_only: bool = True
) -> Document:
    """
    Keep a file with a school. `upload` was checked by its content; the name it is stored under is the desk's own.

    Raises: NotShared, AlreadyKept.
    """
    if not shares(school, SharedPart.DOCUMENTS, on=timezone.localdate()):
        raise NotShared(
            f"{school.name} has not agreed to share documents",
            what_to_do="Record the agreement on the school's page first",
        )
    sha256 = hashlib.sha256(upload.content).hexdigest()
    there = Document.objects.for_actor(by).filter(school=school, sha256=sha256, withdrawn_at__isnull=True).first()
    if there is not None:
        raise AlreadyKept(f"The same file is kept already, as “{there.title}”")
    document = Document(
        school=school,
        title=title,
        kind=kind,
        dated=dated,
        file_name=_tame(upload.name),
        media_type=upload.media_type,
        size=len(upload.content),
        sha256=sha256,
        for_service_only=for_service_only,
        added_by=by.user,
    )
    document.file.save(f"{school.urn}-{sha256[:16]}{upload.suffix}", ContentFile(upload.content), save=False)
    document.save()
    audit.record(
        by=by,
        action="schools.document_added",
        subject=document,
        after={"title": title, "kind": kind, "dated": dated, "sha256": sha256, "for_service_only": for_service_only},
        school_urn=school.urn,
    )
    return document


@transaction.atomic
def withdraw_document(*, by: Actor, school: School, pk: int, version: int) -> Document:
    """Take a document off the school's page; the file stays, and pages as at earlier days still list it."""
    document = opened(Document.objects.for_actor(by).filter(school=school), pk=pk, version=version)
    keep(document, withdrawn_at=timezone.now())
    audit.record(
        by=by,
        action="schools.document_withdrawn",
        subject=document,
        before={"title": document.title},
        school_urn=school.urn,
    )
    return document


def _tame(name: str) -> str:
    """The file's own name without folders and control characters."""
    plain = PurePath(name.replace("\\", "/")).name
    return "".join(letter for letter in plain if letter.isprintable() and letter not in '"<>|:*?')[:200] or "document"
