"""Writing papers to files: complete or not there, the same bytes, and clear words when something is not possible."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from strandline.reports import extra, write
from strandline.reports.document import Document
from strandline.reports.extra import ReportsNotInstalled
from strandline.reports.writing import FormatUnknown


def test_every_format_is_written_with_its_figures_beside(document: Document, tmp_path: Path) -> None:
    written = write(document, tmp_path / "out", name="strandshire")
    assert [path.name for path in written] == [
        "strandshire.docx",
        "strandshire.pdf",
        "strandshire.html",
        "strandshire.figures.json",
    ]
    assert all(path.stat().st_size > 10_000 for path in written)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in written)


def test_the_figures_beside_say_how_to_ask_again(document: Document, tmp_path: Path, world, fakes) -> None:
    (_, beside) = write(document, tmp_path, formats=("html",))
    rows = json.loads(beside.read_text(encoding="utf-8"))
    assert len(rows) == len(list(document.figures()))
    for row in rows:
        (answer,) = world.database.execute(row["sql"], row["parameters"]).fetchone()
        assert answer == pytest.approx(row["value"]) if row["value"] is not None else answer is None


def test_another_process_writes_the_same_bytes(document: Document, tmp_path: Path, fakes) -> None:
    write(document, tmp_path / "here")
    program = (
        "import importlib.util, pathlib, sys\n"
        f"spec = importlib.util.spec_from_file_location('fakes', {fakes.__file__!r})\n"
        "fakes = importlib.util.module_from_spec(spec); sys.modules['fakes'] = fakes; spec.loader.exec_module(fakes)\n"
        "from strandline.reports import compose, write\n"
        f"write(compose(fakes.world().view), pathlib.Path({str(tmp_path / 'there')!r}))\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"})
    for path in sorted((tmp_path / "here").iterdir()):
        assert path.read_bytes() == (tmp_path / "there" / path.name).read_bytes(), path.name


def test_an_unknown_format_is_refused_before_anything_is_written(document: Document, tmp_path: Path) -> None:
    with pytest.raises(FormatUnknown, match="Use docx, pdf, html"):
        write(document, tmp_path / "out", formats=("odt",))
    assert not (tmp_path / "out").exists()


def test_a_missing_extra_is_told_with_the_command_that_mends_it(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name="typst")

    monkeypatch.setattr(extra, "import_module", absent)
    with pytest.raises(ReportsNotInstalled, match=r"typst is not installed.*strandline\[reports\]"):
        write(document, tmp_path / "out", formats=("pdf",))
    assert not (tmp_path / "out").exists()


def test_a_missing_module_of_our_own_is_not_blamed_on_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModuleNotFoundError):
        extra.renderer("strandline.reports.to_stone")


def test_composing_needs_no_library_beyond_the_standard_one() -> None:
    program = (
        "import sys\n"
        "import strandline.reports.composing, strandline.reports.input\n"
        "heavy = {'altair', 'docx', 'docxtpl', 'typst', 'vl_convert', 'scipy', 'numpy', 'polars', 'duckdb'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"
