"""Writing a paper to files: each format, and the figures with their queries beside them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from strandline.kernel.errors import UserError
from strandline.reports.document import Document
from strandline.reports.extra import renderer

FORMATS = ("docx", "pdf", "html")


class FormatUnknown(UserError):
    """A paper was asked for in a format that is not written."""


def write(
    document: Document,
    folder: Path,
    *,
    formats: Sequence[str],
    name: str,
    letterhead: Path | None,
) -> tuple[Path, ...]:
    """Write `name.docx`, `name.pdf`, `name.html` as asked, and `name.figures.json`."""
    unknown = [one for one in formats if one not in FORMATS]
    if unknown:
        raise FormatUnknown(f'There is no format "{unknown[0]}" for papers', what_to_do=f"Use {', '.join(FORMATS)}")
    contents = {f"{name}.{one}": _render(document, one, letterhead=letterhead) for one in dict.fromkeys(formats)}
    contents[f"{name}.figures.json"] = figures_json(document)
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_replace(folder / file, content) for file, content in contents.items())


def figures_json(document: Document) -> bytes:
    """Give every figure of the paper with value, base, source, date and query, in order of appearance."""
    rows = [
        {
            "display": figure.display,
            "value": figure.value,
            "unit": figure.unit.value,
            "denominator": figure.denominator,
            "date": figure.date.isoformat(),
            "sources": list(figure.source),
            "missing": figure.missing,
            "sql": figure.query.sql,
            "parameters": list(figure.query.parameters),
        }
        for figure in document.figures()
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _render(document: Document, one: str, *, letterhead: Path | None) -> bytes:
    module = renderer(f"strandline.reports.to_{one}")
    content: bytes = module.render(document, letterhead=letterhead) if one == "docx" else module.render(document)
    return content


def _replace(path: Path, content: bytes) -> Path:
    """Write beside, then rename over, so that a reader never meets half a paper."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    return beside.replace(path)
