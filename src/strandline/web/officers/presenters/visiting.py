"""How visits stand, as printed: no visit by policy never looks like an overdue one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from strandline.web.design.parts import EmptyState, SummaryRow, Tag
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.officers.presenters.allocations import day, tag_html
from strandline.web.officers.queries import VisitStanding, VisitState
from strandline.web.schools.models import School


def tag_of(standing: VisitStanding) -> Tag:
    """How visits stand, in words and colour."""
    if standing.state is VisitState.OVERDUE:
        return Tag(text="Visit overdue", kind="late")
    if standing.state is VisitState.PLANNED:
        return Tag(text="Visit planned", kind="due")
    if standing.state is VisitState.NO_VISIT:
        return Tag(text="No visit (policy)", kind="neutral")
    return Tag(text="None planned", kind="unknown")


def why(standing: VisitStanding) -> str:
    """What the strategy says of visits to the school, or why nothing can be said."""
    given = standing.given
    if given is None:
        return (
            "no category is published" if not standing.category else "the strategy of its category is not to be found"
        )
    if given.none_by_policy:
        return f"{given.words} ({given.cited})" if given.cited else given.words
    if given.asked:
        return f"the strategy asks for: {'; '.join(given.asked)}"
    return "the strategy says nothing of visits in its category"


def summary(standing: VisitStanding) -> list[SummaryRow]:
    """How visits to one school stand."""
    return [
        SummaryRow(label="Visits", value=tag_html(tag_of(standing)), hint=why(standing)),
        SummaryRow(
            label="Next visit by", value=day(standing.due_on) if standing.due_on else "", missing="none planned"
        ),
        SummaryRow(
            label="Last visit", value=day(standing.last_on) if standing.last_on else "", missing="none in the log"
        ),
    ]


def visits_table(schools: Iterable[School], standings: Mapping[int, VisitStanding]) -> Table:
    """Schools with how visits to each stand."""
    columns = (
        Column(heading="School", header=True),
        Column(heading="Category", kind="words"),
        Column(heading="Visits"),
        Column(heading="Next visit by", kind="date"),
        Column(heading="Last visit", kind="date"),
        Column(heading="What the strategy says", kind="words"),
    )
    rows = [_row(school, standings[school.urn]) for school in schools]
    empty = EmptyState(title="No schools here", text="Schools come with a run; one’s own with an allocation.")
    return Table(caption="Visits to schools", caption_hidden=True, columns=columns, rows=rows, empty=empty, wide=True)


def _row(school: School, standing: VisitStanding) -> Row:
    due, last = standing.due_on, standing.last_on
    return Row(
        cells=(
            Cell(text=school.name, href=reverse("officers:school", args=[school.urn]), hint=f"URN {school.urn}"),
            Cell(text=standing.category) if standing.category else Cell(missing="none published"),
            Cell(text=tag_html(tag_of(standing))),
            Cell(text=day(due), sort=due.isoformat()) if due else Cell(missing="none planned"),
            Cell(text=day(last), sort=last.isoformat()) if last else Cell(missing="none in the log"),
            why(standing),
        )
    )
