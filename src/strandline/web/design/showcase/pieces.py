"""The small components in every state, and the charts."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator

from strandline.web.design.charts import (
    Bar,
    BarChart,
    Benchmark,
    Break,
    Interval,
    IntervalChart,
    LineChart,
    Point,
    Series,
)
from strandline.web.design.figures import Figure, Source
from strandline.web.design.filters import FilterGroup, Filters, Option
from strandline.web.design.marks import CategoryMark
from strandline.web.design.parts import (
    Action,
    Change,
    EmptyState,
    Event,
    Stale,
    SummaryRow,
    Tab,
    Tag,
    Task,
    TaskPhase,
)
from strandline.web.design.showcase.schools import STEPS, WORDS
from strandline.web.design.tables import Cell, Column, Table

RESULTS = Source(
    title="Key stage 2 performance tables 2011/12",
    publisher="Department for Education",
    release="performance_tables_ks2 2011-2012",
    status="revised",
    published="13 December 2012",
    next_due="December 2013",
    licence="Open Government Licence v3.0",
)
INSPECTIONS = Source(
    title="Management information: state-funded schools",
    publisher="Ofsted",
    release="ofsted_mi 31 March 2013",
    published="11 June 2013",
    licence="Open Government Licence v3.0",
)


def small() -> dict[str, Any]:
    """Give what the component page prints besides lists, forms and maps."""
    return {
        "tags": tags(),
        "marks": marks(),
        "summary": summary(),
        "tasks": tasks(),
        "plain_tasks": (Task(title="Declare interests", href="#done", status="Done"),),
        "events": events(),
        "tabs": tabs(),
        "pages": {"first": page(1), "middle": page(7), "last": page(12), "only": Paginator(range(3), 20).page(1)},
        "empty": EmptyState(
            title="No school waits for a decision",
            text="The last run was on 30 April 2013 and every proposal has been settled.",
            action=Action(text="Look at the decisions", href="#decisions"),
        ),
        "empty_table": Table(
            caption="Overdue visits",
            columns=(Column(heading="School"),),
            rows=(),
            empty=EmptyState(title="No visit is overdue", text="The next is due on 6 May 2013."),
        ),
        "figures": figures(),
        "charts": {"bars": bars(), "lines": lines(), "intervals": intervals()},
        "stale": stale(),
        "changes": (Change(field="Category", yours="3A", theirs="3B"),),
        "sortable": sortable(),
    }


def tags() -> tuple[Tag, ...]:
    """Give each kind of tag."""
    return (
        Tag(text="Planned"),
        Tag(text="Met", kind="done"),
        Tag(text="Due on Friday", kind="due"),
        Tag(text="Overdue by 3 days", kind="late"),
        Tag(text="New", kind="new"),
        Tag(text="Draft", kind="draft"),
        Tag(text="Not known", kind="unknown"),
    )


def marks() -> tuple[CategoryMark, ...]:
    """Give each step of the scale and each way to be without a category."""
    known = [CategoryMark(code=code, words=words, step=STEPS[code]) for code, words in WORDS.items()]
    unknown = [
        CategoryMark(state="undecided", reason="key stage 2 results are suppressed"),
        CategoryMark(state="needs_judgement"),
        CategoryMark(state="out_of_scope", reason="an independent school"),
    ]
    return (*known, CategoryMark(code="B", words="A strand without a step"), *unknown)


def summary() -> tuple[SummaryRow, ...]:
    """Give a summary list with actions, hints and a missing value."""
    return (
        SummaryRow(label="Head teacher", value="On the register since September 2010"),
        SummaryRow(label="Category", value="3A", hint="Proposed by the run of 30 April 2013"),
        SummaryRow(
            label="Officer",
            value="North team",
            actions=(Action(text="Change", href="#officer"), Action(text="End", href="#end")),
        ),
        SummaryRow(
            label="Absence",
            missing="suppressed by the publisher (x)",
            actions=(Action(text="Change", href="#absence", about="the note on absence"),),
        ),
    )


def tasks() -> tuple[TaskPhase, ...]:
    """Give a task list in two phases with every state."""
    return (
        TaskPhase(
            heading="Before the meeting",
            tasks=(
                Task(title="Check the figures", href="#check", status="Done"),
                Task(title="Settle the undecided", href="#settle", status="3 left", kind="new"),
                Task(
                    title="Read the reply", href="#reply", status="Due on Friday", kind="due", hint="Came on 2 May 2013"
                ),
            ),
        ),
        TaskPhase(
            heading="After the meeting",
            tasks=(
                Task(title="Send the letters", href="#letters", status="Overdue by 3 days", kind="late"),
                Task(title="Publish", status="Cannot start yet", hint="Opens when every letter has been sent"),
            ),
        ),
    )


def events() -> tuple[Event, ...]:
    """Give a timeline."""
    return (
        Event(
            on="2 May 2013", iso="2013-05-02", title="Reply from the chair", text="The cohort had 9 pupils.\n\nFiled."
        ),
        Event(
            on="30 April 2013",
            iso="2013-04-30",
            title="Category 3A agreed",
            by="the head of service",
            href="#decision",
            tag=Tag(text="Current", kind="new"),
        ),
        Event(on="14 March 2012", iso="2012-03-14", title="Inspected: satisfactory", by="Ofsted"),
    )


def tabs() -> tuple[Tab, ...]:
    """Give the parts of a school page."""
    names = ("Overview", "Results", "Inspections", "Pupils", "Contacts", "Documents", "Timeline")
    return tuple(
        Tab(
            label=name,
            href=f"?part={name.lower()}",
            current=name == "Results",
            count=4 if name == "Documents" else None,
        )
        for name in names
    )


def page(number: int) -> Any:
    """Give one page of a long list."""
    return Paginator(range(233), 20).page(number)


def figures() -> tuple[Figure, ...]:
    """Give figures: known, changed, missing."""
    return (
        Figure(
            label="Schools good or outstanding",
            value="76 %",
            base="114 of 149 judged",
            as_at="30 April 2013",
            change="2 pp more than a year before",
            sources=(INSPECTIONS,),
        ),
        Figure(
            label="Expected standard at key stage 2",
            value="68 %",
            base="23 of 34 pupils",
            as_at="13 December 2012",
            sources=(RESULTS, INSPECTIONS),
        ),
        Figure(label="Persistent absence", missing="suppressed by the publisher", mark="x", sources=(RESULTS,)),
        Figure(label="Days used", value="7.5 of 12 days", note="Two visits are booked.", as_at="30 April 2013"),
    )


def bars() -> BarChart:
    """Give bars with a benchmark and a missing value."""
    return BarChart(
        key="chart-bars",
        title="Alder Road is 6 pp above the authority",
        subtitle="Pupils at the expected standard in reading, writing and mathematics, 2012, revised",
        measure="At the standard",
        subject="School",
        maximum=100,
        bars=(
            Bar(label="Alder Road Primary School", value=82, display="82 % (41 of 50)", ours=True),
            Bar(label="Brackenfield Academy", value=71, display="71 % (32 of 45)"),
            Bar(label="Canal Street Primary School", value=None, missing="suppressed: fewer than 11 pupils"),
            Bar(label="Eastgate High School", value=4, display="4 % (1 of 25)"),
            Bar(label="Fernhill Infant School", value=96, display="96 % (48 of 50)"),
        ),
        benchmark=Benchmark(label="Authority", value=76, display="76 %"),
    )


def lines() -> LineChart:
    """Give a line with a gap, a break and a benchmark."""
    ours = (61, 64, 72, None, None, 55, 58, 66)
    england = (64, 67, 72, None, None, 53, 61, 64)
    return LineChart(
        key="chart-lines",
        title="Alder Road was above England in the last year",
        subtitle="Pupils at the standard of their year, key stage 2",
        years=("2011", "2012", "2013", "2014", "2015", "2016", "2017", "2018"),
        series=(
            Series(label="Alder Road", points=tuple(_point(value) for value in ours)),
            Series(label="England", points=tuple(_point(value) for value in england), benchmark=True),
        ),
        unit=" %",
        breaks=(Break(before=5, words="new tests: not comparable"),),
    )


def _point(value: float | None) -> Point:
    return Point(missing="not published") if value is None else Point(value=value, display=f"{value} %")


def intervals() -> IntervalChart:
    """Give intervals with a missing one."""
    return IntervalChart(
        key="chart-intervals",
        title="Nobody can tell these three schools apart",
        subtitle="Pupils at the expected standard, three years together, 95 % interval",
        subject="School",
        measure="At the standard",
        limits="95 % interval",
        unit=" %",
        rows=(
            Interval(label="Alder Road", low=62, middle=72, high=80, display="72 % (62 to 80)", ours=True),
            Interval(label="Brackenfield", low=55, middle=64, high=72, display="64 % (55 to 72)"),
            Interval(label="Canal Street", missing="suppressed: fewer than 11 pupils"),
            Interval(label="Eastgate", low=58, middle=69, high=79, display="69 % (58 to 79)"),
        ),
        benchmark=Benchmark(label="England", value=65, display="65 %"),
    )


def stale() -> Stale:
    """Give a record that somebody else changed."""
    return Stale(
        who="The service manager",
        when="14:32 on 30 April 2013",
        changes=(Change(field="Reason", yours="Two inspections agree", theirs="The head teacher is new"),),
        href="#record",
    )


def sortable() -> Table:
    """Give a table that the script orders."""
    return Table(
        key="sortable",
        caption="Days by officer",
        columns=(
            Column(heading="Officer", header=True),
            Column(heading="Days", kind="number"),
            Column(heading="Next visit", kind="date"),
        ),
        rows=(
            ("North team", "12.5", Cell(text="6 May 2013", sort="2013-05-06")),
            ("South team", "9", Cell(text="30 April 2013", sort="2013-04-30")),
            ("Coast team", Cell(missing="not recorded"), Cell(text="12 June 2013", sort="2013-06-12")),
        ),
        sorts_in_page=True,
        note="Sorted where scripts run; in the order of the service otherwise.",
    )


def filters(query: str, *, chosen: frozenset[str], search: str, counts: dict[str, int], found: str) -> Filters:
    """Give the filters of the example list."""
    categories = tuple(
        Option(value=code, label=f"{code} {WORDS[code]}", count=counts.get(code, 0), chosen=code in chosen)
        for code in WORDS
    )
    return Filters(
        groups=(
            FilterGroup(name="category", legend="Category", options=categories, open=True),
            FilterGroup(
                name="phase",
                legend="Phase",
                options=(
                    Option(value="primary", label="Primary", count=31),
                    Option(value="secondary", label="Secondary"),
                ),
                single=True,
            ),
        ),
        query=query,
        search=search,
        search_label="Name, URN or postcode",
        found=found,
        kept=("sort",),
    )
