"""Files that are not what they say, too large, or meant to harm: refused in a sentence, or kept as a plain download."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from fakes.published_desk import Filled

from strandline.web.schools.models import Document
from strandline.web.schools.uploads import LARGEST_UNPACKED, UploadRefused, accept

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
TYPES = ("[Content_Types].xml", b"<Types/>")
WORDS = ("word/document.xml", b"<w:document/>")


def packed(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return whole.getvalue()


def bomb() -> bytes:
    """A few hundred kilobytes that unpack to more than the desk's limit."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(*TYPES)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            block = bytes(1024 * 1024)
            for _ in range(LARGEST_UNPACKED // len(block) + 1):
                part.write(block)
    return whole.getvalue()


REFUSED = {
    "a drawing with a script": ("plan.svg", SVG),
    "a drawing that calls itself a picture": ("plan.png", SVG),
    "a page": ("plan.html", HTML),
    "a page that calls itself a paper": ("plan.pdf", HTML),
    "a paper behind a page": ("plan.pdf", HTML + PDF),
    "a paper that calls itself text": ("plan.txt", b"\x00" + PDF),
    "a programme that calls itself a paper": ("plan.pdf", b"MZ\x90\x00\x03"),
    "an archive that calls itself Word": ("plan.docx", packed(("readme.txt", b"x"))),
    "Word without a table of contents": ("plan.docx", packed(WORDS)),
    "Word with macros": ("plan.docx", packed(TYPES, WORDS, ("word/vbaProject.bin", b"x"))),
    "Word with macros in capitals": ("plan.docx", packed(TYPES, WORDS, ("word/VBAPROJECT.BIN", b"x"))),
    "Word that climbs out of its folder": ("plan.docx", packed(TYPES, WORDS, ("../../etc/cron.d/x", b"x"))),
    "Word with a programme in it": ("plan.docx", packed(TYPES, WORDS, ("word/run.EXE", b"MZ"))),
    "Word in thousands of parts": ("plan.docx", packed(TYPES, WORDS, *((f"p/{n}", b"") for n in range(5_001)))),
    "half an archive": ("plan.docx", packed(TYPES, WORDS)[:-30]),
    "Word under the name of Excel": ("plan.xlsx", packed(TYPES, WORDS)),
    "a macro document by name": ("plan.docm", packed(TYPES, WORDS)),
    "a second suffix": ("plan.pdf.exe", PDF),
    "no suffix": ("plan", PDF),
    "nothing at all": ("plan.txt", b""),
}


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_not_what_it_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(UploadRefused, match="not a file that the desk keeps"):
        accept(SimpleUploadedFile(name, content))


def test_an_archive_that_unpacks_without_end_is_refused_unopened() -> None:
    content = bomb()
    assert len(content) < 1024 * 1024
    with pytest.raises(UploadRefused):
        accept(SimpleUploadedFile("plan.docx", content))


def send(client: Client, urn: int, name: str, content: bytes) -> Any:
    form = {
        "title": "Minutes",
        "kind": "Minutes",
        "dated_day": "1",
        "dated_month": "9",
        "dated_year": "2013",
        "file": SimpleUploadedFile(name, content, content_type="text/html"),
    }
    return client.post(f"/schools/{urn}/documents/add/", form)


@pytest.fixture
def sent(colleague: Client, filled: Filled) -> tuple[Client, int]:
    """A service manager, and a maintained school."""
    from strandline.web.schools.models import School

    return colleague, School.objects.filter(la=990, legal_form="community").order_by("urn")[0].urn


def test_a_refused_file_is_told_in_a_sentence_and_kept_nowhere(sent: tuple[Client, int]) -> None:
    client, urn = sent
    for name, content in (("plan.svg", SVG), ("plan.pdf", HTML), ("plan.docx", bomb()), ("plan.txt", b"")):
        answer = send(client, urn, name, content)
        text = answer.content.decode()
        assert answer.status_code == 200, name
        assert "not a file that the desk keeps" in text or "The file is empty" in text, name
        assert "Traceback" not in text
    assert Document.objects.count() == 0


@pytest.mark.parametrize("name", ["../../../etc/passwd.txt", "..\\..\\boot.txt", "£ é.txt"])
def test_a_kept_file_is_a_download_that_no_browser_runs(sent: tuple[Client, int], name: str) -> None:
    client, urn = sent
    assert send(client, urn, name, HTML).status_code == 302
    kept = Document.objects.get()
    assert kept.file.name.startswith("schools/")
    assert ".." not in kept.file.name
    assert not {"/", "\\", '"'} & set(kept.file_name)
    answer = client.get(f"/schools/{urn}/documents/{kept.pk}/")
    assert answer.getvalue() == HTML
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8", "as its content shows, not as it was called"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"
