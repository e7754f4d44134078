"""Publication by a named person on a day; and the end of overrides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep
from strandline.web.decisions import tasks
from strandline.web.decisions.actions.deciding import scheme_for
from strandline.web.decisions.models import Decision, DeskRun, Kind, RunCategory, Scheme, State
from strandline.web.people.scope import Actor
from strandline.web.schools.actions import show_afterwards, show_category


class NotPublishable(UserError):
    """A decision cannot be published, or not on that day."""


@transaction.atomic
def publish(*, by: Actor, decisions: Iterable[int]) -> tuple[Decision, ...]:
    """
    Publish approved decisions today, all or none; what was published of a school before is superseded.

    Never for another day: a page as at an earlier one would no longer be what was read then. The letters to head
    teacher and chair are made afterwards. Raises: NotPublishable, SchemeLapsed.
    """
    day = timezone.localdate()
    wanted = list(decisions)
    rows = list(Decision.objects.for_actor(by).select_for_update().filter(pk__in=wanted).order_by("pk"))
    waiting = [row for row in rows if row.state == State.APPROVED]
    if len(waiting) < len(wanted):
        raise NotPublishable(
            f"{len(wanted) - len(waiting)} of the {len(wanted)} decisions are not approved, or published already",
            what_to_do="Look at the list again; nothing was published",
        )
    published = tuple(_publish_one(by=by, decision=row, day=day) for row in waiting)
    keys = [row.pk for row in published]
    transaction.on_commit(lambda: tasks.letters_for(keys, user_id=by.user.pk, authority=by.authority))
    return published


def _publish_one(*, by: Actor, decision: Decision, day: date) -> Decision:
    scheme = scheme_for(by=by, desk_run=decision.proposal.run, on=day)
    _supersede(by=by, decision=decision, day=day)
    keep(
        decision,
        state=State.PUBLISHED,
        published_by=by.user,
        published_role=by.role or "",
        published_on=day,
        reply_by=day + timedelta(days=scheme.reply_days),
    )
    _show(by=by, decision=decision, scheme=scheme, day=day)
    audit.record(
        by=by,
        action="decisions.published",
        subject=decision,
        after={"category": decision.category, "published_on": day, "reply_by": decision.reply_by},
        school_urn=decision.school_id,
    )
    return decision


def _supersede(*, by: Actor, decision: Decision, day: date) -> None:
    before = Decision.objects.select_for_update().filter(school_id=decision.school_id, state=State.PUBLISHED).first()
    if before is None:
        return
    keep(before, state=State.SUPERSEDED, superseded_by=decision, superseded_on=day)
    audit.record(
        by=by,
        action="decisions.superseded",
        subject=before,
        before={"category": before.category},
        after={"category": decision.category, "superseded_on": day},
        school_urn=before.school_id,
    )


def _show(*, by: Actor | None, decision: Decision, scheme: Scheme, day: date) -> None:
    title, words = _title(decision.proposal.run, decision.category), decision.label.partition(" (")[2].removesuffix(")")
    spell = show_category(
        by=by,
        school=decision.school,
        scheme=scheme.title[:100],
        code=decision.category,
        title=title or words,
        words=words,
        step=decision.step,
        published_on=day,
        decision=str(decision.pk),
    )
    if decision.kind == Kind.OVERRIDDEN and decision.expires_on:
        show_afterwards(spell, **_fallback(decision), on=decision.expires_on + timedelta(days=1))


def _fallback(decision: Decision) -> dict[str, Any]:
    """What a school is shown under when an override has ended."""
    proposal = decision.proposal
    return {
        "code": proposal.category,
        "title": _title(proposal.run, proposal.category),
        "words": "the rules' category; an override has expired",
        "step": proposal.step,
    }


def _title(run: DeskRun, code: str) -> str:
    """What the strategy of a run calls a category."""
    return RunCategory.objects.filter(run=run, code=code).values_list("title", flat=True).first() or ""


def lapse_overrides(*, on: date | None = None) -> tuple[Decision, ...]:
    """
    Flag the overrides that have expired; the audit says from when the rules count again.

    The desk does this every day; what a page shows depends on the dates alone, not on this having been done.
    """
    day = on or timezone.localdate()
    rows = Decision.objects.filter(
        state=State.PUBLISHED, kind=Kind.OVERRIDDEN, expires_on__lt=day, lapsed_on__isnull=True
    ).order_by("pk")
    return tuple(each for each in (_lapse_one(row.pk, day=day) for row in rows) if each)


@transaction.atomic
def _lapse_one(pk: int, *, day: date) -> Decision | None:
    decision = Decision.objects.select_for_update(of=("self",)).filter(pk=pk, lapsed_on__isnull=True).first()
    if decision is None:
        return None  # another process was quicker
    proposal = decision.proposal
    ended = (decision.expires_on or day) + timedelta(days=1)
    keep(decision, lapsed_on=ended)
    audit.record(
        by=None,
        action="decisions.override_lapsed",
        subject=decision,
        before={"category": decision.category},
        after={"category": proposal.category, "lapsed_on": ended},
        school_urn=decision.school_id,
        authority=decision.scheme.authority,
    )
    return decision
