"""The colours of papers: ink, tide, and steps of YlGnBu for categories and bands; never red for a school."""

from __future__ import annotations

INK = "#14213d"
TIDE = "#0f6674"
FOAM = "#e8f1f2"
SAND = "#f6f1e7"
PALE_TIDE = "#8fbfc4"
AMBER = "#8a5a00"
RULE = "#5b6472"
WHITE = "#ffffff"
UNKNOWN = "#d9dce1"

# ColorBrewer YlGnBu (Cynthia Brewer, Apache-2.0), chosen so that ink or white on each step reaches 4.5:1.
STEPS = ("#ffffd9", "#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4", "#225ea8", "#253494", "#081d58")
BANDS = ("#ffffd9", "#c7e9b4", "#41b6c4", "#225ea8", "#081d58")

FONT = "Inter, system-ui, sans-serif"


def step_colour(step: int | None) -> str:
    """Give the colour of a category's step, 1 to 8; tide where the pack names none."""
    return TIDE if step is None else STEPS[max(1, min(step, len(STEPS))) - 1]


def band_colour(step: int) -> str:
    """Give the colour of a map band, 1 to 5."""
    return BANDS[max(1, min(step, len(BANDS))) - 1]


def ink_on(background: str) -> str:
    """Give the colour of letters that can be read on `background`."""
    return INK if contrast(INK, background) >= contrast(WHITE, background) else WHITE


def contrast(first: str, second: str) -> float:
    """Give the contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
