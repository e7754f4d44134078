"""The list as components: filters, chips, table, columns, and the same rows for a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from strandline.web.design.filters import FilterGroup, Filters, Option, choice_html
from strandline.web.design.marks import UNKNOWN_WORDS, CategoryMark
from strandline.web.design.parts import Action, EmptyState
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.schools.asked import KEPT, NONE, SIZES, Asked
from strandline.web.schools.columns import COLUMNS, ListColumn
from strandline.web.schools.queries.facets import Counts, Facet
from strandline.web.schools.queries.listing import Listing
from strandline.web.schools.queries.moments import Moment
from strandline.web.schools.wording import STATES, long_day, number, short_date, why_missing, words

Values = Mapping[str, Any]
Print = Callable[[Values], Cell | str]
LEGENDS = {
    "category": "Category",
    "sector": "Sector",
    "form": "Legal form",
    "state": "What the rules say",
    "proposed": "Proposed category",
    "officer": "Named officer",
    "trust": "Trust",
    "diocese": "Diocese",
    "consortium": "Consortium",
    "watch": "Watchlist",
    "list": "Register",
}
NOTHING = {
    "officer": "No named officer",
    "trust": "No trust",
    "diocese": "No diocese",
    "consortium": "No consortium",
    "proposed": "None proposed",
    "category": "None published",
}
NONE_PUBLISHED = mark_safe('<span class="desk-missing">None published</span>')
CODED = frozenset({"sector", "phase", "legal_form", "status"})


# ------------------------------------------------------------------ filters


def filters(counted: Counts, asked: Asked, *, moment: Moment, path: str) -> Filters:
    """The filter panel and its chips."""
    groups = (_group(facet, asked, titles=_titles(moment)) for facet in counted.facets)
    count = counted.total
    return Filters(
        groups=tuple(group for group in groups if group is not None),
        query=asked.query,
        search=asked.words,
        search_label="Search",
        search_hint="Name, URN, LAESTAB or postcode",
        path=path,
        found=f"{count:,} {'school' if count == 1 else 'schools'}",
        kept=KEPT,
    )


def _group(facet: Facet, asked: Asked, *, titles: Mapping[str, str]) -> FilterGroup | None:
    chosen = asked.chosen.get(facet.name, ())
    options = [
        Option(value=value, label=_label(facet.name, value, text, titles), count=n, chosen=value in chosen)
        for value, text, n in facet.options
        if n or value in chosen
    ]
    there = {option.value for option in options}
    options += [
        Option(value=value, label=_label(facet.name, value, "", titles), count=0, chosen=True)
        for value in chosen
        if value not in there
    ]
    if not options or (len(options) == 1 and options[0].value == NONE and not chosen):
        return None
    return FilterGroup(name=facet.name, legend=LEGENDS[facet.name], options=tuple(options))


def _label(name: str, value: str, text: str, titles: Mapping[str, str]) -> str:
    if value == NONE:
        return NOTHING.get(name, "Not recorded")
    if name in ("sector", "form"):
        return words(value)
    if name == "state":
        return STATES.get(value, words(value))
    if name in ("category", "proposed"):
        title = titles.get(value, "" if text == value else text)
        return f"{value}: {title}" if title and title != value else value
    return text or {"watch": "On my watchlist", "list": "No longer on the register"}.get(name, value)


def _titles(moment: Moment) -> dict[str, str]:
    return {row["code"]: row["title"] for row in (moment.intake.categories if moment.intake else ())}


# ------------------------------------------------------------------ table


def table(listing: Listing, asked: Asked, *, moment: Moment, clear_href: str) -> Table:
    """The page as a table."""
    printers = [(column, _printer(column, listing, moment)) for column in listing.columns]
    rows = (
        Row(cells=[print_(row) for _, print_ in printers], key=f"school-{row['urn']}")
        for row in listing.page.object_list
    )
    return Table(
        caption=f"Schools as at {long_day(moment.intake.as_at)}" if moment.intake else "Schools",
        columns=tuple(_column(column) for column in listing.columns),
        rows=rows,
        key="schools",
        query=asked.query,
        sorted_by=asked.sort,
        descending=asked.descending,
        wide=len(listing.columns) > 8,
        empty=_empty(moment, clear_href),
    )


def _empty(moment: Moment, clear_href: str) -> EmptyState:
    if moment.intake is None:
        return EmptyState(
            title=f"Nothing was known of any school on {long_day(moment.on)}",
            text="No run has been taken to the desk for that day or one before it, or none of its schools is yours.",
        )
    return EmptyState(
        title="No school fits these filters",
        text="Take a filter off, or search for fewer words.",
        action=Action(text="Show every school", href=clear_href),
    )


def _column(column: ListColumn) -> Column:
    return Column(
        heading=column.heading,
        kind=column.kind,
        sort=column.name if column.order else "",
        header=column.name == "name",
    )


def _printer(column: ListColumn, listing: Listing, moment: Moment) -> Print:
    """What prints a column's cell of a row."""
    field = column.fields[0]
    special: dict[str, Callable[[], Print]] = {
        "name": lambda: _name_printer(listing, moment),
        "category": lambda: _category_printer(listing, moment),
        "since": lambda: lambda row: short_date((listing.spells.get(row["school"]) or {}).get("published_on")),
        "proposed": lambda: _proposal_printer(moment),
        "officer": lambda: lambda row: ", ".join(name for _, name in listing.officers.get(row["school"], ())),
        "laestab": lambda: lambda row: laestab(row["laestab"]),
        "urn": lambda: lambda row: str(row["urn"]),
    }
    if column.name in special:
        return special[column.name]()
    if column.kind == "number":
        return lambda row: _figure(row, column, listing)
    if column.kind == "date":
        return lambda row: (
            Cell(text=short_date(row[field]), sort=row[field].isoformat())
            if row[field]
            else _missing(row, column, listing)
        )
    if field in CODED:
        return lambda row: words(row[field]) if row[field] else ""
    return lambda row: row[field] or ""


