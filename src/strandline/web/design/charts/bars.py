"""Bars from zero, each under its label, with the value at its end."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from strandline.web.design.charts.drawing import Benchmark, benchmark_line, element, percent, picture
from strandline.web.design.tables import Cell, Column, Table

ROW, LABEL, BAR, HEAD = 44, 15, 18, 18
NARROW, LETTER = 328, 7.2  # the narrowest chart and the widest letter, in pixels: how much room a value needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its value and how it is printed with its base. Missing: no value, and `missing` says why."""

    label: str
    value: float | None
    display: str = ""
    missing: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Values side by side. `title` says the finding, `subtitle` the measure, the population and the date."""

    key: str
    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    measure: str = "Value"
    subject: str = "Group"
    maximum: float | None = None
    benchmark: Benchmark | None = None

    @property
    def top(self) -> float:
        """The value at the right edge."""
        values = [bar.value for bar in self.bars if bar.value is not None]
        values += [self.benchmark.value] if self.benchmark else []
        return self.maximum or max(values, default=0) or 1

    def svg(self) -> SafeString:
        """Give the picture: bars, then the benchmark, then the words, which stay readable on both."""
        head = HEAD if self.benchmark else 0
        height = head + ROW * len(self.bars)
        places = [(bar, head + ROW * index) for index, bar in enumerate(self.bars)]
        drawn = [self._shape(bar, top) for bar, top in places]
        if self.benchmark:
            across = 100 * self.benchmark.value / self.top
            drawn.append(benchmark_line(self.benchmark, across=across, top=2, bottom=height))
        drawn += [self._words(bar, top) for bar, top in places]
        said = "; ".join(f"{bar.label}: {bar.display or bar.missing}" for bar in self.bars)
        return picture(*drawn, height=height, key=self.key, title=self.title, description=f"{self.subtitle}. {said}.")

    def table(self) -> Table:
        """Give the same figures as a table."""
        rows = [
            (bar.label, Cell(text=bar.display, sort=bar.value, missing="" if bar.value is not None else bar.missing))
            for bar in self.bars
        ]
        if self.benchmark:
            rows.append((self.benchmark.label, Cell(text=self.benchmark.display, sort=self.benchmark.value)))
        columns = (Column(heading=self.subject, header=True), Column(heading=self.measure, kind="number"))
        return Table(key=f"{self.key}-table", caption=f"{self.title}: the figures", columns=columns, rows=rows)

    def _width(self, value: float) -> float:
        return 100 * max(0.0, min(value / self.top, 1))

    def _shape(self, bar: Bar, top: float) -> str:
        if bar.value is None:
            return element("rect", x=0, y=top + LABEL + 2, width=44, height=BAR, fill=f"url(#{self.key}-hatch)")
        kind = "desk-chart__bar desk-chart__bar--ours" if bar.ours else "desk-chart__bar"
        return element("rect", x=0, y=top + LABEL + 2, width=percent(self._width(bar.value)), height=BAR, class_=kind)

    def _words(self, bar: Bar, top: float) -> str:
        label = element("text", words=bar.label, x=0, y=top + LABEL - 3, class_="desk-chart__label")
        if bar.value is None:
            return label + element("text", words=bar.missing, x=52, y=top + LABEL + 15, class_="desk-chart__value")
        width = self._width(bar.value)
        room = 100 * (len(bar.display) * LETTER + 10) / NARROW
        inside = width > max(50.0, 100 - room)
        kind = "desk-chart__value"
        if inside:
            kind += " desk-chart__value--inside" + (" desk-chart__value--inside-ours" if bar.ours else "")
        return label + element(
            "text",
            words=bar.display,
            x=percent(width),
            dx=-6 if inside else 6,
            y=top + LABEL + 15,
            text_anchor="end" if inside else "start",
            class_=kind,
        )
