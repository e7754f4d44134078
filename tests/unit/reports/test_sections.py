"""Each section says what is known, with its base, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from strandline.kernel.citations import Verification
from strandline.kernel.errors import BugError
from strandline.reports import compose
from strandline.reports.bands import fifths
from strandline.reports.document import Bullets, Chart, Document, HexMap, Note, Table, printed
from strandline.reports.figures import Number, Query, Share
from strandline.reports.input import InspectionProfile, Meeting, ProfileRow, ReportInput, RuleFlagged
from strandline.reports.short_names import short_names


def number(value: int | None) -> Number:
    return Number(
        value=value, query=Query(sql=f"SELECT {value}"), release_id="run-2025-08-31-strand-3f9a", date=date(2025, 8, 31)
    )


def block(document: Document, kind: type, anchor: str):
    return next(one for one in document.blocks if isinstance(one, kind) and one.anchor == anchor)


def cells(document: Document, anchor: str) -> list[list[str]]:
    table = block(document, Table, anchor)
    return [[printed(cell, labels=document.labels).replace("\u00a0", " ") for cell in row.cells] for row in table.rows]


def words(document: Document) -> str:
    return "\n".join(printed(text, labels=document.labels).replace("\u00a0", " ") for text in document.texts())


def nothing(view: ReportInput) -> ReportInput:
    """A run over an area without schools."""
    empty = replace(
        view.decisions,
        **dict.fromkeys(("schools", "decided", "undecided", "needs_judgement", "out_of_scope"), number(0)),
    )
    return replace(
        view,
        decisions=empty,
        categories=tuple(replace(row, count=number(0)) for row in view.categories),
        undecided=(),
        inspections=(),
        entitlements=(),
        authorities=None,
        parameters=(),
    )


def test_the_table_of_categories_closes_with_every_school(document: Document) -> None:
    rows = {row[0]: row[2] for row in cells(document, "categories")}
    assert rows["Placed in a category"] == "80"
    assert rows["Not placed: a figure is missing"] == "4"
    assert rows["Waiting for an officer’s judgement"] == "1"
    assert rows["Outside the strategy"] == "6"
    assert rows["All schools"] == "91"


def test_categories_that_do_not_add_up_are_a_bug_and_not_a_paper(view: ReportInput) -> None:
    with pytest.raises(BugError, match="add up to 48 schools, but 80 are decided"):
        replace(view, categories=tuple(row for row in view.categories if row.code != "4"))


def test_states_that_do_not_add_up_are_a_bug_and_not_a_paper(view: ReportInput) -> None:
    with pytest.raises(BugError, match="do not add up to the 91 schools"):
        replace(view, decisions=replace(view.decisions, undecided=number(9)))


def test_a_sum_that_rounding_moves_is_explained(view: ReportInput) -> None:
    thirds = tuple(replace(row, count=number(1)) for row in view.categories[:3])
    decisions = replace(view.decisions, decided=number(3), schools=number(14))
    document = compose(replace(view, categories=thirds, decisions=decisions))
    assert "Sum check: 33 + 33 + 33 = 99. The counts add up exactly" in words(document)


def test_the_title_of_the_chart_says_the_finding(document: Document, view: ReportInput) -> None:
    assert block(document, Chart, "chart-categories").title == "Maximising is the largest category: 32 of 80 schools"
    tied = tuple(replace(row, count=number(40)) for row in view.categories[:2])
    shared = compose(replace(view, categories=tied))
    title = block(shared, Chart, "chart-categories").title
    assert title == "Below floor and Vulnerable are the largest categories: 40 of 80 schools each"


def test_the_chart_describes_itself_in_words(document: Document) -> None:
    description = block(document, Chart, "chart-categories").description
    assert "4 Maximising, 32 (40 %)" in description
    assert "Horizontal bars from zero" in description


def test_an_area_without_schools_gives_a_paper_that_says_so(view: ReportInput) -> None:
    document = compose(nothing(view))
    text = words(document)
    assert "0 of 0 schools (–) are placed" in text
    assert "hold no inspection outcome for Strandshire" in text
    assert "states no support" in text
    assert "do not allow a comparison" in text
    assert "Every school within the strategy could be placed" in text
    assert block(document, Chart, "chart-categories").title == "No school is placed in a category"


def test_a_strategy_without_categories_gives_a_paper_that_says_so(view: ReportInput) -> None:
    document = compose(replace(nothing(view), categories=()))
    assert "gives no categories" in words(document)


def test_england_alone_is_not_compared_with_itself(view: ReportInput) -> None:
    (profile,) = view.inspections
    alone = replace(profile, rows=tuple(replace(row, national=None) for row in profile.rows))
    document = compose(
        replace(view, area="England", inspections=(alone,), authorities=replace(view.authorities, here=""))
    )
    table = block(document, Table, "inspections-graded")
    assert [column.title for column in table.columns] == ["Phase", "England", "Not in the base"]
    assert not [one for one in document.blocks if isinstance(one, Chart) and one.anchor.startswith("chart-inspections")]
    picture = block(document, HexMap, "map-authorities")
    assert picture.here_words == ""
    assert picture.title.startswith("Judged good or outstanding: from")


def test_the_map_says_where_the_authority_stands_and_counts_only_known_figures(document: Document) -> None:
    text = words(document)
    assert "of 58 authorities whose figure is known" in text
    picture = block(document, HexMap, "map-authorities")
    assert sum(place.band is None for place in picture.places) == 2
    assert sum(place.here for place in picture.places) == 1
    assert "Not known: 2" in picture.description


def test_the_table_beside_the_map_names_every_authority(document: Document) -> None:
    listed = " ".join(row[3] for row in cells(document, "authorities"))
    picture = block(document, HexMap, "map-authorities")
    assert all(place.name in listed for place in picture.places)


def test_an_unverified_threshold_is_flagged(document: Document) -> None:
    notes = [printed(one.text, labels={}) for one in document.blocks if isinstance(one, Note)]
    assert any("Of the 2 thresholds, 1 rests on a secondary" in note for note in notes)


def test_rules_that_are_not_verified_are_listed_under_the_thresholds(view: ReportInput) -> None:
    rule = RuleFlagged(meaning="Results that swing", citation="Report, 1.5", status=Verification.UNVERIFIED)
    paper = compose(replace(view, rules_flagged=(rule,), parameters=()))
    assert cells(paper, "rules-flagged") == [["Results that swing", "Report, 1.5", "Unverified"]]


def test_the_paper_that_most_entitlements_come_from_is_named_once(view: ReportInput) -> None:
    said = words(compose(replace(view, entitlements_source="A plan")))
    assert said.count("Where only a section is named in the last column, it is of “A plan”.") == 1


def test_a_warning_of_the_pack_stands_on_the_first_page(view: ReportInput) -> None:
    warned = replace(view, pack=replace(view.pack, warnings=("the strategy was not in force on this day",)))
    notes = [printed(one.text, labels={}) for one in compose(warned).blocks if isinstance(one, Note)]
    assert notes[0] == "Please note: the strategy was not in force on this day"


def test_the_front_says_for_whom_only_when_it_is_known(document: Document, view: ReportInput) -> None:
    labels = [label for label, _ in document.blocks[0].rows]
    assert labels == ["Figures as at", "Strategy", "Handling"]
    meeting = Meeting(committee="Overview and Scrutiny Committee", held_on=date(2025, 10, 14))
    rows = dict(compose(replace(view, meeting=meeting)).blocks[0].rows)
    assert rows["Date of meeting"] == ("14 October 2025",)


def test_the_words_used_are_in_alphabetical_order_with_the_strategys_own(document: Document) -> None:
    terms = [
        printed(item[:1], labels={})
        for item in next(one for one in reversed(document.blocks) if isinstance(one, Bullets)).items
    ]
    assert terms == sorted(terms, key=str.casefold)
    assert "floor standard" in terms


def test_bands_hold_about_a_fifth_each_and_equal_values_stay_together() -> None:
    banded = fifths({f"{value:02d}": float(value) for value in range(20)})
    assert [len(banded.members(code)) for code in "ABCDE"] == [4, 4, 4, 4, 4]
    assert banded.of("00") == "A"
    same = fifths(dict.fromkeys("abcdef", 50.0) | {"z": None})
    assert same.codes == ("A",)
    assert same.of("z") is None


def test_short_names_differ_and_do_not_depend_on_the_order() -> None:
    names = {
        "1": "Northamptonshire",
        "2": "North Northamptonshire",
        "3": "North Yorkshire",
        "4": "Northampton",
        "5": "Bath & NE",
    }
    marks = short_names(names)
    assert len(set(marks.values())) == len(names)
    assert marks == short_names(dict(reversed(names.items())))
    assert marks["3"] == "NoYo"
    assert all(len(mark) <= 4 for mark in marks.values())


def test_many_places_of_one_name_still_differ() -> None:
    marks = short_names({str(index): "Ely" for index in range(30)})
    assert len(set(marks.values())) == 30


def test_report_cards_stand_under_a_heading_of_their_own_and_are_not_added_to_grades(view: ReportInput) -> None:
    areas = (("Inclusion", 10, 12, 700, 800), ("Achievement", 9, 12, 690, 800))
    rows = tuple(
        ProfileRow(
            label=area,
            local=Share(part=number(part), whole=number(whole)),
            national=Share(part=number(above), whole=number(cards)),
            not_counted=number(79),
        )
        for area, part, whole, above, cards in areas
    )
    cards = InspectionProfile(
        key="report-cards",
        title="Report cards since November 2025",
        measure="at the expected standard or above",
        base="schools with a report card",
        row_heading="Evaluation area",
        as_at=view.as_at,
        rows=rows,
    )
    document = compose(replace(view, inspections=(*view.inspections, cards)))
    assert cells(document, "inspections-report-cards") == [
        ["Inclusion", "83 % (10 of 12)", "88 % (700 of 800)", "−4.2 pp", "79"],
        ["Achievement", "75 % (9 of 12)", "86 % (690 of 800)", "−11.3 pp", "79"],
    ]
    assert cells(document, "inspections-graded") == cells(compose(view), "inspections-graded")
    chart = block(document, Chart, "chart-inspections-report-cards")
    assert chart.title == "Report cards since November 2025: above England on 0 of 2 lines"
