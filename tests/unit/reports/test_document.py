"""A document numbers its paragraphs, tables and sources once, and refuses loose ends."""

from __future__ import annotations

from datetime import date

import pytest

from strandline.kernel.errors import BugError
from strandline.kernel.units import Unit
from strandline.reports.document import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Reference,
    Row,
    Source,
    SourceList,
    Table,
    printed,
)
from strandline.reports.figures import Figure, Query

DAY = date(2025, 8, 31)


def figure(*, source: str = "mi") -> Figure:
    return Figure(
        value=3,
        display="3",
        unit=Unit.SCHOOLS,
        source=(source,),
        release_id=source,
        date=DAY,
        query=Query(sql="SELECT 3"),
    )


def table(anchor: str, *cells: object) -> Table:
    return Table(
        anchor=anchor,
        caption="Schools",
        columns=(Column(title="A"), Column(title="B", align="right")),
        rows=(Row(cells=cells),),
    )


def paper(*blocks: Block) -> Document:
    return Document(title="T", subtitle="S", area="A", author="B", subject="C", as_at=DAY, blocks=blocks)


SOURCES = SourceList(sources=(Source(release_id="mi", title="Management information", details="Ofsted"),))


def test_paragraphs_are_numbered_within_their_section() -> None:
    words = Paragraph(text=("words",))
    document = paper(Heading(text="One"), words, words, Heading(text="Sub", level=2), words, Heading(text="Two"), words)
    assert [number for _, number in document.numbered()] == ["1", "1.1", "1.2", "", "1.3", "2", "2.1"]


def test_a_reference_prints_the_label_of_its_table() -> None:
    document = paper(table("x", ("a",), ("b",)), table("y", ("a",), ("b",)), Paragraph(text=(Reference(to="y"),)))
    assert printed((Reference(to="y"),), labels=document.labels) == "Table 2"


def test_a_reference_to_nothing_is_refused() -> None:
    with pytest.raises(BugError, match="refers to nowhere"):
        paper(Paragraph(text=(Reference(to="nowhere"),)))


def test_a_figure_whose_source_is_not_listed_is_refused() -> None:
    with pytest.raises(BugError, match="rests on gias"):
        paper(table("x", ("a",), (figure(source="gias"),)), SOURCES)


def test_a_table_names_the_sources_of_its_figures() -> None:
    block = table("x", ("a",), (figure(),))
    assert paper(block, SOURCES).sources_of(block) == (1,)


def test_a_row_that_does_not_fit_its_header_is_refused() -> None:
    with pytest.raises(BugError, match="1 cells under 2 headers"):
        table("x", ("a",))


def test_every_figure_of_the_sample_paper_can_be_listed(document: Document) -> None:
    figures = list(document.figures())
    assert len(figures) > 150
    assert all(one.query.sql.startswith("SELECT") and one.source and one.date == DAY for one in figures)


def test_every_figure_of_the_sample_paper_equals_its_query(document: Document, world, fakes) -> None:
    asked = [(one, fakes.ask(world.database, one.query)) for one in document.figures()]
    wrong = [
        (one.display, one.value, answer)
        for one, answer in asked
        if (one.value is None) != (answer is None) or (answer is not None and abs(answer - one.value) > 1e-9)
    ]
    assert wrong == []


def test_every_percentage_of_the_sample_paper_knows_its_base(document: Document) -> None:
    percentages = [one for one in document.figures() if one.unit is Unit.PERCENT and one.value is not None]
    assert percentages
    assert all(one.denominator for one in percentages)
