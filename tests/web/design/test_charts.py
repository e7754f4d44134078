"""Charts: well-formed, without styles of their own, the same figures beside them, nothing missing drawn as zero."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from strandline.web.design.charts import Bar, BarChart, Break, LineChart, Point, Series
from strandline.web.design.charts.drawing import steps
from strandline.web.design.showcase import pieces

CHARTS = {"bars": pieces.bars(), "lines": pieces.lines(), "intervals": pieces.intervals()}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart) -> ET.Element:
    return ET.fromstring(chart.svg().replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_well_formed_and_says_its_title_and_figures(name) -> None:
    picture = drawn(CHARTS[name])
    assert picture.get("role") == "img"
    ids = {one.get("id"): one.text for one in picture if one.get("id")}
    title, description = (ids[key] for key in picture.get("aria-labelledby").split())
    assert title == CHARTS[name].title
    assert "suppressed" in description or "not published" in description


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_no_style_of_its_own(name) -> None:
    for one in drawn(CHARTS[name]).iter():
        assert "style" not in one.attrib
        assert not one.tag.endswith(("style", "script"))


@pytest.mark.parametrize("name", CHARTS)
def test_the_table_beside_has_every_figure(name) -> None:
    body = CHARTS[name].table().body_html()
    assert {"bars": "82 % (41 of 50)", "lines": "66 %", "intervals": "72 % (62 to 80)"}[name] in body
    assert "desk-missing" in body


def test_what_a_publisher_wrote_cannot_become_markup() -> None:
    chart = BarChart(
        key="k",
        title="<i>",
        subtitle="&",
        bars=(Bar(label="<script>", value=1, display='"1"'), Bar(label="b", value=0)),
    )
    assert "<script>" not in chart.svg()
    assert drawn(chart) is not None


def test_a_missing_bar_is_hatched_and_zero_is_a_bar_without_length() -> None:
    chart = BarChart(
        key="k",
        title="t",
        subtitle="s",
        bars=(Bar(label="a", value=None, missing="suppressed"), Bar(label="b", value=0, display="0 %")),
        maximum=100,
    )
    rectangles = list(drawn(chart).iter(f"{SVG}rect"))
    assert [one.get("fill") for one in rectangles] == ["url(#k-hatch)", None]
    assert rectangles[1].get("width") == "0%"


def test_a_line_crosses_neither_a_missing_year_nor_a_break() -> None:
    known = [Point(value=value, display=str(value)) for value in (10, 20, 30, 40)]
    chart = LineChart(
        key="k",
        title="t",
        subtitle="s",
        years=("1", "2", "3", "4", "5"),
        series=(Series(label="a", points=(known[0], known[1], Point(missing="no"), known[2], known[3])),),
        breaks=(Break(before=4, words="new"),),
    )
    lines = [one.get("points").split() for one in drawn(chart).iter(f"{SVG}polyline")]
    assert [len(line) for line in lines] == [2, 1, 1]


@pytest.mark.parametrize(("low", "high"), [(0, 100), (0, 1), (40, 90), (0, 7), (0, 2500)])
def test_an_axis_has_a_few_round_steps_that_reach_its_end(low, high) -> None:
    values = steps(low, high)
    assert 3 <= len(values) <= 8
    assert values[0] <= low
    assert values[-1] >= high
