"""A council's form is data: order and words, inherited, with slips told as sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from strandline.reports import compose, template_names
from strandline.reports.document import Heading, Paragraph, Reference, Table, printed
from strandline.reports.input import ReportInput
from strandline.reports.templates import TemplateNotFound, read_template
from strandline.reports.wording import TemplateFaulty


def form(folder: Path, text: str) -> Path:
    path = folder / "council.toml"
    path.write_text(text, encoding="utf-8")
    return path


def headings(document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]


def test_the_house_form_is_shipped() -> None:
    assert "house-scrutiny" in template_names()
    assert read_template("house-scrutiny").language == "en-GB"


def test_an_unknown_form_names_the_nearest() -> None:
    with pytest.raises(TemplateNotFound, match="Nearest: house-scrutiny"):
        read_template("house-scrutny")


def test_a_council_changes_the_order_and_one_sentence_without_code(tmp_path: Path, view: ReportInput) -> None:
    path = form(
        tmp_path,
        """
        inherits = "house-scrutiny"
        id = "walsall-briefing"
        name = "Briefing note"
        order = ["purpose", "categories", "sources"]
        [sections.purpose]
        heading = "Briefing"
        why = "For {area}: {schools}."
        """,
    )
    document = compose(view, template=path)
    assert headings(document) == ["Briefing", "Schools by category", "Sources"]
    first = next(block for block in document.blocks if isinstance(block, Paragraph))
    assert printed(first.text, labels={}).replace("\u00a0", " ") == "For Strandshire: 91 schools."


def test_a_paper_does_not_refer_to_a_section_that_it_leaves_out(tmp_path: Path, view: ReportInput) -> None:
    path = form(tmp_path, 'inherits = "house-scrutiny"\nid = "short"\nname = "Short"\norder = ["purpose", "sources"]\n')
    document = compose(view, template=path)
    assert not [part for text in document.texts() for part in text if isinstance(part, Reference)]


def test_an_empty_entry_leaves_the_sentence_out(tmp_path: Path, view: ReportInput) -> None:
    path = form(
        tmp_path,
        'inherits = "house-scrutiny"\nid = "quiet"\nname = "Quiet"\n[sections.purpose]\nasked_categories = ""\n',
    )
    words = [printed(text, labels=compose(view).labels) for text in compose(view, template=path).texts()]
    assert not [text for text in words if text.startswith("the number of schools in each category")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[sections.purpose]\nwhy = "For {aera}"', r"\{aera\} is not known in the words 'why'"),
        ('[sections.purpose]\nwhy = "For {area"', "not well formed"),
        ('order = ["purpos"]', 'names the section "purpos"'),
        ('order = ["x"]\n[sections.x]\nheading = "X"', "Nearest:"),
        ("order = [", "not TOML"),
        ('inherits = "house"', "no report template"),
    ],
)
def test_a_slip_in_a_form_is_told_as_a_sentence(tmp_path: Path, view: ReportInput, text: str, told: str) -> None:
    start = "" if text.startswith("inherits") else 'inherits = "house-scrutiny"\nid = "slip"\nname = "Slip"\n'
    path = form(tmp_path, start + text)
    with pytest.raises((TemplateFaulty, TemplateNotFound), match=told):
        compose(view, template=path)


def test_a_form_without_words_of_its_own_says_which_are_missing(tmp_path: Path, view: ReportInput) -> None:
    path = form(
        tmp_path,
        'id = "bare"\nname = "Bare"\nlanguage = "en-GB"\norder = ["purpose"]\n'
        '[front]\ntitle = "T"\nsubtitle = "S"\nauthor = "A"\nsubject = "B"\n'
        "[sections.purpose]\n",
    )
    with pytest.raises(TemplateFaulty, match="missing"):
        compose(view, template=path)


def test_a_form_that_inherits_itself_is_refused(tmp_path: Path, view: ReportInput) -> None:
    path = tmp_path / "loop.toml"
    path.write_text(f'inherits = "{path.as_posix()}"\n', encoding="utf-8")
    with pytest.raises(TemplateFaulty, match="inherits itself"):
        compose(view, template=path)


def test_no_school_is_named_in_the_house_form(view: ReportInput) -> None:
    assert view.named_schools
    document = compose(view)
    words = " ".join(printed(text, labels=document.labels) for text in document.texts())
    assert all(school.name not in words and school.urn not in words for school in view.named_schools)


def test_schools_are_named_only_by_a_form_that_declares_itself_confidential(tmp_path: Path, view: ReportInput) -> None:
    start = 'inherits = "house-scrutiny"\nid = "annex"\nname = "Annex"\norder = ["named_schools"]\n'
    with pytest.raises(TemplateFaulty, match="without declaring the paper confidential"):
        compose(view, template=form(tmp_path, start))
    declared = start + "[sections.named_schools.settings]\nconfidential = true\n"
    document = compose(view, template=form(tmp_path, declared))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [printed(row.cells[0], labels={}) for row in table.rows] == ["Sample Primary School"]
