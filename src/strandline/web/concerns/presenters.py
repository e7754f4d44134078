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
from strandline.web.concerns.casework import Step, casework, notice_title
from strandline.web.concerns.models import (
    About,
    Answer,
    Case,
    Condition,
    ConditionState,
    Kind,
    Narrative,
    Notice,
    State,
    StepNote,
)
from strandline.web.concerns.queries import OPEN, TO_BE_FOUND, VIEWS, Asked
from strandline.web.design.filters import FilterGroup, Filters, Option
from strandline.web.design.parts import Action, EmptyState, SummaryRow, Tab, Tag, TagKind, Task, TaskPhase
from strandline.web.design.tables import Cell, Column, Table
from strandline.web.design.templatetags.design import tag as tag_html

VERBS: Mapping[State, str] = {
    State.ISSUED: "Issue the notice",
    State.REPRESENTATIONS: "Note representations",
    State.RUNNING: "Start the compliance period",
    State.MET: "Find it complied with",
    State.NOT_MET: "Find it not complied with",
    State.LIFTED: "Lift the notice",
    State.WITHDRAWN: "Withdraw the notice",
}
WARNINGS = frozenset({"s60", "s60A"})
WANTED: Mapping[State, str] = {
    State.REPRESENTATIONS: "What was represented",
    State.LIFTED: "Why it is lifted",
    State.WITHDRAWN: "Why it is withdrawn",
}


def day(value: date | None) -> str:
    """A date as people write it: 30 April 2013."""
    return date_format(value, "j F Y") if value else ""


def case_tag(case: Case, *, short: bool = False) -> Tag:
    """What a case is; in a list `short`."""
    if case.closed_on:
        return Tag(text="Closed", kind="done")
    if case.kind == Kind.CONCERN:
        return Tag(text="Concern", kind="due")
    return Tag(text="No concern" if short else case.get_kind_display())


def notice_tag(notice: Notice) -> Tag:
    """Where a notice stands; a period that has run out is said."""
    if notice.state in TO_BE_FOUND and notice.comply_by < timezone.localdate():
        return Tag(text="Day to comply has passed: find whether it is met", kind="late")
    kinds = {State.DRAFTED: "draft", State.LIFTED: "done", State.MET: "done", State.NOT_MET: "late"}
    return Tag(text=notice.get_state_display(), kind=kinds.get(State(notice.state), "neutral"))  # type: ignore[arg-type]


def tabs(*, asked: Asked, totals: Mapping[str, int]) -> list[Tab]:
    """Mine, my team's, those of my watchlist, all, closed."""
    return [
        Tab(label=label, href=f"?view={name}", current=name == asked.view, count=totals[f"view_{name}"])
        for name, label in VIEWS.items()
    ]


def filters(*, asked: Asked, query: QueryDict, totals: Mapping[str, int], found: int) -> Filters:
    """The filters of the list, with the counts of the list that is shown."""
    kinds = tuple(
        Option(value=kind.value, label=kind.label, count=totals[f"kind_{kind}"], chosen=kind.value in asked.kinds)
        for kind in Kind
    )
    still_open = tuple(
        Option(value=name, label=label, count=totals[f"open_{name}"], chosen=name in asked.open)
        for name, label in OPEN.items()
    )
    groups = [FilterGroup(name="kind", legend="Kind", options=kinds)]
    if asked.view != "closed":
        groups.append(FilterGroup(name="open", legend="What is open", options=still_open))
    return Filters(
        groups=tuple(groups),
        query=query.urlencode(),
        search=asked.text,
        search_label="School or words of the title",
        kept=("view",),
        found="1 case" if found == 1 else f"{found} cases",
    )


def cases_table(rows: Iterable[Case], *, may_act: bool, narrowed: bool) -> Table:
    """The list; with boxes to choose by where the person may name officers."""
    choose = (Column(heading="Choose", hidden_heading=True),) if may_act else ()
    empty = EmptyState(title="No case here", text="A case is opened from the page of the school.")
    return Table(
        caption="Cases",
        caption_hidden=True,
        wide=True,
        columns=(
            *choose,
            Column(heading="Case", header=True, kind="words"),
            Column(heading="School"),
            Column(heading="Kind"),
            Column(heading="Case owner"),
            Column(heading="Opened", kind="date"),
            Column(heading="Look at again by", kind="date"),
            Column(heading="Notices", kind="number"),
        ),
        rows=[(*((_box(row),) if may_act else ()), *_case_cells(row)) for row in rows],
        empty=EmptyState(title="Nothing matches", text="Take a filter away.") if narrowed else empty,
    )


def _case_cells(row: Case) -> tuple[Cell | str, ...]:
    late = _tag(Tag(text="Overdue", kind="late")) if getattr(row, "late", False) else SafeString("")
    again = row.review_by if row.closed_on is None else None
    return (
        Cell(text=row.title, href=reverse("concerns:case", args=[row.pk])),
        Cell(text=row.school.name, href=reverse("schools:school", args=[row.school_id])),
        Cell(text=format_html("{} {}", _tag(case_tag(row, short=True)), late)),
        row.officer.name,
        Cell(text=day(row.opened_on), sort=row.opened_on.isoformat()),
        Cell(text=day(again), sort=again.isoformat()) if again else Cell(missing="no day set"),
        str(getattr(row, "standing", 0)),
    )


