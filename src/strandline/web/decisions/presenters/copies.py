"""The values of a scheme, and what a copy has changed, in tables."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from strandline.kernel.dates import long_date
from strandline.runs.scheme import Choice, ParameterFacts, SchemeFacts
from strandline.web.decisions.models import Scheme, SchemeAmendment
from strandline.web.design.parts import EmptyState
from strandline.web.design.tables import Cell, Column, Table


def changeable(facts: SchemeFacts) -> tuple[Choice | ParameterFacts, ...]:
    """What a copy can change: choices, and numbers that the rules use and the pack states."""
    return (*facts.settings, *(each for each in facts.parameters if each.value is not None))


def value_named(facts: SchemeFacts, name: str) -> Choice | ParameterFacts | None:
    """The choice or number of that name; None where there is none."""
    return next((each for each in changeable(facts) if each.name == name), None)


def now(about: Choice | ParameterFacts) -> str:
    """What the scheme says now."""
    return about.shown if isinstance(about, ParameterFacts) else dict(about.values).get(about.default, about.default)


def values(row: Scheme, facts: SchemeFacts, *, may_change: bool) -> Table:
    """Every value, what differs from the pack that was copied marked."""
    changed = {*row.settings, *row.parameters}
    columns = [
        Column(heading="What", header=True),
        Column(heading="Value", kind="words"),
        Column(heading="From", kind="words"),
    ]
    return Table(
        caption="Choices and numbers that the rules use",
        key="values",
        columns=tuple(columns),
        rows=[
            (
                Cell(
                    text=each.title,
                    href=reverse("decisions:amend", args=[row.pk, each.name]) if may_change else "",
                    hint="changed in this copy" if each.name in changed else "",
                ),
                now(each),
                each.cited,
            )
            for each in changeable(facts)
        ],
        empty=EmptyState(title="The rules of this strategy use no choice and no number"),
    )


def amendments(rows: Iterable[SchemeAmendment]) -> Table:
    """What was changed, from what to what, by whom and why; the latest first."""
    return Table(
        caption="Changed from the pack that was copied",
        key="amendments",
        columns=(
            Column(heading="What", header=True),
            Column(heading="Before"),
            Column(heading="Now"),
            Column(heading="Reason", kind="words"),
            Column(heading="By"),
            Column(heading="On", kind="date"),
        ),
        rows=[
            (each.title, each.before, each.after, each.reason, each.by.name, long_date(timezone.localdate(each.at)))
            for each in rows
        ],
        empty=EmptyState(title="Nothing has been changed yet"),
    )
