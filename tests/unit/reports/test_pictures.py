"""Charts and maps: titled, described, readable without colour, the same bytes each time."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from strandline.reports import charts, hexmap, palette, pictures
from strandline.reports.document import Chart, Document, HexMap, Picture

SVG = "{http://www.w3.org/2000/svg}"


def drawn(document: Document, kind: type) -> list:
    return [block for block in document.blocks if isinstance(block, kind)]


def all_pictures(document: Document) -> list[Picture]:
    return drawn(document, Chart | HexMap)


def test_every_picture_has_a_role_a_title_and_a_description(document: Document) -> None:
    assert len(all_pictures(document)) == 3
    for picture in all_pictures(document):
        root = ET.fromstring(pictures.svg(picture))
        assert root.get("role") == "img"
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title.text == picture.title
        assert description.text == picture.description
        assert len([one for one in root.iter() if one.get("role")]) == 1
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_the_same_picture_gives_the_same_bytes(document: Document) -> None:
    chart, picture = drawn(document, Chart)[0], drawn(document, HexMap)[0]
    assert charts.svg(chart) == charts.svg(chart)
    assert hexmap.svg(picture) == hexmap.svg(picture)
    assert pictures.png(chart) == pictures.png(chart)


def test_bars_begin_at_zero_and_their_lengths_are_in_proportion(document: Document) -> None:
    root = ET.fromstring(pictures.svg(drawn(document, Chart)[0]))
    widths = sorted(
        float(path.get("d").split("h")[1].split("v")[0])
        for path in root.iter(f"{SVG}path")
        if "h" in path.get("d") and path.get("stroke-width") == "0.6"
    )
    counts = [3, 9, 15, 21, 32]
    assert len(widths) == 5
    assert all(abs(width / widths[0] - count / 3) < 0.01 for width, count in zip(widths, counts, strict=True))


def test_each_bar_carries_its_own_words(document: Document) -> None:
    text = "".join(ET.fromstring(pictures.svg(drawn(document, Chart)[0])).itertext()).replace("\u00a0", " ")
    for words in ("4 Maximising", "32 (40 %)", "1 Below floor", "3 (4 %)"):
        assert words in text


def test_a_benchmark_is_named_once_and_given_beside_each_bar(document: Document) -> None:
    chart = drawn(document, Chart)[1]
    labels = [element.text for element in ET.fromstring(pictures.svg(chart)).iter(f"{SVG}text")]
    assert labels.count("England") == 1
    assert sum(", England" in (label or "") for label in labels) == len(chart.bars)


def test_a_long_name_and_marks_of_markup_are_drawn_as_words(document: Document) -> None:
    chart = drawn(document, Chart)[0]
    bar = replace(chart.bars[0], label='Schools <b>of "concern"</b> & ' + "very " * 40 + "long")
    root = ET.fromstring(charts.svg(replace(chart, bars=(bar,), title="<script>&")))
    assert root.find(f"{SVG}title").text == "<script>&"
    assert 'Schools <b>of "concern"</b> &' in "".join(root.itertext())


def test_bars_of_the_same_name_are_both_drawn(document: Document) -> None:
    chart = drawn(document, Chart)[0]
    twins = (chart.bars[0], replace(chart.bars[1], label=chart.bars[0].label))
    labels = [element.text for element in ET.fromstring(charts.svg(replace(chart, bars=twins))).iter(f"{SVG}text")]
    assert labels.count(chart.bars[0].label) == 2


def test_a_chart_without_bars_or_with_bars_of_nought_is_still_a_picture(document: Document) -> None:
    chart = drawn(document, Chart)[0]
    nought = tuple(replace(bar, figure=replace(bar.figure, value=0)) for bar in chart.bars)
    unknown = tuple(replace(bar, figure=replace(bar.figure, value=None)) for bar in chart.bars)
    for bars in ((), nought, unknown):
        assert ET.fromstring(charts.svg(replace(chart, bars=bars))).get("role") == "img"


def test_no_two_hexagons_share_a_place(document: Document) -> None:
    (picture,) = drawn(document, HexMap)
    centres = hexmap.layout([(place.x, place.y) for place in picture.places])
    nearest = min(math.dist(one, other) for one, other in itertools.combinations(centres, 2))
    assert nearest == pytest.approx(hexmap.WIDTH, abs=0.01)


def test_hexagons_lie_near_their_true_places_and_north_is_up() -> None:
    corners = [(0.0, 0.0), (0.0, 500.0), (400.0, 0.0), (400.0, 500.0)]
    south_west, north_west, south_east, _ = hexmap.layout(corners)
    assert north_west[1] < south_west[1]
    assert south_east[0] > south_west[0]


@pytest.mark.parametrize("points", [[], [(1.0, 2.0)], [(1.0, 1.0)] * 5, [(0.0, float(y)) for y in range(6)]])
def test_awkward_places_still_get_hexagons_of_their_own(points: list[tuple[float, float]]) -> None:
    centres = hexmap.layout(points)
    assert len(set(centres)) == len(points)
    assert all(x >= 0 and y >= 0 for x, y in centres)


def test_degrees_and_metres_give_the_same_shape() -> None:
    degrees = [(-1.5 + step / 20, 52.0 + (step * 7 % 11) / 30) for step in range(20)]
    metres = [(x * math.cos(math.radians(52.17)) * 111_320, y * 111_320) for x, y in degrees]
    assert hexmap.layout(degrees, degrees=True) == hexmap.layout(metres)


def test_each_hexagon_is_told_by_letters_and_the_unknown_is_hatched(document: Document) -> None:
    (picture,) = drawn(document, HexMap)
    root = ET.fromstring(hexmap.svg(picture))
    groups = list(root.iter(f"{SVG}g"))
    assert len(groups) == len(picture.places)
    told = {group.find(f"{SVG}title").text: [text.text for text in group.iter(f"{SVG}text")] for group in groups}
    for place in picture.places:
        (letters,) = [letters for title, letters in told.items() if title.startswith(f"{place.name}:")]
        assert letters == [place.short, place.band or "?"]
    hatched = [group for group in groups if "hatch" in group.find(f"{SVG}polygon").get("fill")]
    assert len(hatched) == sum(place.band is None for place in picture.places)


def test_letters_can_be_read_on_every_step() -> None:
    for colour in (*palette.STEPS, *palette.BANDS, palette.UNKNOWN, palette.FOAM, palette.SAND):
        assert palette.contrast(palette.ink_on(colour), colour) >= 4.5, colour
    assert palette.contrast(palette.TIDE, palette.WHITE) >= 4.5
    assert palette.contrast(palette.RULE, palette.WHITE) >= 3


def test_no_step_is_red() -> None:
    for colour in (*palette.STEPS, *palette.BANDS):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert not (red > green + 40 and red > blue + 40), colour
