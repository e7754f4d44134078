"""Why a school wants attention, in words; what waits and what changed, as short lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from strandline.kernel.dates import long_date
from strandline.web.design.marks import CategoryMark
from strandline.web.design.parts import Action, EmptyState
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.home.queries.attention import Reason, Wanting, Why
from strandline.web.home.queries.changes import Changes
from strandline.web.home.queries.totals import Caseload, Totals
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor
from strandline.web.strategies.presenters import percent

SHOWN = 2
COLUMNS = (
    Column(heading="School", header=True),
    Column(heading="Category", kind="mark"),
    Column(heading="Why", kind="words"),
    Column(heading="Who is on it"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A number with its words and where it leads; `late` marks what should have been done by now."""

    number: str
    words: str
    href: str = ""
    late: bool = False


def sentence(reason: Reason) -> str:
    """One reason in words."""
    on = long_date(reason.on) if reason.on else ""
    about = reason.about
    return {
        Why.TRIGGER_OVERDUE: f"no decision on “{about}”, due on {on}",
        Why.TRIGGER_OPEN: f"“{about}” waits for a decision by {on}",
        Why.OVERRIDE_ENDED: f"the override to {about} ended on {on}",
        Why.OVERRIDE_ENDS: f"the override to {about} ends on {on}",
        Why.TASK_OVERDUE: f"“{about}” was due on {on}",
        Why.CATEGORY: f"{about} (published on {on})",
        Why.PROPOSED: f"the rules propose: {about}",
        Why.CHALLENGED: f"the school challenged its category on {on}",
        Why.REPLIED: f"its reply of {on} waits for an answer",
        Why.HEARD: f"weighty local intelligence of {on} ({about.lower()})",
    }[reason.why]


def why(reasons: Sequence[Reason], *, shown: int = SHOWN) -> SafeString:
    """The reasons as the cell of a row: what is late marked as such, the rest counted."""
    parts = [(_mark(each), _capital(sentence(each))) for each in reasons[:shown]]
    more = len(reasons) - shown
    said = format_html_join("", '<span class="front-why">{}{}</span>', parts)
    return (
        said if more <= 0 else format_html('{}<span class="front-why front-why--more">and {} more</span>', said, more)
    )


def attention_table(
    rows: Sequence[Wanting], *, caption: str, most: int | None = None, empty: EmptyState, officer: bool = True
) -> Table:
    """The schools that want attention, in their order; `officer` tells who is on it."""
    kept = rows if most is None else rows[:most]
    columns = COLUMNS if officer else COLUMNS[:-1]
    return Table(
        caption=caption,
        caption_hidden=True,
        key="attention",
        columns=columns,
        rows=[_row(each, columns=len(columns), shown=SHOWN if most else 9) for each in kept],
        empty=empty,
    )


def mark(each: Wanting) -> SafeString:
    """The category as a mark; one that only the rules propose says so."""
    if not each.code:
        return CategoryMark(state="unknown", reason="No category is published").mark_html()
    shown = CategoryMark(code=each.code, step=each.step).mark_html()
    return format_html('{}<span class="desk-cell__hint">proposed</span>', shown) if each.proposed else shown


def overdue(totals: Totals, *, actor: Actor, on: date) -> tuple[Line, ...]:
    """What should have been done by now, and what is blank: nothing that is in order stands here."""
    lines = [*_scheme(totals, on=on)]
    if totals.triggers is not None:
        there = reverse("triggers:index")
        lines += [
            _line(totals.triggers.overdue, "trigger decision", "overdue", f"{there}?standing=overdue", late=True),
            _line(totals.triggers.no_decision, "trigger", "without a decision", f"{there}?standing=none", late=True),
        ]
    if totals.tasks is not None:
        lines.append(
            _line(totals.tasks.overdue, "task", "overdue", reverse("officers:tasks") + "?which=overdue", late=True)
        )
    if actor.can(Module.OFFICERS):
        late = reverse("officers:uncovered")
        lines.append(_line(totals.without_officer, "school", "without a named officer", late, late=True))
    waiting = totals.waiting
    queue = reverse("decisions:queue")
    lines += [
        _line(waiting.overrides, "override", "ended or ending soon", reverse("decisions:overrides")),
        _line(waiting.replies + waiting.challenges, "reply or challenge", "unanswered", f"{queue}?part=replies"),
        _line(totals.to_review, "item of intelligence", "to be reviewed", _intelligence()),
    ]
    return tuple(line for line in lines if line.number != "0")


