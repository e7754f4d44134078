"""The paper as one HTML file: nothing is fetched, nothing runs, tables scroll in place on a narrow screen."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import cache
from importlib import resources

from strandline.kernel.dates import long_date
from strandline.reports import pictures
from strandline.reports.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Front,
    Heading,
    HexMap,
    Note,
    Paragraph,
    Picture,
    Reference,
    Row,
    SourceList,
    Strong,
    Table,
    Text,
)
from strandline.reports.figures import Figure
from strandline.reports.html_elements import Child, Markup, element, joined, lines

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
)
FACES = {"Inter-Regular": (400, "normal"), "Inter-SemiBold": (600, "normal")}
WIDE_FROM = 4


def render(document: Document) -> bytes:
    """Give the whole file, UTF-8."""
    page = element("html", _head(document), "\n", _body(document), lang=document.language)
    return f"<!DOCTYPE html>\n{page.html}\n".encode()


def _head(document: Document) -> Markup:
    return element(
        "head",
        lines(
            "",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", http_equiv="Content-Security-Policy", content=POLICY),
            element("meta", name="author", content=document.author),
            element("meta", name="description", content=document.subtitle),
            element("title", f"{document.title} – as at {long_date(document.as_at)}"),
            element("style", Markup(_style())),
            "",
        ),
    )


@cache
def _style() -> str:
    folder = resources.files("strandline.reports")
    faces = []
    for face, (weight, style) in FACES.items():
        data = base64.b64encode((folder / "fonts" / f"{face}.woff2").read_bytes()).decode()
        faces.append(
            f"@font-face {{ font-family: Inter; font-weight: {weight}; font-style: {style}; font-display: swap; "
            f"src: url(data:font/woff2;base64,{data}) format('woff2'); }}"
        )
    return "\n".join(["", *faces, (folder / "paper.css").read_text(encoding="utf-8")])


def _body(document: Document) -> Markup:
    front = [_front(block, document) for block in document.blocks if isinstance(block, Front)]
    return element(
        "body",
        lines(
            "",
            element("a", "Skip to the paper", class_="skip", href="#paper"),
            element(
                "header", element("h1", document.title), element("p", document.subtitle, class_="subtitle"), *front
            ),
            _contents(document),
            element("main", lines("", *_blocks(document), ""), id="paper", tabindex=-1),
            element("footer", element("p", f"{document.subject}. Figures as at {long_date(document.as_at)}.")),
            "",
        ),
    )


def _contents(document: Document) -> Markup:
    items = [
        element("li", element("a", block.text, href=f"#section-{number}"))
        for block, number in document.numbered()
        if isinstance(block, Heading) and number
    ]
    heading = element("h2", "Contents", id="contents")
    return element("nav", heading, element("ol", *items), aria_labelledby="contents")


def _blocks(document: Document) -> Iterator[Markup]:
    for block, number in document.numbered():
        if not isinstance(block, Front):
            yield _block(block, number, document)


def _block(block: Block, number: str, document: Document) -> Markup:
    match block:
        case Heading():
            made = _heading(block, number)
        case Paragraph(text=text):
            made = _paragraph(_text(text, document), number)
        case Bullets(items=items):
            made = element("ul", *(element("li", _text(item, document)) for item in items))
        case Note(text=text):
            made = element("div", element("p", _text(text, document)), class_="note")
        case Table():
            made = _table(block, document)
        case Chart() | HexMap():
            made = _picture(block, document)
        case SourceList():
            made = _sources(block)
        case Front():
            made = _front(block, document)
    return made


def _paragraph(words: Markup, number: str) -> Markup:
    if not number:
        return element("p", words)
    return element("p", element("span", number, class_="number"), " ", words, class_="numbered")


def _heading(block: Heading, number: str) -> Markup:
    if block.level == 1:
        return element("h2", f"{number}. {block.text}", id=f"section-{number}")
    return element("h3", block.text)


def _front(block: Front, document: Document) -> Markup:
    rows = [joined(element("dt", label), element("dd", _text(text, document))) for label, text in block.rows]
    return element("dl", *rows, class_="front")


def _text(text: Text, document: Document) -> Markup:
    return joined(*(_inline(part, document) for part in text))


def _inline(part: str | Figure | Strong | Reference, document: Document) -> Child:
    match part:
        case str():
            return part
        case Strong(text=words):
            return element("strong", words, class_="strong")
        case Reference(to=anchor):
            return element("a", document.labels[anchor], href=f"#{anchor}")
        case Figure(value=None):
            return part.display
        case Figure():
            return element("data", part.display, value=str(part.value))


def _table(block: Table, document: Document) -> Markup:
    label = f"{block.anchor}-caption"
    align = ["right" if column.align == "right" else None for column in block.columns]
    heads = [
        element("th", column.title, scope="col", class_=at) for column, at in zip(block.columns, align, strict=True)
    ]
    table = element(
        "table",
        element("caption", element("span", f"{document.labels[block.anchor]}. {block.caption}", id=label)),
        element("thead", element("tr", *heads)),
        element("tbody", *(_row(row, align, document) for row in block.rows)),
    )
    scroll = element("div", table, class_="scroll", role="region", aria_labelledby=label, tabindex=0)
    notes = [element("p", _text(note, document), class_="notes") for note in block.notes]
    width = " wide" if len(block.columns) >= WIDE_FROM else ""
    return element("div", scroll, *notes, *_rests_on(block, document), class_=f"table{width}", id=block.anchor)


def _row(row: Row, align: list[str | None], document: Document) -> Markup:
    first, *rest = (_text(cell, document) for cell in row.cells)
    cells = [element("td", cell, class_=at) for cell, at in zip(rest, align[1:], strict=True)]
    return element("tr", element("th", first, scope="row"), *cells, class_="total" if row.total else None)


def _picture(block: Picture, document: Document) -> Markup:
    label = f"{block.anchor}-caption"
    caption = element(
        "figcaption",
        f"{document.labels[block.anchor]}. {block.title}",
        element("span", block.subtitle, class_="subtitle"),
        id=label,
    )
    scroll = element(
        "div",
        Markup(pictures.svg(block)),
        class_="scroll",
        role="region",
        aria_labelledby=label,
        tabindex=0,
    )
    beside = element(
        "p", "The same figures in words: ", _inline(Reference(to=block.beside), document), ".", class_="notes"
    )
    kind = "map" if isinstance(block, HexMap) else "chart"
    return element("figure", caption, scroll, beside, *_rests_on(block, document), class_=kind, id=block.anchor)


def _rests_on(block: Block, document: Document) -> Iterator[Markup]:
    numbers = document.sources_of(block)
    if not numbers:
        return
    parts: list[Child] = ["Source: " if len(numbers) == 1 else "Sources: "]
    for position, number in enumerate(numbers):
        parts += [", " if position else "", element("a", str(number), href=f"#source-{number}")]
    yield element("p", *parts, ".", class_="notes")


def _sources(block: SourceList) -> Markup:
    items = [
        element("li", element("span", source.title, class_="strong"), f". {source.details}.", id=f"source-{number}")
        for number, source in enumerate(block.sources, start=1)
    ]
    return element("ol", *items, class_="sources")