def _name_printer(listing: Listing, moment: Moment) -> Print:
    start = reverse("schools:index")
    day = f"?as_at={moment.on.isoformat()}" if moment.asked else ""
    watched = listing.watched
    return lambda row: Cell(
        text=row["name"],
        href=f"{start}{row['school']}/{day}",
        hint=f"{row['urn']}, on your watchlist" if row["school"] in watched else str(row["urn"]),
    )


def _figure(row: Values, column: ListColumn, listing: Listing) -> Cell | str:
    value = row[column.fields[0]]
    if value is None:
        return _missing(row, column, listing)
    return f"{number(value, places=column.places or 0, sign=column.name == 'ks4_progress8')}{column.unit}"


def _missing(row: Values, column: ListColumn, listing: Listing) -> Cell | str:
    snapshot = listing.reasons.get(row["school"])
    why = snapshot.why(column.feature) if snapshot is not None and column.feature else None
    return Cell(missing=why_missing(why["reason"]), mark=why["token"]) if why else ""


def _proposal_printer(moment: Moment) -> Print:
    known = {row["code"]: row for row in (moment.intake.categories if moment.intake else ())}

    def print_(row: Values) -> str:
        code, state = row["proposed_category"], row["proposed_state"]
        category = known.get(code, {})
        return CategoryMark(
            code=code,
            words=category.get("title", ""),
            step=category.get("colour_step"),
            state=state,
            reason="" if code else row["proposed_reason"],
        ).html()

    return print_


