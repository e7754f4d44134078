from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from strandline.runs import export

ROWS = pl.DataFrame(
    {
        "urn": [100000, 100001, 100002, 100003, 100004, 100005, 100006],
        "school_name": ["=1+1", "+44", "-cmd", "@SUM(A1)", "\tTab", "\rReturn", "St Mary’s, North"],
        "progress": [-5.2, 0.0, 1.5, None, -0.1, 2.0, 3.0],
        "inspected_on": [date(2013, 3, 14)] * 7,
        "maintained": [True, False, None, True, True, True, True],
    }
)


def test_text_that_a_spreadsheet_would_execute_is_quoted_in_csv(tmp_path: Path) -> None:
    path = export.write(ROWS, tmp_path / "rows.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["school_name"] for row in rows] == [
        "'=1+1", "'+44", "'-cmd", "'@SUM(A1)", "'\tTab", "'\rReturn", "St Mary’s, North",
    ]  # fmt: skip


def test_negative_numbers_stay_numbers_in_csv(tmp_path: Path) -> None:
    path = export.write(ROWS, tmp_path / "rows.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        assert [row["progress"] for row in csv.DictReader(lines)][:4] == ["-5.2", "0.0", "1.5", ""]


def test_text_that_a_spreadsheet_would_execute_is_quoted_text_in_xlsx(tmp_path: Path) -> None:
    sheet = load_workbook(export.write(ROWS, tmp_path / "rows.xlsx")).active
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * 7
    assert [cell.quotePrefix for cell in cells] == [True] * 6 + [False]
    assert cells[0].value == "=1+1"


def test_numbers_and_dates_keep_their_type_in_xlsx(tmp_path: Path) -> None:
    sheet = load_workbook(export.write(ROWS, tmp_path / "rows.xlsx")).active
    first = next(sheet.iter_rows(min_row=2))
    assert (first[2].value, first[2].data_type) == (-5.2, "n")
    assert first[3].value.date() == date(2013, 3, 14)


def test_a_column_whose_name_would_be_executed_is_quoted(tmp_path: Path) -> None:
    frame = pl.DataFrame({"=cmd": [1]})
    assert "'=cmd" in export.write(frame, tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    sheet = load_workbook(export.write(frame, tmp_path / "x.xlsx")).active
    assert sheet["A1"].data_type == "s"


def test_an_error_value_in_text_stays_text_in_xlsx(tmp_path: Path) -> None:
    sheet = load_workbook(export.write(pl.DataFrame({"a": ["#REF!"]}), tmp_path / "x.xlsx")).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("#REF!", "s")


def test_parquet_and_json_hold_the_rows_unchanged(tmp_path: Path) -> None:
    assert pl.read_parquet(export.write(ROWS, tmp_path / "x.parquet")).equals(ROWS)
    assert (
        pl.read_json(export.write(ROWS, tmp_path / "x.json"))["school_name"].to_list() == ROWS["school_name"].to_list()
    )


def test_records_are_written_like_a_frame(tmp_path: Path) -> None:
    path = export.write([{"urn": 1, "reason": "=x"}, {"urn": 2, "reason": None}], tmp_path / "x.csv")
    assert path.read_text(encoding="utf-8-sig") == "urn,reason\n1,'=x\n2,\n"


def test_an_unknown_suffix_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(export.CannotExport, match=r"\.csv, \.xlsx, \.parquet, \.json"):
        export.write(ROWS, tmp_path / "rows.docx")


def test_a_list_of_words_becomes_one_cell(tmp_path: Path) -> None:
    frame = pl.DataFrame({"missing": [["ks2_cohort", "ks2_rwm_expected"], []]})
    text = export.write(frame, tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    assert text == 'missing\nks2_cohort; ks2_rwm_expected\n""\n'


def test_a_failed_write_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(frame: pl.DataFrame, path: Path) -> None:
        path.write_text("half a")
        raise OSError("No space left on device")

    path = export.write(pl.DataFrame({"a": [1]}), tmp_path / "rows.csv")
    before = path.read_bytes()
    monkeypatch.setitem(export._WRITERS, ".csv", broken)
    with pytest.raises(export.CannotExport, match="no space left"):
        export.write(pl.DataFrame({"a": [2]}), path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["rows.csv"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".json"])
def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"rows{suffix}").mkdir()
    with pytest.raises(export.CannotExport, match="The file cannot be written: "):
        export.write(ROWS, tmp_path / f"rows{suffix}")
