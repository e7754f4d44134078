"""Activity by priority and officer time by responsibility, as printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from strandline.kernel.dates import AcademicYear, long_date
from strandline.web.design.tables import Cell, Column, Table
from strandline.web.officers.queries import Activity, Time

ALL_YEARS = "all"


def year_choices(years: Iterable[AcademicYear], *, chosen: AcademicYear | None) -> list[tuple[str, str, bool]]:
    """The periods to choose from: value, words, whether it is the chosen one."""
    told = [(str(year.ends_in), f"Academic year {year}", year == chosen) for year in years]
    return [*told, (ALL_YEARS, "All years together", chosen is None)]


def period(year: AcademicYear | None, *, on: date) -> str:
    """Which days the reports cover, in a sentence."""
    if year is None:
        return "All tasks and visits on the desk."
    if year.first_day <= on <= year.last_day:
        return f"From {long_date(year.first_day)}, when the academic year {year} began, until today."
    return f"From {long_date(year.first_day)} to {long_date(year.last_day)}."


def activity_table(rows: Iterable[Activity], *, pack: str) -> Table:
    """Every priority with its tasks and visits; what is untagged stands last."""
    columns = (
        Column(heading="Priority", header=True, kind="words"),
        Column(heading="Tasks", kind="number"),
        Column(heading="Visits", kind="number"),
        Column(heading="Together", kind="number"),
    )
    cells = [
        (
            Cell(
                text=f"{row.number}. {row.title}" if row.number is not None else row.title,
                hint=f"of the strategy {row.pack}" if row.pack and row.pack != pack else "",
            ),
            str(row.tasks),
            str(row.visits),
            str(row.tasks + row.visits),
        )
        for row in rows
    ]
    return Table(caption="Activity by priority", caption_hidden=True, columns=columns, rows=cells)


def time_table(rows: Iterable[Time]) -> Table:
    """Hours by core responsibility, with the share of the tagged hours."""
    columns = (
        Column(heading="Core responsibility", header=True, kind="words"),
        Column(heading="Hours", kind="number"),
        Column(heading="Share of tagged hours", kind="number"),
        Column(heading="Tasks and visits", kind="number"),
        Column(heading="Of them without hours", kind="number"),
    )
    cells = [
        (
            row.title,
            f"{row.hours:.2f}".rstrip("0").rstrip("."),
            Cell(text=f"{row.share:.1f} %")
            if row.share is not None
            else Cell(missing="no tagged hours" if row.tag else "not tagged"),
            str(row.items),
            str(row.without_hours),
        )
        for row in rows
    ]
    return Table(caption="Officer time by core responsibility", caption_hidden=True, columns=columns, rows=cells)


def rounding(rows: Iterable[Time]) -> str:
    """What the rounded shares add up to; empty without any."""
    shares = [round(row.share, 1) for row in rows if row.share is not None]
    return f"Shares are rounded to one decimal place; as printed they add up to {sum(shares)} %." if shares else ""