def _category_printer(listing: Listing, moment: Moment) -> Print:
    """The category published; for the service also what the rules now propose, where it is another."""
    titles = _titles(moment)

    @cache
    def proposed(code: str, state: str) -> SafeString:
        now = f"{code}: {titles[code]}" if code and titles.get(code, code) != code else code
        said = f"The rules propose {now}" if code else f"The rules: {str(UNKNOWN_WORDS.get(state, state)).lower()}"
        return format_html('<span class="desk-cell__hint">{}</span>', said)

    def print_(row: Values) -> str:
        spell = listing.spells.get(row["school"])
        shown = mark_of(spell).html() if spell else NONE_PUBLISHED
        if not listing.proposals or (spell and spell["code"] == row["proposed_category"]):
            return shown
        return shown + proposed(row["proposed_category"], row["proposed_state"])

    return print_


def mark_of(spell: Values | None) -> CategoryMark:
    """The mark of the category that a school is shown under."""
    if spell is None:
        return CategoryMark(state="unknown", reason="none published")
    return CategoryMark(code=spell["code"], words=spell["title"] or spell["words"], step=spell["step"])


def laestab(value: int | None) -> str:
    """Authority and establishment as people write them: 937/2042."""
    return f"{value // 10_000}/{value % 10_000:04d}" if value else ""


# ------------------------------------------------------------------ columns, sizes, files


def column_choices(listing: Listing, offered: tuple[ListColumn, ...]) -> list[dict[str, Any]]:
    """The columns to choose from, by group, those that show ticked."""
    shown = {column.name for column in listing.columns}
    groups: dict[str, list[str]] = {}
    for column in offered:
        if column.name != "name":
            option = Option(value=column.name, label=column.heading, chosen=column.name in shown)
            groups.setdefault(column.group, []).append(choice_html(option, name="column", key=f"column-{column.name}"))
    return [{"legend": legend, "options": mark_safe("".join(several))} for legend, several in groups.items()]  # noqa: S308


def hidden_pairs(asked: Asked, *, leaving_out: tuple[str, ...]) -> list[tuple[str, str]]:
    """What a small form beside the list carries along of the address."""
    from django.http import QueryDict

    query = QueryDict(asked.query)
    return [(name, value) for name in query if name not in leaving_out for value in query.getlist(name)]


def sizes(asked: Asked) -> list[dict[str, Any]]:
    """How many rows a page may show."""
    return [{"value": size, "chosen": size == asked.per} for size in SIZES]


def as_rows(listing: Listing, *, moment: Moment) -> Iterator[dict[str, object]]:
    """The rows for a file: headings, order and columns of the screen; numbers as numbers, what is missing empty."""
    printers = [(column, _value(column, listing, moment)) for column in listing.columns]
    for row in listing.page.object_list:
        record: dict[str, object] = {}
        for column, value in printers:
            record[column.heading] = value(row)
        yield record


def _value(column: ListColumn, listing: Listing, moment: Moment) -> Callable[[Values], object]:
    field = column.fields[0]
    known = _titles(moment)

    def category(row: Values) -> object:
        spell = listing.spells.get(row["school"])
        return f"{spell['code']}: {spell['title']}" if spell and spell["title"] else (spell or {}).get("code")

    def proposed(row: Values) -> object:
        code = row["proposed_category"]
        if not code:
            return f"{UNKNOWN_WORDS.get(row['proposed_state'], row['proposed_state'])}: {row['proposed_reason']}"
        return f"{code}: {known[code]}" if known.get(code, code) != code else code

    def since(row: Values) -> date | None:
        spell = listing.spells.get(row["school"])
        return spell["published_on"] if spell else None

    special: dict[str, Callable[[Values], object]] = {
        "category": category,
        "since": since,
        "proposed": proposed,
        "officer": lambda row: ", ".join(name for _, name in listing.officers.get(row["school"], ())) or None,
        "laestab": lambda row: laestab(row["laestab"]) or None,
    }
    if column.name in special:
        return special[column.name]
    if column.kind == "number" and column.places:
        return lambda row: None if row[field] is None else round(row[field], column.places or 0)
    if field in CODED:
        return lambda row: words(row[field]) if row[field] else None
    return lambda row: row[field] if row[field] != "" else None


def is_known(name: str) -> bool:
    """Whether a column of that name exists."""
    return name in COLUMNS
