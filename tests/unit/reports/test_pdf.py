"""The PDF paper: tagged, titled, with our own font, holding every word; the same bytes each time."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from strandline.reports import compose, to_pdf
from strandline.reports.document import Document, Heading, Table, printed
from strandline.reports.input import ReportInput

needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext (poppler-utils)")


@pytest.fixture(scope="module")
def content(document: Document) -> bytes:
    return to_pdf.render(document)


def text_of(content: bytes, folder: Path) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(content)
    ran = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True)
    return " ".join(ran.stdout.split())


def test_the_file_is_tagged_and_claims_pdf_ua(content: bytes) -> None:
    assert content.startswith(b"%PDF-1.")
    assert b"/StructTreeRoot" in content
    assert re.search(rb"/Marked\s+true", content)
    assert re.search(rb"pdfuaid:part>\s*1", content)
    assert re.search(rb"/Lang\s*\(en-GB\)", content)


def test_tables_have_header_cells_and_pictures_have_alternative_text(content: bytes, document: Document) -> None:
    columns = sum(len(block.columns) for block in document.blocks if isinstance(block, Table))
    assert len(re.findall(rb"/S\s*/TH\b", content)) >= columns
    assert len(re.findall(rb"/Alt\b", content)) == 3


def test_only_our_font_is_used(content: bytes) -> None:
    fonts = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z-]+)", content))
    assert fonts
    assert all(name.startswith(b"Inter") for name in fonts), fonts


def test_the_same_paper_gives_the_same_bytes(content: bytes, document: Document) -> None:
    assert to_pdf.render(document) == content


@needs_pdftotext
def test_headings_captions_and_figures_can_be_read(content: bytes, document: Document, tmp_path: Path) -> None:
    text = text_of(content, tmp_path)
    for block, number in document.numbered():
        if isinstance(block, Heading) and number:
            assert f"{number}. {block.text}" in text
        if isinstance(block, Table):
            assert document.labels[block.anchor] in text
    assert "4 + 11 + 19 + 40 + 26 = 100" in text.replace("\u00a0", " ")


@needs_pdftotext
def test_words_of_typsts_language_stay_words(view: ReportInput, tmp_path: Path) -> None:
    strange = '#panic("x") $a$ *b* _c_ @d <e> [f] \\g & "h" £5'
    text = text_of(to_pdf.render(compose(replace(view, area=strange))), tmp_path)
    assert strange in text


@needs_pdftotext
def test_a_very_long_name_is_set_whole(view: ReportInput, tmp_path: Path) -> None:
    name = " ".join(f"Strand{number}shire" for number in range(60))
    text = text_of(to_pdf.render(compose(replace(view, area=name))), tmp_path)
    assert name in text


def test_an_empty_paper_can_still_be_set(view: ReportInput) -> None:
    bare = replace(view, undecided=(), inspections=(), entitlements=(), authorities=None, parameters=(), glossary=())
    document = compose(bare)
    assert not any("inspections-graded" in printed(text, labels=document.labels) for text in document.texts())
    assert to_pdf.render(document).startswith(b"%PDF")
