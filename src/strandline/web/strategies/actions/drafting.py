"""Drafting a version from a pack, changing the draft, linking the plans that it serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.runs import strategy_text
from strandline.runs.strategy_text import Line, StrategyText
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.people.scope import Actor
from strandline.web.strategies.models import STATEMENT_LENGTH, LinkedPlan, PlanKind, StrategyVersion, VersionState


class NotADraft(UserError):
    """Only a draft can be changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What people say of a version; the rest is its pack's."""

    title: str
    period_from: date
    period_until: date
    summary: str = ""
    statement: str = ""
    statement_cited: str = ""


def home() -> Path:
    """The folder of official files, packs and runs."""
    return Path(settings.RUNS_HOME)


@transaction.atomic
def draft(*, by: Actor, pack: str, outline: Outline | None = None) -> StrategyVersion:
    """
    Draft the next version from a pack as it stands now; what the outline leaves empty is taken from the pack.

    Raises: PackNotFound, PackRefused.
    """
    frozen = strategy_text.take(home(), which=pack)
    text = frozen.text
    given = outline or suggested(text)
    rows = StrategyVersion.objects.for_actor(by)
    statement = given.statement.strip() or role_of(text)
    row = StrategyVersion.objects.create(
        authority=by.authority,
        number=(rows.aggregate(latest=Max("number"))["latest"] or 0) + 1,
        title=given.title.strip() or text.title,
        summary=given.summary.strip() or text.summary,
        period_from=given.period_from,
        period_until=given.period_until,
        pack=text.pack,
        pack_sha256=text.sha256,
        content=text.as_json(),
        files=dict(frozen.files),
        statement=statement,
        statement_cited=given.statement_cited if given.statement.strip() else cited(text),
        drafted_by=by.user,
        drafted_at=timezone.now(),
    )
    for kind, lines in ((PlanKind.PARENT, text.plans), (PlanKind.SISTER, text.sister_strategies)):
        LinkedPlan.objects.bulk_create(_plan(row, kind, line) for line in lines)
    audit.record(by=by, action="strategies.drafted", subject=row, after=said(row))
    return row


@transaction.atomic
def change(*, by: Actor, strategy_pk: int, version: int, outline: Outline) -> StrategyVersion:
    """Change what people say of a draft. Raises: StaleRecord, NotADraft."""
    row = opened_draft(by=by, pk=strategy_pk, version=version)
    before = said(row)
    own = row.statement_cited if outline.statement.strip() == row.statement else ""
    keep(
        row,
        title=outline.title.strip(),
        summary=outline.summary.strip(),
        period_from=outline.period_from,
        period_until=outline.period_until,
        statement=outline.statement.strip(),
        statement_cited=outline.statement_cited or own,
    )
    audit.record(by=by, action="strategies.changed", subject=row, before=before, after=said(row))
    return row


@transaction.atomic
def take_again(*, by: Actor, strategy_pk: int, version: int) -> StrategyVersion:
    """Take the pack of a draft again as it stands now. Raises: StaleRecord, NotADraft, PackRefused."""
    row = opened_draft(by=by, pk=strategy_pk, version=version)
    frozen = strategy_text.take(home(), which=row.pack)
    before = {"pack_sha256": row.pack_sha256}
    keep(row, pack_sha256=frozen.text.sha256, content=frozen.text.as_json(), files=dict(frozen.files))
    audit.record(by=by, action="strategies.pack_taken_again", subject=row, before=before, after=said(row))
    return row


@transaction.atomic
def link(*, by: Actor, strategy_pk: int, kind: PlanKind, title: str, address: str = "", how: str = "") -> LinkedPlan:
    """Link a draft to a plan that it serves or a strategy beside it; again, to say where it is. Raises: NotADraft."""
    row = _draft(by=by, pk=strategy_pk)
    given = {name: value for name, value in (("address", address), ("how", how.strip())) if value}
    plan, made = LinkedPlan.objects.update_or_create(
        strategy=row, kind=kind, title=title.strip(), defaults=given, create_defaults=given
    )
    if made or given:
        after = {"strategy": str(row), "title": plan.title, "kind": plan.get_kind_display()}
        audit.record(by=by, action="strategies.plan_linked", subject=row, after=after)
    return plan


@transaction.atomic
def unlink(*, by: Actor, plan_pk: int) -> StrategyVersion:
    """Take a link off a draft. Raises: NotADraft; LinkedPlan.DoesNotExist outside the authority."""
    plan = LinkedPlan.objects.for_actor(by).get(pk=plan_pk)
    row = _draft(by=by, pk=plan.strategy_id)
    before = {"strategy": str(row), "title": plan.title, "kind": plan.get_kind_display()}
    plan.delete()
    audit.record(by=by, action="strategies.plan_taken_off", subject=row, before=before)
    return row


def suggested(text: StrategyText, *, on: date | None = None) -> Outline:
    """The outline that a pack itself gives: its own period, or three years from a day."""
    day = on or timezone.localdate()
    since = date.fromisoformat(text.since) if text.since else day
    until = date.fromisoformat(text.until) if text.until else date(max(since, day).year + 3, 8, 31)
    return Outline(title=text.title, period_from=since, period_until=until, summary=text.summary)


def role_of(text: StrategyText) -> str:
    """The statement of the authority's role that the pack holds; empty where it holds none, or one of over a page."""
    whole = "\n\n".join(line.text for line in text.role)
    return whole if len(whole) <= STATEMENT_LENGTH else ""


def cited(text: StrategyText) -> str:
    """Where the pack's statement is from."""
    if not role_of(text):
        return ""
    sources = dict.fromkeys(f"{line.cite.text}{f' ({line.cite.flag})' if line.cite.flag else ''}" for line in text.role)
    return "; ".join(sources)[:500]


def opened_draft(*, by: Actor, pk: int, version: int) -> StrategyVersion:
    """A draft at the version that the person saw. Raises: StaleRecord, NotADraft."""
    row = opened(StrategyVersion.objects.for_actor(by), pk=pk, version=version)
    _check(row)
    return row


def said(row: StrategyVersion) -> dict[str, Any]:
    """A version as the audit keeps it."""
    names = "title number pack pack_sha256 period_from period_until summary statement state".split()
    return {name: getattr(row, name) for name in names} | {"title": str(row)}


def _draft(*, by: Actor, pk: int) -> StrategyVersion:
    row = StrategyVersion.objects.for_actor(by).select_for_update().get(pk=pk)
    _check(row)
    return row


def _check(row: StrategyVersion) -> None:
    if row.state != VersionState.DRAFT:
        raise NotADraft(
            f"{row} is {row.get_state_display().lower()} and changes no more", what_to_do="Draft the next version"
        )


def _plan(row: StrategyVersion, kind: PlanKind, line: Line) -> LinkedPlan:
    return LinkedPlan(strategy=row, kind=kind, title=line.title[:200], how=line.text[:1_000])
