"""
A paper as blocks: what is said, in order, with bound figures, and nothing about how it is set in type.

Paragraph numbers, table numbers and source numbers are worked out here once, so that Word, PDF and HTML agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from strandline.kernel.errors import BugError
from strandline.reports.figures import Figure

Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strong:
    """Words that carry weight."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A pointer to a table, chart or map of the same paper; printed as `Table 2`."""

    to: str


Inline = str | Figure | Strong | Reference
Text = tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The head of the first page: labelled lines such as `Report of`, `As at`."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; level 1 is numbered and opens a section."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; numbered within its section, as committees cite them."""

    text: Text
    numbered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A short list under the paragraph before it."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something the reader has to know before relying on what follows."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The head of a column."""

    title: str
    align: Align = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table; the first cell names the row."""

    cells: tuple[Text, ...]
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one header row; the first cell of each row is that row's header."""

    anchor: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                message = f"A row of table {self.anchor} has {len(row.cells)} cells under {len(self.columns)} headers"
                raise BugError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its words, the figure that gives its length, the words at its end, and a benchmark to compare with."""

    label: str
    figure: Figure
    end: str
    step: int | None = None
    benchmark: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Zero-based horizontal bars. The title says the finding; the subtitle says measure, population and date."""

    anchor: str
    title: str
    subtitle: str
    description: str
    bars: tuple[Bar, ...]
    axis: str
    maximum: float | None = None
    benchmark_name: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A step of the map: the letter in the mark, the words of its range."""

    code: str
    words: str
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One authority on the map; `band` is None where its figure is not known."""

    code: str
    name: str
    short: str
    x: float
    y: float
    figure: Figure
    band: str | None
    here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HexMap:
    """Authorities as hexagons of equal size, near where they lie."""

    anchor: str
    title: str
    subtitle: str
    description: str
    places: tuple[Place, ...]
    bands: tuple[Band, ...]
    unknown_words: str
    here_words: str
    degrees: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of the source list."""

    release_id: str
    title: str
    details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """The numbered list of what the figures rest on."""

    sources: tuple[Source, ...]


Block = Front | Heading | Paragraph | Bullets | Note | Table | Chart | HexMap | SourceList
Picture = Chart | HexMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """
    A paper.

    Raises: BugError when a figure rests on a source that the paper does not list, or a reference points nowhere.
    """

    title: str
    subtitle: str
    area: str
    author: str
    subject: str
    as_at: date
    blocks: tuple[Block, ...]
    language: str = "en-GB"

    def __post_init__(self) -> None:
        listed = self.source_numbers
        for figure in self.figures():
            unlisted = [key for key in figure.source if key not in listed]
            if unlisted:
                message = f"The figure {figure.display} rests on {unlisted[0]}, which the paper does not list"
                raise BugError(message)
        labels = self.labels
        for text in self.texts():
            for part in text:
                if isinstance(part, Reference) and part.to not in labels:
                    message = f"The paper refers to {part.to}, which it does not hold"
                    raise BugError(message)

    @property
    def source_numbers(self) -> dict[str, int]:
        """Give the number of each source in the paper's list."""
        keys = [source.release_id for block in self.blocks if isinstance(block, SourceList) for source in block.sources]
        return {key: number for number, key in enumerate(keys, start=1)}

    @property
    def labels(self) -> dict[str, str]:
        """Give the printed label of each anchor: `Table 1`, `Figure 2`."""
        labels: dict[str, str] = {}
        tables = pictures = 0
        for block in self.blocks:
            if isinstance(block, Table):
                tables += 1
                labels[block.anchor] = f"Table {tables}"
            elif isinstance(block, Chart | HexMap):
                pictures += 1
                labels[block.anchor] = f"Figure {pictures}"
        return labels

    def numbered(self) -> Iterator[tuple[Block, str]]:
        """Give each block with its number: `2` for a section, `2.3` for a paragraph, empty for the rest."""
        section = paragraph = 0
        for block in self.blocks:
            number = ""
            if isinstance(block, Heading) and block.level == 1:
                section, paragraph = section + 1, 0
                number = f"{section}"
            elif isinstance(block, Paragraph) and block.numbered:
                paragraph += 1
                number = f"{section}.{paragraph}"
            yield block, number

    def texts(self) -> Iterator[Text]:
        """Give every run of words, wherever it stands."""
        for block in self.blocks:
            yield from texts_of(block)

    def figures(self) -> Iterator[Figure]:
        """Give every figure, in order of appearance."""
        for block in self.blocks:
            yield from figures_of(block)

    def sources_of(self, block: Block) -> tuple[int, ...]:
        """Give the numbers of the sources that a block's figures rest on."""
        numbers = self.source_numbers
        return tuple(sorted({numbers[key] for figure in figures_of(block) for key in figure.source}))


def texts_of(block: Block) -> Iterator[Text]:
    """Give every run of words of one block."""
    match block:
        case Front(rows=rows):
            yield from (text for _, text in rows)
        case Paragraph(text=text) | Note(text=text):
            yield text
        case Bullets(items=items):
            yield from items
        case Table():
            for row in block.rows:
                yield from row.cells
            yield from block.notes
        case _:
            return


def figures_of(block: Block) -> Iterator[Figure]:
    """Give every figure of one block, drawn or printed."""
    for text in texts_of(block):
        yield from (part for part in text if isinstance(part, Figure))
    if isinstance(block, Chart):
        for bar in block.bars:
            yield bar.figure
            if bar.benchmark is not None:
                yield bar.benchmark
    elif isinstance(block, HexMap):
        yield from (place.figure for place in block.places)


def printed(text: Text, *, labels: dict[str, str]) -> str:
    """Give the plain words of a text, figures and references resolved."""
    words = []
    for part in text:
        match part:
            case str():
                words.append(part)
            case Figure():
                words.append(part.display)
            case Strong():
                words.append(part.text)
            case Reference():
                words.append(labels[part.to])
    return "".join(words)
