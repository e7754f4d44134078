"""The HTML paper, parsed again: one file, structure, headers, everything escaped."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree, html

from strandline.reports import compose, to_html
from strandline.reports.document import Document, Heading, Table
from strandline.reports.input import ReportInput


@pytest.fixture(scope="module")
def content(document: Document) -> str:
    return to_html.render(document).decode()


@pytest.fixture(scope="module")
def page(content: str) -> etree._Element:
    return html.document_fromstring(content)


def test_nothing_is_fetched_and_nothing_runs(content: str, page: etree._Element) -> None:
    assert not page.xpath("//script | //link | //iframe | //img | //object")
    addresses = [value for value in page.xpath("//@href | //@src") if not value.startswith("#")]
    assert addresses == []
    assert re.findall(r"url\((?!data:)(?!#)[^)]*\)", content) == []
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy[0].startswith("default-src 'none'")


def test_language_title_and_one_main_heading(page: etree._Element, document: Document) -> None:
    assert page.get("lang") == "en-GB"
    assert document.title in page.findtext("head/title")
    assert [heading.text for heading in page.iter("h1")] == [document.title]


def test_the_first_link_skips_to_the_paper(page: etree._Element) -> None:
    first = next(page.iter("a"))
    assert first.get("href") == "#paper"
    assert page.xpath("//main/@id") == ["paper"]


def test_headings_follow_the_document_without_gaps(page: etree._Element, document: Document) -> None:
    levels = [f"h{block.level + 1}" for block in document.blocks if isinstance(block, Heading)]
    assert [heading.tag for heading in page.xpath("//main//h2 | //main//h3")] == levels


def test_every_table_has_caption_scoped_headers_and_a_focusable_region(
    page: etree._Element, document: Document
) -> None:
    tables = page.xpath("//table")
    assert len(tables) == sum(isinstance(block, Table) for block in document.blocks)
    for table in tables:
        assert table.findtext("caption/span").startswith("Table ")
        assert set(table.xpath("thead//th/@scope")) == {"col"}
        rows = table.xpath("tbody/tr")
        assert all((row[0].tag, row[0].get("scope")) == ("th", "row") for row in rows)
        region = table.getparent()
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert page.xpath(f"//*[@id='{region.get('aria-labelledby')}']")


def test_every_link_leads_somewhere_and_identities_are_unique(page: etree._Element) -> None:
    identities = page.xpath("//@id")
    assert len(set(identities)) == len(identities)
    assert {href.removeprefix("#") for href in page.xpath("//a/@href")} <= set(identities)


def test_figures_carry_their_unrounded_value(page: etree._Element) -> None:
    values = page.xpath("//div[@id='categories']//tbody/tr[1]//data/@value")
    assert values == ["3", "3.75", "3.75"]


def test_names_cannot_become_markup(view: ReportInput) -> None:
    strange = "<script>alert(1)</script> & \"quoted\" 'single' £5 &amp;"
    category = replace(view.categories[0], title=strange, words=strange)
    changed = replace(view, area=strange, categories=(category, *view.categories[1:]))
    page = html.document_fromstring(to_html.render(compose(changed)).decode())
    assert not page.xpath("//script")
    assert strange in page.findtext(".//h1")
    assert strange in "".join(page.xpath("//div[@id='categories']")[0].itertext())


def test_the_same_paper_gives_the_same_bytes(content: str, document: Document) -> None:
    assert to_html.render(document) == content.encode()


def test_the_font_is_inside_with_tabular_figures(content: str) -> None:
    assert content.count("data:font/woff2;base64,") == 2
    assert "tabular-nums" in content
    assert "system-ui" in content
