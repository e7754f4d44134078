"""
Papers: documents of blocks with bound figures, composed by a council's template, rendered to Word, PDF and HTML.

    document = compose(view, template="house-scrutiny")
    write(document, folder)

Nothing heavy is imported before a paper is composed or written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from strandline.reports.document import Document
    from strandline.reports.input import ReportInput

__all__ = ["FORMATS", "HOUSE_TEMPLATE", "compose", "template_names", "write"]

FORMATS = ("docx", "pdf", "html")
HOUSE_TEMPLATE = "house-scrutiny"


def compose(view: ReportInput, *, template: str | Path = HOUSE_TEMPLATE) -> Document:
    """
    Compose the paper of a run in a council's form.

    Raises: TemplateNotFound, TemplateFaulty.
    """
    from strandline.reports import composing

    return composing.compose(view, template=template)


def template_names() -> tuple[str, ...]:
    """Give the names of the shipped templates."""
    from strandline.reports import templates

    return templates.template_names()


def write(
    document: Document,
    folder: Path,
    *,
    formats: Sequence[str] = FORMATS,
    name: str = "paper",
    letterhead: Path | None = None,
) -> tuple[Path, ...]:
    """
    Write the paper in each format, and the list of its figures as JSON beside it; give the files' paths.

    Every file is complete or not there. The same document gives the same bytes.
    Raises: FormatUnknown, ReportsNotInstalled, LetterheadFaulty.
    """
    from strandline.reports import writing

    return writing.write(document, folder, formats=formats, name=name, letterhead=letterhead)
