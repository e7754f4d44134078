"""Authorities: codes, regions, neighbours in order of nearness, measures by period, boundaries."""

from __future__ import annotations

import io
import json

import openpyxl
import polars as pl
import pytest

from strandline.sources.areas.interactive_tool import ends_in


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("2020", 2020),
        ("2019/20", 2020),
        ("2020 (Rev)", 2020),
        ("2014-16", 2016),
        ("2013/14-15/16", 2016),
        ("2024-25 (OT)", 2025),
        ("0", None),
    ],
)
def test_a_period_of_the_tool_is_known_by_the_year_it_ends_in(period: str, year: int | None) -> None:
    assert pl.select(ends_in(pl.lit(period))).item() == year


def test_a_dash_of_the_tool_is_not_a_figure_and_keeps_its_mark(desk, tmp_path) -> None:
    frame = pl.DataFrame(
        {
            "Short Desc": ["KS2RWM", "KS2RWM"],
            "Data item": ["Expected standard", None],
            "Years": ["2018/19", "2019/20"],
            "LA and Regions": ["Hampshire", "Hampshire"],
            "Values": ["66.5", "-"],
            "LA Number": [850.0, 850.0],
            "Region": ["South East", "South East"],
        }
    )
    written = io.BytesIO()
    frame.write_parquet(written)
    added = desk.add(written.getvalue(), name="bds.parquet")
    table, missing = desk.table(added, "table"), desk.table(added, "missing")
    assert table.sort("ends_in").select("la_code", "ends_in", "value").rows() == [(850, 2019, 66.5), (850, 2020, None)]
    assert missing.select("column", "reason", "token").rows() == [("value", "not_available", "-")]


def neighbours_header() -> tuple[tuple[object, ...], ...]:
    letters = tuple("ABCDEFG")
    pairs = tuple(name for place in range(1, 11) for name in (f"SN{place}", "SNP"))
    return letters, tuple(range(1, 8)), ("LA num", "LA Name", "LA number", "GOInd", "GOReg", *pairs)


def test_neighbours_stand_one_below_the_other_in_order_of_nearness(desk) -> None:
    row = (
        301,
        "Barking and Dagenham",
        301,
        3,
        "London (Outer)",
        *(cell for n in range(10) for cell in (800 + n, "Close")),
    )
    old = (928, "Northamptonshire", 928, 1, "East Midlands", *(c for n in range(10) for c in (880 + n, "Very Close")))
    added = desk.add(workbook(*neighbours_header(), row, (), (None, "Old SNs:"), (), old), name="sn.xlsx")
    table = desk.table(added, "table")
    mine = table.filter(pl.col("la_code") == 301)
    assert mine["place"].to_list() == list(range(1, 11))
    assert mine["neighbour_la_code"].to_list() == list(range(800, 810))
    assert set(table["closeness"]) == {"close", "very close"}
    assert dict(table.select("la_code", "former").unique().rows()) == {301: False, 928: True}


def test_a_list_that_does_not_say_when_it_is_from_says_how_it_was_dated(desk) -> None:
    added = desk.add(workbook(*neighbours_header(), (301, "Barking and Dagenham", 301, 3, "London")), name="sn.xlsx")
    assert any("--published" in note for note in added.release.notes)


def test_regions_in_the_list_of_authorities_have_no_region_of_their_own(desk) -> None:
    rows = (
        ("LA Number", "LA Name", "Region", "Type"),
        (850, "Hampshire", "South East", "SC"),
        (970, "England", "NA", "NA"),
    )
    added = desk.add(workbook(*rows), name="codes.xlsx")
    assert desk.table(added, "table").select("la_code", "region").rows() == [(850, "South East"), (970, None)]
    assert set(desk.table(added, "missing")["reason"]) == {"not_applicable"}


def test_boundaries_keep_their_geometry_as_it_came(desk) -> None:
    shape = {"type": "Polygon", "coordinates": [[[-1.3, 51.1], [-1.2, 51.1], [-1.2, 51.2], [-1.3, 51.1]]]}
    feature = {"type": "Feature", "properties": {"code": "E10000014", "name": "Hampshire"}, "geometry": shape}
    added = desk.add(json.dumps({"type": "FeatureCollection", "features": [feature]}), name="la.geojson")
    (row,) = desk.table(added, "table").to_dicts()
    assert (row["gss_code"], json.loads(row["geometry_geojson"])) == ("E10000014", shape)


def test_a_list_of_regions_with_half_the_authorities_is_refused(desk) -> None:
    lines = [f"{800 + n},Place {n},1,North East A" for n in range(75)]
    text = "\n".join(["LEA,LA Name,REGION,REGION NAME", *lines]) + "\n"
    assert "75 authorities" in desk.refusal(text, name="2018-2019_la_and_region_codes_meta.csv")
