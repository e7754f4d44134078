"""The words that a reader outside the service may not know."""

from __future__ import annotations

from strandline.reports.document import Block, Bullets, Strong
from strandline.reports.input import ReportInput
from strandline.reports.templates import TemplateSection


def glossary(view: ReportInput, section: TemplateSection) -> tuple[Block, ...]:
    """List the template's terms and the strategy's own; the strategy's words win."""
    terms = dict(section.terms) | dict(view.glossary)
    ordered = sorted(terms.items(), key=lambda term: term[0].casefold())
    if not ordered:
        return ()
    return (Bullets(items=tuple((Strong(text=term), f": {meaning}") for term, meaning in ordered)),)
