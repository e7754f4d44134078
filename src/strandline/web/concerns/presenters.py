"""Casework as printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from strandline.web.concerns.actions.notices import MOVES
from strandline.web.concerns.casework import casework, notice_title
from strandline.web.concerns.models import (
    Answer,
    Case,
    CaseDecision,
    Condition,
    ConditionState,
    Kind,
    Narrative,
    Notice,
    State,
    StepNote,
)
from strandline.web.concerns.queries import VIEWS, Asked
from strandline.web.design.filters import FilterGroup, Filters, Option
from strandline.web.design.parts import Action, EmptyState, Event, SummaryRow, Tab, Tag, Task
from strandline.web.design.tables import Cell, Column, Table
from strandline.web.design.templatetags.design import tag as tag_html

VERBS: Mapping[State, str] = {
    State.ISSUED: "Issue it",
    State.REPRESENTATIONS: "Note representations",
    State.RUNNING: "Let the compliance period run",
    State.MET: "Find it complied with",
    State.NOT_MET: "Find it not complied with",
    State.LIFTED: "Lift it",
    State.WITHDRAWN: "Withdraw it",
}
WANTED: Mapping[State, str] = {
    State.REPRESENTATIONS: "What was represented",
    State.LIFTED: "Why it is lifted",
    State.WITHDRAWN: "Why it is withdrawn",
}


def day(value: date | None) -> str:
    """A date as people write it: 30 April 2013."""
    return date_format(value, "j F Y") if value else ""


def case_tag(case: Case) -> Tag:
    """What a case is."""
    if case.closed_on:
        return Tag(text="Closed", kind="done")
    return Tag(text=case.get_kind_display(), kind="due" if case.kind == Kind.CONCERN else "neutral")


def notice_tag(notice: Notice) -> Tag:
    """Where a notice stands; a period that has run out is said."""
    if notice.state == State.RUNNING and notice.comply_by < timezone.localdate():
        return Tag(text="Compliance period over: to be found met or not", kind="late")
    kinds = {State.DRAFTED: "draft", State.LIFTED: "done", State.MET: "done", State.NOT_MET: "late"}
    return Tag(text=notice.get_state_display(), kind=kinds.get(State(notice.state), "neutral"))  # type: ignore[arg-type]


def tabs(*, asked: Asked, totals: Mapping[str, int]) -> list[Tab]:
    """Mine, my team's, all, closed."""
    return [
        Tab(label=label, href=f"?view={name}", current=name == asked.view, count=totals[name])
        for name, label in VIEWS.items()
    ]


def filters(*, asked: Asked, query: QueryDict, totals: Mapping[str, int], found: int) -> Filters:
    """The filters of the list."""
    options = tuple(
        Option(value=kind.value, label=kind.label, count=totals[kind.value], chosen=kind.value in asked.kinds)
        for kind in Kind
    )
    return Filters(
        groups=(FilterGroup(name="kind", legend="Kind", options=options, open=True),),
        query=query.urlencode(),
        search=asked.text,
        search_label="School or words of the title",
        kept=("view",),
        found="1 case" if found == 1 else f"{found} cases",
    )


def cases_table(rows: Iterable[Case], *, may_act: bool) -> Table:
    """The list; with boxes to choose by where the person may name officers."""
    choose = (Column(heading="Choose", hidden_heading=True),) if may_act else ()
    return Table(
        caption="Cases",
        caption_hidden=True,
        wide=True,
        columns=(
            *choose,
            Column(heading="School"),
            Column(heading="Case", header=True, kind="words"),
            Column(heading="Kind"),
            Column(heading="Officer"),
            Column(heading="Opened", kind="date"),
            Column(heading="Notices in force", kind="number"),
        ),
        rows=[
            (
                *((_box(row),) if may_act else ()),
                Cell(text=row.school.name, href=reverse("schools:school", args=[row.school_id])),
                Cell(text=row.title, href=reverse("concerns:case", args=[row.pk])),
                Cell(text=_tag(case_tag(row))),
                row.officer.name,
                Cell(text=day(row.opened_on), sort=row.opened_on.isoformat()),
                str(getattr(row, "standing", 0)),
            )
            for row in rows
        ],
        empty=EmptyState(title="No case here", text="A case is opened from the page of the school."),
    )


def notices_table(rows: Iterable[Notice], *, with_school: bool) -> Table:
    """Notices with where they stand."""
    return Table(
        caption="Notices",
        wide=True,
        columns=(
            *((Column(heading="School"),) if with_school else ()),
            Column(heading="Notice", header=True, kind="words"),
            Column(heading="State"),
            Column(heading="Issued", kind="date"),
            Column(heading="Comply by", kind="date"),
        ),
        rows=[
            (
                *((row.case.school.name,) if with_school else ()),
                Cell(text=notice_title(row.power), href=reverse("concerns:notice", args=[row.pk])),
                Cell(text=_tag(notice_tag(row))),
                Cell(text=day(row.issued_on), missing="" if row.issued_on else "Not issued"),
                day(row.comply_by),
            )
            for row in rows
        ],
        empty=EmptyState(title="No notice", text="None has been issued."),
    )


def case_summary(case: Case, *, acts: bool) -> list[SummaryRow]:
    """A case in short."""
    change: tuple[Action, ...] = ()
    if acts and not case.closed_on:
        href = f"{reverse('concerns:reassign')}?chosen={case.pk}"
        change = (Action(text="Change", href=href, about="the officer"),)
    rows = [
        SummaryRow(label="School", value=case.school.name, hint=f"URN {case.school_id}"),
        SummaryRow(label="Officer", value=case.officer.name, actions=change),
        SummaryRow(label="How it came to us", value=casework().referrals.get(case.referral, case.referral)),
        SummaryRow(label="Opened", value=day(case.opened_on), hint=f"by {case.opened_by.name}"),
    ]
    if case.concern_since:
        rows.append(SummaryRow(label="Concern since", value=day(case.concern_since), hint=case.concern_reason))
    if case.closed_on:
        rows.append(SummaryRow(label="Closed", value=day(case.closed_on), hint=case.closed_reason))
    return rows


