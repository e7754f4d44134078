"""The kinds of section that a template may name; each is one function from the input to blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from strandline.reports.document import Block
from strandline.reports.input import ReportInput
from strandline.reports.sections.authorities import authorities
from strandline.reports.sections.categories import categories
from strandline.reports.sections.entitlements import entitlements
from strandline.reports.sections.glossary import glossary
from strandline.reports.sections.inspections import inspections
from strandline.reports.sections.named_schools import named_schools
from strandline.reports.sections.not_assessed import not_assessed
from strandline.reports.sections.purpose import purpose
from strandline.reports.sections.sources import sources
from strandline.reports.sections.values_used import values_used
from strandline.reports.templates import TemplateSection
from strandline.reports.wording import TemplateFaulty

Section = Callable[[ReportInput, TemplateSection], tuple[Block, ...]]

SECTIONS: Mapping[str, Section] = {
    "authorities": authorities,
    "categories": categories,
    "entitlements": entitlements,
    "glossary": glossary,
    "inspections": inspections,
    "named_schools": named_schools,
    "not_assessed": not_assessed,
    "purpose": purpose,
    "sources": sources,
    "values_used": values_used,
}


def section_of_kind(kind: str, *, template: str) -> Section:
    """Give the function of a kind. Raises TemplateFaulty with the nearest kind."""
    if kind not in SECTIONS:
        near = get_close_matches(kind, SECTIONS, n=1, cutoff=0)[0]
        raise TemplateFaulty(
            f'There is no kind of section "{kind}"',
            where=f"template {template}",
            what_to_do=f"Nearest: {near}. All: {', '.join(SECTIONS)}",
        )
    return SECTIONS[kind]
