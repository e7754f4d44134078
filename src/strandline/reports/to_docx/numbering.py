"""Word's own numbering: sections 1, 2 and their paragraphs 1.1, 1.2, so that what an editor inserts renumbers them."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.parts.numbering import NumberingPart

HANGING_TWIPS = 720


def number_headings_and_paragraphs(word: Any, *, style: str) -> None:
    """Tie Heading 1 and the numbered paragraph style to two levels of one list."""
    names = ("Heading 1", style)
    levels = [
        _level(at, text=text, form="decimal", style=word.styles[name])
        for at, (name, text) in enumerate(zip(names, ("%1.", "%1.%2"), strict=True))
    ]
    number_id = _add_list(word, levels)
    for at, name in enumerate(names):
        _tie(word.styles[name], number_id=number_id, level=at)


def number_list(word: Any, *, style: str, bulleted: bool) -> None:
    """Give a list style bullets or numbers of its own."""
    text, form = ("•", "bullet") if bulleted else ("%1.", "decimal")
    level = _level(0, text=text, form=form, style=word.styles[style])
    _tie(word.styles[style], number_id=_add_list(word, [level]), level=0)


def _add_list(word: Any, levels: list[Any]) -> int:
    """Add a list to the document's numbering; abstract lists have to stand before the numbers that use them."""
    numbering = _numbering(word)
    taken = [int(item.get(qn("w:abstractNumId"))) for item in numbering.findall(qn("w:abstractNum"))]
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(max(taken, default=0) + 1))
    abstract.append(_valued("w:multiLevelType", "multilevel"))
    for level in levels:
        abstract.append(level)
    first_number = numbering.find(qn("w:num"))
    if first_number is None:
        numbering.append(abstract)
    else:
        first_number.addprevious(abstract)
    return int(numbering.add_num(int(abstract.get(qn("w:abstractNumId")))).numId)


def _numbering(word: Any) -> Any:
    """Give the numbering part; a document that never held a list has none."""
    try:
        return word.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        blob = f'<w:numbering xmlns:w="{nsmap["w"]}"/>'.encode()
        part = NumberingPart.load(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, blob, word.part.package)
        word.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return part.element


def _level(at: int, *, text: str, form: str, style: Any) -> Any:
    element = OxmlElement("w:lvl")
    element.set(qn("w:ilvl"), str(at))
    element.append(_valued("w:start", "1"))
    element.append(_valued("w:numFmt", form))
    element.append(_valued("w:pStyle", style.style_id))
    element.append(_valued("w:lvlText", text))
    element.append(_valued("w:lvlJc", "left"))
    element.append(_indent())
    return element


def _indent() -> Any:
    properties, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
    indent.set(qn("w:left"), str(HANGING_TWIPS))
    indent.set(qn("w:hanging"), str(HANGING_TWIPS))
    properties.append(indent)
    return properties


def _tie(style: Any, *, number_id: int, level: int) -> None:
    properties = style.element.get_or_add_pPr()
    numbered = properties.get_or_add_numPr()
    numbered.get_or_add_ilvl().val = level
    numbered.get_or_add_numId().val = number_id


def _valued(tag: str, value: str) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element
