"""Decisions as printed: what waits for one, what was decided, and the notice that it is about."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from strandline.web.concerns.casework import casework, notice_title
from strandline.web.concerns.guards import DECIDES, is_authorised
from strandline.web.concerns.models import Answer, CaseDecision, Notice, State
from strandline.web.concerns.presenters import day
from strandline.web.design.parts import Action, Event, SummaryRow, Tag


def decides(notice: Notice) -> list[Action]:
    """The decision that a notice may wait for: to issue it, to lift it, or to withdraw it once it is issued."""
    wanted = DECIDES.get(State(notice.state))
    if wanted is None or is_authorised(notice, wanted):
        return []
    href = f"{reverse('concerns:decide', args=[notice.case_id])}?about={wanted}&notice={notice.pk}"
    return [Action(text=f"Record a decision to {wanted} it, for another person to authorise", href=href)]


def decisions(rows: Iterable[CaseDecision], *, reader: int) -> list[Event]:
    """What was decided, and the authoriser's answer; one's own to answer is linked."""
    found = []
    for row in rows:
        mine = row.answer == Answer.WAITING and row.authoriser_id == reader
        on = timezone.localtime(row.recorded_at).date()
        reason = f"\n\n{_answered(row)}: {row.answer_reason}" if row.answer_reason else ""
        found.append(
            Event(
                on=day(on),
                iso=on.isoformat(),
                title=row.outcome,
                by=f"{row.recorded_by.name}; authoriser {row.authoriser.name}",
                text=f"{about(row)}. {casework().areas.get(row.area, row.area)}.\n\n{row.notes}{reason}",
                href=reverse("concerns:answer", args=[row.pk]) if mine else "",
                tag=decision_tag(row),
            )
        )
    return found


def taken_back_from(rows: Iterable[CaseDecision]) -> list[Action]:
    """The waiting decisions that the reader may take back."""
    return [Action(text=f"Take back: {row.outcome}", href=reverse("concerns:take_back", args=[row.pk])) for row in rows]


def _answered(row: CaseDecision) -> str:
    what = "Taken back" if row.answer == Answer.TAKEN_BACK else "Answer of"
    return f"{what} {day(row.answered_on)}"


def about(row: CaseDecision) -> str:
    """What a decision is about."""
    return f"{row.get_about_display()}: {notice_title(row.notice.power)}" if row.notice else row.get_about_display()


def decision_tag(row: CaseDecision) -> Tag:
    """Whether it has its answer."""
    kinds = {Answer.WAITING: "due", Answer.AUTHORISED: "done", Answer.REFUSED: "late", Answer.TAKEN_BACK: "neutral"}
    return Tag(text=row.get_answer_display(), kind=kinds[Answer(row.answer)])  # type: ignore[arg-type]


def decision_summary(row: CaseDecision) -> list[SummaryRow]:
    """A decision as its authoriser reads it, with the whole notice that it is about."""
    on = timezone.localtime(row.recorded_at).date()
    return [
        SummaryRow(label="Case", value=row.case.title),
        SummaryRow(label="Outcome", value=row.outcome),
        SummaryRow(label="About", value=about(row)),
        SummaryRow(label="Business area", value=casework().areas.get(row.area, row.area)),
        SummaryRow(label="Supporting notes", value=row.notes),
        SummaryRow(label="Recorded", value=day(on), hint=f"by {row.recorded_by.name}"),
        SummaryRow(label="Authoriser", value=row.authoriser.name),
        *(_decided_about(row.notice) if row.notice else ()),
    ]


def _decided_about(notice: Notice) -> list[SummaryRow]:
    """Every word that is authorised with a notice, and the way to it."""
    href = reverse("concerns:notice", args=[notice.pk])
    there = Action(text="Open", href=href, about="the page of the notice")
    title = notice_title(notice.power)
    drafted = f"Drafted {day(notice.drafted_on)} by {notice.drafted_by.name}"
    return [
        SummaryRow(label="Notice", value=title, hint=drafted, actions=(there,)),
        SummaryRow(label="Matters", value=notice.matters),
        SummaryRow(label="Action required", value=notice.action_required),
        SummaryRow(label="Comply by", value=day(notice.comply_by)),
        *(
            SummaryRow(label=f"Condition {number}", value=each.text, hint=each.get_state_display())
            for number, each in enumerate(notice.conditions.all(), start=1)
        ),
    ]


def refused_before(rows: Iterable[CaseDecision]) -> list[str]:
    """Who refused the same about a notice, when and why."""
    return [
        f"{about(row)}: refused by {row.authoriser.name} on {day(row.answered_on)}. {row.answer_reason}" for row in rows
    ]
