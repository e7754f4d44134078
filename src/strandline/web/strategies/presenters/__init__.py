"""Strategies as they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from strandline.kernel.dates import long_date
from strandline.web.design import parts
from strandline.web.design.parts import Action, EmptyState, SummaryRow, Tab, Tag
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.people.roles import Role
from strandline.web.strategies.models import Comment, Group, LinkedPlan, PlanKind, Receipt, StrategyVersion
from strandline.web.strategies.queries import Share

KINDS: dict[str, parts.TagKind] = {"draft": "draft", "approved": "due", "published": "done", "superseded": "neutral"}
PAGES = (
    ("version", "Overview"),
    ("rules", "How support is decided"),
    ("offer", "What is available"),
    ("role", "The authority's role"),
    ("consultation", "You said, we did"),
    ("lists", "Priorities, duties, paths"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReceipt:
    """The reader's own school and the version in force: what waits of it."""

    pk: int
    strategy_pk: int
    strategy: str
    version: int
    done: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One entry of the consultation log."""

    pk: int
    said: str
    heard: str
    did: str
    answered: str
    may_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSaid:
    """What one group said, and what was done."""

    group: str
    answered: str
    said: tuple[Said, ...]


def tag(row: StrategyVersion) -> Tag:
    """Where a version stands."""
    return Tag(text=row.get_state_display().lower(), kind=KINDS[row.state])


def tabs(row: StrategyVersion, *, here: str, sees_receipts: bool) -> tuple[Tab, ...]:
    """The pages of a version."""
    pages = (*PAGES, *((("receipts", "Who has read it"),) if sees_receipts and row.is_shown else ()))
    return tuple(
        Tab(label=label, href=reverse(f"strategies:{name}", args=[row.pk]), current=name == here)
        for name, label in pages
    )


def table(rows: Iterable[StrategyVersion], *, may_draft: bool) -> Table:
    """The versions of the authority's strategy."""
    empty = EmptyState(
        title="No strategy is published yet",
        text="Draft one from a pack, have it approved, then publish it." if may_draft else "You are told when one is.",
        action=Action(text="Draft the first version", href=reverse("strategies:draft")) if may_draft else None,
    )
    return Table(
        caption="Versions",
        columns=(
            Column(heading="Version", header=True),
            Column(heading="State"),
            Column(heading="In force"),
            Column(heading="Approved", kind="words"),
            Column(heading="Published", kind="date"),
        ),
        rows=[
            (
                Cell(text=str(row), href=reverse("strategies:version", args=[row.pk]), hint=f"Pack {row.pack}"),
                row.get_state_display(),
                period(row),
                f"{long_date(row.approved_on)}, {row.approved_where}" if row.approved_on else Cell(missing="not yet"),
                Cell(text=long_date(row.published_on)) if row.published_on else Cell(missing="not yet"),
            )
            for row in rows
        ],
        empty=empty,
    )


def period(row: StrategyVersion) -> str:
    """`1 September 2026 to 31 August 2029`."""
    return f"{long_date(row.period_from)} to {long_date(row.period_until)}"


def summary(row: StrategyVersion, *, plans: Iterable[LinkedPlan]) -> tuple[SummaryRow, ...]:
    """What stands on the first page of a version."""
    every = tuple(plans)
    rows = [
        SummaryRow(label="In force", value=period(row)),
        SummaryRow(
            label="Approved",
            value=f"{long_date(row.approved_on)}, {row.approved_where}" if row.approved_on else "",
            missing="" if row.approved_on else "not approved yet",
        ),
        SummaryRow(
            label="Published",
            value=long_date(row.published_on) if row.published_on else "",
            missing="" if row.published_on else "not published yet",
            hint=f"Superseded on {long_date(row.superseded_on)}" if row.superseded_on else "",
        ),
    ]
    for kind, label in ((PlanKind.PARENT, "Serves these plans"), (PlanKind.SISTER, "Stands beside")):
        mine = [each for each in every if each.kind == kind]
        rows.append(
            SummaryRow(
                label=label,
                value=format_html_join("; ", "{}", ((_plan(each),) for each in mine)),
                missing="" if mine else "none linked yet",
                actions=_plan_actions(mine) if row.state == "draft" else (),
            )
        )
    rows.append(SummaryRow(label="Rules", value=f"Pack {row.pack}", hint=f"Fingerprint {row.pack_sha256[:16]}"))
    return tuple(rows)


