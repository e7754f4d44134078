"""What every chart draws with: elements with everything escaped, the root with its words, benchmarks, the hatching."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A value to compare with, drawn as a thin line with its name: "England, 65 %"."""

    label: str
    value: float
    display: str = ""

    @property
    def words(self) -> str:
        """The name and the value as printed beside the line."""
        return f"{self.label}, {self.display}" if self.display else self.label


def element(tag: str, *inside: str, words: str = "", **attributes: str | float) -> str:
    """Give one element: `inside` is SVG already, `words` are plain. `class_` and `stroke_width` become real names."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_length(value))}"' for name, value in attributes.items()
    )
    content = "".join(inside) + escape(words)
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def percent(value: float) -> str:
    """Give a length across as a percentage of the chart's width."""
    return f"{round(value, 3):g}%"


def picture(*inside: str, height: float, key: str, title: str, description: str) -> SafeString:
    """Give a whole chart: one image with a title and a description, as wide as its column."""
    return mark_safe(  # noqa: S308 - every word passed through `element`, which escapes
        element(
            "svg",
            element("title", words=title, id=f"{key}-title"),
            element("desc", words=description, id=f"{key}-desc"),
            hatching(key),
            *inside,
            class_="desk-chart__svg",
            width="100%",
            height=height,
            role="img",
            aria_labelledby=f"{key}-title {key}-desc",
            focusable="false",
        )
    )


def hatching(key: str) -> str:
    """Give the pattern that fills what is not known."""
    stripes = element("path", d="M0 6 6 0M-1 1 1-1M5 7 7 5", class_="desk-chart__stripe")
    pattern = element("pattern", stripes, id=f"{key}-hatch", width=6, height=6, patternUnits="userSpaceOnUse")
    return element("defs", pattern)


def benchmark_line(benchmark: Benchmark, *, across: float, top: float, bottom: float) -> str:
    """Give the thin line of a benchmark with its name at the top, on the side where there is room."""
    anchor, shift = ("end", -4) if across > 60 else ("start", 4)
    return element(
        "line", x1=percent(across), x2=percent(across), y1=top, y2=bottom, class_="desk-chart__benchmark"
    ) + element(
        "text",
        words=benchmark.words,
        x=percent(across),
        dx=shift,
        y=top + 10,
        text_anchor=anchor,
        class_="desk-chart__name",
    )


def steps(low: float, high: float) -> tuple[float, ...]:
    """Give round values for the lines of an axis: four to six of them, the first at or below `low`."""
    if high <= low:
        return (low,)
    rough = (high - low) / 4
    size = 10.0 ** (len(str(int(rough))) - 1) if rough >= 1 else 0.1
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10, 20, 50) if size * factor >= rough * 0.8)
    first = int(low // step)
    values = [first * step]
    while values[-1] < high - step * 0.01:
        values.append(values[-1] + step)
    return tuple(round(value, 6) for value in values)


def _length(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 3):g}"
