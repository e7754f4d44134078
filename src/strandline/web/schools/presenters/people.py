"""Contacts by body and role, documents, agreements to share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from strandline.web.design.parts import Action, EmptyState, SummaryRow
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.schools.models import Contact, ContactBody, Document, School, SharedPart
from strandline.web.schools.sharing import Sharing
from strandline.web.schools.wording import long_day, short_date

KB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyContacts:
    """The contacts of one body."""

    title: str
    table: Table


def by_body(contacts: Iterable[Contact], *, school: School, may_act: bool, notes: bool) -> tuple[BodyContacts, ...]:
    """Contacts under the body that they belong to, in the order of bodies; several may share a role."""
    several = list(contacts)
    return tuple(
        BodyContacts(title=body.label, table=_contacts(body, mine, school=school, may_act=may_act, notes=notes))
        for body in ContactBody
        if (mine := [one for one in several if one.body == body.value])
    )


def _contacts(body: ContactBody, contacts: list[Contact], *, school: School, may_act: bool, notes: bool) -> Table:
    columns = [
        Column(heading="Role", header=True),
        Column(heading="Name"),
        Column(heading="E-mail"),
        Column(heading="Telephone"),
        Column(heading="Since", kind="date"),
    ]
    if notes:
        columns.append(Column(heading="Note", kind="words"))
    if may_act:
        columns.append(Column(heading="Change", hidden_heading=True))
    return Table(
        caption=f"Contacts: {body.label.lower()}",
        caption_hidden=True,
        columns=tuple(columns),
        rows=[_contact(one, school=school, may_act=may_act, notes=notes) for one in contacts],
        key=f"contacts-{body.value}",
    )


def _contact(one: Contact, *, school: School, may_act: bool, notes: bool) -> Row:
    cells: list[Cell | str] = [
        one.role,
        one.name,
        Cell(text=one.email, href=f"mailto:{one.email}") if one.email else "",
        one.telephone,
        Cell(text=short_date(one.starts_on), sort=one.starts_on.isoformat()),
    ]
    if notes:
        cells.append(one.note)
    if may_act:
        cells.append(Cell(text=f"Change {one.name}", href=reverse("schools:contact", args=[school.urn, one.pk])))
    return Row(cells=cells)


def documents_table(documents: Iterable[Document], *, school: School, may_act: bool) -> Table:
    """The documents kept with a school."""
    columns = [
        Column(heading="Document", kind="words", header=True),
        Column(heading="What it is"),
        Column(heading="Dated", kind="date"),
        Column(heading="Kept", kind="date"),
        Column(heading="By"),
        Column(heading="Seen by"),
    ]
    if may_act:
        columns.append(Column(heading="Withdraw", hidden_heading=True))
    return Table(
        caption="Documents",
        caption_hidden=True,
        columns=tuple(columns),
        rows=[_document(one, school=school, may_act=may_act) for one in documents],
        key="documents",
        empty=EmptyState(title="No documents are kept with this school"),
    )


def _document(one: Document, *, school: School, may_act: bool) -> Row:
    cells: list[Cell | str] = [
        Cell(
            text=one.title,
            href=reverse("schools:document", args=[school.urn, one.pk]),
            hint=f"{one.file_name}, {max(1, round(one.size / KB))} KB",
        ),
        one.kind,
        Cell(text=short_date(one.dated), sort=one.dated.isoformat()),
        short_date(one.added_at.date()),
        one.added_by.name if one.added_by else "",
        "The service" if one.for_service_only else "The service, the school and its trust",
    ]
    if may_act:
        address = reverse("schools:withdraw_document", args=[school.urn, one.pk])
        cells.append(Cell(text=f"Withdraw {one.title}", href=address))
    return Row(cells=cells)


def sharing_rows(agreed: Mapping[SharedPart, Sharing], *, school: School, may_act: bool) -> tuple[SummaryRow, ...]:
    """What a school shares, part by part."""
    return tuple(_sharing(one, school=school, may_act=may_act) for one in agreed.values())


def _sharing(one: Sharing, *, school: School, may_act: bool) -> SummaryRow:
    if one.by_law:
        value, hint = "Shared", "The authority maintains the school"
    elif one.agreed:
        value, hint = f"Shared since {long_day(one.since)}", one.note
    else:
        value = (
            "Not shared: the school has not agreed" if one.since is None else f"Not shared since {long_day(one.since)}"
        )
        hint = one.note
    actions: tuple[Action, ...] = ()
    if may_act and not one.by_law:
        address = f"{reverse('schools:sharing', args=[school.urn])}?part={one.part.value}"
        actions = (Action(text="Change", href=address, about=one.part.label),)
    return SummaryRow(label=one.part.label, value=value, hint=hint, actions=actions)
