"""Bars from zero, each under its label, with the value at its end."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from strandline.web.design.charts.drawing import Benchmark, benchmark_line, element, percent, picture
from strandline.web.design.tables import Cell, Column, Table

ROW, LABEL, BAR, HEAD = 44, 15, 18, 18
INSIDE_FROM = 78  # per cent of the width from which the value stands inside the bar


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
        """Give the picture."""
        head = HEAD if self.benchmark else 0
        height = head + ROW * len(self.bars)
        drawn = [self._bar(bar, head + ROW * index) for index, bar in enumerate(self.bars)]
        if self.benchmark:
            across = 100 * self.benchmark.value / self.top
            drawn.append(benchmark_line(self.benchmark, across=across, top=2, bottom=height))
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

    def _bar(self, bar: Bar, top: float) -> str:
        label = element("text", words=bar.label, x=0, y=top + LABEL - 3, class_="desk-chart__label")
        if bar.value is None:
            hatch = element("rect", x=0, y=top + LABEL + 2, width=44, height=BAR, fill=f"url(#{self.key}-hatch)")
            why = element("text", words=bar.missing, x=52, y=top + LABEL + 15, class_="desk-chart__value")
            return label + hatch + why
        width = 100 * max(0.0, min(bar.value / self.top, 1))
        kind = "desk-chart__bar desk-chart__bar--ours" if bar.ours else "desk-chart__bar"
        drawn = element("rect", x=0, y=top + LABEL + 2, width=percent(width), height=BAR, class_=kind)
        inside = width > INSIDE_FROM
        value = element(
            "text",
            words=bar.display,
            x=percent(width),
            dx=-6 if inside else 6,
            y=top + LABEL + 15,
            text_anchor="end" if inside else "start",
            class_="desk-chart__value desk-chart__value--inside" if inside else "desk-chart__value",
        )
        return label + drawn + value
