"""SVG as text: elements with everything escaped, and the title and description that make a picture accessible."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_ROOT = re.compile(r"<svg\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_ROLE = re.compile(r'\s(?:role|aria-[a-z]+)="[^"]*"')
_SIZE = re.compile(r'\b(width|height)="([\d.]+)"')


def element(tag: str, /, *inside: str, text: str = "", **attributes: str | float) -> str:
    """Give one element. `inside` is SVG already; `text` is plain words and is escaped."""
    written = "".join(f" {key.rstrip('_').replace('_', '-')}={quoteattr(_value(at))}" for key, at in attributes.items())
    content = "".join(inside) + escape(text)
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def accessible(inside: str, *, width: float, height: float, key: str, title: str, description: str) -> str:
    """Give a whole picture: role, title and description that a screen reader speaks instead of the marks."""
    return element(
        "svg",
        element("title", text=title, id=f"{key}-title"),
        element("desc", text=description, id=f"{key}-desc"),
        inside,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
    )


def unwrapped(svg: str) -> tuple[str, float, float]:
    """
    Take the root off a picture that a library drew: what is inside, its width and its height.

    The library's own roles go too: the whole is one image with one description, not a tree of unnamed marks.
    """
    root = _ROOT.search(svg)
    sizes = dict(_SIZE.findall(root[0])) if root else {}
    if root is None or sizes.keys() < {"width", "height"}:
        message = "the drawing library gave no SVG root with a width and a height"
        raise ValueError(message)
    inside = _TAG.sub(lambda tag: _ROLE.sub("", tag[0]), svg[root.end() : svg.rindex("</svg>")])
    return inside, float(sizes["width"]), float(sizes["height"])


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 2):g}"
