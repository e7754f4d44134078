"""
Filters of a list: groups of options with counts, and the chips of what is chosen.

Options are rendered here and not in a template: a list has a hundred of them beside its rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from strandline.web.design.escaping import escaped


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice: the value in the address, the label, how many rows it would leave."""

    value: str
    label: str
    count: int | None = None
    chosen: bool = False


def choice_html(option: Option, *, name: str, key: str, single: bool = False) -> SafeString:
    """One option as a small check box, or as a radio where it excludes the others; `key` is its id on the page."""
    kind, control = ("radios", "radio") if single else ("checkboxes", "checkbox")
    count = "" if option.count is None else _counted(option.count)
    return mark_safe(  # noqa: S308 - every part is escaped here
        f'<div class="govuk-{kind}__item"><input class="govuk-{kind}__input" type="{control}" id="{escaped(key)}" '
        f'name="{escaped(name)}" value="{escaped(option.value)}"{" checked" if option.chosen else ""}>'
        f'<label class="govuk-label govuk-{kind}__label" for="{escaped(key)}">{escaped(option.label)}{count}</label>'
        "</div>"
    )


def _counted(count: int) -> str:
    return f' <span class="desk-count">{count}<span class="govuk-visually-hidden"> found</span></span>'


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterGroup:
    """A headed group of options that share a name in the address. `single` makes radios of them."""

    name: str
    legend: str
    options: tuple[Option, ...]
    single: bool = False
    open: bool = False

    @property
    def chosen(self) -> tuple[Option, ...]:
        """The options in force."""
        return tuple(option for option in self.options if option.chosen)

    @property
    def options_html(self) -> SafeString:
        """Give the options, one below the other."""
        several = (
            choice_html(option, name=self.name, key=f"filter-{self.name}-{place}", single=self.single)
            for place, option in enumerate(self.options, start=1)
        )
        return mark_safe("".join(several))  # noqa: S308 - every option is escaped where it is made

    @property
    def unfolded(self) -> bool:
        """Whether the group shows its options from the start."""
        return self.open or bool(self.chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One choice in force, with the address of the list without it."""

    group: str
    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Everything that narrows one list. `query` is the address's query string, `search` the words searched for."""

    groups: tuple[FilterGroup, ...]
    query: str = ""
    search: str = ""
    search_name: str = "q"
    search_label: str = "Search"
    search_hint: str = ""
    path: str = ""
    found: str = ""
    kept: tuple[str, ...] = ()

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips of what is in force, search first."""
        chips = []
        if self.search:
            chips.append(Chip(group=self.search_label, label=f"“{self.search}”", href=self._without(self.search_name)))
        for group in self.groups:
            for option in group.chosen:
                chips.append(Chip(group=group.legend, label=option.label, href=self._without(group.name, option.value)))
        return tuple(chips)

    @property
    def clear_href(self) -> str:
        """The address with every filter taken off; what is `kept` (columns, order) stays."""
        asked = QueryDict(self.query)
        return self._address({name: asked.getlist(name) for name in self.kept if name in asked})

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The pairs that the form carries along unseen."""
        asked = QueryDict(self.query)
        return tuple((name, value) for name in self.kept for value in asked.getlist(name))

    def _without(self, name: str, value: str | None = None) -> str:
        asked = {key: values for key, values in QueryDict(self.query).lists() if key != "page"}
        left = [one for one in asked.get(name, []) if value is not None and one != value]
        return self._address({**asked, name: left})

    def _address(self, values: dict[str, list[str]]) -> str:
        query = QueryDict(mutable=True)
        for name, several in values.items():
            if several:
                query.setlist(name, several)
        return f"{self.path}?{query.urlencode()}" if query else (self.path or "?")
