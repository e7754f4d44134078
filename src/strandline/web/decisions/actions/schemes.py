"""Adopting a pack, renewing it each year, and trying what would follow from a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from strandline.kernel.dates import long_date
from strandline.kernel.errors import UserError
from strandline.runs import scheme as strategy
from strandline.runs.what_if import Trial, what_if
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.decisions import places
from strandline.web.decisions.models import DeskRun, Scheme, SchemeRenewal, SchemeState, SecondPerson, WhatIf
from strandline.web.people.scope import Actor

MONTHS = 12
RENEWABLE_MONTHS = 3
"""A year is evaluated when most of it is over."""


class SchemeLapsed(UserError):
    """A scheme that nobody renewed decides nothing."""


class WrongDay(UserError):
    """A scheme is not adopted or renewed on that day."""


class NotADraft(UserError):
    """Only a draft can be adopted or changed in substance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How an authority decides under a scheme."""

    second_person: str = SecondPerson.DEPARTURES
    reply_days: int = 20
    override_months: int = MONTHS


@transaction.atomic
def draft(*, by: Actor, title: str, pack: str, preset: str = "", ways: Ways | None = None) -> Scheme:
    """Draft a scheme from a pack. Raises: PackNotFound, PackRefused."""
    facts = strategy.of_pack(places.home(), which=pack)
    chosen = ways or Ways()
    row = Scheme.objects.create(
        authority=by.authority,
        title=title.strip() or facts.title,
        pack=facts.pack,
        preset=preset,
        second_person=chosen.second_person,
        reply_days=chosen.reply_days,
        override_months=chosen.override_months,
        made_by=by.user,
        made_at=timezone.now(),
    )
    audit.record(by=by, action="decisions.scheme_drafted", subject=row, after=plain(row))
    return row


@transaction.atomic
def adopt(*, by: Actor, scheme_pk: int, version: int, starts_on: date) -> Scheme:
    """
    Adopt a draft for twelve months; the scheme in force until then ends.

    Raises: StaleRecord, NotADraft, WrongDay for a first day that has not come, or after which the year is over.
    """
    row = opened(Scheme.objects.for_actor(by), pk=scheme_pk, version=version)
    today = timezone.localdate()
    if not months_after(today, -MONTHS) < starts_on <= today:
        raise WrongDay(
            f"{long_date(starts_on)} is not a first day for this scheme",
            what_to_do="Adopt it on its first day or within twelve months after; until then the scheme before counts",
        )
    if row.state != SchemeState.DRAFT:
        raise NotADraft(f"{row.title} is adopted or ended already", what_to_do="Clone it and adopt the clone")
    before = Scheme.objects.for_actor(by).select_for_update().filter(state=SchemeState.ADOPTED).first()
    if before is not None:
        keep(before, state=SchemeState.ENDED, ended_on=max(starts_on, before.starts_on or starts_on))
        audit.record(by=by, action="decisions.scheme_ended", subject=before, before={"title": before.title})
    keep(
        row,
        state=SchemeState.ADOPTED,
        starts_on=starts_on,
        expires_on=months_after(starts_on, MONTHS) - timedelta(days=1),
        adopted_by=by.user,
        adopted_role=by.role or "",
    )
    DeskRun.objects.for_actor(by).filter(pack=row.pack, scheme__isnull=True).update(scheme=row)
    audit.record(by=by, action="decisions.scheme_adopted", subject=row, after=plain(row))
    return row


@transaction.atomic
def renew(*, by: Actor, scheme_pk: int, version: int, evaluation: str, on: date | None = None) -> SchemeRenewal:
    """
    Approve a scheme for twelve months more, with the year's evaluation (WAR-06).

    Raises: StaleRecord, NotADraft, WrongDay where the year has not come near its end.
    """
    day = on or timezone.localdate()
    row = opened(Scheme.objects.for_actor(by), pk=scheme_pk, version=version)
    if row.state != SchemeState.ADOPTED or row.expires_on is None:
        raise NotADraft(f"{row.title} is not in force", what_to_do="Adopt it first")
    if day < renewable_from(row.expires_on):
        raise WrongDay(
            f"{row.title} is in force until {long_date(row.expires_on)}",
            what_to_do=f"Evaluate the year and renew it from {long_date(renewable_from(row.expires_on))} on",
        )
    until = months_after(max(day, row.expires_on), MONTHS)
    before = row.expires_on
    keep(row, expires_on=until)
    renewal = SchemeRenewal.objects.create(
        scheme=row, renewed_on=day, until=until, by=by.user, by_role=by.role or "", evaluation=evaluation.strip()
    )
    audit.record(
        by=by,
        action="decisions.scheme_renewed",
        subject=row,
        before={"expires_on": before},
        after=plain(row) | {"evaluation": renewal.evaluation},
    )
    return renewal


@transaction.atomic
def change(*, by: Actor, scheme_pk: int, version: int, ways: Ways) -> Scheme:
    """Change who decides and how long a school has to reply. Raises: StaleRecord."""
    row = opened(Scheme.objects.for_actor(by), pk=scheme_pk, version=version)
    before = plain(row)
    keep(
        row,
        second_person=ways.second_person,
        reply_days=ways.reply_days,
        override_months=ways.override_months,
    )
    audit.record(by=by, action="decisions.scheme_changed", subject=row, before=before, after=plain(row))
    return row


def try_what_if(
    *,
    by: Actor,
    scheme_pk: int,
    run_pk: int,
    settings: Mapping[str, str],
    parameters: Mapping[str, float],
) -> WhatIf:
    """
    Try a run again with a scheme's changes and these; nothing is proposed. A copy decides by its own pack.

    Raises: UnknownSetting, CannotTry, PackNotFound, RunNotFound.
    """
    row = Scheme.objects.for_actor(by).get(pk=scheme_pk)
    desk_run = DeskRun.objects.for_actor(by).get(pk=run_pk)
    chosen = {**row.settings, **settings}
    numbers = {**row.parameters, **parameters}
    own = row.pack if row.pack != desk_run.pack else ""
    trial = what_if(places.run_of(desk_run), settings=chosen, parameters=numbers, pack=own)
    with transaction.atomic():
        made = WhatIf.objects.create(
            scheme=row,
            run=desk_run,
            settings=chosen,
            parameters=numbers,
            moves=[_move(each) for each in trial.moves],
            totals=_totals(trial),
            by=by.user,
            at=timezone.now(),
        )
        audit.record(
            by=by,
            action="decisions.tried",
            subject=made,
            after={"run": desk_run.run_id, "moves": len(trial.moves), "settings": chosen, "parameters": numbers},
        )
    return made


def _move(each: Any) -> dict[str, Any]:
    names = ("urn", "school_name", "before", "after", "before_state", "after_state", "days_before", "days_after")
    return {name: getattr(each, name) for name in names}


def _totals(trial: Trial) -> dict[str, Any]:
    return {
        "schools": trial.schools,
        "counts_before": trial.counts_before,
        "counts_after": trial.counts_after,
        "days_before": trial.days_before,
        "days_after": trial.days_after,
    }


def plain(row: Scheme) -> dict[str, Any]:
    """What the audit keeps of a scheme."""
    names = (
        "title pack base preset settings parameters state second_person reply_days override_months starts_on expires_on"
    ).split()
    return {name: getattr(row, name) for name in names}


def renewable_from(expires_on: date) -> date:
    """The first day on which a scheme that expires then can be renewed."""
    return months_after(expires_on, -RENEWABLE_MONTHS)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or earlier; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), after - timedelta(days=1))