def notices_table(rows: Iterable[Notice], *, with_school: bool) -> Table:
    """Notices with where they stand."""
    return Table(
        caption="Notices",
        caption_hidden=True,
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
        change = (Action(text="Change", href=href, about="the case owner"),)
    there = Action(text="Open", href=reverse("schools:school", args=[case.school_id]), about="the page of the school")
    rows = [
        SummaryRow(label="School", value=case.school.name, hint=f"URN {case.school_id}", actions=(there,)),
        SummaryRow(label="Case owner", value=case.officer.name, actions=change),
        SummaryRow(label="Means of referral", value=casework().referrals.get(case.referral, case.referral)),
        SummaryRow(label="Opened", value=day(case.opened_on), hint=f"by {case.opened_by.name}"),
    ]
    if case.concern_since:
        rows.append(SummaryRow(label="Concern since", value=day(case.concern_since), hint=case.concern_reason))
    if case.review_by and not case.closed_on:
        rows.append(SummaryRow(label="Look at it again by", value=day(case.review_by)))
    if case.closed_on:
        closer = f"by {case.closed_by.name}: " if case.closed_by else ""
        rows.append(SummaryRow(label="Closed", value=day(case.closed_on), hint=f"{closer}{case.closed_reason}"))
    return rows


def narrative_summary(row: Narrative) -> list[SummaryRow]:
    """A writing under its headings."""
    return [
        SummaryRow(label=each.title, value=getattr(row, each.key), missing="Not written yet")
        for each in casework().headings
    ]


def steps(case: Case, notes: Mapping[str, StepNote], *, powers: frozenset[str], acts: bool) -> tuple[TaskPhase, ...]:
    """The steps before the notices that the authority may give, each with its day and evidence."""
    told = [step for step in casework().steps.values() if step.powers & powers]
    first = tuple(_step(case, step, notes.get(step.key), acts=acts) for step in told if step.powers & WARNINGS)
    rest = (step for step in told if not step.powers & WARNINGS)
    later = tuple(_step(case, step, notes.get(step.key), acts=acts, waits="neutral") for step in rest)
    phases = (
        TaskPhase(heading="Before a warning notice", tasks=first),
        TaskPhase(heading="Before a notice that goes further", tasks=later),
    )
    return tuple(phase for phase in phases if phase.tasks)


def _step(case: Case, step: Step, note: StepNote | None, *, acts: bool, waits: TagKind = "due") -> Task:
    before = f"Before {sections(step.powers)}."
    done = note is not None and note.done
    return Task(
        title=step.title,
        href=reverse("concerns:step", args=[case.pk, step.key]) if acts else "",
        hint=f"{day(note.on)}, {note.noted_by.name}: {note.evidence}" if note else f"{step.hint} {before}",
        status="Done" if done else "Not done",
        kind="done" if done else waits,
    )


def sections(powers: Iterable[str]) -> str:
    """Powers by their sections: `s.60, s.60A`."""
    return ", ".join(f"s.{power[1:]}" for power in sorted(powers))


def notice_summary(notice: Notice, *, for_school: bool) -> list[SummaryRow]:
    """A notice in full; the school reads what was issued to it."""
    rows = [
        SummaryRow(label="School", value=notice.case.school.name),
        SummaryRow(label="Matters", value=notice.matters),
        SummaryRow(label="Action required", value=notice.action_required),
        *(() if for_school else _by_whom(notice)),
        SummaryRow(label="Issued", value=day(notice.issued_on), missing="Not issued"),
        SummaryRow(label="Comply by", value=day(notice.comply_by)),
    ]
    if notice.representations_on:
        said = day(notice.representations_on)
        rows.append(SummaryRow(label="Representations", value=notice.representations, hint=said))
    if notice.found_on:
        rows.append(SummaryRow(label="Found on", value=day(notice.found_on)))
    if notice.ended_on:
        rows.append(SummaryRow(label=notice.get_state_display(), value=day(notice.ended_on), hint=notice.ended_reason))
    if notice.follows and not for_school:
        rows.append(SummaryRow(label="Follows", value=notice_title(notice.follows.power)))
    return rows


def _by_whom(notice: Notice) -> list[SummaryRow]:
    """Who drafted a notice, and who authorised its issue."""
    given = notice.case_decisions.filter(about=About.ISSUE, answer=Answer.AUTHORISED).select_related("authoriser")
    known = given.first()
    return [
        SummaryRow(label="Drafted", value=day(notice.drafted_on), hint=f"by {notice.drafted_by.name}"),
        SummaryRow(
            label="Issue authorised",
            value=day(known.answered_on) if known else "",
            hint=f"by {known.authoriser.name}" if known else "",
            missing="Not authorised",
        ),
    ]


def condition_summary(row: Condition) -> list[SummaryRow]:
    """A condition as it is looked at."""
    return [
        SummaryRow(label="Condition", value=row.text),
        SummaryRow(label="Comply by", value=day(row.notice.comply_by)),
    ]


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
