"""Schools by name: for an exempt annex, never for the public paper (SEF-42)."""

from __future__ import annotations

from strandline.kernel.dates import long_date
from strandline.reports.document import Block, Column, Note, Reference, Row, Table
from strandline.reports.input import ReportInput
from strandline.reports.templates import TemplateSection
from strandline.reports.wording import TemplateFaulty

ANCHOR = "named-schools"


def named_schools(view: ReportInput, section: TemplateSection) -> tuple[Block, ...]:
    """
    List schools with category and reason.

    Raises: TemplateFaulty unless the template declares the annex confidential.
    """
    if section.settings.get("confidential") != "True":
        raise TemplateFaulty(
            "The template names schools without declaring the paper confidential",
            where=f"template {section.words.template}, section {section.words.section}",
            what_to_do="Set confidential = true under the section's settings, or take the section out of the order",
        )
    words = section.words
    table = Table(
        anchor=ANCHOR,
        caption=words.plain("caption", area=view.area, as_at=long_date(view.as_at)),
        columns=tuple(
            Column(title=words.plain(key))
            for key in ("column_school", "column_urn", "column_category", "column_reason")
        ),
        rows=tuple(
            Row(cells=((school.name,), (school.urn,), (school.category,), (school.reason,)))
            for school in view.named_schools
        ),
    )
    return (Note(text=words.text("before", table=Reference(to=ANCHOR))), table)
