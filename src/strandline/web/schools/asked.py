"""What an address asks of the list: words, filters, order, columns, page, day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from strandline.web.schools.columns import COLUMNS, DEFAULT

FACETS = (
    "sector",
    "form",
    "category",
    "state",
    "proposed",
    "officer",
    "trust",
    "diocese",
    "consortium",
    "watch",
    "list",
)
KEPT = ("sort", "column", "as_at", "per")
SIZES = (50, 100, 200)
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    A question to the list. What is not understood falls back to the usual, except a day, which is answered for.

    `as_at_refused` is the text that was no date.
    """

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "name"
    descending: bool = False
    columns: tuple[str, ...] = DEFAULT
    page: str = "1"
    per: int = SIZES[0]
    as_at: date | None = None
    as_at_refused: str = ""
    query: str = ""

    def without(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """The filters but one."""
        return {key: values for key, values in self.chosen.items() if key != name}


def read(query: QueryDict) -> Asked:
    """Read the address."""
    sort = query.get("sort", "").removeprefix("-")
    known = sort in COLUMNS and COLUMNS[sort].order != ()
    day, refused = read_day(query.get("as_at", ""))
    columns = tuple(dict.fromkeys(name for name in query.getlist("column") if name in COLUMNS))
    per = query.get("per", "")
    return Asked(
        words=query.get("q", "").replace("\x00", "").strip()[:200],
        chosen={
            name: tuple(dict.fromkeys(value.replace("\x00", "")[:300] for value in query.getlist(name) if value))
            for name in FACETS
            if any(query.getlist(name))
        },
        sort=sort if known else "name",
        descending=known and query.get("sort", "").startswith("-"),
        columns=columns or DEFAULT,
        page=query.get("page", "1"),
        per=next((size for size in SIZES if str(size) == per), SIZES[0]),
        as_at=day,
        as_at_refused=refused,
        query=query.urlencode(),
    )


def read_day(text: str) -> tuple[date | None, str]:
    """A day as a browser sends it; the text itself where it is none."""
    text = text.strip()[:40]
    if not text:
        return None, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, text
