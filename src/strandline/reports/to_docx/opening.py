"""The document that the paper is written into: an empty one with our styles, or a council's letterhead, filled."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from strandline.kernel.dates import long_date
from strandline.kernel.errors import UserError
from strandline.reports import palette
from strandline.reports.document import Document
from strandline.reports.to_docx.numbering import number_headings_and_paragraphs, number_list

# Word cannot carry our font in the file, and a missing font is replaced at will; every council machine has Arial.
FONT = "Arial"
NUMBERED, NOTE, TABLE_NOTE, CELL = "Numbered Paragraph", "Paper Note", "Table Note", "Table Cell"
STOCK = {"Heading 1": 14, "Heading 2": 11.5, "Caption": 10, "List Bullet": 10.5, "List Number": 10.5}
SIZES = {"Title": 22, "Subtitle": 12, "Heading 1": 14, "Heading 2": 11.5}


class LetterheadFaulty(UserError):
    """A council's letterhead cannot be opened or filled."""


def opened(document: Document, *, letterhead: Path | None) -> Any:
    """Give a Word document that holds every style the paper uses."""
    word = docx.Document() if letterhead is None else _filled(document, letterhead)
    _set_language(word, document.language)
    if letterhead is None:
        _dress(word)
        _set_page(word, document)
    _add_missing_stock_styles(word)
    _add_missing_styles(word)
    number_headings_and_paragraphs(word, style=NUMBERED)
    return word


def _filled(document: Document, letterhead: Path) -> Any:
    context = {
        "title": document.title,
        "subtitle": document.subtitle,
        "area": document.area,
        "author": document.author,
        "as_at": long_date(document.as_at),
    }
    try:
        form = DocxTemplate(str(letterhead))
        form.render(context, autoescape=True)
    except (PackageNotFoundError, BadZipFile, KeyError, TemplateError) as error:
        raise LetterheadFaulty(
            f"The letterhead cannot be used: {error}",
            where=str(letterhead),
            what_to_do=f"Give a .docx whose places are among {', '.join('{{ ' + key + ' }}' for key in context)}",
        ) from error
    return form.docx


def _set_language(word: Any, language: str) -> None:
    """State the language where every style inherits it, so that a screen reader speaks British English."""
    defaults = word.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    stated = run.find(qn("w:lang"))
    if stated is None:
        stated = OxmlElement("w:lang")
        run.append(stated)
    stated.set(qn("w:val"), language)


def _dress(word: Any) -> None:
    """Set the house's type in the styles of an empty document."""
    normal = word.styles["Normal"]
    _set_font(normal, size=10.5)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    for name, size in SIZES.items():
        style = word.styles[name]
        _set_font(style, size=size, bold=name != "Subtitle")
        style.font.italic = False
        _drop_letter_spacing(style)
        style.paragraph_format.keep_with_next = True
    title = word.styles["Title"].element.get_or_add_pPr().find(qn("w:pBdr"))
    if title is not None:
        title.getparent().remove(title)
    word.styles["Title"].paragraph_format.space_after = Pt(4)
    word.styles["Heading 1"].paragraph_format.space_before = Pt(22)
    word.styles["Heading 1"].paragraph_format.space_after = Pt(8)
    word.styles["Heading 2"].paragraph_format.space_before = Pt(14)
    word.styles["Heading 2"].paragraph_format.space_after = Pt(6)
    caption = word.styles["Caption"]
    _set_font(caption, size=10, bold=True)
    caption.paragraph_format.space_before = Pt(12)
    caption.paragraph_format.space_after = Pt(4)
    for name in ("List Bullet", "List Number"):
        word.styles[name].paragraph_format.space_after = Pt(3)


def _drop_letter_spacing(style: Any) -> None:
    """The stock title and subtitle are spaced out, which reads worse."""
    spacing = style.element.get_or_add_rPr().find(qn("w:spacing"))
    if spacing is not None:
        spacing.getparent().remove(spacing)


def _set_font(style: Any, *, size: float, bold: bool = False) -> None:
    style.font.name = FONT
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.color.rgb = RGBColor.from_string(palette.INK.removeprefix("#").upper())
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _add_missing_stock_styles(word: Any) -> None:
    """Word leaves a stock style out of a file until someone has used it; a letterhead may lack any of them."""
    known = {style.name for style in word.styles}
    for name, size in STOCK.items():
        if name in known:
            continue
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = word.styles["Normal"]
        style.font.size = Pt(size)
        style.font.bold = not name.startswith("List")
        style.paragraph_format.space_after = Pt(4)
        if name.startswith("Heading"):
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), str(int(name[-1]) - 1))
            style.element.get_or_add_pPr().append(level)
            style.paragraph_format.keep_with_next = True
            style.paragraph_format.space_before = Pt(14)
        if name.startswith("List"):
            number_list(word, style=name, bulleted=name == "List Bullet")


def _add_missing_styles(word: Any) -> None:
    """A letterhead keeps its own look; only what it lacks is added."""
    known = {style.name for style in word.styles}
    additions = {NUMBERED: 10.5, NOTE: 10.5, TABLE_NOTE: 9, CELL: 9.5}
    for name, size in additions.items():
        if name in known:
            continue
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(3 if name in {TABLE_NOTE, CELL} else 6)
        style.paragraph_format.space_before = Pt(3 if name in {TABLE_NOTE, CELL} else 6)
        if name == CELL:
            style.paragraph_format.line_spacing = 1.0
        if name == NOTE:
            _shade(style)


def _shade(style: Any) -> None:
    """Give a note its sand ground and amber edge."""
    properties = style.element.get_or_add_pPr()
    border = OxmlElement("w:pBdr")
    edge = OxmlElement("w:left")
    for key, value in {"val": "single", "sz": "24", "space": "8", "color": palette.AMBER.removeprefix("#")}.items():
        edge.set(qn(f"w:{key}"), value)
    border.append(edge)
    ground = OxmlElement("w:shd")
    for key, value in {"val": "clear", "color": "auto", "fill": palette.SAND.removeprefix("#")}.items():
        ground.set(qn(f"w:{key}"), value)
    properties.insert_element_before(border, "w:shd", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    properties.insert_element_before(ground, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _set_page(word: Any, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    footer = section.footer.paragraphs[0]
    footer.style = word.styles["Footer"]
    footer.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _set_font(word.styles["Footer"], size=8.5)
    footer.add_run(f"{document.title}. Figures as at {long_date(document.as_at)}. Page ")
    _add_field(footer, "PAGE")
    footer.add_run(" of ")
    _add_field(footer, "NUMPAGES")


def _add_field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields of its own