def narrative_summary(row: Narrative) -> list[SummaryRow]:
    """A writing under its headings."""
    return [
        SummaryRow(label=each.title, value=getattr(row, each.key), missing="Not written yet")
        for each in casework().headings
    ]


def steps(case: Case, notes: Mapping[str, StepNote], *, acts: bool) -> list[Task]:
    """The steps before any notice, each with its day and evidence."""
    rows = []
    for step in casework().steps.values():
        note = notes.get(step.key)
        said = f"{day(note.on)}, {note.noted_by.name}: {note.evidence}" if note else step.hint
        before = ", ".join(f"s.{power[1:]}" for power in sorted(step.powers))
        rows.append(
            Task(
                title=step.title,
                href=reverse("concerns:step", args=[case.pk, step.key]) if acts else "",
                hint=f"{said} (before {before}; {step.cited})",
                status="Done" if note and note.done else "Not done",
                kind="done" if note and note.done else "due",
            )
        )
    return rows


def notice_summary(notice: Notice, *, for_school: bool) -> list[SummaryRow]:
    """A notice in full; the school reads what was issued to it."""
    rows = [
        SummaryRow(label="School", value=notice.case.school.name),
        SummaryRow(label="Matters", value=notice.matters),
        SummaryRow(label="Action required", value=notice.action_required),
        SummaryRow(label="Issued", value=day(notice.issued_on), missing="Not issued"),
        SummaryRow(label="Comply by", value=day(notice.comply_by)),
    ]
    if notice.representations_on:
        said = day(notice.representations_on)
        rows.append(SummaryRow(label="Representations", value=notice.representations, hint=said))
    if notice.found_on:
        rows.append(SummaryRow(label="Found on", value=day(notice.found_on)))
    if notice.ended_on:
        hint = "" if for_school else notice.ended_reason
        rows.append(SummaryRow(label=notice.get_state_display(), value=day(notice.ended_on), hint=hint))
    if notice.follows and not for_school:
        rows.append(SummaryRow(label="Follows", value=notice_title(notice.follows.power)))
    return rows


def conditions_table(rows: Iterable[Condition], *, may_settle: bool) -> Table:
    """The conditions, each met or not on a day."""
    kinds = {ConditionState.OPEN: "due", ConditionState.MET: "done", ConditionState.NOT_MET: "late"}
    return Table(
        caption="Conditions",
        wide=True,
        columns=(
            Column(heading="Condition", header=True, kind="words"),
            Column(heading="State"),
            Column(heading="Found on", kind="date"),
            Column(heading="Evidence", kind="words"),
        ),
        rows=[
            (
                Cell(text=row.text, href=reverse("concerns:settle", args=[row.pk]) if may_settle else ""),
                Cell(text=_tag(Tag(text=row.get_state_display(), kind=kinds[ConditionState(row.state)]))),  # type: ignore[arg-type]
                Cell(text=day(row.found_on), missing="" if row.found_on else "Not yet"),
                row.evidence,
            )
            for row in rows
        ],
        empty=EmptyState(title="No condition yet", text="A notice has at least one before it is issued."),
    )


def moves(notice: Notice) -> list[Action]:
    """Where a notice may go from where it stands."""
    found = [
        Action(text=VERBS[to], href=reverse("concerns:move", args=[notice.pk, to.value]))
        for to in MOVES[State(notice.state)]
        if to in VERBS
    ]
    if State.ESCALATED in MOVES[State(notice.state)]:
        found.insert(0, Action(text="Escalate to the next notice", href=reverse("concerns:escalate", args=[notice.pk])))
    return found


def decisions(rows: Iterable[CaseDecision], *, reader: int) -> list[Event]:
    """What was decided, and the authoriser's answer; one's own to answer is linked."""
    kinds = {Answer.WAITING: "due", Answer.AUTHORISED: "done", Answer.REFUSED: "late"}
    found = []
    for row in rows:
        mine = row.answer == Answer.WAITING and row.authoriser_id == reader
        on = timezone.localtime(row.recorded_at).date()
        about = (
            f"{row.get_about_display()}: {notice_title(row.notice.power)}" if row.notice else "The course of the case"
        )
        reason = f" Answer: {row.answer_reason}" if row.answer_reason else ""
        found.append(
            Event(
                on=day(on),
                iso=on.isoformat(),
                title=row.outcome,
                by=f"{row.recorded_by.name}; authoriser {row.authoriser.name}",
                text=f"{about}. {casework().areas.get(row.area, row.area)}. {row.notes}{reason}",
                href=reverse("concerns:answer", args=[row.pk]) if mine else "",
                tag=Tag(text=row.get_answer_display(), kind=kinds[Answer(row.answer)]),  # type: ignore[arg-type]
            )
        )
    return found


def _box(row: Case) -> SafeString:
    return format_html(
        '<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">'
        '<input class="govuk-checkboxes__input" type="checkbox" id="case-{}" name="chosen" value="{}">'
        '<label class="govuk-label govuk-checkboxes__label" for="case-{}">'
        '<span class="govuk-visually-hidden">Choose {}, {}</span></label></div></div>',
        row.pk,
        row.pk,
        row.pk,
        row.title,
        row.school.name,
    )


def _tag(tag: Tag) -> SafeString:
    return tag_html(tag)
