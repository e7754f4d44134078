"""The category page that a head can read and print: the rule, the figures, who decided, what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from strandline.kernel.dates import long_date
from strandline.runs.letters import nothing_raises
from strandline.web.decisions.models import Challenge, Criterion, Decision, Kind, Letter, Reply, RunCategory
from strandline.web.decisions.models.correspondence import Outcome
from strandline.web.decisions.presenters import account
from strandline.web.decisions.presenters.account import Explained
from strandline.web.decisions.presenters.lists import mark, short_mark
from strandline.web.decisions.queries.standing import Standing
from strandline.web.design.marks import CategoryMark
from strandline.web.design.parts import EmptyState, Event, Tag
from strandline.web.design.tables import Cell, Column, Row, Table

COLUMNS = (
    Column(heading="What the rule looks at", header=True),
    Column(heading="The school"),
    Column(heading="The rule says"),
    Column(heading="Met"),
    Column(heading="Where the figure and the rule come from", kind="words"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPage:
    """Everything on the page, ready to print."""

    school: str
    urn: int
    word: str
    scheme: str
    mark: CategoryMark
    label: str
    since: str
    as_at: str
    figures_as_at: str
    lapsed: str
    why: tuple[str, ...]
    departure: str
    decided_by: str
    overridden: bool
    rule: SafeString
    rule_written: str
    rule_cited: str
    figures: Table
    every: Table
    better: tuple[str, ...]
    nothing_better: str
    other: tuple[str, ...]
    not_known: tuple[str, ...]
    not_known_means: str
    warnings: tuple[str, ...]
    reply_by: str
    may_reply: bool
    exchanges: tuple[Event, ...]
    history: Table
    evidence: tuple[tuple[str, str], ...]


def category_page(
    standing: Standing,
    *,
    why: Explained,
    rule: RunCategory | None,
    history: Iterable[Decision],
    exchanges: tuple[Event, ...],
    highest: bool,
    on: date,
) -> CategoryPage:
    """The page of one school as at a day."""
    decision = standing.decision
    proposal, run = decision.proposal, decision.proposal.run
    word = run.category_word
    return CategoryPage(
        school=proposal.school_name,
        urn=proposal.urn,
        word=word,
        scheme=decision.scheme.title,
        mark=mark(standing.code, standing.label, standing.step, state=proposal.state, reason=proposal.reason),
        label=standing.label,
        since=long_date(decision.published_on) if decision.published_on else "",
        as_at=long_date(on),
        figures_as_at=long_date(run.as_at),
        lapsed=account.lapsed_words(decision, word=word) if standing.lapsed else "",
        why=why.sentences,
        departure=account.departure(decision, word=word),
        decided_by=account.decided_by(decision),
        overridden=decision.kind == Kind.OVERRIDDEN,
        rule=nested(rule.rule_lines) if rule else SafeString(""),
        rule_written=rule.rule if rule else "",
        rule_cited=rule.cited if rule else "",
        figures=criteria_table(
            why.deciding(proposal.category) if proposal.category else tuple(c for c in why.criteria if c.met is None),
            caption=f"The figures behind the {word}, as at {long_date(run.as_at)}",
            key="figures",
        ),
        every=criteria_table(why.criteria, caption="Every comparison that the rules made", key="every", codes=True),
        better=why.better,
        nothing_better="" if why.better else nothing_raises(word, highest=highest),
        other=why.other,
        not_known=why.not_known,
        not_known_means=account.unknown_words(proposal),
        warnings=why.warnings,
        reply_by=long_date(decision.reply_by) if decision.reply_by else "",
        may_reply=decision.reply_by is not None and on <= decision.reply_by,
        exchanges=exchanges,
        history=history_table(history, on=on, word=word),
        evidence=tuple((each.get_source_display(), each.statement) for each in decision.evidence.all()),
    )


def nested(lines: Sequence[tuple[int, str]]) -> SafeString:
    """Lines with their depth as lists within lists."""
    made, depth = "", -1
    for level, text in lines:
        if level > depth:
            made += '<ul class="govuk-list govuk-list--bullet">' * (level - depth)
        else:
            made += "</li>" + "</ul></li>" * (depth - level)
        made += format_html("<li>{}", text)
        depth = level
    return SafeString(made + "</li></ul>" * (depth + 1))


def criteria_table(criteria: Iterable[Criterion], *, caption: str, key: str, codes: bool = False) -> Table:
    """The criterion table as the engine wrote it; with `codes` each threshold as the strategy's file has it."""
    columns = (Column(heading="For"), *COLUMNS) if codes else COLUMNS
    rows = []
    for each in criteria:
        cells: list[Cell | str] = [
            Cell(text=each.what, hint=each.rule),
            each.value or "–",
            (each.threshold if codes else each.asked or each.threshold) or "–",
            account.known_or_not(each, marks=codes),
            Cell(text=each.source or "–", hint=each.paragraph),
        ]
        rows.append(Row(cells=[each.category, *cells] if codes else cells))
    return Table(
        caption=caption,
        columns=columns,
        rows=rows,
        key=key,
        wide=codes,
        empty=EmptyState(title="No figure is compared", text="The sentence above says why."),
    )


