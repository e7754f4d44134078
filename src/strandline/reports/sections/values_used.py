"""The thresholds that the rules used, cited, with how far each is verified; and the rules that are not verified."""

from __future__ import annotations

from strandline.reports.document import Block, Column, Note, Paragraph, Reference, Row, Strong, Table, Text
from strandline.reports.input import ParameterUsed, ReportInput, RuleFlagged
from strandline.reports.templates import TemplateSection
from strandline.reports.wording import Words

ANCHOR = "values-used"
RULES = "rules-flagged"


def values_used(view: ReportInput, section: TemplateSection) -> tuple[Block, ...]:
    """List the thresholds, and the rules that rest on a secondary or unverified source; warn of both."""
    return (*_thresholds(view, section.words), *_rules(view, section.words))


def _rules(view: ReportInput, words: Words) -> tuple[Block, ...]:
    if not view.rules_flagged:
        return ()
    keys = ("column_rule", "column_citation", "column_status")
    table = Table(
        anchor=RULES,
        caption=words.plain("caption_rules"),
        columns=tuple(Column(title=words.plain(key)) for key in keys),
        rows=tuple(Row(cells=((row.meaning,), (row.citation,), _status(row))) for row in view.rules_flagged),
    )
    return (Note(text=words.text("flagged_rules", table=Reference(to=RULES))), table)


def _thresholds(view: ReportInput, words: Words) -> tuple[Block, ...]:
    if not view.parameters:
        return (Paragraph(text=words.text("none")),)
    flagged = sum(row.status.flagged for row in view.parameters)
    blocks: list[Block] = [Paragraph(text=words.text("before", table=Reference(to=ANCHOR)))]
    if flagged:
        text = words.text(
            "flagged", flagged=f"{flagged} rests" if flagged == 1 else f"{flagged} rest", all=str(len(view.parameters))
        )
        blocks.append(Note(text=text))
    return (*blocks, _table(view, words))


def _table(view: ReportInput, words: Words) -> Table:
    keys = ("column_meaning", "column_value", "column_applies", "column_citation", "column_status")
    return Table(
        anchor=ANCHOR,
        caption=words.plain("caption"),
        columns=tuple(Column(title=words.plain(key)) for key in keys),
        rows=tuple(
            Row(cells=((row.meaning,), (row.value,), (row.applies,), (row.citation,), _status(row)))
            for row in view.parameters
        ),
    )


def _status(row: ParameterUsed | RuleFlagged) -> Text:
    name = row.status.name.capitalize()
    return (Strong(text=name),) if row.status.flagged else (name,)
