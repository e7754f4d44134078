"""The front pages of schools, clusters, members: published categories, spaciously."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from strandline.kernel.dates import long_date
from strandline.web.audit.presenters import Line as AuditLine
from strandline.web.concerns.casework import notice_title
from strandline.web.decisions.presenters.lists import mark, short_mark
from strandline.web.decisions.queries.counts import Counts
from strandline.web.decisions.queries.standing import Standing
from strandline.web.design.marks import CategoryMark
from strandline.web.design.parts import EmptyState, Task
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.home.presenters.reasons import words_of
from strandline.web.home.queries.schools import ClusterSchool, Held, OwnSchool, Undecided
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor

STATES = {
    "decided": "decided by the rules",
    "undecided": "undecided: a figure is missing",
    "needs_judgement": "waiting for a judgement",
    "out_of_scope": "outside the strategy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPage:
    """My school: its category if published, what waits of us, what is held."""

    name: str
    urn: int
    mark: CategoryMark | None
    category: str
    tasks: tuple[Task, ...]
    letters: tuple[tuple[str, str], ...]
    officer: str
    held: tuple[str, ...]


def school_page(found: OwnSchool, *, actor: Actor, on: date) -> SchoolPage:
    """The page of a head teacher, chair of governors or governor."""
    standing = found.standing
    return SchoolPage(
        name=found.school.name,
        urn=found.school.urn,
        mark=mark(standing.code, standing.label, standing.step) if standing else None,
        category=_category(standing, on=on),
        tasks=tuple(_tasks(found, actor=actor, on=on)),
        letters=tuple(
            (
                f"Letter to the {letter.get_recipient_display().lower()}, {long_date(letter.dated)}",
                reverse("decisions:letter", args=[letter.pk, "pdf"]),
            )
            for letter in found.letters
        ),
        officer=f"{found.officer}, since {long_date(found.officer_since)}" if found.officer_since else "",
        held=_held(found.held, maintained=found.school.maintained),
    )


def cluster_table(rows: Iterable[ClusterSchool], *, caption: str) -> Table:
    """The schools of a cluster with their published categories."""
    return Table(
        caption=caption,
        columns=(
            Column(heading="School", header=True),
            Column(heading="Phase"),
            Column(heading="Category", kind="mark"),
            Column(heading="In words", kind="words"),
            Column(heading="Published", kind="date"),
        ),
        rows=[_cluster_row(each) for each in rows],
        sorts_in_page=True,
        empty=EmptyState(
            title="No school is on the desk for you yet",
            text="The authority names the schools of a consortium; those of a trust or diocese come from the register.",
        ),
    )


def cluster_words(rows: tuple[ClusterSchool, ...]) -> str:
    """`9 schools: 3 in 2A, 2 in 3C; 4 without a published category.`"""
    counted = Counter(each.standing.code or "no category" for each in rows if each.standing)
    without = sum(each.standing is None for each in rows)
    parts = [f"{number} in {code}" for code, number in sorted(counted.items())]
    noun = "school" if len(rows) == 1 else "schools"
    said = f"{len(rows)} {noun}" + (f": {', '.join(parts)}" if parts else "")
    return said + (f"; {without} without a published category." if without else ".")


def counts_table(found: Counts, *, on: date) -> Table:
    """The published categories counted, for elected members."""
    return Table(
        caption=f"Schools by category as at {long_date(on)}",
        columns=(
            Column(heading="Category", kind="mark", header=True),
            Column(heading="In words", kind="words"),
            Column(heading="Schools", kind="number"),
        ),
        rows=[(short_mark(each.code, each.step), words_of(each.label), str(each.schools)) for each in found.rows],
        note=f"{found.total} schools have a published category.",
        empty=EmptyState(title="No category is published yet", text="Totals stand here as soon as the first are."),
    )


def undecided_table(found: Undecided) -> Table:
    """The schools that the rules leave open, with what is missing."""
    return Table(
        caption="Left open by the rules",
        columns=(
            Column(heading="School", header=True),
            Column(heading="State"),
            Column(heading="What is missing", kind="words"),
        ),
        rows=[
            (
                Cell(text=row.school_name, href=reverse("decisions:proposal", args=[row.pk])),
                STATES.get(row.state, row.state),
                row.reason or ", ".join(row.missing),
            )
            for row in found.schools
        ],
        empty=EmptyState(title="The rules leave no school open", text="Every school of the run has a proposal."),
    )


def done_table(lines: Iterable[AuditLine]) -> Table:
    """What was done lately: when, who, what; from what to what stands on the record's own page."""
    return Table(
        caption="What was done lately",
        caption_hidden=True,
        key="done",
        columns=(
            Column(heading="When", kind="date"),
            Column(heading="Who", kind="words"),
            Column(heading="What", kind="words", header=True),
        ),
        rows=[
            Row(
                cells=(
                    date_format(timezone.localtime(each.when), "j F Y, H:i"),
                    Cell(text=each.who, hint=each.role),
                    Cell(text=each.sentence, href=reverse("audit:record", args=[each.subject_type, each.subject_id])),
                )
            )
            for each in lines
        ],
        empty=EmptyState(title="Nothing has been done yet", text="Each change stands here with who made it and when."),
    )


