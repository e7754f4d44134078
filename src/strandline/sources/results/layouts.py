"""
Year-by-year layouts of wide tables, stated as data in TOML, made into contracts.

A file of layouts names a publication (kind, title), the rows that are not schools, other spellings, the dates of
publication with their verification, and the layouts. A layout lists field names under `text` (what the row is),
`count`, `percent` and `number` (figures), each also as `optional_…` where the header may be absent; or it inherits
one, drops fields and adds its own. Case of field names never matters.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from strandline.kernel.citations import Verification
from strandline.kernel.errors import BugError
from strandline.kernel.units import Unit
from strandline.sources import contract as c
from strandline.sources.tokens import NO_TOKENS, PERFORMANCE_TABLES

GROUPS = ("text", "count", "percent", "number")
STORED_AS = {"LEA": "la_code", "LA": "la_code", "ESTAB": "establishment_number", "SCHNAME": "school_name"}
STORED_AS |= {"PCODE": "postcode", "SCHNAME_AC": "academy_name", "URN_AC": "academy_urn", "OPEN_AC": "academy_opened"}
KEYS = {"URN", "LEA", "LA", "ESTAB"}
CODES = {"RECTYPE", "NFTYPE", "ICLOSE", "CONFEXAM", "TAB15", "TAB1618", "TABKS2", "CONTFLAG", "FEEDER"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a layout: the publisher's name as printed, its group, and whether the header may be absent."""

    name: str
    group: str
    required: bool = True

    @property
    def indicator(self) -> str:
        """The canonical name: upper case."""
        return self.name.upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When the figures of a results year first came out, and how far that date is verified."""

    year: int
    on: date
    status: str
    verification: Verification
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    What the files of some results years hold.

    `partial`: the publisher's full list of columns was not at hand, so that others are let by; `unlike` then names
    columns that only the files of other years have. `last_row` and `least_fields` say how a whole file ends.
    """

    name: str
    years: tuple[int, ...]
    statuses: tuple[str, ...]
    fields: Mapping[str, Field]
    partial: bool = False
    unlike: tuple[str, ...] = ()
    verification: Verification = Verification.VERIFIED
    source: str = "the publisher's dictionary of the year"
    notes: tuple[str, ...] = ()
    last_row: Mapping[str, str] = field(default_factory=dict)
    least_fields: int | None = None

    def has(self, name: str) -> bool:
        """True when the layout states the field (in any case)."""
        return name.upper() in self.fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """
    Every layout of one publication, with what holds for all of them.

    `codes`: text columns that look like numbers and need not be; `values`: closed lists; `meanings`: of fields that
    their name does not explain; `bounded`: every percentage lies from 0 to 100.
    """

    kind: str
    title: str
    publisher: str
    layouts: Mapping[str, Layout]
    published: tuple[Publication, ...]
    special_rows: Mapping[str, str]
    special_column: str
    aliases: Mapping[str, str] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    bounded: bool = True

    def layouts_of(self, year: int) -> tuple[Layout, ...]:
        """The layouts in which a results year was published."""
        return tuple(layout for layout in self.layouts.values() if year in layout.years)

    def publication(self, *, year: int, status: str) -> Publication | None:
        """The release of that year and status; a final one with no date of its own takes that of the revised one."""
        of_year = {published.status: published for published in self.published if published.year == year}
        return of_year.get(status) or (of_year.get("revised") if status == "final" else None)


@cache
def read_book(package: str, name: str) -> Book:
    """The layouts in `name` beside the modules of `package`. Raises: BugError when a layout contradicts itself."""
    data = tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
    layouts: dict[str, Layout] = {}
    for key, stated in data["layout"].items():
        layouts[key] = _layout(key, stated, layouts.get(stated.get("inherits", "")))
    return Book(
        kind=data["kind"],
        title=data["title"],
        publisher=data.get("publisher", "Department for Education"),
        layouts=layouts,
        published=tuple(_publication(key, stated) for key, stated in data.get("published", {}).items()),
        special_rows=data.get("special_rows", {}),
        special_column=data.get("special_column", "rectype"),
        aliases=data.get("aliases", {}),
        codes=frozenset(data.get("codes", "").split()),
        values={name: tuple(values.split()) for name, values in data.get("values", {}).items()},
        meanings=data.get("meanings", {}),
        bounded=data.get("bounded", True),
    )


def _layout(key: str, stated: Mapping[str, Any], base: Layout | None) -> Layout:
    if "inherits" in stated and base is None:
        raise BugError(f"Layout {key} inherits {stated['inherits']}, which is not stated before it")
    fields = dict(base.fields) if base else {}
    for name in stated.get("drop", "").split():
        if fields.pop(name.upper(), None) is None:
            raise BugError(f"Layout {key} drops {name}, which it does not have")
    for added in _fields(stated):
        if added.indicator in fields:
            raise BugError(f"Layout {key} states {added.name} twice")
        fields[added.indicator] = added
    defaults = base or Layout(name=key, years=(), statuses=("final", "revised"), fields={})
    return Layout(
        name=key,
        years=tuple(stated["years"]),
        statuses=tuple(stated.get("statuses", defaults.statuses)),
        fields=fields,
        partial=stated.get("partial", defaults.partial),
        unlike=tuple(stated.get("unlike", "").split()),
        verification=Verification(stated.get("verification", defaults.verification)),
        source=stated.get("source", defaults.source),
        notes=tuple(stated.get("notes", ())),
        last_row=stated.get("last_row", defaults.last_row),
        least_fields=stated.get("least_fields"),
    )


