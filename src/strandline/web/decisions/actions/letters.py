"""The category letters: made once for each publication, to head teacher and chair, and kept as they were made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import BugError
from strandline.runs.letters import category_letter
from strandline.web import audit
from strandline.web.decisions.models import Decision, Letter, LetterFile
from strandline.web.decisions.models.correspondence import Recipient
from strandline.web.decisions.presenters.letters import letter_of
from strandline.web.people.scope import Actor


def make_letters(*, by: Actor | None, decisions: Iterable[int]) -> int:
    """Make the letters of published decisions that have none yet; gives how many decisions were served."""
    waiting = Decision.objects.filter(pk__in=list(decisions), published_on__isnull=False, letters__isnull=True)
    done = 0
    for decision in waiting.select_related("school", "scheme", "proposal__run").order_by("pk"):
        files = {recipient: category_letter(letter_of(decision, recipient)) for recipient in Recipient}
        with transaction.atomic():
            if Letter.objects.filter(decision=decision).exists():
                continue
            for recipient, contents in files.items():
                _keep(by=by, decision=decision, recipient=recipient, contents=contents)
            audit.record(
                by=by,
                action="decisions.letters_made",
                subject=decision,
                after={"to": [str(recipient) for recipient in files], "dated": decision.published_on},
                school_urn=decision.school_id,
                authority=decision.scheme.authority,
            )
            done += 1
    return done


def _keep(*, by: Actor | None, decision: Decision, recipient: Recipient, contents: dict[str, bytes]) -> None:
    if decision.published_on is None:
        raise BugError(f"A letter goes out with a publication: decision {decision.pk}")
    letter = Letter.objects.create(
        decision=decision,
        recipient=recipient,
        dated=decision.published_on,
        made_at=timezone.now(),
        made_by=by.user if by else None,
    )
    LetterFile.objects.bulk_create(
        LetterFile(letter=letter, format=name, content=content, sha256=hashlib.sha256(content).hexdigest())
        for name, content in sorted(contents.items())
    )
