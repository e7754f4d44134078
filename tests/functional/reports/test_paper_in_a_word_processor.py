"""The Word paper opens in LibreOffice, and every heading and table of it arrives."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from fakes.report_inputs import world

from strandline.reports import compose, write

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")


@pytest.mark.skipif(SOFFICE is None or PDFTOTEXT is None, reason="needs LibreOffice Writer and Poppler")
def test_the_word_paper_opens_in_libreoffice_with_all_its_headings(tmp_path: Path) -> None:
    document = compose(world().view)
    (path,) = (one for one in write(document, tmp_path, formats=("docx",)) if one.suffix == ".docx")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    opening = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    done = subprocess.run(opening, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    opened = path.with_suffix(".pdf")
    assert opened.is_file(), done.stdout + done.stderr
    text = subprocess.run([str(PDFTOTEXT), str(opened), "-"], check=True, capture_output=True, text=True).stdout
    for heading in ("Purpose and summary", "Schools by category", "What schools are entitled to", "Sources"):
        assert heading in text
