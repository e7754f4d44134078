"""A figure with its base and its sources: what every number on a page is printed from."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import slugify


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a figure comes from: the release, who published it and when, and when the next is due."""

    title: str
    publisher: str = ""
    release: str = ""
    published: str = ""
    next_due: str = ""
    status: str = ""
    licence: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    One figure, ready to print: "76 %" with base "114 of 149 judged", as at "30 April 2013".

    Missing: an empty `value` says why in `missing` ("suppressed by the publisher") and keeps the publisher's mark.
    """

    label: str
    value: str = ""
    base: str = ""
    as_at: str = ""
    change: str = ""
    missing: str = ""
    mark: str = ""
    note: str = ""
    sources: tuple[Source, ...] = ()
    key: str = ""

    @property
    def html_id(self) -> str:
        """The figure's id on its page."""
        return self.key or f"figure-{slugify(self.label)}"
