"""A map of hexagons, one for each authority, each as near to its true place as room allows; drawn as our own SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence

from strandline.reports import palette
from strandline.reports.document import HexMap, Place
from strandline.reports.svg import accessible, element

RADIUS = 19.0
WIDTH = RADIUS * math.sqrt(3)
MARGIN = 14.0
LEGEND_WIDTH = 190.0
LINE = 24.0
SPREAD = 2.4
HATCH = "hatch"
Point = tuple[float, float]


def svg(picture: HexMap) -> str:
    """Draw the map with its legend. Each hexagon carries a short name and the letter of its band."""
    centres = layout([(place.x, place.y) for place in picture.places], degrees=picture.degrees)
    right = max((x for x, _ in centres), default=0) + WIDTH / 2 + MARGIN
    bottom = max((y for _, y in centres), default=0) + RADIUS + MARGIN
    ordered = sorted(zip(picture.places, centres, strict=True), key=lambda pair: pair[0].here)
    steps = {band.code: band.step for band in picture.bands}
    hexagons = "".join(_hexagon(place, at, steps=steps, key=picture.anchor) for place, at in ordered)
    depth = MARGIN * 2 + LINE * _legend_lines(picture)
    left, width = _room_for_legend(centres, right=right, depth=depth)
    return accessible(
        _hatching(picture.anchor) + hexagons + _legend(picture, left=left),
        width=width,
        height=max(bottom, depth),
        key=picture.anchor,
        title=picture.title,
        description=picture.description,
    )


def _room_for_legend(centres: Sequence[Point], *, right: float, depth: float) -> tuple[float, float]:
    """Give where the legend begins and how wide the picture is: in an empty upper corner, else beside the map."""
    upper = [x for x, y in centres if y - RADIUS < depth + MARGIN]
    if right > LEGEND_WIDTH and all(x - WIDTH / 2 > LEGEND_WIDTH + MARGIN for x in upper):
        return MARGIN, right
    if right > LEGEND_WIDTH and all(x + WIDTH / 2 < right - LEGEND_WIDTH - MARGIN for x in upper):
        return right - LEGEND_WIDTH, right
    return right + MARGIN, right + MARGIN + LEGEND_WIDTH


def layout(points: Sequence[Point], *, degrees: bool = False) -> list[Point]:
    """
    Give each point the centre of a hexagon of its own, so that the sum of squared shifts is least.

    Units: points in metres (east, north) or degrees (longitude, latitude); centres in drawing units, y downwards.
    """
    if not points:
        return []
    from scipy.optimize import linear_sum_assignment
    from scipy.spatial.distance import cdist

    wanted = _to_grid(_flat(points) if degrees else list(points))
    cells = _cells(wanted)
    _, chosen = linear_sum_assignment(cdist(wanted, cells, "sqeuclidean"))
    centres = [cells[index] for index in chosen]
    left = min(x for x, _ in centres) - WIDTH / 2 - MARGIN
    top = min(y for _, y in centres) - RADIUS - MARGIN
    return [(x - left, y - top) for x, y in centres]


def _flat(points: Sequence[Point]) -> list[Point]:
    """Lay degrees flat: a degree of longitude shrinks with latitude."""
    middle = math.radians(sum(y for _, y in points) / len(points))
    return [(x * math.cos(middle), y) for x, y in points]


def _to_grid(points: list[Point]) -> list[Point]:
    """Scale so that the bounding box holds SPREAD hexagons for each authority, the sea among them; y downwards."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    across, down = max(xs) - min(xs) or 1.0, max(ys) - min(ys) or 1.0
    hexagon = WIDTH * RADIUS * 1.5
    scale = math.sqrt(len(points) * hexagon * SPREAD / (across * down)) if len(points) > 1 else 1.0
    return [((x - min(xs)) * scale, (max(ys) - y) * scale) for x, y in points]


def _cells(wanted: Sequence[Point]) -> list[Point]:
    """Give the centres of a honeycomb that covers the points with a border of three cells."""
    right, bottom = max(x for x, _ in wanted), max(y for _, y in wanted)
    rows, columns = int(bottom / (RADIUS * 1.5)) + 7, int(right / WIDTH) + 7
    return [
        ((column - 3 + (row % 2) / 2) * WIDTH, (row - 3) * RADIUS * 1.5)
        for row in range(rows)
        for column in range(columns)
    ]


