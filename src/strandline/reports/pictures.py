"""The picture of a block, as SVG or PNG."""

from __future__ import annotations

from functools import lru_cache

from strandline.reports import charts, hexmap
from strandline.reports.document import Chart, Picture


@lru_cache(maxsize=16)
def svg(picture: Picture) -> str:
    """Draw a chart or a map; kept, because each renderer of one paper asks for the same pictures."""
    return charts.svg(picture) if isinstance(picture, Chart) else hexmap.svg(picture)


def png(picture: Picture) -> bytes:
    """Draw a chart or a map as PNG, for Word."""
    return charts.png(svg(picture))
