"""
Charts as SVG without styles of their own: attributes and classes only, so that a strict content policy holds.

Lengths across are percentages and lengths down are pixels: a chart fills its column at any width and its letters keep
their size. Each chart gives its picture (`svg()`) and the same figures as a table (`table()`); a missing value is
hatched and says why, never zero.
"""

from strandline.web.design.charts.bars import Bar, BarChart
from strandline.web.design.charts.drawing import Benchmark
from strandline.web.design.charts.intervals import Interval, IntervalChart
from strandline.web.design.charts.lines import Break, LineChart, Point, Series

__all__ = ["Bar", "BarChart", "Benchmark", "Break", "Interval", "IntervalChart", "LineChart", "Point", "Series"]
