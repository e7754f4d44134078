"""Schemes, trials and runs as they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from strandline.kernel.dates import long_date
from strandline.web.decisions.models import DeskRun, RunCategory, Scheme, SchemeRenewal, SchemeState, WhatIf
from strandline.web.decisions.presenters.lists import short_mark
from strandline.web.design.parts import EmptyState, SummaryRow, Tag
from strandline.web.design.tables import Cell, Column, Table

SOON = timedelta(days=60)
STATES = {"decided": "", "undecided": "undecided", "needs_judgement": "needs a judgement", "out_of_scope": "outside"}


def tag(row: Scheme, *, on: date) -> Tag:
    """The state of a scheme: an expired one says so."""
    if row.state == SchemeState.ADOPTED and row.expires_on:
        if row.lapsed(on):
            return Tag(text=f"expired on {long_date(row.expires_on)}", kind="late")
        if row.expires_on - on <= SOON:
            return Tag(text=f"expires on {long_date(row.expires_on)}", kind="due")
        return Tag(text="in force", kind="done")
    return Tag(text=row.get_state_display().lower(), kind="draft" if row.state == SchemeState.DRAFT else "neutral")


def table(rows: Iterable[Scheme], *, on: date) -> Table:
    """The schemes of an authority."""
    return Table(
        caption="Schemes of this authority",
        columns=(
            Column(heading="Scheme", header=True),
            Column(heading="State"),
            Column(heading="In force from", kind="date"),
            Column(heading="Until", kind="date"),
            Column(heading="Pack"),
        ),
        rows=[
            (
                Cell(
                    text=row.title,
                    href=reverse("decisions:scheme", args=[row.pk]),
                    hint=f"A copy of {row.cloned_from}" if row.cloned_from else "",
                ),
                tag(row, on=on).text,
                long_date(row.starts_on) if row.starts_on else "–",
                long_date(row.ended_on or row.expires_on) if row.expires_on else "–",
                row.pack,
            )
            for row in rows
        ],
        empty=EmptyState(
            title="No scheme yet", text="Draft one from a pack, then adopt it: nothing is decided without."
        ),
    )


def summary(row: Scheme, *, on: date) -> tuple[SummaryRow, ...]:
    """How a scheme decides."""
    found = [
        SummaryRow(label="Pack", value=row.pack, hint=f"A copy of {row.cloned_from}" if row.cloned_from else ""),
        SummaryRow(
            label="In force",
            value=f"{long_date(row.starts_on)} to {long_date(row.expires_on)}"
            if row.starts_on and row.expires_on
            else "",
            missing="" if row.starts_on else "not adopted",
            hint="Nothing is decided under it until it is renewed." if row.lapsed(on) else "",
        ),
        SummaryRow(label="A second person approves", value=row.get_second_person_display()),
        SummaryRow(label="Time to reply", value=f"{row.reply_days} days from publication"),
        SummaryRow(label="An override lasts", value=f"{row.override_months} months at most"),
    ]
    if row.adopted_by:
        found.append(SummaryRow(label="Adopted by", value=str(row.adopted_by)))
    if row.settings or row.parameters:
        changed = [f"{name} = {value}" for name, value in (*row.settings.items(), *row.parameters.items())]
        found.append(SummaryRow(label="Differs from its pack", value="; ".join(changed)))
    return tuple(found)


def renewals(rows: Iterable[SchemeRenewal]) -> Table:
    """The yearly evaluations."""
    return Table(
        caption="Yearly evaluations and renewals",
        columns=(
            Column(heading="Renewed on", kind="date", header=True),
            Column(heading="Until", kind="date"),
            Column(heading="By"),
            Column(heading="Evaluation", kind="words"),
        ),
        rows=[(long_date(row.renewed_on), long_date(row.until), str(row.by), row.evaluation) for row in rows],
        empty=EmptyState(title="Not renewed yet", text="A scheme expires after twelve months unless it is renewed."),
    )


def trials(rows: Iterable[WhatIf]) -> Table:
    """What has been tried."""
    return Table(
        caption="What has been tried on this scheme",
        columns=(
            Column(heading="Tried on", kind="date", header=True),
            Column(heading="Changed", kind="words"),
            Column(heading="Schools that would move", kind="number"),
            Column(heading="By"),
        ),
        rows=[
            (
                Cell(text=long_date(timezone.localdate(row.at)), href=reverse("decisions:tried", args=[row.pk])),
                changes(row),
                str(sum(each["before"] != each["after"] for each in row.moves)),
                str(row.by),
            )
            for row in rows
        ],
        empty=EmptyState(title="Nothing has been tried yet"),
    )


def changes(row: WhatIf) -> str:
    """What a trial changed, in words."""
    pairs = [f"{name.replace('_', ' ')} = {value}" for name, value in (*row.settings.items(), *row.parameters.items())]
    return "; ".join(pairs) or "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a trial found, ready to print."""

    title: str
    rows: tuple[SummaryRow, ...]
    counts: Table
    moves: Table


