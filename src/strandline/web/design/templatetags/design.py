"""The component tags: `{% load design %}` and hand each a value that a presenter made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from strandline.web.design import forms, links, marks, navigation
from strandline.web.design.charts import BarChart, IntervalChart, LineChart
from strandline.web.design.figures import Figure, Source
from strandline.web.design.filters import Filters
from strandline.web.design.maps import SchoolMap
from strandline.web.design.parts import Change, Event, Stale, SummaryRow, Tab, Task, TaskPhase
from strandline.web.design.sources import sources_html
from strandline.web.design.summaries import rows_html
from strandline.web.design.tables import Table

register = template.Library()
PARTS = "design/parts"
ONE = {"people": "person", "entries": "entry"}
"""What one of several is called, where it is not the word without its s."""


@register.simple_tag
def tag(text: Any, kind: str = "neutral") -> SafeString:
    """Give a state in words. Kinds: neutral, done, due, late, new, draft, unknown."""
    words, colour = (text.text, text.kind) if hasattr(text, "kind") else (text, kind)
    return format_html('<strong class="desk-tag desk-tag--{}">{}</strong>', colour, words)


@register.simple_tag
def category_mark(mark: Any = None, **parts: Any) -> SafeString:
    """Give a category: `{% category_mark mark %}` or `{% category_mark code="3A" words="…" step=5 %}`."""
    return (mark or marks.CategoryMark(**parts)).html()


@register.inclusion_tag(f"{PARTS}/summary_list.html")
def summary_list(rows: Iterable[SummaryRow | tuple[str, str]], borders: bool = True) -> dict[str, Any]:
    """Give a list of labels and values; a row is a `SummaryRow` or a pair."""
    whole = [SummaryRow(label=row[0], value=row[1]) if isinstance(row, tuple) else row for row in rows]
    return {"rows": rows_html(whole), "borders": borders}


@register.inclusion_tag(f"{PARTS}/table.html")
def data_table(table: Table) -> dict[str, Any]:
    """Give a table with caption, links that sort, and what to do where it is empty."""
    body = table.body_html()
    return {"table": table, "body": body, "columns": len(table.columns)}


@register.inclusion_tag(f"{PARTS}/error_summary.html")
def error_summary(*several: BaseForm) -> dict[str, Any]:
    """Give every error of one form or more, in the page's order, each leading to its field."""
    return {"errors": [error for form in several for error in forms.errors(form)]}


@register.inclusion_tag("design/forms/field.html")
def field(
    bound: BoundField, *, label_class: str = "", width: int | None = None, rows: int | None = None
) -> dict[str, Any]:
    """Give a field with label, hint, error and control; `width` in characters."""
    return forms.field_context(bound, label_class=label_class, width=width, rows=rows)


@register.inclusion_tag(f"{PARTS}/filters.html")
def filter_panel(filters: Filters) -> dict[str, Any]:
    """Give the form that narrows a list: search, groups of options with counts."""
    return {"filters": filters}


@register.inclusion_tag(f"{PARTS}/chips.html")
def filter_chips(filters: Filters) -> dict[str, Any]:
    """Give what is in force as chips, each a link that takes it off."""
    return {"filters": filters, "chips": filters.chips}


@register.inclusion_tag(f"{PARTS}/timeline.html")
def timeline(events: Iterable[Event], level: int = 3) -> dict[str, Any]:
    """Give what happened, latest first as the caller ordered it; `level` is the level of its headings."""
    return {"events": list(events), "level": level}


@register.inclusion_tag(f"{PARTS}/task_list.html")
def task_list(tasks: Iterable[Task | TaskPhase], key: str = "tasks") -> dict[str, Any]:
    """Give tasks with their states; phases give them headings. `key` keeps ids apart on one page."""
    whole = list(tasks)
    phases = whole if whole and isinstance(whole[0], TaskPhase) else [{"heading": "", "tasks": whole}]
    return {"phases": phases, "key": key}


@register.inclusion_tag(f"{PARTS}/notification.html")
def notification(text: Any, kind: str = "info", title: str = "", key: str = "") -> dict[str, Any]:
    """Give a banner. Kinds: info, success, warning, error."""
    titles = {"success": "Done", "warning": "Note", "error": "There is a problem"}
    return {
        "text": text,
        "kind": kind if kind in {"info", *titles} else "info",
        "title": title or titles.get(kind, "Important"),
        "key": key or f"notice-{kind}",
        "urgent": kind in {"success", "error"},
    }


@register.inclusion_tag(f"{PARTS}/tabs.html")
def tabs(several: Iterable[Tab], label: str = "Parts of this page") -> dict[str, Any]:
    """Give the pages of one thing as links."""
    return {"tabs": links.tabs_html(several), "label": label}


