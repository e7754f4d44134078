"""The inside of a panel of sources, rendered here and not in a template: a school's page has ten of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString, mark_safe

from strandline.web.design.escaping import escaped
from strandline.web.design.figures import Source


def sources_html(sources: Iterable[Source]) -> SafeString:
    """Give each source with its title and what is known of it."""
    return mark_safe("".join(_source(one) for one in sources))  # noqa: S308 - every part is escaped where it is made


def _source(one: Source) -> str:
    title = (
        f'<a class="govuk-link" href="{escaped(one.href)}">{escaped(one.title)}</a>' if one.href else escaped(one.title)
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{escaped(words)}</dd></div>" for name, words in _rows(one))
    return f'\n    <p class="desk-sources__title">{title}</p>\n    <dl class="desk-sources__list">{rows}</dl>'


def _rows(one: Source) -> Iterator[tuple[str, str]]:
    if one.publisher:
        yield "Publisher", one.publisher
    if one.release:
        yield "Release", f"{one.release} ({one.status})" if one.status else one.release
    if one.published:
        yield "Published", one.published
    yield "Next due", one.next_due or "not announced"
    if one.licence:
        yield "Licence", one.licence
