"""Schools with their officers, caseloads, allocations and their history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from strandline.web.design.parts import Action, EmptyState, Event, SummaryRow, Tag
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.officers.models import Allocation, AllocationState, SchoolReply, SchoolView
from strandline.web.people.models import User
from strandline.web.people.roles import Role
from strandline.web.schools.models import Contact


def day(value: date) -> str:
    """A date as people write it: 30 April 2013."""
    return date_format(value, "j F Y")


def tag_html(tag: Tag) -> str:
    """A tag inside a cell."""
    return format_html('<strong class="desk-tag desk-tag--{}">{}</strong>', tag.kind, tag.text)


def schools_table(rows: Iterable[Any], *, narrowed: bool) -> Table:
    """Every school with its named officer."""
    columns = (
        Column(heading="School", header=True),
        Column(heading="Named officer", kind="words"),
        Column(heading="Since", kind="date"),
        Column(heading="Waiting", kind="words"),
    )
    cells = [
        Row(
            cells=(
                Cell(
                    text=school.name, href=reverse("officers:school", args=[school.urn]), hint=_form(school.legal_form)
                ),
                school.officer_name or Cell(text=tag_html(Tag(text="Nobody is named", kind="late"))),
                Cell(text=day(school.since)) if school.since else Cell(missing="–"),
                Cell(text=school.proposed_name, hint="proposed, declaration awaited")
                if school.proposed_name
                else Cell(text=""),
            )
        )
        for school in rows
    ]
    empty = EmptyState(
        title="Nothing matches" if narrowed else "No schools here yet",
        text="Take a filter away." if narrowed else "Schools come with the first run that is taken to the desk.",
    )
    return Table(caption="Schools and their officers", caption_hidden=True, columns=columns, rows=cells, empty=empty)


def choices(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Schools to tick: number, and name with the present officer."""
    return [(str(row.urn), f"{row.name} ({row.officer_name or 'nobody is named'})") for row in rows]


def uncovered_table(rows: Iterable[Any], *, may_act: bool) -> Table:
    """The schools that nobody is named for; who `may_act` can name somebody."""
    columns = (
        Column(heading="School", header=True),
        Column(heading="Legal form"),
        *((Column(heading="What can be done"),) if may_act else ()),
    )
    cells = [
        (
            Cell(text=school.name, href=reverse("officers:school", args=[school.urn]), hint=f"URN {school.urn}"),
            _form(school.legal_form),
            *(
                (Cell(text=f"Name an officer for {school.name}", href=reverse("officers:propose", args=[school.urn])),)
                if may_act
                else ()
            ),
        )
        for school in rows
    ]
    empty = EmptyState(title="Every school has a named officer")
    return Table(
        caption="Schools without a named officer", caption_hidden=True, columns=columns, rows=cells, empty=empty
    )


def caseload_table(rows: Iterable[tuple[User, int]]) -> Table:
    """Officers and how many schools each has."""
    columns = (Column(heading="Officer", header=True), Column(heading="Schools", kind="number"))
    cells = [
        (Cell(text=person.name, href=f"{reverse('officers:index')}?officer={person.pk}"), str(count))
        for person, count in rows
    ]
    empty = EmptyState(title="No officer has an account yet")
    return Table(caption="Caseloads", caption_hidden=True, columns=columns, rows=cells, empty=empty)


def offers_table(rows: Iterable[Allocation]) -> Table:
    """The schools that one is proposed for and has to declare about."""
    columns = (
        Column(heading="An interest?", hint="tick where you have one"),
        Column(heading="School", header=True),
        Column(heading="From", kind="date"),
        Column(heading="Proposed by", kind="words"),
    )
    box = (
        '<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">'
        '<input class="govuk-checkboxes__input" type="checkbox" name="interest" id="interest-{0}" value="{0}">'
        '<label class="govuk-label govuk-checkboxes__label" for="interest-{0}">'
        '<span class="govuk-visually-hidden">I have an interest in {1}</span></label></div></div>'
        '<input type="hidden" name="offered" value="{0}">'
    )
    cells = [
        (
            Cell(text=format_html(box, row.pk, row.school.name)),
            Cell(text=row.school.name, href=reverse("officers:declare", args=[row.pk])),
            day(row.starts_on),
            row.proposed_by.name,
        )
        for row in rows
    ]
    empty = EmptyState(
        title="Nothing waits for your declaration", text="You are asked before you are named for a school."
    )
    return Table(caption="Schools you are proposed for", caption_hidden=True, columns=columns, rows=cells, empty=empty)


def moves_table(rows: Iterable[Allocation]) -> Table:
    """The schools of one re-allocation."""
    columns = (
        Column(heading="School", header=True),
        Column(heading="Officer", kind="words"),
        Column(heading="State", kind="words"),
    )
    cells = [
        (
            Cell(text=row.school.name, href=reverse("officers:school", args=[row.school_id])),
            row.officer.name,
            Cell(text=tag_html(state_tag(row))),
        )
        for row in rows
    ]
    return Table(caption="Schools of this re-allocation", caption_hidden=True, columns=columns, rows=cells)