@register.inclusion_tag(f"{PARTS}/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], noun: str = "rows") -> dict[str, Any]:
    """Give the pages of a list; the rest of the address stays as it is."""
    request: HttpRequest | None = context.get("request")
    asked = request.GET.copy() if request else QueryDict(mutable=True)
    asked.pop("page", None)
    query = asked.urlencode()
    numbers = [
        {"number": number, "gap": not isinstance(number, int), "current": number == page.number}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    start = f"?{query}&page=" if query else "?page="
    return {"page": page, "numbers": numbers, "start": start, "range": _range(page, noun)}


def _range(page: Page[Any], noun: str) -> str:
    """`1 to 50 of 124 schools`; of a single page no more than how many there are."""
    whole = page.paginator.count
    if page.paginator.num_pages > 1:
        return f"{page.start_index()} to {page.end_index()} of {whole} {noun}"
    return f"{whole} {ONE.get(noun, noun.removesuffix('s')) if whole == 1 else noun}"


@register.inclusion_tag(f"{PARTS}/empty.html")
def empty_state(
    state: Any = None, *, title: str = "", text: str = "", action: str = "", href: str = ""
) -> dict[str, Any]:
    """Say that there is nothing yet and what to do next; an `EmptyState`, or its parts."""
    return {
        "state": state or {"title": title, "text": text, "action": {"text": action, "href": href} if href else None}
    }


@register.inclusion_tag(f"{PARTS}/figure.html")
def figure_with_source(fig: Figure) -> dict[str, Any]:
    """Give a figure with its base, its as-at date and the panel of its sources and updates."""
    return {"figure": fig}


@register.inclusion_tag(f"{PARTS}/sources.html")
def source_panel(sources: Iterable[Source], about: str = "") -> dict[str, Any]:
    """Give the sources of a whole section: what it is about completes the summary for those who only hear it."""
    return {"inside": sources_html(sources), "about": about}


@register.inclusion_tag(f"{PARTS}/stale.html")
def stale_record(stale: Stale | Mapping[str, Any]) -> dict[str, Any]:
    """Say who changed the record meanwhile and what; the text of the person who lost the race stays in the form."""
    return {"stale": stale}


@register.inclusion_tag(f"{PARTS}/changes.html")
def change_list(changes: Iterable[Change], before: str = "Before", after: str = "After") -> dict[str, Any]:
    """Give fields with their values before and after."""
    return {"changes": list(changes), "before": before, "after": after}


@register.inclusion_tag(f"{PARTS}/as_at.html", takes_context=True)
def as_at_control(context: template.Context, value: str, *, name: str = "as_at", printed: str = "") -> dict[str, Any]:
    """Give the control that shows a page as it stood on a date (ISO in `value`, as printed in `printed`)."""
    request: HttpRequest | None = context.get("request")
    pairs = [(key, one) for key, many in (request.GET.lists() if request else []) for one in many if key != name]
    return {"value": value, "printed": printed, "name": name, "pairs": pairs}


@register.simple_tag(takes_context=True)
def navigation_places(context: template.Context) -> SafeString:
    """Give the main navigation of the person who asks; nothing for somebody who is not signed in."""
    request = context.get("request")
    return links.places_html(navigation.places(request)) if request else SafeString()


@register.inclusion_tag(f"{PARTS}/chart.html")
def bar_chart(chart: BarChart) -> dict[str, Any]:
    """Give bars with their table beside them."""
    return {"chart": chart}


@register.inclusion_tag(f"{PARTS}/chart.html")
def line_chart(chart: LineChart) -> dict[str, Any]:
    """Give lines over years with their table beside them."""
    return {"chart": chart}


@register.inclusion_tag(f"{PARTS}/chart.html")
def interval_chart(chart: IntervalChart) -> dict[str, Any]:
    """Give intervals with their table beside them."""
    return {"chart": chart}


@register.inclusion_tag(f"{PARTS}/map.html")
def school_map(schools: SchoolMap) -> dict[str, Any]:
    """Give a map, its legend and the same schools as a list; the page adds `{% map_scripts %}` to block scripts."""
    return {"map": schools}


@register.inclusion_tag(f"{PARTS}/map_scripts.html")
def map_scripts() -> dict[str, Any]:
    """Give the scripts of a map, for the block `scripts`."""
    return {}


@register.inclusion_tag(f"{PARTS}/map_styles.html")
def map_styles() -> dict[str, Any]:
    """Give the style sheet of a map, for the block `head`."""
    return {}


@register.simple_tag
def print_button(text: str = "Print this page") -> SafeString:
    """Give a button that prints; without a script it stays hidden."""
    classes = "govuk-button govuk-button--secondary desk-no-print"
    return format_html('<button type="button" class="{}" data-prints hidden>{}</button>', classes, text)
