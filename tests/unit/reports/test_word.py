"""The Word paper, opened again: headings, numbering, table headers, alternative text, language, the same bytes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from strandline.reports import compose, to_docx
from strandline.reports.document import Document, Heading, Paragraph, Table, printed
from strandline.reports.input import ReportInput
from strandline.reports.to_docx.opening import NUMBERED, LetterheadFaulty


@pytest.fixture(scope="module")
def content(document: Document) -> bytes:
    return to_docx.render(document)


@pytest.fixture(scope="module")
def word(content: bytes):
    return docx.Document(BytesIO(content))


def test_headings_are_real_headings(word, document: Document) -> None:
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert found == [(f"Heading {b.level}", b.text) for b in document.blocks if isinstance(b, Heading)]
    assert word.paragraphs[0].style.name == "Title"


def test_numbered_paragraphs_use_the_numbering_of_word(word, document: Document) -> None:
    numbered = [p.text for p in word.paragraphs if p.style.name == NUMBERED]
    expected = [printed(b.text, labels=document.labels) for b in document.blocks if isinstance(b, Paragraph)]
    assert numbered == expected
    heading, paragraph = (word.styles[name].element.pPr.numPr for name in ("Heading 1", NUMBERED))
    assert heading.numId.val == paragraph.numId.val
    assert (heading.ilvl.val, paragraph.ilvl.val) == (0, 1)
    levels = [lvl.find(qn("w:lvlText")).get(qn("w:val")) for lvl in _levels(word, heading.numId.val)]
    assert levels == ["%1.", "%1.%2"]


def _levels(word, number: int) -> list:
    numbering = word.part.numbering_part.element
    (used,) = [num for num in numbering.findall(qn("w:num")) if num.numId == number]
    abstract = used.abstractNumId.val
    (found,) = [
        one for one in numbering.findall(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == str(abstract)
    ]
    return found.findall(qn("w:lvl"))


def test_every_table_repeats_its_header_and_names_itself(word, document: Document) -> None:
    blocks = [block for block in document.blocks if isinstance(block, Table)]
    assert len(word.tables) == len(blocks)
    for table, block in zip(word.tables, blocks, strict=True):
        first = table.rows[0]._tr.trPr
        assert first.find(qn("w:tblHeader")) is not None
        assert [cell.text for cell in table.rows[0].cells] == [column.title for column in block.columns]
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == block.caption
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_cells_hold_the_words_of_the_document(word, document: Document) -> None:
    block = next(one for one in document.blocks if isinstance(one, Table))
    found = [[cell.text for cell in row.cells] for row in word.tables[0].rows[1:]]
    assert found == [[printed(cell, labels=document.labels) for cell in row.cells] for row in block.rows]


def test_pictures_have_alternative_text(word) -> None:
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert len(described) == 3
    assert all(text and len(text) > 80 for text in described)


def test_the_language_is_british_english(word) -> None:
    language = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"
    assert word.core_properties.language == "en-GB"


def test_properties_come_from_the_paper_and_not_from_the_clock(word, document: Document) -> None:
    assert word.core_properties.title == document.title
    assert word.core_properties.created.date() == document.as_at
    assert word.core_properties.modified.date() == document.as_at


def test_the_same_paper_gives_the_same_bytes(content: bytes, document: Document) -> None:
    assert to_docx.render(document) == content


def test_references_lead_to_bookmarks(content: bytes) -> None:
    body = etree.fromstring(ZipFile(BytesIO(content)).read("word/document.xml"))
    named = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    pointed = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert pointed
    assert pointed <= named
    identities = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(identities)) == len(identities)


def test_markup_in_names_stays_words(view: ReportInput) -> None:
    strange = '<w:b/> & "Sons" £5 </w:t> ]]>'
    word = docx.Document(BytesIO(to_docx.render(compose(replace(view, area=strange)))))
    assert strange in word.paragraphs[0].text
    assert strange in word.core_properties.title


def test_a_very_long_name_is_kept_whole_in_the_text(view: ReportInput) -> None:
    name = "Strandshire " * 60
    word = docx.Document(BytesIO(to_docx.render(compose(replace(view, area=name.strip())))))
    assert name.strip() in word.paragraphs[0].text


@pytest.fixture
def letterhead(tmp_path: Path) -> Path:
    form = docx.Document()
    form.add_paragraph("Strandshire & District Council", style="Title")
    form.add_paragraph("{{ title }} / {{ as_at }}")
    path = tmp_path / "letterhead.docx"
    form.save(str(path))
    return path


def test_a_councils_letterhead_is_filled_and_the_paper_follows(
    letterhead: Path, document: Document, view: ReportInput
) -> None:
    word = docx.Document(BytesIO(to_docx.render(document, letterhead=letterhead)))
    assert word.paragraphs[0].text == "Strandshire & District Council"
    assert word.paragraphs[1].text == f"{document.title} / 31 August 2025"
    assert sum(p.style.name == "Title" for p in word.paragraphs) == 1
    strange = compose(replace(view, area="A & B <C>"))
    filled = docx.Document(BytesIO(to_docx.render(strange, letterhead=letterhead)))
    assert "A & B <C>" in filled.paragraphs[1].text


def test_a_letterhead_that_never_held_a_list_or_a_caption_still_serves(tmp_path: Path, document: Document) -> None:
    form = docx.Document()
    for name in ("Heading 1", "Heading 2", "Caption", "List Bullet", "List Number"):
        element = form.styles[name].element
        element.getparent().remove(element)
    (numbering,) = [key for key, related in form.part.rels.items() if related.reltype.endswith("/numbering")]
    form.part.drop_rel(numbering)
    form.part.rels.pop(numbering, None)
    path = tmp_path / "bare.docx"
    form.save(str(path))
    word = docx.Document(BytesIO(to_docx.render(document, letterhead=path)))
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings == [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    bullets = word.styles["List Bullet"].element.pPr.numPr.numId.val
    assert [level.find(qn("w:numFmt")).get(qn("w:val")) for level in _levels(word, bullets)] == ["bullet"]


def test_a_letterhead_that_is_no_word_file_is_refused_with_a_sentence(tmp_path: Path, document: Document) -> None:
    path = tmp_path / "letterhead.docx"
    path.write_text("not a zip")
    with pytest.raises(LetterheadFaulty, match=r"Give a \.docx"):
        to_docx.render(document, letterhead=path)