def run_words(found: Undecided) -> str:
    """The latest run in a sentence."""
    if found.as_at is None:
        return ""
    parts = [f"{number} {STATES.get(state, state)}" for state, number in found.counts]
    return f"{found.title}, figures as at {long_date(found.as_at)}: {', '.join(parts)}."


def _cluster_row(each: ClusterSchool) -> Row:
    standing, school = each.standing, each.school
    name = Cell(text=school.name, href=reverse("schools:school", args=[school.urn]))
    phase = school.sector.replace("_", " ").capitalize()
    if standing is None:
        return Row(cells=(name, phase, "", Cell(missing="no category is published"), Cell(missing="not yet")))
    return Row(
        cells=(
            name,
            phase,
            short_mark(standing.code, standing.step),
            Cell(text=words_of(standing.label), href=reverse("decisions:category", args=[school.urn])),
            long_date(standing.decision.published_on) if standing.decision.published_on else "",
        )
    )


def _category(standing: Standing | None, *, on: date) -> str:
    if standing is None:
        return "No category has been published of your school yet. You are told by letter when one is."
    decision = standing.decision
    since = f" Published on {long_date(decision.published_on)}." if decision.published_on else ""
    if decision.reply_by and on <= decision.reply_by:
        return f"{since} You can reply until {long_date(decision.reply_by)}.".strip()
    return f"{since} The time to reply ended on {long_date(decision.reply_by)}.".strip() if decision.reply_by else since


def _tasks(found: OwnSchool, *, actor: Actor, on: date) -> Iterable[Task]:
    standing, urn = found.standing, found.school.urn
    if standing is not None:
        href = reverse("decisions:category", args=[urn])
        yield Task(
            title="Read why your school is in its category", href=href, hint="The rule, your figures, who decided"
        )
        reply_by = standing.decision.reply_by
        if actor.can(Module.LETTERS, Level.ACTS) and reply_by and on <= reply_by:
            yield Task(
                title="Say whether the account is right",
                href=reverse("decisions:reply", args=[urn]),
                hint="Your reply is kept with the decision, word for word",
                status=f"by {long_date(reply_by)}",
                kind="due",
            )
    for notice in found.notices:
        yield Task(
            title=f"Read what was issued to your school: {notice_title(notice.power)}",
            href=reverse("concerns:notice", args=[notice.pk]),
            hint=f"Comply by {long_date(notice.comply_by)}",
            status=notice.get_state_display().lower(),
            kind="due",
        )
    receipt = found.receipt
    if receipt is not None:
        done = receipt.acknowledged_at is not None
        yield Task(
            title=f"{'Read' if done or not actor.can(Module.STRATEGIES, Level.ACTS) else 'Read and acknowledge'} "
            f"the strategy: {receipt.strategy.title}",
            href=reverse("strategies:version", args=[receipt.strategy_id]),
            status="acknowledged" if done else "not acknowledged yet",
            kind="done" if done else "due",
        )


def _held(held: Held, *, maintained: bool) -> tuple[str, ...]:
    lines = [
        (
            f"{held.documents} {'document' if held.documents == 1 else 'documents'} that you can open, "
            f"{held.contacts} {'contact' if held.contacts == 1 else 'contacts'}"
        ),
    ]
    if held.items is not None:
        lines.append(f"{held.items} items of local intelligence that the school may see")
    if maintained:
        lines.append("Figures of the school are shared by law: the authority maintains it")
    else:
        lines.append(f"Shared by agreement: {', '.join(held.shared).lower() or 'nothing beyond what is published'}")
        if held.not_shared:
            lines.append(f"Not shared: {', '.join(held.not_shared).lower()}")
    return tuple(lines)
