"""The figures of published council papers come out of the sections as they were printed."""

from __future__ import annotations

from datetime import date

import pytest

from strandline.kernel.units import Unit
from strandline.reports import compose
from strandline.reports.document import Table, printed
from strandline.reports.figures import Number, Published, Query, Share, difference, share
from strandline.reports.input import (
    CategoryCount,
    DecisionsSummary,
    InspectionProfile,
    PackView,
    ProfileRow,
    ReleaseView,
    ReportInput,
)


def number(value: float, *, unit: Unit = Unit.SCHOOLS, day: date = date(2010, 4, 13)) -> Number:
    return Number(value=value, query=Query(sql=f"SELECT {value}"), release_id="run", date=day, unit=unit)


def paper(*, counts: dict[str, int], profiles: tuple[InspectionProfile, ...] = ()) -> dict[str, list[list[str]]]:
    """Compose a paper and give the words of its tables by anchor."""
    total = sum(counts.values())
    zero = number(0)
    view = ReportInput(
        area="Anywhere",
        area_code="999",
        as_at=date(2010, 4, 13),
        run_id="run",
        version="0",
        pack=PackView(id="p", title="P", publisher="C", in_force="in force"),
        decisions=DecisionsSummary(
            schools=number(total), decided=number(total), undecided=zero, needs_judgement=zero, out_of_scope=zero
        ),
        categories=tuple(
            CategoryCount(code=str(code), title=title, words="", count=number(count))
            for code, (title, count) in enumerate(counts.items(), start=1)
        ),
        inspections=profiles,
        releases=(ReleaseView(release_id="run", title="The paper", publisher="The council"),),
    )
    document = compose(view)
    return {
        block.anchor: [
            *[
                [printed(cell, labels=document.labels).replace("\u00a0", " ") for cell in row.cells]
                for row in block.rows
            ],
            *[[printed(note, labels=document.labels).replace("\u00a0", " ")] for note in block.notes],
        ]
        for block in document.blocks
        if isinstance(block, Table)
    }


def test_sefton_strands_are_4_11_19_40_and_26_per_cent_of_80() -> None:
    """SEF-02, F1: counts 3, 9, 15, 32, 21 of 80 print as 4, 11, 19, 40, 26 %, total 80 and 100 %, sum check shown."""
    strands = {"Below floor": 3, "Vulnerable": 9, "Inconsistent": 15, "Maximising": 32, "Great": 21}
    table = paper(counts=strands)["categories"]
    assert [row[2:4] for row in table[:5]] == [
        ["3", "4 %"],
        ["9", "11 %"],
        ["15", "19 %"],
        ["32", "40 %"],
        ["21", "26 %"],
    ]
    assert table[5][2:4] == ["80", "100 %"]
    assert ["Sum check: 4 + 11 + 19 + 40 + 26 = 100."] in table


@pytest.mark.parametrize(
    ("phase", "good", "judged", "left_out", "printed_as"),
    [
        ("Primary", 141, 186, 6, "76 % (141 of 186)"),
        ("Secondary", 22, 35, 0, "63 % (22 of 35)"),
        ("Special", 7, 9, 0, "78 % (7 of 9)"),
    ],
)
def test_warwickshire_profile_carries_its_denominators(
    phase: str, good: int, judged: int, left_out: int, printed_as: str
) -> None:
    """WAR-25, F8: 76, 63, 78 % good or outstanding of 186, 35, 9 judged; six uninspected academies are in no base."""
    profile = InspectionProfile(
        key="april-2013",
        title="Schools and Ofsted",
        measure="judged good or outstanding",
        base="schools judged",
        row_heading="Phase",
        as_at=date(2013, 4, 30),
        rows=(
            ProfileRow(
                label=phase,
                local=Share(part=number(good), whole=number(judged)),
                not_counted=number(left_out),
            ),
        ),
    )
    table = paper(counts={"One": 1}, profiles=(profile,))["inspections-april-2013"]
    assert table[0] == [phase, printed_as, str(left_out)]


def test_cambridgeshire_stands_6_6_points_below_england() -> None:
    """CAM-02, F12: 74.4 % against 81 % in August 2014, both to one decimal place; the difference is −6.6 pp."""
    day = date(2014, 8, 31)
    local = Published(percent=number(74.4, unit=Unit.PERCENT, day=day))
    national = Published(percent=number(81, unit=Unit.PERCENT, day=day))
    profile = InspectionProfile(
        key="august-2014",
        title="Schools and academies",
        measure="good or outstanding",
        base="schools and academies",
        row_heading="Group",
        as_at=day,
        rows=(ProfileRow(label="All", local=local, national=national),),
        places=1,
    )
    (row, *_) = paper(counts={"One": 1}, profiles=(profile,))["inspections-august-2014"]
    assert row == ["All", "74.4 % (base not published)", "81.0 % (base not published)", "−6.6 pp"]
    gap = difference(share(local, places=1), share(national, places=1))
    assert gap.value == pytest.approx(-6.6)
    assert gap.date == day
