"""Intervals as bands: how sure a figure is, beside others and a benchmark."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from strandline.web.design.charts.drawing import Benchmark, benchmark_line, element, percent, picture, steps
from strandline.web.design.tables import Cell, Column, Table

ROW, HEAD, FOOT, BAND = 40, 20, 22, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure between its limits, as printed ("64 % (55 to 72)"). Missing: no middle, and `missing` says why."""

    label: str
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    display: str = ""
    missing: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalChart:
    """Figures with their limits on one scale."""

    key: str
    title: str
    subtitle: str
    rows: tuple[Interval, ...]
    measure: str = "Value"
    subject: str = "Group"
    limits: str = "Interval"
    minimum: float = 0
    maximum: float = 100
    unit: str = ""
    benchmark: Benchmark | None = None

    def svg(self) -> SafeString:
        """Give the picture."""
        bottom = HEAD + ROW * len(self.rows)
        drawn = [self._scale(bottom)]
        if self.benchmark:
            across = self._across(self.benchmark.value)
            drawn.append(benchmark_line(self.benchmark, across=across, top=2, bottom=bottom))
        drawn += [self._row(row, HEAD + ROW * index) for index, row in enumerate(self.rows)]
        said = "; ".join(f"{row.label}: {row.display or row.missing}" for row in self.rows)
        return picture(
            *drawn, height=bottom + FOOT, key=self.key, title=self.title, description=f"{self.subtitle}. {said}."
        )

    def table(self) -> Table:
        """Give the same figures as a table."""
        rows = [
            (row.label, Cell(text=row.display, sort=row.middle, missing=row.missing if row.middle is None else ""))
            for row in self.rows
        ]
        if self.benchmark:
            rows.append((self.benchmark.label, Cell(text=self.benchmark.display, sort=self.benchmark.value)))
        columns = (
            Column(heading=self.subject, header=True),
            Column(heading=f"{self.measure} ({self.limits})", kind="number"),
        )
        return Table(key=f"{self.key}-table", caption=f"{self.title}: the figures", columns=columns, rows=rows)

    def _across(self, value: float) -> float:
        share = (value - self.minimum) / (self.maximum - self.minimum)
        return 2 + 96 * max(0.0, min(share, 1))

    def _scale(self, bottom: float) -> str:
        drawn = [element("line", x1="0", x2="100%", y1=bottom, y2=bottom, class_="desk-chart__axis")]
        for value in steps(self.minimum, self.maximum):
            if value > self.maximum:
                continue
            across = self._across(value)
            drawn.append(
                element("line", x1=percent(across), x2=percent(across), y1=HEAD, y2=bottom, class_="desk-chart__grid")
            )
            anchor = "start" if across < 5 else "end" if across > 95 else "middle"
            drawn.append(
                element(
                    "text",
                    words=f"{value:g}{self.unit}",
                    x=percent(across),
                    y=bottom + 15,
                    text_anchor=anchor,
                    class_="desk-chart__tick",
                )
            )
        return "".join(drawn)

    def _row(self, row: Interval, top: float) -> str:
        label = element("text", words=row.label, x=0, y=top + 13, class_="desk-chart__label")
        if row.middle is None or row.low is None or row.high is None:
            hatch = element("rect", x=0, y=top + 18, width=44, height=BAND, fill=f"url(#{self.key}-hatch)")
            return label + hatch + element("text", words=row.missing, x=52, y=top + 30, class_="desk-chart__value")
        low, middle, high = (self._across(value) for value in (row.low, row.middle, row.high))
        kind = "desk-chart__band desk-chart__band--ours" if row.ours else "desk-chart__band"
        band = element("rect", x=percent(low), y=top + 18, width=percent(high - low), height=BAND, class_=kind)
        tick = element(
            "line", x1=percent(middle), x2=percent(middle), y1=top + 16, y2=top + 34, class_="desk-chart__middle"
        )
        end = element("text", words=row.display, x="100%", y=top + 13, text_anchor="end", class_="desk-chart__end")
        return label + end + band + tick
