"""Writes the reference pages from the code each time the site is built; nothing generated is committed."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from strandline.catalogue import groups

if TYPE_CHECKING:
    from strandline.strategy.model import Pack

ROOT = Path(__file__).resolve().parents[1]
FLAGS = {"V": "", "S": " **[S]**", "U": " **[U]**"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every generated page to the site."""
    for uri, text in pages():
        present = files.get_file_from_path(uri)
        if present is not None:
            files.remove(present)
        files.append(File.generated(config, uri, content=text))
    return files


def pages() -> Iterator[tuple[str, str]]:
    """Each generated page's address and text."""
    yield "reference/features.md", features_page()
    yield "reference/contracts.md", contracts_page()
    yield from pack_pages()
    yield "reference/pack-format.md", (ROOT / "src/strandline/strategy/FORMAT.md").read_text(encoding="utf-8")
    yield "reference/specifications.md", specifications_page()
    yield "reference/benchmarks.md", benchmarks_page()
    yield "reference/permissions.md", permissions_page()


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; bars and line breaks in cells are made harmless."""
    lines = [f"| {' | '.join(header)} |"]
    lines.append("|" + "---|" * (lines[0].count("|") - 1))
    lines += ["| " + " | ".join(str(c).replace("|", "\\|").replace("\n", " ") for c in row) + " |" for row in rows]
    return "\n".join(lines)


def features_page() -> str:
    """The data dictionary."""
    parts = [
        "# Features\n\nWhat may be known about a school, and what a rule may ask. Facts hold exactly these columns.\n"
    ]
    for group, rows in groups().items():
        parts.append(f"## {group.value.replace('_', ' ').capitalize()}\n")
        cells = (
            (f"`{f.name}`", f.kind, f.unit if f.unit != "none" else "", f.meaning, ", ".join(f.values)) for f in rows
        )
        parts.append(table(("feature", "kind", "unit", "meaning", "values"), cells) + "\n")
    return "\n".join(parts)


def contracts_page() -> str:
    """Every layout that is recognised."""
    from strandline.sources import contracts

    rows = (
        (f"`{c.kind}`", c.name, c.publisher, len(c.columns), c.shape.value, ", ".join(c.period.known), c.expects.why)
        for c in sorted(contracts().values(), key=lambda contract: (contract.kind, contract.name))
    )
    header = ("kind", "layout", "publisher", "columns", "stored as", "periods", "how a cut file is caught")
    return (
        "# Contracts\n\nEach layout of each publication that is recognised by its content.\n\n"
        + table(header, rows)
        + "\n"
    )


def pack_pages() -> Iterator[tuple[str, str]]:
    """An index of packs and a page in words for each."""
    from strandline.runs import packs

    nowhere = ROOT / "no-packs-of-a-home"
    lines = packs.list_packs(nowhere)
    listed = "\n".join(f"- [{line.id}](packs/{line.id}.md): {line.title}" for line in lines)
    yield "reference/packs.md", f"# Packs\n\nEach strategy in words, made from its data.\n\n{listed}\n"
    for line in lines:
        yield f"reference/packs/{line.id}.md", pack_page(packs.read(nowhere, which=line.id))


def pack_page(pack: Pack) -> str:
    """One pack as its tables."""
    from strandline.runs.pack_view import view

    seen = view(pack)
    parts = [f"# {pack.title}\n", table(("", ""), seen.header.items()) + "\n"]
    for section in seen.sections:
        parts.append(f"## {section.title}\n\n{table(section.columns, section.rows)}\n")
    return "\n".join(parts)


def permissions_page() -> str:
    """Every address of the desk, and which role may enter."""
    from strandline.web.config.documentation import permissions_page as page

    return page()


def specifications_page() -> str:
    """The published examples that the tests hold, by topic."""
    parts = ["# Specifications\n\nEach line is a test that runs the published example named in it.\n"]
    for path in sorted((ROOT / "tests" / "spec").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
        lines = [f"- {first_line(node)}" for node in found if ast.get_docstring(node)]
        if lines:
            parts.append(
                f"## {(ast.get_docstring(tree) or path.stem).splitlines()[0].rstrip('.')}\n\n" + "\n".join(lines) + "\n"
            )
    return "\n".join(parts)


def first_line(node: ast.FunctionDef) -> str:
    """The requirement that a test states."""
    return (ast.get_docstring(node) or "").splitlines()[0]


def benchmarks_page() -> str:
    """What was measured."""
    kept = ROOT / "benchmarks" / "RESULTS.md"
    return kept.read_text(encoding="utf-8") if kept.exists() else "# Benchmarks\n\nRun `make bench`.\n"
