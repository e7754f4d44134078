"""Rows of links that stand on every page, rendered here and not in a template: the main navigation, and tabs."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from strandline.web.design.escaping import escaped
from strandline.web.design.navigation import Place
from strandline.web.design.parts import Tab


def places_html(places: Iterable[Place]) -> SafeString:
    """Give the items of the main navigation; the place one is in stands out."""
    return mark_safe("".join(_place(one) for one in places))  # noqa: S308 - every part is escaped where it is made


def _place(one: Place) -> str:
    item, label, current = "govuk-service-navigation__item", escaped(one.label), ""
    if one.here:
        item += " govuk-service-navigation__item--active"
        label = f'<strong class="govuk-service-navigation__active-fallback">{label}</strong>'
        current = f' aria-current="{"page" if one.current else "true"}"'
    link = f'<a class="govuk-service-navigation__link" href="{escaped(one.href)}"{current}>{label}</a>'
    return f'\n            <li class="{item}">{link}</li>'


def tabs_html(tabs: Iterable[Tab]) -> SafeString:
    """Give the pages of one thing; the one that is open is marked."""
    return mark_safe("".join(_tab(one) for one in tabs))  # noqa: S308 - every part is escaped where it is made


def _tab(one: Tab) -> str:
    item = f"desk-tabs__item{' desk-tabs__item--current' if one.current else ''}"
    current = ' aria-current="page"' if one.current else ""
    count = "" if one.count is None else f' <span class="desk-count">{escaped(one.count)}</span>'
    link = f'<a class="desk-tabs__link" href="{escaped(one.href)}"{current}>{escaped(one.label)}{count}</a>'
    return f'\n    <li class="{item}">{link}</li>'
