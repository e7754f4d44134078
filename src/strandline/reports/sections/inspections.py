"""Inspection outcomes, local against national, one table for each framework (WAR-25, CAM-02)."""

from __future__ import annotations

from collections.abc import Iterator

from strandline.kernel.dates import long_date
from strandline.reports.document import Bar, Block, Chart, Column, Heading, Paragraph, Row, Table, Text
from strandline.reports.figures import NO_BREAK, count, difference, share
from strandline.reports.input import InspectionProfile, ProfileRow, ReportInput
from strandline.reports.phrases import with_base
from strandline.reports.templates import TemplateSection
from strandline.reports.wording import Words


def inspections(view: ReportInput, section: TemplateSection) -> tuple[Block, ...]:
    """
    Show the share of schools at or above the measure, with base, date, England and the difference.

    Units:   percentages of the schools in the base; differences in percentage points, before rounding.
    Missing: schools without such a judgement are counted in a column of their own and are in no base.
    """
    words = section.words
    if not view.inspections:
        return (Paragraph(text=words.text("none", area=view.area, as_at=long_date(view.as_at))),)
    blocks: list[Block] = [Paragraph(text=words.text("before"))]
    for profile in view.inspections:
        blocks.append(Heading(text=profile.title, level=2))
        blocks.extend(Paragraph(text=_finding(row, profile, view, words)) for row in profile.rows[:1])
        blocks.append(_table(profile, view, words))
        if section.settings.get("chart", "yes") == "yes" and _compared(profile):
            blocks.append(_chart(profile, view, words))
    return tuple(blocks)


def _compared(profile: InspectionProfile) -> tuple[ProfileRow, ...]:
    return tuple(row for row in profile.rows if row.national is not None)


def _finding(row: ProfileRow, profile: InspectionProfile, view: ReportInput, words: Words) -> Text:
    local = with_base(row.local, places=profile.places)
    if row.national is None:
        return words.text(
            "finding_local",
            label=row.label,
            local=local,
            base=profile.base,
            area=view.area,
            measure=profile.measure,
            as_at=long_date(profile.as_at),
        )
    return words.text(
        "finding",
        label=row.label,
        local=local,
        base=profile.base,
        area=view.area,
        measure=profile.measure,
        national=with_base(row.national, places=profile.places),
        as_at=long_date(profile.as_at),
        difference=difference(share(row.local), share(row.national)),
    )


def _table(profile: InspectionProfile, view: ReportInput, words: Words) -> Table:
    compared, uncounted = bool(_compared(profile)), any(row.not_counted is not None for row in profile.rows)
    columns = [Column(title=profile.row_heading)]
    columns.append(Column(title=words.plain("column_local", area=view.area), align="right"))
    if compared:
        columns.append(Column(title=words.plain("column_national"), align="right"))
        columns.append(Column(title=words.plain("column_difference"), align="right"))
    if uncounted:
        columns.append(Column(title=words.plain("column_not_counted"), align="right"))
    notes: tuple[Text, ...] = (words.text("difference_note"),) if compared else ()
    return Table(
        anchor=f"inspections-{profile.key}",
        caption=words.plain(
            "caption" if compared else "caption_local",
            title=profile.title,
            base=profile.base,
            measure=profile.measure,
            area=view.area,
            as_at=long_date(profile.as_at),
        ),
        columns=tuple(columns),
        rows=tuple(Row(cells=tuple(_cells(row, profile, compared, uncounted))) for row in profile.rows),
        notes=notes + tuple((note,) for note in profile.notes),
    )


def _cells(row: ProfileRow, profile: InspectionProfile, compared: bool, uncounted: bool) -> Iterator[Text]:
    yield (row.label,)
    yield with_base(row.local, places=profile.places)
    if compared and row.national is not None:
        yield with_base(row.national, places=profile.places)
        yield (difference(share(row.local), share(row.national)),)
    elif compared:
        yield ()
        yield ()
    if uncounted:
        yield (count(row.not_counted),) if row.not_counted is not None else ()


def _chart(profile: InspectionProfile, view: ReportInput, words: Words) -> Chart:
    bars = tuple(_bar(row, profile) for row in profile.rows)
    spoken = "; ".join(f"{bar.label}, {bar.end.replace(NO_BREAK, ' ')}" for bar in bars)
    return Chart(
        anchor=f"chart-inspections-{profile.key}",
        title=words.plain("chart_title", title=profile.title, finding=_comparison(profile, words)),
        subtitle=words.plain("chart_subtitle", measure=profile.measure, area=view.area, as_at=long_date(profile.as_at)),
        description=words.plain("chart_describe", area=view.area, bars=spoken, table="the table before it"),
        bars=bars,
        axis=words.plain("chart_axis", base=profile.base),
        maximum=100,
        benchmark_name=words.plain("chart_benchmark"),
        beside=f"inspections-{profile.key}",
    )


def _bar(row: ProfileRow, profile: InspectionProfile) -> Bar:
    local = share(row.local, places=profile.places)
    national = share(row.national, places=profile.places) if row.national is not None else None
    against = f", England {national.display}" if national is not None else ""
    return Bar(label=row.label, figure=local, end=f"{local.display}{against}", benchmark=national)


def _comparison(profile: InspectionProfile, words: Words) -> str:
    gaps = []
    for row in _compared(profile):
        if row.national is not None:
            gap = difference(share(row.local), share(row.national)).value
            gaps.append(gap if gap is not None else 0)
    if not any(gaps):
        return words.plain("chart_finding_level")
    return words.plain("chart_finding", above=str(sum(gap > 0 for gap in gaps)), compared=str(len(gaps)))