def state_tag(row: Allocation) -> Tag:
    """Where an allocation stands today."""
    today = timezone.localdate()
    if row.state == AllocationState.PROPOSED:
        declared = row.declaration is not None
        return Tag(text="An interest is declared" if declared else "Declaration awaited", kind="due")
    if row.state == AllocationState.WITHDRAWN:
        return Tag(text="Withdrawn")
    if row.starts_on > today:
        return Tag(text=f"From {day(row.starts_on)}", kind="new")
    if row.ends_on is not None and row.ends_on < today:
        return Tag(text="Ended")
    return Tag(text="In force", kind="done")


def current(rows: Iterable[Allocation]) -> Allocation | None:
    """The allocation in force today."""
    today = timezone.localdate()
    for row in rows:
        running = row.ends_on is None or row.ends_on >= today
        if row.state == AllocationState.CONFIRMED and row.starts_on <= today and running:
            return row
    return None


def waiting(rows: Iterable[Allocation]) -> Allocation | None:
    """The allocation that waits for a declaration, or for a declared interest to be accepted."""
    return next((row for row in rows if row.state == AllocationState.PROPOSED), None)


def officer_rows(row: Allocation | None, *, may_act: bool, may_reply: bool) -> list[SummaryRow]:
    """The named officer, and the school's latest reply."""
    if row is None:
        return [SummaryRow(label="Named officer", missing="nobody is named for this school")]
    replies = list(row.replies.all())
    actions = (
        (Action(text="End", href=reverse("officers:end", args=[row.pk]), about=f"{row.officer.name}'s time"),)
        if may_act
        else ()
    )
    reply = Action(text="Reply", href=reverse("officers:reply", args=[row.pk]), about="about the officer")
    answering = (reply,) if may_reply else ()
    until = f" until {day(row.ends_on)}" if row.ends_on else ""
    return [
        SummaryRow(
            label="Named officer",
            value=row.officer.name,
            hint=f"since {day(row.starts_on)}{until}; {row.officer.email}",
            actions=actions,
        ),
        SummaryRow(
            label="The school's reply",
            value=_reply(replies[0]) if replies else "",
            missing="" if replies else "none yet",
            actions=answering,
        ),
    ]


def _reply(reply: SchoolReply) -> str:
    text = f": {reply.text}" if reply.text else ""
    return f"{reply.get_view_display()}{text} ({reply.by.name}, {day(timezone.localtime(reply.at).date())})"


def history(rows: Iterable[Allocation], *, with_interests: bool) -> list[Event]:
    """Who was the officer when, and what the school said, latest first."""
    told: list[tuple[str, Event]] = []
    for row in rows:
        until = f" to {day(row.ends_on)}" if row.ends_on else ""
        parts = [row.reason, row.end_reason]
        if with_interests and row.declaration is not None:
            kept = row.declaration
            declared = f"declared an interest: {kept.nature}" if kept.conflict else "declared no conflict of interest"
            parts += [f"{row.officer.name} {declared} ({day(kept.declared_on)})", kept.safeguard]
        told.append(
            (
                row.starts_on.isoformat(),
                Event(
                    on=f"{day(row.starts_on)}{until}",
                    iso=row.starts_on.isoformat(),
                    title=row.officer.name,
                    by=f"proposed by {row.proposed_by.name}",
                    text=" ".join(_sentence(part) for part in parts if part.strip()),
                    tag=state_tag(row),
                ),
            )
        )
        for reply in row.replies.all():
            on = timezone.localtime(reply.at).date()
            kind = Tag(text=reply.get_view_display(), kind="due" if reply.view == SchoolView.CONCERN else "neutral")
            who = f"{reply.by.name} ({Role(reply.by_role).words.lower()})" if reply.by_role else reply.by.name
            told.append(
                (
                    on.isoformat(),
                    Event(
                        on=day(on), iso=on.isoformat(), title="The school replied", by=who, text=reply.text, tag=kind
                    ),
                )
            )
    return [event for _, event in sorted(told, key=lambda each: each[0], reverse=True)]


def _sentence(text: str) -> str:
    told = text.strip()
    return told if told.endswith((".", "!", "?")) else f"{told}."


def contacts_table(rows: Iterable[Contact]) -> Table:
    """Inspectors and other contacts outside the authority."""
    columns = (
        Column(heading="Name", header=True),
        Column(heading="Role", kind="words"),
        Column(heading="Body", kind="words"),
        Column(heading="Since", kind="date"),
        Column(heading="How to reach them", kind="words"),
    )
    cells = [
        (
            row.name,
            row.role,
            row.get_body_display(),
            day(row.starts_on),
            " ".join(filter(None, (row.email, row.telephone))),
        )
        for row in rows
    ]
    empty = EmptyState(
        title="No inspector or other outside contact is noted",
        text="Who they are is kept with the contacts of the school.",
    )
    return Table(
        caption="HMI and other outside contacts", caption_hidden=True, columns=columns, rows=cells, empty=empty
    )


def _form(legal_form: str) -> str:
    return legal_form.replace("_", " ").capitalize()
