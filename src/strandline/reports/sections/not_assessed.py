"""What could not be assessed: which figures are missing, why, and for how many schools."""

from __future__ import annotations

from strandline.kernel.dates import long_date
from strandline.reports.document import Block, Column, Paragraph, Reference, Row, Table
from strandline.reports.figures import count
from strandline.reports.input import ReportInput
from strandline.reports.phrases import schools, schools_are
from strandline.reports.templates import TemplateSection
from strandline.reports.wording import Words

ANCHOR = "not-assessed"


def not_assessed(view: ReportInput, section: TemplateSection) -> tuple[Block, ...]:
    """Say what is not known, and never let it look like a finding."""
    words, decisions = section.words, view.decisions
    blocks: list[Block] = []
    if view.undecided:
        blocks.append(
            Paragraph(text=words.text("before", undecided=schools(decisions.undecided), table=Reference(to=ANCHOR)))
        )
        blocks.append(_table(view, words))
    elif not decisions.undecided.value:
        blocks.append(Paragraph(text=words.text("complete")))
    if decisions.needs_judgement.value:
        blocks.append(Paragraph(text=words.text("judgement", judgement=schools(decisions.needs_judgement))))
    if decisions.out_of_scope.value:
        blocks.append(Paragraph(text=words.text("outside", outside=schools_are(decisions.out_of_scope))))
    return tuple(blocks)


def _table(view: ReportInput, words: Words) -> Table:
    return Table(
        anchor=ANCHOR,
        caption=words.plain("caption", area=view.area, as_at=long_date(view.as_at)),
        columns=(
            Column(title=words.plain("column_feature")),
            Column(title=words.plain("column_reason")),
            Column(title=words.plain("column_schools"), align="right"),
        ),
        rows=tuple(Row(cells=((row.feature,), (row.reason,), (count(row.schools),))) for row in view.undecided),
    )
