"""Each block as Word paragraphs, tables and pictures."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor

from strandline.reports import palette, pictures
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
from strandline.reports.to_docx.opening import NOTE, NUMBERED, TABLE_NOTE
from strandline.reports.to_docx.tables import add_front, add_table

CHART_WIDTH, MAP_WIDTH = Cm(14.5), Cm(16)


def write(document: Document, word: Any, *, front: bool) -> None:
    """Append every block; the title page only where no letterhead has given it."""
    if front:
        word.add_paragraph(document.title, style="Title")
        word.add_paragraph(document.subtitle, style="Subtitle")
    for block in document.blocks:
        _add(block, document, word)


def _add(block: Block, document: Document, word: Any) -> None:
    match block:
        case Front():
            add_front(block, word, labels=document.labels)
        case Heading(text=text, level=level):
            word.add_paragraph(text, style=f"Heading {level}")
        case Paragraph(text=text, numbered=numbered):
            style = NUMBERED if numbered else "Normal"
            _add_text(text, document, word.add_paragraph(style=style))
        case Bullets(items=items):
            _add_list(items, document, word, style="List Bullet")
        case Note(text=text):
            _add_text(text, document, word.add_paragraph(style=NOTE))
        case Table():
            _add_table(block, document, word)
        case Chart() | HexMap():
            _add_picture(block, document, word)
        case SourceList(sources=sources):
            entries = tuple((Strong(text=source.title), f". {source.details}.") for source in sources)
            _add_list(entries, document, word, style="List Number")


def _add_list(items: tuple[Text, ...], document: Document, word: Any, *, style: str) -> None:
    for item in items:
        _indented(_add_text(item, document, word.add_paragraph(style=style)))


def _indented(paragraph: Any) -> None:
    """Stand a list under the words of the numbered paragraph before it."""
    paragraph.paragraph_format.left_indent = Cm(1.9)
    paragraph.paragraph_format.first_line_indent = Cm(-0.63)


def _add_text(text: Text, document: Document, paragraph: Any) -> Any:
    for part in text:
        match part:
            case Strong(text=words):
                paragraph.add_run(words).bold = True
            case Reference(to=anchor):
                _add_link(paragraph, document.labels[anchor], anchor=anchor)
            case _:
                paragraph.add_run(printed((part,), labels=document.labels))
    return paragraph


def _add_table(block: Table, document: Document, word: Any) -> None:
    _add_caption(f"{document.labels[block.anchor]}. {block.caption}", block.anchor, word)
    add_table(block, word, labels=document.labels)
    for note in (*block.notes, *_rests_on(block, document)):
        _add_text(note, document, word.add_paragraph(style=TABLE_NOTE))


def _add_picture(block: Picture, document: Document, word: Any) -> None:
    _add_caption(f"{document.labels[block.anchor]}. {block.title}", block.anchor, word)
    subtitle = word.add_paragraph(block.subtitle)
    subtitle.paragraph_format.keep_with_next = True
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    width = MAP_WIDTH if isinstance(block, HexMap) else CHART_WIDTH
    drawn = paragraph.add_run().add_picture(BytesIO(pictures.png(block)), width=width)
    properties = drawn._inline.docPr  # noqa: SLF001 - python-docx has no alternative text of its own
    properties.set("title", block.title)
    properties.set("descr", f"{block.title}. {block.description}")
    beside: Text = ("The same figures in words: ", Reference(to=block.beside), ".")
    for note in (beside, *_rests_on(block, document)):
        _add_text(note, document, word.add_paragraph(style=TABLE_NOTE))


def _rests_on(block: Block, document: Document) -> tuple[Text, ...]:
    numbers = document.sources_of(block)
    if not numbers:
        return ()
    word = "Source" if len(numbers) == 1 else "Sources"
    return ((f"{word}: {', '.join(str(number) for number in numbers)}.",),)


def _add_caption(words: str, anchor: str, word: Any) -> None:
    """Add a caption that stays with what follows and that references can point to."""
    paragraph = word.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    number = str(len(word.element.body.findall(f".//{qn('w:bookmarkStart')}")) + 1)
    for element in (start, end):
        element.set(qn("w:id"), number)
    start.set(qn("w:name"), bookmark(anchor))
    paragraph._p.append(start)  # noqa: SLF001
    paragraph.add_run(words)
    paragraph._p.append(end)  # noqa: SLF001


def _add_link(paragraph: Any, words: str, *, anchor: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark(anchor))
    run = paragraph.add_run(words)
    run.font.color.rgb = RGBColor.from_string(palette.TIDE.removeprefix("#").upper())
    link.append(run._r)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001


def bookmark(anchor: str) -> str:
    """Give the name of an anchor as Word allows it: letters, digits and low lines, 40 at most."""
    return ("ref_" + "".join(letter if letter.isalnum() else "_" for letter in anchor))[:40]