def waits(totals: Totals, *, actor: Actor) -> tuple[Line, ...]:
    """What waits in the queue for this person."""
    queue, waiting = reverse("decisions:queue"), totals.waiting
    lines = [
        _line(waiting.to_agree, "proposal", "to agree or override", f"{queue}?part=agree"),
        _line(waiting.to_judge, "school", "left open by the rules", f"{queue}?part=judge"),
        _line(waiting.to_approve, "decision", "to approve", f"{queue}?part=approve"),
    ]
    if actor.can(Module.PUBLICATION, Level.ACTS):
        lines.append(_line(waiting.to_publish, "decision", "to publish", reverse("decisions:publish")))
        if totals.triggers is not None:
            lines.append(_line(totals.triggers.waiting, "trigger decision", "to approve", reverse("triggers:waiting")))
    return tuple(line for line in lines if line.number != "0")


def changed(found: Changes) -> tuple[Line, ...]:
    """What changed since last week."""
    index = reverse("decisions:index")
    lines = [
        _line(found.more_concern, "school", "moved towards more concern", index),
        _line(found.less_concern, "school", "moved towards less concern", index),
        _words(found.published, "category published", "categories published", index),
        _line(found.triggers_met, "trigger", "newly met", reverse("triggers:index")),
        _line(found.inspections, "inspection", "noted", reverse("officers:tasks")),
        _words(found.replies, "reply from a school", "replies from schools", index),
        _words(found.challenges, "challenge by a school", "challenges by schools", index),
        _line(found.tasks_done, "task", "done", reverse("officers:tasks") + "?which=settled"),
        _words(
            found.acknowledged, "school read the strategy", "schools read the strategy", reverse("strategies:index")
        ),
    ]
    return tuple(line for line in lines if line.number != "0")


def run_words(found: Changes) -> str:
    """The run that was taken in since, in words; nothing where there was none."""
    return f"New figures, as at {long_date(found.run_as_at)}." if found.run_as_at else ""


def acknowledged(totals: Totals) -> Line | None:
    """How many schools have acknowledged the strategy in force."""
    if totals.share is None:
        return None
    return Line(
        number=percent(totals.share), words="of schools acknowledged the strategy", href=reverse("strategies:index")
    )


def caseload_table(rows: Iterable[Caseload]) -> Table:
    """The officers with their schools and what is overdue."""
    return Table(
        caption="Caseloads",
        columns=(
            Column(heading="Officer", header=True),
            Column(heading="Schools", kind="number"),
            Column(heading="Overdue tasks", kind="number"),
        ),
        rows=[(each.name, str(each.schools), str(each.overdue)) for each in rows],
        empty=EmptyState(title="No officer has a caseload yet"),
    )


def _row(each: Wanting, *, columns: int, shown: int) -> Row:
    href = reverse("schools:school", args=[each.urn])
    cells = (
        Cell(text=each.name, href=href),
        mark(each),
        why(each.reasons, shown=shown),
        Cell(text=each.officer) if each.officer else Cell(missing="nobody named"),
    )
    return Row(cells=cells[:columns])


def _mark(reason: Reason) -> SafeString:
    if reason.why.is_late:
        return format_html('<strong class="desk-tag desk-tag--late">{}</strong> ', "overdue")
    return SafeString("")


def _scheme(totals: Totals, *, on: date) -> Iterable[Line]:
    scheme = totals.scheme
    if scheme is None:
        yield Line(
            number="No", words="scheme is adopted: nothing can be decided", href=reverse("decisions:schemes"), late=True
        )
    elif scheme.lapsed(on) and scheme.expires_on:
        words = f"scheme expired on {long_date(scheme.expires_on)}"
        yield Line(number="The", words=words, href=reverse("decisions:scheme", args=[scheme.pk]), late=True)


def _line(number: int, noun: str, what: str, href: str, *, late: bool = False) -> Line:
    plural = f"{noun}s" if not noun.endswith("challenge") else "replies or challenges"
    plural = "items of intelligence" if noun == "item of intelligence" else plural
    return Line(number=str(number), words=f"{noun if number == 1 else plural} {what}", href=href, late=late)


def _words(number: int, one: str, several: str, href: str) -> Line:
    return Line(number=str(number), words=one if number == 1 else several, href=href)


def _intelligence() -> str:
    return reverse("intelligence:index") + "?standing=aged"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def own_schools(rows: Sequence[Wanting]) -> Table:
    """An officer's own schools: those that want something first, the others by name."""
    cells = [
        Row(
            cells=(
                Cell(text=each.name, href=reverse("schools:school", args=[each.urn])),
                mark(each),
                why(each.reasons) if each.reasons else Cell(text="Nothing waits"),
            )
        )
        for each in rows
    ]
    return Table(
        caption="My schools",
        caption_hidden=True,
        key="my-schools",
        columns=COLUMNS[:-1],
        rows=cells,
        empty=EmptyState(
            title="You are not named for any school yet",
            text="The head of service proposes it; you declare whether an interest stands in the way.",
            action=Action(text="See what is proposed to you", href=reverse("officers:offers")),
        ),
    )
