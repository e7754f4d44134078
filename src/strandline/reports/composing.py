"""From the input and a template to a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from strandline.kernel.dates import long_date
from strandline.reports.document import Block, Document, Front, Heading, Text
from strandline.reports.input import ReportInput
from strandline.reports.sections import section_of_kind
from strandline.reports.templates import HOUSE, Template, read_template


def compose(view: ReportInput, *, template: str | Path = HOUSE) -> Document:
    """
    Compose the paper of a run in a council's form.

    Raises: TemplateNotFound, TemplateFaulty.
    """
    form = read_template(template)
    words = form.front
    as_at = long_date(view.as_at)
    return Document(
        title=words.plain("title", area=view.area),
        subtitle=words.plain("subtitle", as_at=as_at, pack=view.pack.title),
        area=view.area,
        author=words.plain("author", area=view.area),
        subject=words.plain("subject", run=view.run_id),
        as_at=view.as_at,
        blocks=tuple(_blocks(view, form)),
        language=form.language,
    )


def _blocks(view: ReportInput, form: Template) -> Iterator[Block]:
    yield Front(rows=tuple(_front(view, form)))
    for section in form.sections:
        make = section_of_kind(section.kind, template=form.id)
        blocks = make(view, section)
        if blocks:
            yield Heading(text=section.heading)
            yield from blocks


def _front(view: ReportInput, form: Template) -> Iterator[tuple[str, Text]]:
    meeting, words = view.meeting, form.front
    lines = {
        "committee": meeting.committee,
        "held_on": long_date(meeting.held_on) if meeting.held_on else "",
        "report_of": meeting.report_of,
        "contact": meeting.contact,
        "as_at": long_date(view.as_at),
        "strategy": view.pack.quoted,
        "handling": words.plain("handling_words"),
    }
    for key, line in lines.items():
        if line and words.has(key):
            yield words.plain(key), (line,)
