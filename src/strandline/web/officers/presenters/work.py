"""Tasks, inspections and visits as printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from strandline.web.design.parts import Action, EmptyState, SummaryRow, Tab, Tag
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.officers.models import InspectionEvent, Task, TaskState, Visit
from strandline.web.officers.presenters.allocations import day, tag_html
from strandline.web.officers.queries import TaskTotals
from strandline.web.officers.work import visit_title

WHICH = {"open": "To do", "overdue": "Overdue", "settled": "Done or not needed"}


def task_tag(task: Task) -> Tag:
    """Where a task stands: overdue in words and colour."""
    if task.state != TaskState.OPEN:
        return Tag(text=task.get_state_display(), kind="done")
    return Tag(text="Overdue", kind="late") if task.due_on < timezone.localdate() else Tag(text="To do", kind="due")


def tasks_table(
    rows: Iterable[Task],
    *,
    caption: str = "Tasks",
    with_school: bool = True,
    hidden: bool = True,
    may_act: bool = True,
) -> Table:
    """Tasks with what is due when, by whom; who `may_act` can settle them, or open what was settled."""
    columns = (
        Column(heading="Task", header=True),
        *((Column(heading="School", kind="words"),) if with_school else ()),
        Column(heading="By", kind="date"),
        Column(heading="State"),
        Column(heading="By whom", kind="words"),
    )
    cells = [
        Row(
            cells=(
                Cell(text=task.title, href=reverse("officers:settle_task", args=[task.pk]), hint=_about(task))
                if may_act
                else Cell(text=task.title, hint=_about(task)),
                *((Cell(text=task.school.name),) if with_school else ()),
                Cell(text=day(task.due_on), sort=task.due_on.isoformat()),
                Cell(text=tag_html(task_tag(task)), hint=task.note),
                _who(task),
            )
        )
        for task in rows
    ]
    empty = EmptyState(title="Nothing to do here", text="Inspections bring tasks; officers add their own.")
    return Table(caption=caption, caption_hidden=hidden, columns=columns, rows=cells, empty=empty)


def _about(task: Task) -> str:
    return f"inspection of {day(task.event.inspected_on)}" if task.event else ""


def _who(task: Task) -> Cell:
    if task.settled_by and task.settled_on:
        return Cell(text=task.settled_by.name, hint=day(task.settled_on))
    return Cell(text=task.assigned_to.name) if task.assigned_to else Cell(missing="the named officer")


def settled_rows(task: Task) -> tuple[SummaryRow, ...]:
    """How a task was settled and what it was for; nothing while it waits."""
    if task.settled_by is None or task.settled_on is None:
        return ()
    rows = [
        SummaryRow(
            label="State", value=task.get_state_display(), hint=f"{day(task.settled_on)}, {task.settled_by.name}"
        ),
        SummaryRow(label="Note", value=task.note, missing="" if task.note else "none"),
    ]
    if task.state != TaskState.DONE:
        return tuple(rows)
    change = Action(text="Change", href=reverse("officers:tag_task", args=[task.pk]), about="what the task was for")
    priorities = ", ".join(f"{each.number}. {each.title}" for each in task.priorities.all())
    responsibility = task.get_responsibility_display() if task.responsibility else ""
    hours = f"{task.hours:.2f}".rstrip("0").rstrip(".") if task.hours is not None else ""
    return (
        *rows,
        SummaryRow(label="Priorities", value=priorities, missing="" if priorities else "none", actions=(change,)),
        SummaryRow(label="Core responsibility", value=responsibility, missing="" if responsibility else "none"),
        SummaryRow(label="Hours", value=hours, missing="" if hours else "not noted"),
    )


def task_tabs(which: str, *, totals: TaskTotals, mine: bool) -> list[Tab]:
    """To do, overdue, settled: with counts."""
    numbers = {
        "open": totals.mine if mine else totals.due,
        "overdue": totals.mine_overdue if mine else totals.overdue,
        "settled": None,
    }
    more = "&mine=1" if mine else ""
    return [
        Tab(label=label, href=f"?which={name}{more}", current=name == which, count=numbers[name])
        for name, label in WHICH.items()
    ]


def visits_table(rows: Iterable[Visit], *, may_act: bool = False) -> Table:
    """The log of visits; who `may_act` can classify them."""
    columns = (
        Column(heading="On", kind="date"),
        Column(heading="Kind", header=True),
        Column(heading="Who came", kind="words"),
        Column(heading="Note", kind="words"),
        Column(heading="What the authority did", kind="words"),
        Column(heading="Letter", kind="words"),
    )
    cells = [
        (
            day(row.visited_on),
            Cell(
                text=visit_title(row.kind),
                href=reverse("officers:tag_visit", args=[row.pk]) if may_act else "",
                hint=row.get_responsibility_display(),
            ),
            row.visitor,
            row.note,
            row.authority_action,
            Cell(text=row.letter.title) if row.letter else Cell(missing="none"),
        )
        for row in rows
    ]
    empty = EmptyState(
        title="No visit is logged", text="Whoever comes to the school for the authority logs when, and what was done."
    )
    return Table(caption="Visits", caption_hidden=True, columns=columns, rows=cells, empty=empty)


def inspections_table(rows: Iterable[InspectionEvent]) -> Table:
    """Inspections that were announced or that a run told of, with what became of their tasks."""
    columns = (
        Column(heading="Inspection", header=True, kind="date"),
        Column(heading="Kind", kind="words"),
        Column(heading="How it was known", kind="words"),
        Column(heading="Tasks", kind="words"),
    )
    cells = [
        (
            day(row.inspected_on),
            row.event.replace("_", " ") or Cell(missing="not said"),
            "announced to the authority" if row.announced_by_id else "told by a run",
            "; ".join(f"{task.title}: {task.get_state_display().lower()}" for task in row.tasks.all()),
        )
        for row in rows
    ]
    empty = EmptyState(
        title="No inspection is noted",
        text="One comes here when a run tells of it, or when the authority is told before and notes it.",
    )
    return Table(caption="Inspections noted here", caption_hidden=True, columns=columns, rows=cells, empty=empty)


def special_table(rows: Iterable[Any], *, may_act: bool) -> Table:
    """Special schools that nobody visited for a year; who `may_act` can log a visit."""
    columns = (
        Column(heading="School", header=True),
        Column(heading="Legal form"),
        Column(heading="Last visit", kind="date"),
        *((Column(heading="What can be done"),) if may_act else ()),
    )
    cells = [
        (
            Cell(text=school.name, href=reverse("officers:school", args=[school.urn])),
            school.legal_form.replace("_", " ").capitalize(),
            Cell(text=day(school.last_visit)) if school.last_visit else Cell(missing="none in the log"),
            *(
                (Cell(text=f"Log a visit to {school.name}", href=reverse("officers:visit", args=[school.urn])),)
                if may_act
                else ()
            ),
        )
        for school in rows
    ]
    empty = EmptyState(title="Every special school was visited in the last twelve months")
    return Table(
        caption="Special schools without a visit", caption_hidden=True, columns=columns, rows=cells, empty=empty
    )
