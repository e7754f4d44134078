"""Small packs written to disk, so that tests read them as anyone would."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from strandline.strategy.model import Pack
from strandline.strategy.reading import read_pack

SHELVES = Path(__file__).resolve().parents[1] / "packs"
LITTLE = SHELVES / "little-2013"
HEADER = """\
id: {name}
title: A trial
authority: "937"
sources:
  paper: {{title: A paper, date: 2013-06-18}}
"""
CITE = 'cite: {source: paper, at: "§1", status: V}'
ONE_CATEGORY = f"""
categories:
  - {{code: "1", title: Outstanding, when: inspection_grade = 1, {CITE}}}
"""


def write_pack(folder: Path, sections: str, *, name: str = "trial-2013", **files: str) -> Path:
    """A pack folder with a header and the given sections; `CITE` stands for a citation. Further files by their stem."""
    pack = folder / name
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text(HEADER.format(name=name) + _text(sections), encoding="utf-8")
    for stem, text in files.items():
        (pack / f"{stem}.yaml").write_text(_text(text), encoding="utf-8")
    return pack


def trial(folder: Path, sections: str, *, name: str = "trial-2013", **files: str) -> Pack:
    """The same, read."""
    return read_pack(write_pack(folder, sections, name=name, **files))


def _text(sections: str) -> str:
    return dedent(sections).replace("CITE", CITE)


def little() -> Pack:
    """The little strategy of tests/packs."""
    return read_pack(LITTLE)