def _fields(stated: Mapping[str, Any]) -> Iterable[Field]:
    for group in GROUPS:
        for name in stated.get(group, "").split():
            yield Field(name=name, group=group)
        for name in stated.get(f"optional_{group}", "").split():
            yield Field(name=name, group=group, required=False)


def _publication(key: str, stated: Mapping[str, Any]) -> Publication:
    return Publication(
        year=int(key[:4]),
        on=stated["on"],
        status=stated["status"],
        verification=Verification(stated["verification"]),
        source=stated["source"],
    )


def contracts_of(book: Book, *, template: c.Contract) -> tuple[c.Contract, ...]:
    """Register a contract for each layout of `book`; `template` states what no layout does (expectations, notes)."""
    return tuple(c.register(_contract(book, layout, template)) for layout in book.layouts.values())


def _contract(book: Book, layout: Layout, template: c.Contract) -> c.Contract:
    return replace(
        template,
        kind=book.kind,
        name=f"{book.title} {layout.name}",
        title=book.title,
        publisher=book.publisher,
        columns=(*_columns(book, layout), *_markers(layout)),
        recognises=_lacks(layout.unlike) if layout.unlike else None,
        period=c.Period(known=tuple(academic(year) for year in layout.years)),
        published=c.Published(dates=_dates(book, layout)),
        statuses=layout.statuses,
        special=tuple(c.SpecialRows(name, book.special_column, pattern) for name, pattern in book.special_rows.items()),
        tokens=PERFORMANCE_TABLES if template.tokens is NO_TOKENS else template.tokens,
        expects=_expects(book, layout, template.expects),
        least_fields=layout.least_fields,
        unknown_columns="keep" if layout.partial else template.unknown_columns,
        notes=(*template.notes, *layout.notes, *_partial_note(layout)),
    )


def _columns(book: Book, layout: Layout) -> Iterable[c.Column]:
    aliases: dict[str, list[str]] = {}
    for other, name in book.aliases.items():
        if layout.has(name) and not layout.has(other):
            aliases.setdefault(name.upper(), []).append(other)
    closed = not layout.partial
    return (_column(book, f, aliases.get(f.indicator, []), closed=closed) for f in layout.fields.values())


def _expects(book: Book, layout: Layout, expects: c.Expects) -> c.Expects:
    """Of a year known in part no more is expected than that the last row is not a school's."""
    if layout.partial:
        expects = replace(expects, closing=tuple(book.special_rows), closing_count=1)
    return replace(expects, last_row=layout.last_row)


def _column(book: Book, stated: Field, aliases: Iterable[str], *, closed: bool) -> c.Column:
    name = stated.indicator
    if stated.group == "text":
        return c.Column(
            stated.name,
            STORED_AS.get(name, ""),
            kind=c.CODE if name in CODES | book.codes else c.INTEGER if name in KEYS else c.TEXT,
            aliases=tuple(aliases),
            required=stated.required,
            identity=True,
            values=book.values.get(name, ()) if closed else (),
        )
    counted, percent = stated.group == "count", stated.group == "percent"
    return c.Column(
        stated.name,
        name.casefold(),
        kind=c.INTEGER if counted else c.PERCENT if percent else c.NUMBER,
        aliases=tuple(aliases),
        required=stated.required,
        meaning=book.meanings.get(name, ""),
        unit=Unit.PUPILS if counted else Unit.PERCENT if percent else Unit.NONE,
        lowest=0 if counted or (percent and book.bounded) else None,
        highest=100 if percent and book.bounded else None,
    )


def _markers(layout: Layout) -> Iterable[c.Column]:
    return (c.Column(name, name.casefold(), kind=c.NUMBER, required=False) for name in layout.unlike)


def _lacks(markers: tuple[str, ...]) -> Callable[[pl.DataFrame], bool]:
    return lambda frame: not any(marker.casefold() in frame.columns for marker in markers)


def _dates(book: Book, layout: Layout) -> dict[str, date]:
    dates: dict[str, date] = {}
    for year in layout.years:
        for status in layout.statuses:
            found = book.publication(year=year, status=status)
            if found is not None:
                dates[f"{academic(year)} {status}"] = found.on
    return dates


def _partial_note(layout: Layout) -> tuple[str, ...]:
    if not layout.partial:
        return ()
    return (f"Only part of the columns is stated ({layout.verification.words}): {layout.source}",)


def academic(year: int) -> str:
    """The period of a results year: 2017 is `2016-2017`."""
    return f"{year - 1}-{year}"