def tried(row: WhatIf) -> Tried:
    """Who would move, and what it costs in officer days."""
    totals = row.totals
    moved = [
        each for each in row.moves if (each["before"], each["before_state"]) != (each["after"], each["after_state"])
    ]
    cost = _cost(totals.get("days_before"), totals.get("days_after"))
    return Tried(
        title=f"{len(moved)} of {totals['schools']} schools would move",
        rows=(
            SummaryRow(label="Changed", value=changes(row)),
            SummaryRow(label="Tried on", value=f"{row.run.title}, figures as at {long_date(row.run.as_at)}"),
            SummaryRow(label="Officer days a year", value=cost, missing="" if cost else "the strategy states none"),
            SummaryRow(label="By", value=f"{row.by}, {long_date(timezone.localdate(row.at))}"),
        ),
        counts=_counts(totals, run=row.run),
        moves=Table(
            caption="Schools whose category or officer days would differ",
            columns=(
                Column(heading="School", header=True),
                Column(heading="Now"),
                Column(heading="Then"),
                Column(heading="Officer days now", kind="number"),
                Column(heading="Officer days then", kind="number"),
            ),
            rows=[
                (
                    each["school_name"],
                    each["before"] or STATES[each["before_state"]],
                    each["after"] or STATES[each["after_state"]],
                    days(each["days_before"]),
                    days(each["days_after"]),
                )
                for each in row.moves
            ],
            empty=EmptyState(
                title="No school would move", text="The change makes no difference to any school of this run."
            ),
        ),
    )


def _counts(totals: dict[str, Any], *, run: DeskRun) -> Table:
    """Every category that holds a school now or then, most concern first; what stands for none comes last."""
    before, after = totals["counts_before"], totals["counts_after"]
    known = {each.code: each for each in RunCategory.objects.filter(run=run).order_by("place")}
    codes = [*(code for code in known if code in before or code in after), *sorted({*before, *after} - set(known))]
    return Table(
        caption=f"Schools by {run.category_word}, now and then",
        columns=(
            Column(heading=run.category_word.capitalize(), kind="mark", header=True),
            Column(heading="In words", kind="words"),
            Column(heading="Now", kind="number"),
            Column(heading="Then", kind="number"),
            Column(heading="Difference", kind="number"),
        ),
        rows=[
            (
                short_mark(code, known[code].step) if code in known else STATES.get(code, code) or code,
                known[code].title if code in known else "no category",
                str(before.get(code, 0)),
                str(after.get(code, 0)),
                _signed(after.get(code, 0) - before.get(code, 0)),
            )
            for code in codes
        ],
    )


def days(pair: list[float] | None) -> str:
    """`5`, `6 to 7`, or nothing stated."""
    if not pair:
        return "–"
    least, most = pair
    return f"{least:g}" if least == most else f"{least:g} to {most:g}"


def _cost(before: list[float] | None, after: list[float] | None) -> str:
    if not before or not after:
        return ""
    least, most = after[0] - before[0], after[1] - before[1]
    difference = _signed(least) if least == most else f"{_signed(least)} to {_signed(most)}"
    return f"{days(before)} now, {days(after)} then: {difference}"


def _signed(number: float) -> str:
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{abs(number):g}"


def runs(rows: Iterable[DeskRun]) -> Table:
    """The runs on the desk."""
    return Table(
        caption="Runs on the desk",
        columns=(
            Column(heading="Figures as at", kind="date", header=True),
            Column(heading="Strategy"),
            Column(heading="Schools", kind="number"),
            Column(heading="Decided by the rules", kind="number"),
            Column(heading="Taken in", kind="date"),
            Column(heading="Scheme"),
        ),
        rows=[
            (
                Cell(text=long_date(row.as_at), hint=row.run_id),
                row.title,
                str(row.schools),
                str(row.manifest.get("counts", {}).get("decided", "")),
                long_date(timezone.localdate(row.made_at)),
                row.scheme.title if row.scheme else "none adopted",
            )
            for row in rows
        ],
        empty=EmptyState(title="No run has been taken to the desk yet"),
    )
