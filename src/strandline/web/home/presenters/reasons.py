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
from strandline.web.officers.models import Task
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor
from strandline.web.strategies.presenters import percent

SHOWN = 2
EVERY = 99
HALF_A_YEAR = 182
NOBODY = format_html('<strong class="desk-tag desk-tag--late">{}</strong>', "nobody named")
COLUMNS = (
    Column(heading="School", header=True),
    Column(heading="Category", kind="mark"),
    Column(heading="Why", kind="words"),
    Column(heading="Who is on it"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A task of one's own, as short as it can be said."""

    title: str
    href: str
    school: str
    day: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A number with its words and where it leads; `late` marks what should have been done by now."""

    number: str
    words: str
    href: str = ""
    late: bool = False


def sentence(reason: Reason, *, on: date) -> str:
    """One reason in words, as they are said on a day."""
    day, about = near_date(reason.on, on=on) if reason.on else "", reason.about
    return {
        Why.TRIGGER_OVERDUE: f"no decision on “{about}”, due on {day}",
        Why.TRIGGER_OPEN: f"“{about}” waits for a decision by {day}",
        Why.OVERRIDE_ENDED: f"the override to {about.partition(' (')[0]} expired on {day}",
        Why.OVERRIDE_ENDS: f"the override to {about.partition(' (')[0]} ends on {day}",
        Why.TASK_OVERDUE: f"“{about}” was due on {day}",
        Why.NOTICE_OVERDUE: f"day to comply with a notice, {day}, has passed ({about})",
        Why.CONCERN_OVERDUE: f"the concern “{about}” was to be looked at again by {day}",
        Why.CONCERN: f"a concern since {day}: {about}",
        Why.CATEGORY: f"{words_of(about)} (published on {day})",
        Why.PROPOSED: f"the rules propose: {words_of(about)}",
        Why.CHALLENGED: f"the school challenged its category on {day}",
        Why.REPLIED: f"its reply of {day} waits for an answer",
        Why.HEARD: f"weighty local intelligence of {day} ({about.lower()})",
    }[reason.why]


def near_date(day: date, *, on: date) -> str:
    """A day as people say it: without its year where only one can be meant, within half a year."""
    return f"{day.day} {day:%B}" if abs((day - on).days) < HALF_A_YEAR else long_date(day)


def why(reasons: Sequence[Reason], *, on: date, shown: int = SHOWN) -> SafeString:
    """The reasons as the cell of a row: what is late marked as such, the rest counted."""
    kept, more = reasons[:shown], len(reasons) - shown
    last = format_html(' <span class="front-why__more">and {} more</span>', more) if more > 0 else SafeString("")
    parts = [
        (_mark(each), _capital(sentence(each, on=on)), last if place == len(kept) - 1 else "")
        for place, each in enumerate(kept)
    ]
    return format_html_join("", '<span class="front-why">{}{}{}</span>', parts)


def attention_table(
    rows: Sequence[Wanting], *, on: date, caption: str, most: int | None = None, empty: EmptyState
) -> Table:
    """The schools that want attention, in their order, and who is on it."""
    kept = rows if most is None else rows[:most]
    return Table(
        caption=caption,
        caption_hidden=True,
        key="attention",
        columns=COLUMNS,
        rows=[_row(each, on=on, shown=SHOWN if most else EVERY) for each in kept],
        empty=empty,
    )


def due(tasks: Iterable[Task], *, on: date) -> tuple[Due, ...]:
    """An officer's tasks, what is overdue first."""
    return tuple(
        Due(
            title=each.title,
            href=reverse("officers:settle_task", args=[each.pk]),
            school=each.school.name,
            day=near_date(each.due_on, on=on),
            late=each.due_on < on,
        )
        for each in tasks
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
    if totals.concerns is not None:
        there = f"{reverse('concerns:index')}?open=late"
        lines.append(_line(totals.concerns.overdue, "concern", "overdue", there, late=True))
    waiting = totals.waiting
    queue = reverse("decisions:queue")
    lines += [
        _line(waiting.ended, "override", "expired", reverse("decisions:overrides"), late=True),
        _line(waiting.overrides - waiting.ended, "override", "ending soon", reverse("decisions:overrides")),
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
    if totals.concerns is not None:
        there = reverse("concerns:index")
        lines.append(_line(totals.concerns.to_authorise, "case decision", "to authorise", f"{there}?open=mine"))
        if not actor.can(Module.PUBLICATION, Level.ACTS):  # who publishes sees what is overdue of everybody
            mine = f"{there}?view=my&open=late"
            lines.append(_line(totals.concerns.mine_overdue, "concern of yours", "overdue", mine, late=True))
    return tuple(line for line in lines if line.number != "0")


def changed(found: Changes) -> tuple[Line, ...]:
    """What changed since last week."""
    index = reverse("decisions:index")
    lines = [
        _line(found.more_concern, "school", "moved towards more concern", index),
        _line(found.less_concern, "school", "moved towards less concern", index),
        _words(found.published, "category published", "categories published", index),
        _line(found.triggers_met, "trigger", "newly met", reverse("triggers:index")),
        _line(found.concerns, "concern", "raised", reverse("concerns:index") + "?kind=concern"),
        _line(found.notices, "notice", "issued", reverse("concerns:index") + "?open=notice"),
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
    return Line(number=percent(totals.share), words="of schools have acknowledged it", href=reverse("strategies:index"))


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


def _row(each: Wanting, *, on: date, shown: int) -> Row:
    return Row(
        cells=(
            Cell(text=each.name, href=reverse("schools:school", args=[each.urn])),
            mark(each),
            why(each.reasons, on=on, shown=shown),
            each.officer or NOBODY,
        )
    )


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
    plural = "concerns of yours" if noun == "concern of yours" else plural
    plural = "items of intelligence" if noun == "item of intelligence" else plural
    return Line(number=str(number), words=f"{noun if number == 1 else plural} {what}", href=href, late=late)


def _words(number: int, one: str, several: str, href: str) -> Line:
    return Line(number=str(number), words=one if number == 1 else several, href=href)


def _intelligence() -> str:
    return reverse("intelligence:index") + "?standing=aged"


def words_of(label: str) -> str:
    """A category's words without its code, a title that they repeat said once: `Coasting in law`."""
    inner = label.partition(" (")[2].removesuffix(")") or label
    title, _, rest = inner.partition(", ")
    return _capital(rest) if rest.casefold().startswith(title.casefold()) else inner


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def own_schools(rows: Sequence[Wanting], *, on: date) -> Table:
    """An officer's own schools: those that want something first, the others by name."""
    cells = [
        Row(
            cells=(
                Cell(text=each.name, href=reverse("schools:school", args=[each.urn])),
                mark(each),
                why(each.reasons, on=on) if each.reasons else Cell(text="Nothing waits"),
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