def _hexagon(place: Place, at: Point, *, steps: dict[str, int], key: str) -> str:
    known = place.band is not None
    fill = palette.band_colour(steps[place.band]) if place.band is not None else f"url(#{key}-{HATCH})"
    ink = palette.ink_on(fill) if known else palette.INK
    x, y = at
    place_in_band = f", band {place.band}" if known else f" ({place.figure.missing})"
    return element(
        "g",
        element("title", text=f"{place.name}: {place.figure.display}{place_in_band}"),
        _outline(at, fill=fill),
        *([_ring(at)] if place.here else []),
        *([] if known else [_plate(at)]),
        _mark(place.short, x, y - 1, size=10.2, ink=ink, weight=600 if place.here else 400),
        _mark(place.band or "?", x, y + 11, size=11, ink=ink, weight=600),
    )


def _outline(at: Point, *, fill: str) -> str:
    return element("polygon", points=_corners(at, RADIUS - 0.5), fill=fill, stroke=palette.RULE, stroke_width=0.7)


def _ring(at: Point) -> str:
    """Outline the paper's own authority: ink outside, white inside, so that it shows on the palest and darkest step."""
    inside = element("polygon", points=_corners(at, RADIUS - 2.5), fill="none", stroke=palette.WHITE, stroke_width=1.6)
    outside = element("polygon", points=_corners(at, RADIUS + 0.5), fill="none", stroke=palette.INK, stroke_width=4)
    return outside + inside


def _corners(at: Point, radius: float) -> str:
    turns = [turn * math.pi / 3 for turn in range(6)]
    return " ".join(f"{at[0] + radius * math.sin(turn):.2f},{at[1] + radius * math.cos(turn):.2f}" for turn in turns)


def _plate(at: Point) -> str:
    """A clear ground under the letters of a hatched hexagon."""
    return element("rect", x=at[0] - 13, y=at[1] - 10, width=26, height=23, rx=3, fill=palette.UNKNOWN)


def _mark(text: str, x: float, y: float, *, size: float, ink: str, weight: int, anchor: str = "middle") -> str:
    return element(
        "text",
        text=text,
        x=x,
        y=y,
        font_family=palette.FONT,
        font_size=size,
        font_weight=weight,
        text_anchor=anchor,
        fill=ink,
    )


def _hatching(key: str) -> str:
    line = element("path", d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", stroke=palette.RULE, stroke_width=1)
    ground = element("rect", width=6, height=6, fill=palette.UNKNOWN)
    pattern = element("pattern", ground, line, id=f"{key}-{HATCH}", width=6, height=6, patternUnits="userSpaceOnUse")
    return element("defs", pattern)


def _legend_lines(picture: HexMap) -> int:
    unknown = any(place.band is None for place in picture.places)
    return len(picture.bands) + unknown + bool(picture.here_words)


def _legend(picture: HexMap, *, left: float) -> str:
    """Give the key: a letter in each mark and its range in words; the letter alone is enough to read the map."""
    rows = [(palette.band_colour(band.step), band.code, band.words) for band in reversed(picture.bands)]
    if any(place.band is None for place in picture.places):
        rows.append((f"url(#{picture.anchor}-{HATCH})", "?", picture.unknown_words))
    if picture.here_words:
        rows.append(("none", "", picture.here_words))
    return "".join(
        _legend_row(left, MARGIN + LINE * (line + 0.5), fill=fill, letter=letter, words=words)
        for line, (fill, letter, words) in enumerate(rows)
    )


def _legend_row(left: float, y: float, *, fill: str, letter: str, words: str) -> str:
    here = fill == "none"
    ink = palette.INK if not fill.startswith("#") else palette.ink_on(fill)
    swatch = element(
        "rect",
        x=left,
        y=y - 9,
        width=22,
        height=18,
        fill=fill,
        stroke=palette.INK if here else palette.RULE,
        stroke_width=3 if here else 0.7,
    )
    plate = element("rect", x=left + 5, y=y - 7, width=12, height=14, fill=palette.UNKNOWN) if letter == "?" else ""
    mark = _mark(letter, left + 11, y + 4, size=11, ink=ink, weight=600) if letter else ""
    return swatch + plate + mark + _mark(words, left + 31, y + 4, size=12, ink=palette.INK, weight=400, anchor="start")
