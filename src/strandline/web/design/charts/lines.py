"""Lines over years: names at their ends, gaps where nothing is known, breaks where measures change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from strandline.web.design.charts.drawing import element, percent, picture, steps
from strandline.web.design.tables import Cell, Column, Row, Table

TOP, PLOT, FOOT = 34, 170, 26
LEFT, RIGHT = 11, 96  # per cent of the width
ABOVE, BELOW, APART = 10, 19, 15  # where a line's name stands, in pixels from its last point and from the next name


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value in a year, as printed. Missing: no value, and `missing` says why."""

    value: float | None = None
    display: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line. A `benchmark` is thin and dashed."""

    label: str
    points: tuple[Point, ...]
    benchmark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where figures stop being comparable: before the year at `before`, and why."""

    before: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Values over years. A line never crosses a missing year or a break."""

    key: str
    title: str
    subtitle: str
    years: tuple[str, ...]
    series: tuple[Series, ...]
    minimum: float = 0
    maximum: float = 100
    unit: str = ""
    breaks: tuple[Break, ...] = ()

    def svg(self) -> SafeString:
        """Give the picture."""
        drawn = [self._grid(), self._ticks(), *(self._break(one) for one in self.breaks)]
        drawn += [self._line(series) for series in self.series]
        drawn += self._names()
        said = ". ".join(f"{one.label}: {self._spoken(one)}" for one in self.series)
        return picture(
            *drawn, height=TOP + PLOT + FOOT, key=self.key, title=self.title, description=f"{self.subtitle}. {said}."
        )

    def table(self) -> Table:
        """Give the same figures as a table."""
        columns = (
            Column(heading="Year", header=True),
            *(Column(heading=one.label, kind="number") for one in self.series),
        )
        notes = {one.before: one.words for one in self.breaks}
        rows = [
            Row(cells=(Cell(text=year, hint=notes.get(index, "")), *(_cell(one.points[index]) for one in self.series)))
            for index, year in enumerate(self.years)
        ]
        return Table(key=f"{self.key}-table", caption=f"{self.title}: the figures", columns=columns, rows=rows)

    def _across(self, index: float) -> float:
        return LEFT + (RIGHT - LEFT) * index / max(1, len(self.years) - 1)

    def _down(self, value: float) -> float:
        return TOP + PLOT * (1 - (value - self.minimum) / (self.maximum - self.minimum))

    def _grid(self) -> str:
        drawn = []
        for value in (one for one in steps(self.minimum, self.maximum) if one <= self.maximum):
            down = self._down(value)
            kind = "desk-chart__axis" if value == self.minimum else "desk-chart__grid"
            drawn.append(element("line", x1=percent(LEFT - 2), x2="100%", y1=down, y2=down, class_=kind))
            drawn.append(
                element(
                    "text",
                    words=f"{value:g}{self.unit}",
                    x=percent(LEFT - 3),
                    y=down + 4,
                    text_anchor="end",
                    class_="desk-chart__tick",
                )
            )
        return "".join(drawn)

    def _ticks(self) -> str:
        last = len(self.years) - 1
        drawn = []
        for index, year in enumerate(self.years):
            minor = (last - index) % 2 and len(self.years) > 4
            drawn.append(
                element(
                    "text",
                    words=year,
                    x=percent(self._across(index)),
                    y=TOP + PLOT + 18,
                    text_anchor="middle",
                    class_="desk-chart__tick desk-chart__tick--minor" if minor else "desk-chart__tick",
                )
            )
        return "".join(drawn)

    def _break(self, one: Break) -> str:
        across = self._across(one.before - 0.5)
        anchor, shift = ("end", -4) if across > 60 else ("start", 4)
        line = element("line", x1=percent(across), x2=percent(across), y1=4, y2=TOP + PLOT, class_="desk-chart__break")
        return line + element(
            "text", words=one.words, x=percent(across), dx=shift, y=13, text_anchor=anchor, class_="desk-chart__name"
        )

    def _stretches(self, series: Series) -> Iterator[list[int]]:
        """Yield runs of years that may be joined: known, and on one side of every break."""
        starts = {one.before for one in self.breaks}
        run: list[int] = []
        for index, point in enumerate(series.points):
            if run and (point.value is None or index in starts):
                yield run
                run = []
            if point.value is not None:
                run.append(index)
        if run:
            yield run

    def _line(self, series: Series) -> str:
        kind = "desk-chart__line desk-chart__line--benchmark" if series.benchmark else "desk-chart__line"
        paths = []
        for run in self._stretches(series):
            joined = " ".join(f"{self._across(at):.3f},{self._place(series, at) - TOP:.2f}" for at in run)
            paths.append(element("polyline", points=joined, class_=kind, vector_effect="non-scaling-stroke"))
        inner = element(
            "svg",
            *paths,
            x="0",
            y=TOP,
            width="100%",
            height=PLOT,
            viewBox=f"0 0 100 {PLOT}",
            preserveAspectRatio="none",
            overflow="visible",
        )
        if series.benchmark:
            return inner
        dots = [
            element("circle", cx=percent(self._across(at)), cy=self._place(series, at), r=4, class_="desk-chart__dot")
            for at, point in enumerate(series.points)
            if point.value is not None
        ]
        gaps = [
            element(
                "rect",
                x=percent(self._across(at) - 1.5),
                y=TOP,
                width=percent(3),
                height=PLOT,
                fill=f"url(#{self.key}-hatch)",
            )
            for at, point in enumerate(series.points)
            if point.value is None
        ]
        return "".join((*gaps, inner, *dots))

    def _place(self, series: Series, index: int) -> float:
        value = series.points[index].value
        return self._down(self.minimum if value is None else value)

    def _names(self) -> list[str]:
        """Name each line at its last known point: the lowest under its line, the others above, kept apart."""
        ends = sorted(self._ends(), key=lambda end: end[0])
        near = [self._place(one, at) for _, last, one in ends for at in (last - 1, last) if at >= 0 and _known(one, at)]
        placed: list[str] = []
        least = 0.0
        for order, (down, index, series) in enumerate(ends):
            under = len(ends) > 1 and order == len(ends) - 1
            wanted = max(near) + BELOW if under else min(near) - ABOVE if order == 0 else down - ABOVE
            least = max(wanted, least)
            words = f"{series.label} {series.points[index].display}"
            kind = "desk-chart__name" if series.benchmark else "desk-chart__name desk-chart__name--ours"
            across = percent(self._across(index))
            placed.append(element("text", words=words, x=across, dx=8, y=least, text_anchor="end", class_=kind))
            least += APART
        return placed

    def _ends(self) -> Iterator[tuple[float, int, Series]]:
        """Yield each series with the place and the year of its last known point."""
        for series in self.series:
            known = [index for index in range(len(series.points)) if _known(series, index)]
            if known:
                yield self._place(series, known[-1]), known[-1], series

    def _spoken(self, series: Series) -> str:
        return ", ".join(
            f"{year} {point.display or point.missing}" for year, point in zip(self.years, series.points, strict=True)
        )


def _known(series: Series, index: int) -> bool:
    return series.points[index].value is not None


def _cell(point: Point) -> Cell:
    return Cell(text=point.display, sort=point.value, missing=point.missing if point.value is None else "")
