"""The lists of decisions: queue, publication, overrides, published categories."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.html import format_html

from strandline.kernel.dates import long_date
from strandline.web.decisions.models import Challenge, Decision, Kind, Proposal, Reply
from strandline.web.decisions.models.proposing import ProposalState
from strandline.web.decisions.presenters.account import role_name
from strandline.web.decisions.queries.counts import Counts
from strandline.web.decisions.queries.queue import Waiting
from strandline.web.decisions.queries.standing import Standing
from strandline.web.design.marks import CategoryMark
from strandline.web.design.parts import EmptyState, Tab, Task
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.schools.wording import phase_words

WHOLE = 100
MISSING = "Missing: "
DONE = EmptyState(title="Nothing waits here", text="Everything of this kind has been settled.")


def mark(code: str, label: str, step: int | None, *, state: str = "decided", reason: str = "") -> CategoryMark:
    """A category as a mark with its words."""
    words = label.partition(" (")[2].removesuffix(")") or label
    return CategoryMark(code=code, words=words, step=step, state=state, reason=reason)


def short_mark(code: str, step: int | None, *, state: str = "decided", reason: str = "") -> str:
    """The mark alone."""
    return CategoryMark(code=code, step=step, state=state, reason=reason).mark_html()


def tabs(waiting: Waiting, *, current: str) -> tuple[Tab, ...]:
    """The parts of the queue with what waits in each."""
    parts = (
        ("agree", "To agree", waiting.to_agree),
        ("judge", "To judge", waiting.to_judge),
        ("approve", "To approve", waiting.to_approve),
        ("replies", "Replies and challenges", waiting.replies + waiting.challenges),
    )
    queue = reverse("decisions:queue")
    return tuple(
        Tab(label=label, href=f"{queue}?part={part}", current=part == current, count=count)
        for part, label, count in parts
    )


def tasks(waiting: Waiting, *, may_publish: bool) -> tuple[Task, ...]:
    """What waits, as a task list for the front of the room."""
    queue = reverse("decisions:queue")
    parts = (
        ("Agree or override what the rules propose", f"{queue}?part=agree", waiting.to_agree, True),
        ("Settle by judgement what the rules leave open", f"{queue}?part=judge", waiting.to_judge, True),
        ("Approve what colleagues proposed", f"{queue}?part=approve", waiting.to_approve, True),
        ("Publish what is approved", reverse("decisions:publish"), waiting.to_publish, may_publish),
        ("Look at overrides that end soon or have ended", reverse("decisions:overrides"), waiting.overrides, True),
        ("Answer replies and challenges", f"{queue}?part=replies", waiting.replies + waiting.challenges, True),
    )
    return tuple(
        Task(
            title=title,
            href=href if allowed else "",
            hint="" if allowed else "A service manager or the head of service does this.",
            status=f"{count} waiting" if count else "Done",
            kind="due" if count else "done",
        )
        for title, href, count, allowed in parts
    )


def proposals(rows: Iterable[Proposal], *, boxes: bool, judged: bool) -> Table:
    """What the rules propose, one school a row; with boxes to agree with several."""
    columns = [
        Column(heading="School", header=True),
        Column(heading="The rules propose", kind="mark"),
        Column(heading="Why" if not judged else "What is missing", kind="words"),
        Column(heading="Phase"),
    ]
    if boxes:
        columns.insert(0, Column(heading="Choose", hidden_heading=True))
    return Table(
        caption="Schools that the rules decide" if not judged else "Schools that the rules leave open",
        key="queue",
        columns=tuple(columns),
        rows=[_proposal(each, boxes=boxes) for each in rows],
        empty=DONE,
    )


def _proposal(each: Proposal, *, boxes: bool) -> Row:
    cells: list[Cell | str] = [
        Cell(text=each.school_name, href=reverse("decisions:proposal", args=[each.pk]), hint=f"URN {each.urn}"),
        short_mark(each.category, each.step, state=each.state, reason=each.reason),
        _why(each),
        phase_words(each.phase, sector=each.sector),
    ]
    if boxes:
        cells.insert(0, _box("proposal", each.pk, each.school_name))
    return Row(cells=cells)


def _why(each: Proposal) -> str:
    if getattr(each, "again", False):
        return "A challenge to its published category was upheld: it is to be decided again"
    if each.state != ProposalState.DECIDED:
        return lacking(each.sentences) or each.reason[:1].upper() + each.reason[1:]
    because = each.sentences[0].partition(" because ")[2] if each.sentences else ""
    return because[:1].upper() + because[1:] if because else each.label


def lacking(sentences: Iterable[str]) -> str:
    """What an undecided school lacks, in the words of its explanation; nothing where it says none."""
    said = next((one.removeprefix(MISSING) for one in sentences if one.startswith(MISSING)), "")
    return said[:1].upper() + said[1:]


def _box(name: str, pk: int, about: str) -> str:
    return format_html(
        '<span class="govuk-checkboxes govuk-checkboxes--small"><span class="govuk-checkboxes__item">'
        '<input class="govuk-checkboxes__input" type="checkbox" name="{}" value="{}" id="{}-{}">'
        '<label class="govuk-label govuk-checkboxes__label" for="{}-{}">'
        '<span class="govuk-visually-hidden">{}</span></label></span></span>',
        name,
        pk,
        name,
        pk,
        name,
        pk,
        about,
    )


def decisions(rows: Iterable[Decision], *, caption: str, boxes: bool = False) -> Table:
    """Decisions on their way, one a row."""
    columns = [
        Column(heading="School", header=True),
        Column(heading="Decided", kind="mark"),
        Column(heading="The rules propose", kind="mark"),
        Column(heading="How"),
        Column(heading="Reason", kind="words"),
        Column(heading="Proposed by"),
    ]
    if boxes:
        columns.insert(0, Column(heading="Choose", hidden_heading=True))
    return Table(
        caption=caption,
        key="decisions",
        columns=tuple(columns),
        rows=[_decision(each, boxes=boxes) for each in rows],
        empty=DONE,
    )


def _decision(each: Decision, *, boxes: bool) -> Row:
    proposal = each.proposal
    cells: list[Cell | str] = [
        Cell(text=proposal.school_name, href=reverse("decisions:decision", args=[each.pk]), hint=f"URN {proposal.urn}"),
        short_mark(each.category, each.step),
        short_mark(proposal.category, proposal.step, state=proposal.state, reason=proposal.reason),
        each.get_kind_display(),
        each.reason[:160] or "–",
        Cell(
            text=each.proposed_by.name if each.proposed_by else "The desk",
            hint=role_name(each.proposed_role),
        ),
    ]
    if boxes:
        cells.insert(0, _box("decision", each.pk, proposal.school_name))
    return Row(cells=cells)


def overrides(rows: Iterable[Decision], *, on: date) -> Table:
    """Overrides with their ends, the first to end on top."""
    return Table(
        caption="Overrides in force, and those that have ended without a new decision",
        key="overrides",
        columns=(
            Column(heading="School", header=True),
            Column(heading="Override", kind="mark"),
            Column(heading="The rules say", kind="mark"),
            Column(heading="Ends", kind="date"),
            Column(heading="State"),
            Column(heading="Reason", kind="words"),
        ),
        rows=[_override(each, on=on) for each in rows],
        empty=EmptyState(title="No override is in force", text="Every published category is what the rules propose."),
    )


def _override(each: Decision, *, on: date) -> Row:
    ended = each.expires_on is not None and each.expires_on < on
    left = (each.expires_on - on).days if each.expires_on else 0
    said = "Ended: the rules count again" if ended else f"{left} day{'s' * (left != 1)} left"
    return Row(
        cells=(
            Cell(text=each.proposal.school_name, href=reverse("decisions:decision", args=[each.pk])),
            short_mark(each.category, each.step),
            short_mark(each.proposal.category, each.proposal.step, state=each.proposal.state),
            long_date(each.expires_on) if each.expires_on else "",
            said,
            each.reason[:160],
        ),
        changed="Decide again" if ended else "",
    )


def published(rows: Iterable[Standing], *, on: date, empty: EmptyState) -> Table:
    """Where schools stand on a day."""
    return Table(
        caption=f"Published categories as at {long_date(on)}",
        key="published",
        columns=(
            Column(heading="School", header=True),
            Column(heading="Category", kind="mark"),
            Column(heading="In words", kind="words"),
            Column(heading="Published", kind="date"),
            Column(heading="How"),
        ),
        rows=[_published(each, on=on) for each in rows],
        empty=empty,
    )


def _published(each: Standing, *, on: date) -> Row:
    decision = each.decision
    proposal = decision.proposal
    how = "Override ended: the rules count" if each.lapsed else decision.get_kind_display()
    if decision.kind == Kind.OVERRIDDEN and not each.lapsed and decision.expires_on:
        how = f"Overridden until {long_date(decision.expires_on)}"
    words = each.label.partition(" (")[2].removesuffix(")") or each.label
    return Row(
        cells=(
            Cell(
                text=proposal.school_name,
                href=f"{reverse('decisions:category', args=[proposal.urn])}?as_at={on}",
                hint=f"URN {proposal.urn}",
            ),
            short_mark(each.code, each.step, state=proposal.state, reason=proposal.reason),
            words,
            long_date(decision.published_on) if decision.published_on else "",
            how,
        )
    )


def correspondence(replies: Iterable[Reply], challenges: Iterable[Challenge]) -> Table:
    """What schools have written and nobody has answered, the oldest first."""
    rows = [
        (
            each.raised_at,
            each.decision.proposal.school_name,
            "Challenge",
            each.grounds,
            "decisions:settle",
            each.pk,
            each.in_time,
        )
        for each in challenges
    ]
    rows += [
        (
            each.at,
            each.decision.proposal.school_name,
            each.get_view_display(),
            each.text,
            "decisions:answer",
            each.pk,
            each.in_time,
        )
        for each in replies
    ]
    return Table(
        caption="Replies and challenges without an answer, the oldest first",
        key="correspondence",
        columns=(
            Column(heading="School", header=True),
            Column(heading="What"),
            Column(heading="Written", kind="date"),
            Column(heading="In time"),
            Column(heading="Text", kind="words"),
        ),
        rows=[
            (
                Cell(text=school, href=reverse(name, args=[pk])),
                what,
                long_date(at.date()),
                "Yes" if timely else "Late",
                text[:200],
            )
            for at, school, what, text, name, pk, timely in sorted(rows, key=lambda row: row[0])
        ],
        empty=EmptyState(title="Every reply is answered", text="No challenge is open."),
    )


def counts(found: Counts, *, word: str, on: date) -> Table:
    """How many schools stand in each category, with whole percentages of those with one (SEF-02)."""
    return Table(
        caption=f"Schools by {word} as at {long_date(on)}",
        key="counts",
        columns=(
            Column(heading=word.capitalize(), kind="mark", header=True),
            Column(heading="In words", kind="words"),
            Column(heading="Schools", kind="number"),
            Column(heading="Percent", kind="number", hint=f"of {found.total} with a {word}"),
        ),
        rows=[
            (
                short_mark(each.code, each.step),
                each.label.partition(" (")[2].removesuffix(")") or each.label,
                str(each.schools),
                f"{percent} %",
            )
            for each, percent in zip(found.rows, found.percents, strict=True)
        ],
        note=f"{found.total} schools in all.{_sum_check(found)}",
    )


def _sum_check(found: Counts) -> str:
    """What the rounded percentages add to."""
    if not found.rows:
        return ""
    added = sum(found.percents)
    return f" The percentages add to {added} %" + ("." if added == WHOLE else ", for each is rounded.")