def _plan(each: LinkedPlan) -> SafeString:
    """A plan, linked to where it can be read."""
    how = f" ({each.how})" if each.how else ""
    if not each.address:
        return format_html("{}{}", each.title, how)
    return format_html('<a class="govuk-link" href="{}" rel="noopener">{}</a>{}', each.address, each.title, how)


def _plan_actions(plans: list[LinkedPlan]) -> tuple[Action, ...]:
    return tuple(
        Action(text="Take off", href=reverse("strategies:unlink", args=[each.pk]), about=each.title) for each in plans
    )


def paragraphs(row: StrategyVersion) -> tuple[str, ...]:
    """The statement of role, paragraph by paragraph."""
    return tuple(part.strip() for part in row.statement.split("\n\n") if part.strip())


def consultation(comments: Iterable[Comment], *, may_answer: bool) -> tuple[GroupSaid, ...]:
    """The log, group by group in the order of the groups."""
    order = list(Group.values)
    rows = sorted(comments, key=lambda each: order.index(each.group))
    found = []
    for group, several in groupby(rows, key=lambda each: each.group):
        said = tuple(_said(each, may_answer=may_answer) for each in several)
        answered = sum(bool(each.did) for each in said)
        found.append(GroupSaid(group=Group(group).label, answered=f"{answered} of {len(said)} answered", said=said))
    return tuple(found)


def _said(row: Comment, *, may_answer: bool) -> Said:
    where = f", {row.heard_where}" if row.heard_where else ""
    return Said(
        pk=row.pk,
        said=row.said,
        heard=f"{long_date(row.heard_on)}{where}",
        did=row.did,
        answered=long_date(row.answered_on) if row.answered_on else "",
        may_answer=may_answer and not row.did,
    )


def own_receipt(row: Receipt | None) -> OwnReceipt | None:
    """What a school still has to do with the version in force."""
    if row is None:
        return None
    if row.acknowledged_at is not None:
        role = Role(row.acknowledged_role).words.lower() if row.acknowledged_role else "school"
        on = long_date(timezone.localdate(row.acknowledged_at))
        words = f"Your school acknowledged it on {on}, by the {role}."
    else:
        words = f"It was sent to your school on {long_date(row.sent_on)} and waits to be acknowledged."
    return OwnReceipt(
        pk=row.pk,
        strategy_pk=row.strategy_id,
        strategy=row.strategy.title,
        version=row.version,
        done=row.acknowledged_at is not None,
        words=words,
    )


def shares(rows: Iterable[Share], strategy: StrategyVersion) -> Table:
    """How many schools have acknowledged, group by group."""
    return Table(
        caption=f"Acknowledged, by group: {strategy}",
        columns=(
            Column(heading="Schools", header=True),
            Column(heading="Sent to", kind="number"),
            Column(heading="Opened by", kind="number"),
            Column(heading="Acknowledged by", kind="number"),
            Column(heading="Acknowledged", kind="number"),
        ),
        rows=[
            (
                row.group,
                str(row.sent),
                str(row.opened),
                str(row.acknowledged),
                percent(row),
            )
            for row in rows
        ],
        sorts_in_page=True,
    )


def percent(row: Share) -> str:
    """`62 % (77 of 124)`."""
    if row.percent is None:
        return "sent to nobody"
    return f"{row.percent:.0f} % ({row.acknowledged} of {row.sent})"


def receipts(rows: Iterable[Receipt], strategy: StrategyVersion) -> Table:
    """The schools that a version was sent to."""
    return Table(
        caption="Schools",
        columns=(
            Column(heading="School", header=True),
            Column(heading="People told", kind="number"),
            Column(heading="Opened", kind="date"),
            Column(heading="Acknowledged", kind="date"),
        ),
        rows=[
            Row(
                cells=(
                    Cell(text=row.school.name, href=reverse("schools:school", args=[row.school_id])),
                    str(row.addressed),
                    _when(row.opened_at, row.opened_role),
                    _when(row.acknowledged_at, row.acknowledged_role),
                )
            )
            for row in rows
        ],
        empty=EmptyState(title="Sent to no school" if strategy.is_shown else "Not published yet"),
    )


def _when(at: object, role: str) -> Cell:
    if at is None:
        return Cell(missing="not yet")
    return Cell(text=long_date(timezone.localdate(at)), hint=Role(role).words if role else "")  # type: ignore[arg-type]
