"""The paper as tagged PDF (PDF/UA-1), set by Typst; all words travel as JSON, none as source."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any

import typst

from strandline.kernel.dates import long_date
from strandline.kernel.errors import BugError
from strandline.reports import pictures
from strandline.reports.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Front,
    Heading,
    HexMap,
    Note,
    Paragraph,
    Picture,
    Reference,
    SourceList,
    Strong,
    Table,
    Text,
    printed,
)

LONGEST_COLUMN = 160
Json = dict[str, Any]


def render(document: Document) -> bytes:
    """
    Give the whole file. The fonts are our own; none of the system's is used.

    Raises: BugError when Typst refuses the paper, with what it says.
    """
    day = document.as_at
    with resources.as_file(resources.files("strandline.reports") / "fonts") as fonts:
        try:
            return typst.compile(
                _form(),
                font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)]),
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards="ua-1",
                sys_inputs={"paper": json.dumps(_paper(document), ensure_ascii=False)},
                timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
            )
        except typst.TypstError as error:
            message = f"Typst refused the paper: {error.diagnostic}"
            raise BugError(message) from error


@cache
def _form() -> bytes:
    return (resources.files("strandline.reports") / "paper.typ").read_bytes()


def _paper(document: Document) -> Json:
    language, _, region = document.language.partition("-")
    day = document.as_at
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "author": document.author,
        "subject": document.subject,
        "date": [day.year, day.month, day.day],
        "language": language,
        "region": region,
        "footer": f"{document.title}. Figures as at {long_date(day)}.",
        "blocks": [_block(block, number, document) for block, number in document.numbered()],
    }


def _block(block: Block, number: str, document: Document) -> Json:
    match block:
        case Front(rows=rows):
            lines = [{"label": label, "text": _text(text, document)} for label, text in rows]
            made: Json = {"kind": "front", "rows": lines}
        case Heading():
            text = f"{number}. {block.text}" if number else block.text
            made = {"kind": "heading", "level": block.level, "text": text}
        case Paragraph(text=words):
            made = {"kind": "paragraph", "number": number, "text": _text(words, document)}
        case Bullets(items=items):
            made = {"kind": "bullets", "items": [_text(item, document) for item in items]}
        case Note(text=words):
            made = {"kind": "note", "text": _text(words, document)}
        case Table():
            made = _table(block, document)
        case Chart() | HexMap():
            made = _picture(block, document)
        case SourceList(sources=sources):
            entries = [(Strong(text=source.title), f". {source.details}.") for source in sources]
            made = {"kind": "sources", "items": [_text(entry, document) for entry in entries]}
    return made


def _table(block: Table, document: Document) -> Json:
    longest = [
        max((len(printed(row.cells[at], labels=document.labels)) for row in block.rows), default=0)
        for at in range(len(block.columns))
    ]
    return {
        "kind": "table",
        "anchor": block.anchor,
        "caption": f"{document.labels[block.anchor]}. {block.caption}",
        "columns": [
            {"title": column.title, "align": column.align, "weight": _weight(length, column.title)}
            for column, length in zip(block.columns, longest, strict=True)
        ],
        "rows": [{"cells": [_text(cell, document) for cell in row.cells], "total": row.total} for row in block.rows],
        "notes": [_text(note, document) for note in (*block.notes, *_rests_on(block, document))],
    }


def _weight(longest: int, title: str) -> float:
    """Give a column room by its longest words, less than in proportion, so that one long cell does not take all."""
    return round(math.pow(min(max(longest, len(title), 9), LONGEST_COLUMN), 0.6), 2)


def _picture(block: Picture, document: Document) -> Json:
    beside: Text = ("The same figures in words: ", Reference(to=block.beside), ".")
    return {
        "kind": "picture",
        "anchor": block.anchor,
        "title": f"{document.labels[block.anchor]}. {block.title}",
        "subtitle": block.subtitle,
        "description": f"{block.title}. {block.description}",
        "svg": pictures.svg(block),
        "width": 100 if isinstance(block, HexMap) else 88,
        "notes": [_text(note, document) for note in (beside, *_rests_on(block, document))],
    }


def _rests_on(block: Block, document: Document) -> tuple[Text, ...]:
    numbers = document.sources_of(block)
    if not numbers:
        return ()
    word = "Source" if len(numbers) == 1 else "Sources"
    return ((f"{word}: {', '.join(str(number) for number in numbers)}.",),)


def _text(text: Text, document: Document) -> list[Json]:
    return [_run(part, document) for part in text]


def _run(part: Any, document: Document) -> Json:
    match part:
        case Strong(text=words):
            return {"kind": "strong", "text": words}
        case Reference(to=anchor):
            return {"kind": "reference", "to": anchor, "text": document.labels[anchor]}
        case _:
            return {"kind": "words", "text": printed((part,), labels={})}
