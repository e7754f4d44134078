"""The rows of a summary list, rendered here and not in a template: a school's page has thirty of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from strandline.web.design.escaping import escaped
from strandline.web.design.parts import Action, SummaryRow


def rows_html(rows: Sequence[SummaryRow]) -> SafeString:
    """Give the rows; where some can be acted on, the others keep the place of the action free."""
    has_actions = any(row.actions for row in rows)
    several = (_row(row, is_short=has_actions and not row.actions) for row in rows)
    return mark_safe("\n".join(several))  # noqa: S308 - every part is escaped where it is made


def _row(row: SummaryRow, *, is_short: bool) -> str:
    kind = " govuk-summary-list__row--no-actions" if is_short else ""
    hint = f'<span class="desk-cell__hint">{escaped(row.hint)}</span>' if row.hint else ""
    actions = _actions(row) if row.actions else ""
    return (
        f'<div class="govuk-summary-list__row{kind}"><dt class="govuk-summary-list__key">{escaped(row.label)}</dt>'
        f'<dd class="govuk-summary-list__value">{escaped(_value(row))}{hint}</dd>{actions}</div>'
    )


def _value(row: SummaryRow) -> SafeString | str:
    """The value, its lines one below the other; without one the reason why."""
    if row.missing and not row.value:
        return format_html('<span class="desk-missing">{}</span>', row.missing)
    return linebreaksbr(row.value) if "\n" in str(row.value) else row.value


def _actions(row: SummaryRow) -> SafeString:
    links = [_link(action, about=action.about or row.label) for action in row.actions]
    if len(links) == 1:
        return format_html('<dd class="govuk-summary-list__actions">{}</dd>', links[0])
    items = format_html_join(
        "", '<li class="govuk-summary-list__actions-list-item">{}</li>', ((link,) for link in links)
    )
    return format_html(
        '<dd class="govuk-summary-list__actions"><ul class="govuk-summary-list__actions-list">{}</ul></dd>', items
    )


def _link(action: Action, *, about: str) -> SafeString:
    return format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>',
        action.href,
        action.text,
        about,
    )
