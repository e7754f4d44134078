"""
The paper as a Word document: real headings, numbered paragraphs, repeating table headers, alternative text.

A council's own letterhead (a .docx with places such as {{ title }}) may be filled first; the paper follows it.
"""

from __future__ import annotations

from pathlib import Path

from strandline.reports.document import Document
from strandline.reports.to_docx import opening, parts, saving


def render(document: Document, *, letterhead: Path | None = None) -> bytes:
    """
    Give the whole file; the same document gives the same bytes.

    Raises: LetterheadFaulty.
    """
    word = opening.opened(document, letterhead=letterhead)
    parts.write(document, word, front=letterhead is None)
    return saving.saved(document, word)
