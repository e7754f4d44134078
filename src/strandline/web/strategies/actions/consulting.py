"""The consultation log: what each group said, and what the authority did."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.people.scope import Actor
from strandline.web.strategies.models import Comment, Group, StrategyVersion


class NotAnswerable(UserError):
    """The comment has its answer, or lies ahead."""


@transaction.atomic
def log_comment(
    *, by: Actor, strategy_pk: int, group: Group, said: str, heard_on: date, heard_where: str = ""
) -> Comment:
    """Log what a group said of a version. Raises: NotAnswerable for a day that lies ahead."""
    if heard_on > timezone.localdate():
        raise NotAnswerable("The day lies ahead", what_to_do="Give the day on which it was said")
    strategy = StrategyVersion.objects.for_actor(by).get(pk=strategy_pk)
    row = Comment.objects.create(
        strategy=strategy,
        group=group,
        said=said.strip(),
        heard_on=heard_on,
        heard_where=heard_where.strip(),
        logged_by=by.user,
    )
    after = {"group": row.get_group_display().lower(), "said": row.said, "heard_on": heard_on}
    audit.record(by=by, action="strategies.comment_logged", subject=row, after=after)
    return row


@transaction.atomic
def answer(*, by: Actor, comment_pk: int, version: int, did: str) -> Comment:
    """Say what was done about a comment, once. Raises: StaleRecord, NotAnswerable."""
    row = opened(Comment.objects.for_actor(by), pk=comment_pk, version=version)
    if row.did:
        raise NotAnswerable("The comment is answered already", what_to_do="Log what is said now as another comment")
    keep(row, did=did.strip(), answered_on=timezone.localdate(), answered_by=by.user)
    after = {"group": row.get_group_display().lower(), "did": row.did}
    audit.record(by=by, action="strategies.comment_answered", subject=row, after=after)
    return row