def history_table(history: Iterable[Decision], *, on: date, word: str) -> Table:
    """Every category published of the school, the latest first."""
    return Table(
        caption=f"Each {word} published of this school",
        key="history",
        columns=(
            Column(heading="From", kind="date", header=True),
            Column(heading="Until", kind="date"),
            Column(heading=word.capitalize(), kind="mark"),
            Column(heading="In words", kind="words"),
            Column(heading="How"),
        ),
        rows=[
            (
                long_date(each.published_on) if each.published_on else "",
                long_date(each.superseded_on) if each.superseded_on and each.superseded_on <= on else "now",
                short_mark(each.category, each.step),
                each.label.partition(" (")[2].removesuffix(")") or each.label,
                each.get_kind_display(),
            )
            for each in history
        ],
        empty=EmptyState(title="Nothing has been published of this school"),
    )


def exchanges_of(
    replies: Iterable[Reply], challenges: Iterable[Challenge], letters: Iterable[Letter], *, on: date, may_answer: bool
) -> tuple[Event, ...]:
    """What was written on both sides by a day, in order."""
    found: list[tuple[str, Event]] = []
    for letter in letters:
        found.append((letter.dated.isoformat(), _letter_event(letter)))
    for reply in replies:
        found += _reply_events(reply, on=on, may_answer=may_answer)
    for challenge in challenges:
        found += _challenge_events(challenge, on=on, may_answer=may_answer)
    return tuple(event for _, event in sorted(found, key=lambda pair: pair[0]))


def _letter_event(letter: Letter) -> Event:
    return Event(
        on=long_date(letter.dated),
        iso=letter.dated.isoformat(),
        title=f"Letter to the {letter.get_recipient_display().lower()}",
        href=reverse("decisions:letter", args=[letter.pk, "pdf"]),
    )


def _reply_events(reply: Reply, *, on: date, may_answer: bool) -> list[tuple[str, Event]]:
    at = timezone.localtime(reply.at)
    late = None if reply.in_time else Tag(text="late", kind="due")
    waits = not reply.answer or (reply.answered_at is not None and timezone.localdate(reply.answered_at) > on)
    events = [
        (
            at.isoformat(),
            Event(
                on=long_date(at.date()),
                iso=at.date().isoformat(),
                title=f"The school replied: {reply.get_view_display().lower()}",
                by=account.role_words(reply.by_role),
                text=reply.text,
                href=reverse("decisions:answer", args=[reply.pk]) if waits and may_answer else "",
                tag=late,
            ),
        )
    ]
    if not waits and reply.answered_at:
        then = timezone.localtime(reply.answered_at)
        event = Event(
            on=long_date(then.date()),
            iso=then.date().isoformat(),
            title="The authority answered",
            by=account.role_words(reply.answered_role),
            text=reply.answer,
        )
        events.append((then.isoformat(), event))
    return events


def _challenge_events(challenge: Challenge, *, on: date, may_answer: bool) -> list[tuple[str, Event]]:
    at = timezone.localtime(challenge.raised_at)
    waits = challenge.outcome == Outcome.OPEN or (
        challenge.settled_at is not None and timezone.localdate(challenge.settled_at) > on
    )
    tag = Tag(text="being considered", kind="due") if waits else None
    events = [
        (
            at.isoformat(),
            Event(
                on=long_date(at.date()),
                iso=at.date().isoformat(),
                title="The school challenged the decision",
                by=account.role_words(challenge.raised_role),
                text=challenge.grounds,
                href=reverse("decisions:settle", args=[challenge.pk]) if waits and may_answer else "",
                tag=tag,
            ),
        )
    ]
    if not waits and challenge.settled_at:
        then = timezone.localtime(challenge.settled_at)
        event = Event(
            on=long_date(then.date()),
            iso=then.date().isoformat(),
            title=f"Challenge: {challenge.get_outcome_display().lower()}",
            by=account.role_words(challenge.settled_role),
            text=challenge.outcome_reason,
        )
        events.append((then.isoformat(), event))
    return events
