"""HTML as text: elements with every plain word escaped."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

EMPTY = frozenset({"br", "col", "hr", "img", "link", "meta"})


@dataclass(frozen=True, slots=True)
class Markup:
    """Text that is HTML already."""

    html: str


Child = str | Markup


def element(tag: str, /, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """Give one element; a plain string among the children is escaped. `class_` is class, `aria_label` aria-label."""
    written = "".join(
        _attribute(key, value) for key, value in attributes.items() if value is not None and value is not False
    )
    if tag in EMPTY:
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{joined(*children).html}</{tag}>")


def joined(*children: Child) -> Markup:
    """Lay children end to end."""
    return Markup(
        "".join(child.html if isinstance(child, Markup) else escape(child, quote=False) for child in children)
    )


def lines(*children: Child) -> Markup:
    """Lay children on lines of their own."""
    return Markup("\n".join(joined(child).html for child in children))


def _attribute(key: str, value: str | int | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'
