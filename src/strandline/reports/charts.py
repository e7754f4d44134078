"""Charts: horizontal bars from zero, labelled directly, drawn by Vega as SVG; the same data gives the same bytes."""

from __future__ import annotations

import textwrap
from functools import cache
from importlib import resources
from typing import Any

import altair as alt
import vl_convert

from strandline.reports import palette
from strandline.reports.document import Bar, Chart
from strandline.reports.svg import accessible, unwrapped

WIDTH = 430
BAR_STEP = 34
LABEL_CHARACTERS = 30
ORDER_DIGITS = 3
PNG_SCALE = 2.5


def svg(chart: Chart) -> str:
    """Draw bars with their words at the end, and a thin upright line for each benchmark."""
    _register_fonts()
    drawn = vl_convert.vegalite_to_svg(_specification(chart))
    inside, width, height = unwrapped(drawn)
    return accessible(
        inside, width=width, height=height, key=chart.anchor, title=chart.title, description=chart.description
    )


def png(picture: str) -> bytes:
    """Give any of our pictures as PNG, for Word."""
    _register_fonts()
    drawn: bytes = vl_convert.svg_to_png(picture, scale=PNG_SCALE)
    return drawn


@cache
def _register_fonts() -> None:
    with resources.as_file(resources.files("strandline.reports") / "fonts") as folder:
        vl_convert.register_font_directory(str(folder))


def _specification(chart: Chart) -> str:
    values = [_value(bar, order) for order, bar in enumerate(chart.bars)]
    base = alt.Chart(alt.InlineData(values=values)).encode(y=_rows())
    layers = [_bars(base, chart), _ends(base)]
    if any(bar.benchmark is not None for bar in chart.bars):
        layers += [_benchmarks(base), _benchmark_name(base, chart)]
    layered = alt.layer(*layers).properties(width=WIDTH, height=alt.Step(BAR_STEP))
    return str(layered.configure(**_configuration()).configure_view(strokeWidth=0).to_json(validate=False))


def _value(bar: Bar, order: int) -> dict[str, Any]:
    colour = palette.step_colour(bar.step) if bar.benchmark is None else palette.PALE_TIDE
    return {
        "row": f"{order:0{ORDER_DIGITS}d}{_wrapped(bar.label)}",
        "value": bar.figure.value,
        "end": bar.end,
        "colour": colour,
        "benchmark": bar.benchmark.value if bar.benchmark is not None else None,
        "reach": max(bar.figure.value or 0, (bar.benchmark.value or 0) if bar.benchmark is not None else 0),
    }


def _wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label, LABEL_CHARACTERS, max_lines=2, placeholder="…"))


def _rows() -> alt.Y:
    """Rows are told apart by their order, which the label then leaves out: two bars may bear the same words."""
    labels = f"split(slice(datum.value, {ORDER_DIGITS}), '\\n')"
    axis = alt.Axis(title=None, labelExpr=labels, labelLimit=0, ticks=False, domain=False, labelPadding=8)
    return alt.Y("row:N", axis=axis, sort=None, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.3))


def _bars(base: Any, chart: Chart) -> Any:
    longest = chart.maximum or max((float(bar.figure.value or 0) for bar in chart.bars), default=0) or 1
    scale = alt.Scale(domain=[0, longest], zero=True, nice=chart.maximum is None)
    axis = alt.Axis(title=chart.axis, grid=True, tickCount=5, format="d", titlePadding=8)
    return base.mark_bar(stroke=palette.INK, strokeWidth=0.6).encode(
        x=alt.X("value:Q", scale=scale, axis=axis),
        color=alt.Color("colour:N", scale=None),
    )


def _benchmarks(base: Any) -> Any:
    tick = base.transform_filter("isValid(datum.benchmark)").mark_tick(
        color=palette.INK, opacity=1, thickness=2, height=BAR_STEP * 0.85
    )
    return tick.encode(x=alt.X("benchmark:Q"))


def _benchmark_name(base: Any, chart: Chart) -> Any:
    """Name the line once, above the first bar."""
    above = base.transform_filter(f"toNumber(slice(datum.row, 0, {ORDER_DIGITS})) == 0 && isValid(datum.benchmark)")
    words = above.mark_text(dy=-BAR_STEP * 0.6, color=palette.INK, fontSize=11, text=chart.benchmark_name)
    return words.encode(x=alt.X("benchmark:Q"))


def _ends(base: Any) -> Any:
    return base.mark_text(align="left", dx=8, color=palette.INK, fontSize=12).encode(
        x=alt.X("reach:Q"), text=alt.Text("end:N")
    )


def _configuration() -> dict[str, Any]:
    words = {"labelFont": palette.FONT, "titleFont": palette.FONT, "labelFontSize": 12, "titleFontSize": 12}
    inks = {"labelColor": palette.INK, "titleColor": palette.INK, "gridColor": palette.FOAM}
    return {
        "aria": False,
        "background": palette.WHITE,
        "font": palette.FONT,
        "padding": {"left": 4, "right": 8, "top": 4, "bottom": 4},
        "axis": words | inks | {"titleFontWeight": "normal"},
    }
