"""The table of categories: counts, whole-number percentages with their rounding shown, and one chart."""

from __future__ import annotations

from collections.abc import Iterator

from strandline.kernel.dates import long_date
from strandline.kernel.rounding import round_half_up
from strandline.reports.document import Bar, Block, Chart, Column, Paragraph, Reference, Row, Strong, Table, Text
from strandline.reports.figures import NO_BREAK, Share, count, plain, share
from strandline.reports.input import CategoryCount, ReportInput
from strandline.reports.phrases import listed, schools
from strandline.reports.templates import TemplateSection
from strandline.reports.wording import Words

ANCHOR = "categories"


def categories(view: ReportInput, section: TemplateSection) -> tuple[Block, ...]:
    """
    Show how many schools stand in each category (SEF-02, formula F1).

    Units:   percentages of the schools placed, rounded half up, with the sum of the rounded ones printed.
    Missing: schools not placed stand in rows of their own and in no base.
    """
    words = section.words
    if not view.categories:
        return (Paragraph(text=words.text("no_categories")),)
    return (
        Paragraph(text=words.text("before", table=Reference(to=ANCHOR))),
        _table(view, words),
        _chart(view, words),
    )


def largest_categories(view: ReportInput) -> tuple[CategoryCount, ...]:
    """Give the category with most schools; several where they tie, none where all are empty."""
    most = max((row.count.value or 0 for row in view.categories), default=0)
    return tuple(row for row in view.categories if most and row.count.value == most)


def category_name(row: CategoryCount) -> str:
    """`3A Satisfactory, declining`; a category whose code is its title is named once."""
    return row.title if row.code.casefold() == row.title.casefold() else f"{row.code} {row.title}"


def _table(view: ReportInput, words: Words) -> Table:
    return Table(
        anchor=ANCHOR,
        caption=words.plain("caption", area=view.area, as_at=long_date(view.as_at)),
        columns=(
            Column(title=words.plain("column_category")),
            Column(title=words.plain("column_words")),
            Column(title=words.plain("column_schools"), align="right"),
            Column(title=words.plain("column_share"), align="right"),
            Column(title=words.plain("column_exact"), align="right"),
        ),
        rows=(*(_row(row, view) for row in view.categories), *_closing_rows(view, words)),
        notes=(words.text("base", decided=schools(view.decisions.decided)), *_sum_check(view, words)),
    )


def _row(row: CategoryCount, view: ReportInput) -> Row:
    proportion = Share(part=row.count, whole=view.decisions.decided)
    coded: Text = (row.title,) if category_name(row) == row.title else (Strong(text=row.code), f" {row.title}")
    return Row(cells=(coded, (row.words,), (count(row.count),), (share(proportion),), (share(proportion, places=2),)))


def _closing_rows(view: ReportInput, words: Words) -> Iterator[Row]:
    decisions = view.decisions
    placed = share(Share(part=decisions.decided, whole=decisions.decided))
    yield Row(cells=((words.plain("row_placed"),), (), (count(decisions.decided),), (placed,), ()), total=True)
    others = {
        "row_undecided": decisions.undecided,
        "row_judgement": decisions.needs_judgement,
        "row_outside": decisions.out_of_scope,
    }
    for key, number in others.items():
        yield Row(cells=((words.plain(key),), (), (count(number),), (), ()))
    yield Row(cells=((words.plain("row_all"),), (), (count(decisions.schools),), (), ()), total=True)


def _sum_check(view: ReportInput, words: Words) -> Iterator[Text]:
    decided = view.decisions.decided.value
    if not decided:
        return
    rounded = [round_half_up(100 * (row.count.value or 0) / decided) for row in view.categories]
    total = sum(rounded)
    key = "sum_exact" if total == 100 else "sum_rounded"
    terms = f"{NO_BREAK}+ ".join(str(value) for value in rounded)
    yield words.text(key, terms=terms, sum=str(total))


def _chart(view: ReportInput, words: Words) -> Chart:
    bars = tuple(_bar(row, view) for row in view.categories)
    spoken = "; ".join(f"{bar.label}, {bar.end.replace(NO_BREAK, ' ')}" for bar in bars)
    return Chart(
        anchor="chart-categories",
        title=_finding(view, words),
        subtitle=words.plain("chart_subtitle", area=view.area, as_at=long_date(view.as_at)),
        description=words.plain("chart_describe", bars=spoken, table="the table of categories"),
        bars=bars,
        axis=words.plain("chart_axis"),
        beside=ANCHOR,
    )


def _bar(row: CategoryCount, view: ReportInput) -> Bar:
    figure = count(row.count)
    percentage = share(Share(part=row.count, whole=view.decisions.decided))
    return Bar(label=category_name(row), figure=figure, end=f"{figure.display} ({percentage.display})", step=row.step)


def _finding(view: ReportInput, words: Words) -> str:
    first = largest_categories(view)
    if not first:
        return words.plain("chart_title_none")
    key = "chart_title" if len(first) == 1 else "chart_title_shared"
    names = listed(tuple(row.title for row in first))
    most = first[0].count.value or 0
    decided = plain(view.decisions.decided.value or 0) + " schools"
    return words.plain(key, category=names, count=plain(most), decided=decided)
