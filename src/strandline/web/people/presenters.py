"""What the templates print about people."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from strandline.web.design.parts import Action, EmptyState
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.people import reach
from strandline.web.people.models import ROLES, Assignment, Draft, Invitation, User
from strandline.web.people.queries import form_key
from strandline.web.people.roles import Level, Module, Scope
from strandline.web.people.scope import Actor, Held

OF_THE_FORM = frozenset({"form_key", "version", "csrfmiddlewaretoken"})


def signed_in_person(request: HttpRequest) -> dict[str, Any]:
    """For every template: `actor` (None before sign-in), `can` (`{% if can.decisions_acts %}`) and `form_key`."""
    actor = getattr(request, "actor", None)
    return {"actor": actor, "can": Can(actor), "form_key": form_key(request) or str(uuid.uuid4())}


class Can:
    """`can.<module>` sees, `can.<module>_acts` acts."""

    def __init__(self, actor: Actor | None) -> None:
        self._actor = actor

    def __getitem__(self, name: str) -> bool:
        if self._actor is None:
            return False
        level = Level.ACTS if name.endswith("_acts") else Level.SEES
        return self._actor.can(Module(name.removesuffix("_acts")), level)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """One role of a person, as printed."""

    pk: int
    person: str
    user_pk: int
    role: str
    reach: str
    acting_for: str
    starts_on: date
    ends_on: date | None
    state: str  # "now", "later", "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person, as printed."""

    pk: int
    name: str
    email: str
    organisation: str
    may_sign_in: bool
    last_signed_in: datetime | None
    held: tuple[HeldRow, ...]

    @property
    def now(self) -> tuple[HeldRow, ...]:
        """What they hold today."""
        return tuple(row for row in self.held if row.state == "now")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """One open invitation, as printed."""

    pk: int
    name: str
    email: str
    role: str
    reach: str
    organisation: str
    expires_at: datetime


def person_row(user: User) -> PersonRow:
    """A person with what they hold in this authority, where the query fetched it."""
    rows: list[Assignment] = getattr(user, "here", [])
    return PersonRow(
        pk=user.pk,
        name=user.name,
        email=user.email,
        organisation=user.organisation.name if user.organisation else "",
        may_sign_in=user.is_active,
        last_signed_in=user.last_login,
        held=tuple(held_row(row, user=user) for row in rows),
    )


def held_row(row: Assignment, *, user: User | None = None) -> HeldRow:
    """One assignment with its state today."""
    today = timezone.localdate()
    ended = row.ends_on is not None and row.ends_on < today
    return HeldRow(
        pk=row.pk,
        person=(user or row.user).name,
        user_pk=row.user_id,
        role=row.role_words,
        reach=reach.words(row),
        acting_for=row.acting_for.name if row.acting_for else "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state="ended" if ended else "later" if row.starts_on > today else "now",
    )


def held_words(held: Held) -> str:
    """A role in force, in words: `Head teacher: school 100001`."""
    where = {Scope.SCHOOL: f"school {held.school_urn}"}.get(held.scope, held.cluster or held.scope.words)
    return f"{held.role.words}: {where}"


def invitation_row(row: Invitation) -> InvitationRow:
    """An invitation as printed."""
    return InvitationRow(
        pk=row.pk,
        name=row.name,
        email=row.email,
        role=row.role_words,
        reach=reach.words(row),
        organisation=row.organisation.name if row.organisation else "",
        expires_at=row.expires_at,
    )


def role_choices(chosen: str) -> list[tuple[str, str, bool]]:
    """The roles for a filter: value, words, chosen."""
    return [(value, words, value == chosen) for value, words in ROLES]


def draft_fields(draft: Draft) -> list[tuple[str, str]]:
    """What was written, with the names of the fields made readable."""
    return [(name.replace("_", " ").capitalize(), value) for name, value in draft.fields if name not in OF_THE_FORM]


def people_table(people: list[PersonRow], *, narrowed: bool) -> Table:
    """The list of people: who, what they hold today, when they last signed in."""
    empty = EmptyState(
        title="Nobody matches" if narrowed else "Nobody is here yet",
        text="Take a filter away." if narrowed else "",
        action=None if narrowed else Action(text="Invite the first person", href=reverse("people:invite")),
    )
    columns = (
        Column(heading="Name", header=True),
        Column(heading="Holds today", kind="words"),
        Column(heading="Works for", kind="words"),
        Column(heading="Last signed in", kind="date"),
    )
    return Table(
        caption="People", caption_hidden=True, columns=columns, rows=[_person_cells(one) for one in people], empty=empty
    )


def _person_cells(one: PersonRow) -> Row:
    held = "; ".join(f"{row.role}: {row.reach}" for row in one.now) or "nothing"
    acting = next((row.acting_for for row in one.now if row.acting_for), "")
    works = one.organisation + (f", acting for {acting}" if acting else "")
    last = Cell(text=day(one.last_signed_in.date())) if one.last_signed_in else Cell(missing="never")
    hint = one.email if one.may_sign_in else f"{one.email} (sign-in stopped)"
    name = Cell(text=one.name, href=reverse("people:person", args=[one.pk]), hint=hint)
    return Row(cells=(name, held, works or Cell(missing="not recorded"), last))


def held_table(one: PersonRow, *, may_act: bool) -> Table:
    """What a person holds and held here, newest first."""
    columns = (
        Column(heading="Role", header=True),
        Column(heading="Reaches", kind="words"),
        Column(heading="From", kind="date"),
        Column(heading="To", kind="date"),
        Column(heading="State"),
        *((Column(heading="What can be done", hidden_heading=True),) if may_act else ()),
    )
    states = {"now": "in force", "later": "begins later", "ended": "ended"}
    rows = [
        Row(
            cells=(
                Cell(text=row.role, hint=f"acting for {row.acting_for}" if row.acting_for else ""),
                row.reach,
                day(row.starts_on),
                Cell(text=day(row.ends_on)) if row.ends_on else Cell(missing="no end"),
                states[row.state],
                *((_end_link(row),) if may_act else ()),
            )
        )
        for row in one.held
    ]
    return Table(caption="Roles", columns=columns, rows=rows, empty=EmptyState(title="No role in this authority"))


def _end_link(row: HeldRow) -> Cell:
    if row.state == "ended":
        return Cell(text="")
    return Cell(text=f"End {row.role.lower()}", href=reverse("people:end", args=[row.pk]))


def invitations_table(rows: list[InvitationRow], *, may_act: bool) -> Table:
    """Invitations that nobody has taken up yet."""
    columns = (
        Column(heading="Name", header=True),
        Column(heading="As", kind="words"),
        Column(heading="Open until", kind="date"),
        *((Column(heading="What can be done", hidden_heading=True),) if may_act else ()),
    )
    cells = [
        Row(
            cells=(
                Cell(text=row.name, hint=row.email),
                f"{row.role}: {row.reach}",
                day(timezone.localtime(row.expires_at).date()),
                *(
                    (Cell(text=f"Withdraw {row.name}", href=reverse("people:withdraw", args=[row.pk])),)
                    if may_act
                    else ()
                ),
            )
        )
        for row in rows
    ]
    return Table(caption="Open invitations", columns=columns, rows=cells)


def day(value: date) -> str:
    """A date as people write it: 30 April 2013."""
    return date_format(value, "j F Y")
