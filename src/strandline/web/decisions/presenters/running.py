"""Runs that were asked for, and what officers' judgements counted on a proposal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from strandline.kernel.dates import long_date
from strandline.web.decisions.models import OrderState, RunOrder
from strandline.web.decisions.presenters.account import role_name
from strandline.web.design.parts import Action, SummaryRow, Tag
from strandline.web.design.tables import Cell, Column, Table
from strandline.web.intelligence.feeding import REASON
from strandline.web.people.roles import Role

SILENT_FOR = timedelta(minutes=30)
TAGS = {OrderState.WAITING: "new", OrderState.MAKING: "due", OrderState.MADE: "done", OrderState.FAILED: "late"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOrder:
    """A run that was asked for, ready to print."""

    tag: Tag
    rows: tuple[SummaryRow, ...]
    problem: tuple[str, ...]
    silent: str


def order(row: RunOrder, *, strategy: str, hears: bool, now: datetime) -> ShownOrder:
    """How far a run of a strategy has come. `hears`: the person may know that local intelligence counted."""
    rows = [
        SummaryRow(label="Strategy", value=strategy),
        SummaryRow(label="Figures as at", value=long_date(row.as_at)),
        SummaryRow(label="Asked for by", value=f"{row.asked_by.name}, {_moment(row.asked_at)}"),
        SummaryRow(label="Step", value=row.stage, missing="" if row.stage else "it has not begun", hint=_since(row)),
    ]
    if row.state not in (OrderState.WAITING, OrderState.FAILED):
        rows.append(SummaryRow(label="Judgements of officers that count", value=str(row.judgements)))
        if hears:
            rows.append(SummaryRow(label="Schools on which local intelligence counts", value=str(row.items)))
    if row.run is not None:
        rows.append(
            SummaryRow(
                label="Schools",
                value=str(row.run.schools),
                actions=(Action(text="See the queue", href=reverse("decisions:queue")),),
            )
        )
    under_way = row.state in (OrderState.WAITING, OrderState.MAKING)
    silent = under_way and now - row.stage_at > SILENT_FOR
    return ShownOrder(
        tag=Tag(text=row.get_state_display().lower(), kind=TAGS[OrderState(row.state)]),  # type: ignore[arg-type]
        rows=tuple(rows),
        problem=tuple(row.problem.splitlines()),
        silent=f"Nothing has been heard of it since {_moment(row.stage_at)}. Ask for the run again." if silent else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """A run that was asked for, in a list."""

    href: str
    text: str
    tag: Tag


def order_line(row: RunOrder, *, strategy: str) -> OrderLine:
    """One line."""
    return OrderLine(
        href=reverse("decisions:order", args=[row.pk]),
        text=f"{strategy}, as at {long_date(row.as_at)}, asked for by {row.asked_by.name}, {_moment(row.asked_at)}",
        tag=Tag(text=row.get_state_display().lower(), kind=TAGS[OrderState(row.state)]),  # type: ignore[arg-type]
    )


def judged_table(judged: Iterable[Mapping[str, str]], *, items: str = "") -> Table | None:
    """
    What officers judged of a school, as it counted.

    `items` is where the person finds the local intelligence that they may know of; empty, nothing says there is any.
    """
    rows = [_judged_row(each, items=items) for each in judged]
    if not rows:
        return None
    return Table(
        caption="What officers judged",
        columns=(
            Column(heading="On what", header=True, kind="words"),
            Column(heading="Judged"),
            Column(heading="Why", kind="words"),
            Column(heading="By"),
            Column(heading="Day", kind="date"),
        ),
        rows=rows,
        key="judged",
    )


def _judged_row(each: Mapping[str, str], *, items: str) -> tuple[Cell | str, ...]:
    heard = each["reason"] == REASON
    if heard and items:
        why = Cell(text="Local intelligence counted", href=items, hint="The items that you may know of")
    else:
        why = Cell(text="Judged by the service" if heard else each["reason"])
    by = "The service" if heard else _by(each["by_role"])
    return each["title"], each["words"], why, by, long_date(date.fromisoformat(each["date"]))


def _by(role: str) -> str:
    """Who judged: a role of the desk, or as the file of judgements names it."""
    return role_name(role) if role in set(Role) else role.replace("_", " ")


def _since(row: RunOrder) -> str:
    return f"since {_moment(row.stage_at)}" if row.state == OrderState.MAKING else ""


def _moment(at: datetime) -> str:
    here = timezone.localtime(at)
    return f"{long_date(here.date())}, {here:%H:%M}"
