"""Word's own numbering: sections 1, 2 and their paragraphs 1.1, 1.2, so that what an editor inserts renumbers them."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HANGING_TWIPS = 720


def number_headings_and_paragraphs(word: Any, *, style: str) -> None:
    """Tie Heading 1 and the numbered paragraph style to two levels of one list."""
    numbering = word.part.numbering_part.element
    taken = [int(item.get(qn("w:abstractNumId"))) for item in numbering.findall(qn("w:abstractNum"))]
    abstract = _abstract(max(taken, default=0) + 1, styles=(word.styles["Heading 1"], word.styles[style]))
    first_number = numbering.find(qn("w:num"))
    if first_number is None:
        numbering.append(abstract)
    else:
        first_number.addprevious(abstract)
    number = numbering.add_num(int(abstract.get(qn("w:abstractNumId"))))
    for level, name in enumerate(("Heading 1", style)):
        _tie(word.styles[name], number_id=number.numId, level=level)


def _abstract(abstract_id: int, *, styles: tuple[Any, Any]) -> Any:
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(abstract_id))
    abstract.append(_valued("w:multiLevelType", "multilevel"))
    for level, (style, text) in enumerate(zip(styles, ("%1.", "%1.%2"), strict=True)):
        element = OxmlElement("w:lvl")
        element.set(qn("w:ilvl"), str(level))
        element.append(_valued("w:start", "1"))
        element.append(_valued("w:numFmt", "decimal"))
        element.append(_valued("w:pStyle", style.style_id))
        element.append(_valued("w:lvlText", text))
        element.append(_valued("w:lvlJc", "left"))
        element.append(_indent())
        abstract.append(element)
    return abstract


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
