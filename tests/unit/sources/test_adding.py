"""What is accepted, what is refused, and that a refusal says everything and changes nothing."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from strandline.sources.adding import Added, FilesRefused, add, read_table
from strandline.sources.contract import INTEGER, Column, Contract, Period, columns_of, inherit
from strandline.sources.store import Store

REGISTER, RESULTS = "register_2025-08-31.csv", "2016-2017_results.csv"


@pytest.fixture
def put(store: Store, tmp_path: Path, register_contract: Contract, results_contract: Contract):
    """Write a file and add it."""

    def run(content: str | bytes, name: str = REGISTER, *, layouts=None, encoding: str = "utf-8", **stated) -> Added:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        known = (register_contract, results_contract) if layouts is None else layouts
        (added,) = add(store, [path], layouts=known, **stated)
        return added

    return run


@pytest.fixture
def refusal(put, store: Store, register_text: str, bytes_below):
    """The words of a refusal; the store, which holds a release already, is byte for byte as it was."""
    put(register_text.replace("Alder", "Aspen"), "other_2020-01-01.csv")
    before = bytes_below(store.home)

    def run(content: str | bytes, name: str = REGISTER, **stated) -> str:
        with pytest.raises(FilesRefused) as refused:
            put(content, name, **stated)
        assert bytes_below(store.home) == before
        return str(refused.value)

    return run


@pytest.fixture
def rows(store: Store):
    def read(added: Added, table: str = "schools") -> pl.DataFrame:
        return read_table(store, added.release.release_id, table)

    return read


# Accepted --------------------------------------------------------------------------------------------------------


def test_lines_above_the_header_are_passed_over(put, rows, register_text) -> None:
    added = put(f"A register of schools\n\nAs at 31 August 2025\n{register_text}")
    assert rows(added).height == 3


def test_header_case_spacing_and_aliases_do_not_matter(put, rows, register_text) -> None:
    text = register_text.replace("URN,LA (code),School name", "urn,LEA,  SCHOOL   NAME ")
    assert rows(put(text))["la_code"].to_list() == [850] * 3


def test_an_optional_column_may_be_absent_and_is_then_null(put, rows, register_text) -> None:
    lines = [line.split(",") for line in register_text.replace("Cedar, Elm", "Cedar Elm").splitlines()]
    text = "".join(",".join(cells[:4] + cells[5:]) + "\n" for cells in lines)
    assert rows(put(text))["sixth_form"].null_count() == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_each_allowed_encoding_gives_the_same_names(put, rows, register_text, encoding) -> None:
    added = put(register_text.replace("Alder", "St Zoë’s"), encoding=encoding)
    assert rows(added)["school_name"][0] == "St Zoë’s School"


def test_line_endings_of_any_system_are_read(put, rows, register_text) -> None:
    assert rows(put(register_text.replace("\n", "\r\n"))).height == 3


def test_quoted_cells_may_hold_commas_quotes_and_lines(put, rows, register_text) -> None:
    text = register_text.replace('"Cedar, Elm and Fir School"', '"Cedar, ""Elm""\nand Fir"')
    assert rows(put(text))["school_name"][2] == 'Cedar, "Elm"\nand Fir'


def test_stray_quotes_inside_a_cell_are_taken_as_they_come(put, rows, register_text) -> None:
    text = register_text.replace("Alder School", 'Alder "Old" School')
    assert rows(put(text))["school_name"][0] == 'Alder "Old" School'


def test_wholly_empty_rows_are_left_out_and_noted(put, rows, register_text) -> None:
    added = put(register_text + ",,,,,,\n\n")
    assert rows(added).height == 3
    assert "2 empty rows were left out" in added.release.notes


def workbook(text: str, *, above: int = 0) -> bytes:
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "Notes"
    notes.append(["This sheet is not data"])
    sheet = book.create_sheet("Data")
    for _ in range(above):
        sheet.append(["A title"])
    for line in text.splitlines():
        cells = line.replace('"Cedar, Elm and Fir School"', "Cedar Elm").split(",")
        sheet.append([int(cell) if cell.isdigit() else cell or None for cell in cells])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("above", [0, 1, 2])
def test_a_workbook_is_read_from_whatever_row_its_header_is_on(put, rows, register_text, above) -> None:
    added = put(workbook(register_text, above=above), "register 31 August 2025.xlsx")
    assert rows(added)["urn"].to_list() == [100000, 100001, 100002]
    assert added.release.as_at == date(2025, 8, 31)


def test_json_records_and_records_by_key_are_read(put, rows, register_contract) -> None:
    record = {"LA (code)": 850, "School name": "Alder", "Open date": None, "Phase": "Primary", "FSM %": 12.5}
    listed = put(json.dumps([{"URN": 100000, **record}]), "list_2025-08-31.json")
    by_key = inherit(register_contract, name="By key", rename={"URN": "_key"})
    keyed = put(json.dumps({"100000": record}), "keyed_2025-08-31.json", layouts=[by_key])
    assert rows(listed).equals(rows(keyed))


def test_geojson_gives_properties_and_the_geometry_as_text(put, rows, register_contract) -> None:
    place = {"type": "Point", "coordinates": [-1.2, 54.7]}
    data = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"URN": 100000, "NAME": "Alder"}, "geometry": place}],
    }
    layout = Contract(
        kind="places",
        name="Places",
        title="Places",
        publisher="P",
        columns=columns_of("URN:integer NAME:text geometry:text"),
        period=Period(known=("2022-2023",)),
        published=replace(register_contract.published, dates={"2022-2023": date(2023, 5, 1)}),
    )
    table = rows(put(json.dumps(data), "places.geojson", layouts=[layout]), "table")
    assert json.loads(table["geometry"][0]) == place


def test_parquet_is_read(put, rows, register_text) -> None:
    target = io.BytesIO()
    pl.read_csv(register_text.encode()).write_parquet(target)
    assert rows(put(target.getvalue(), "register_2025-08-31.parquet")).height == 3


def test_gzip_and_zip_are_opened(
    put, store, tmp_path, register_text, register_contract, results_text, results_contract
):
    assert put(gzip.compress(register_text.encode()), "register_2025-08-31.csv.gz").release.file_name == REGISTER
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("2019/register_2019-08-31.csv", register_text.replace("Alder", "Ash"))
        archive.writestr("2017-2018/results.csv", results_text)
    path = tmp_path / "all.zip"
    path.write_bytes(target.getvalue())
    added = add(store, [path], layouts=[register_contract, results_contract])
    assert [one.release.period for one in added] == ["2017-2018", "2019-08-31"]
    assert added[0].release.file_name == "all.zip/2017-2018/results.csv"


def test_cells_beyond_the_header_are_dropped_where_the_contract_says_so(put, rows, register_text, register_contract):
    text = register_text.replace("12.5\n", "12.5,,http://example.test\n")
    layout = replace(register_contract, overrun=True)
    assert rows(put(text, layouts=[layout])).width == len(register_contract.columns)


def test_short_rows_are_missing_their_last_cells(put, rows, results_text) -> None:
    added = put(results_text, RESULTS)
    long = rows(added, "indicators").filter((pl.col("urn") == 100002) & (pl.col("indicator") == "READPROG"))
    assert long.select("value", "reason", "token").row(0) == (None, "blank", "")


def test_special_rows_are_told_apart_and_blank_keys_are_null(put, rows, results_text) -> None:
    schools = rows(put(results_text, RESULTS))
    assert schools["row_kind"].to_list() == ["school"] * 4 + ["authority", "national", "national"]
    assert schools["urn"].to_list() == [100000, 100001, 100002, 100003, None, None, None]


def test_indicators_are_sorted_by_name_and_hold_every_cell(put, rows, results_text) -> None:
    long = rows(put(results_text, RESULTS), "indicators")
    assert long["indicator"].unique(maintain_order=True).to_list() == ["PTRWM_EXP", "READPROG", "TELIG"]
    assert long.height == 3 * 7
    assert long["value"].null_count() == long["reason"].count() == long["token"].count()


def test_grouped_thousands_and_percent_signs_are_numbers(put, rows, results_text) -> None:
    long = rows(put(results_text, RESULTS), "indicators")
    authority = dict(long.filter(pl.col("entity") == 4).select("indicator", "value").iter_rows())
    assert authority == {"PTRWM_EXP": 65.0, "READPROG": 0.1, "TELIG": 14003.0}


def test_a_rare_unknown_mark_is_kept_without_a_value_and_noted(put, rows, register_text) -> None:
    added = put(register_text.replace("SUPP", "XX"))
    assert rows(added, "missing").rows() == [(3, 100001, "fsm_percent", "unknown_token", "XX")]
    assert "unknown marks kept without a value in 1 rows: XX" in " ".join(added.release.notes)


# Dates -----------------------------------------------------------------------------------------------------------


def test_the_files_name_only_chooses_between_the_years_of_the_layout(put, results_text) -> None:
    release = put(results_text, "2017-2018_850_results_revised.csv").release
    assert (release.period, release.status, release.published_on) == ("2017-2018", "revised", date(2018, 12, 13))


def test_a_folders_name_helps_where_the_files_does_not(put, store, tmp_path, results_text, results_contract) -> None:
    folder = tmp_path / "2017-2018"
    folder.mkdir()
    (folder / "england.csv").write_text(results_text, encoding="utf-8")
    (added,) = add(store, [folder / "england.csv"], layouts=[results_contract])
    assert added.release.period == "2017-2018"


def test_a_stated_day_of_publication_goes_first(put, results_text) -> None:
    assert put(results_text, RESULTS, published=date(2018, 1, 9)).release.published_on == date(2018, 1, 9)


def test_a_layout_of_several_years_is_ambiguous_without_a_word_of_the_year(refusal, results_text) -> None:
    assert "2016-2017, 2017-2018, and nothing in the file says which" in refusal(results_text, "results.csv")


def test_a_name_that_contradicts_the_layout_is_refused(refusal, results_text) -> None:
    said = refusal(results_text, "2030-2031_results.csv")
    assert "2030-2031, but its layout is that of 2016-2017, 2017-2018" in said


def test_a_stated_year_that_is_unknown_is_refused(refusal, results_text) -> None:
    assert "stated to be of 2011-2012" in refusal(results_text, RESULTS, period="2011-2012")


def test_a_status_that_the_layout_was_not_published_in_is_refused(refusal, results_text) -> None:
    assert "Provisional figures" in refusal(results_text, "2016-2017_provisional.csv")


def test_a_snapshot_without_a_day_is_refused(refusal, register_text) -> None:
    assert "--period 2025-08-31" in refusal(register_text, "register.csv")


def test_a_snapshot_that_holds_a_later_day_is_refused(refusal, register_text) -> None:
    said = refusal(register_text, "register_2011-01-01.csv")
    assert "as at 2011-01-01 and holds a later date" in said
    assert "2012-01-03" in said


def test_a_day_of_publication_before_the_as_at_day_is_refused(refusal, register_text) -> None:
    assert "after the day of publication" in refusal(register_text, published=date(2020, 1, 1))


@pytest.fixture
def yearly(register_contract: Contract) -> Contract:
    """A layout that carries its period in a column."""
    return replace(
        register_contract,
        columns=(*register_contract.columns, Column("Year", "year", filled=True)),
        period=Period(known=("2022-2023", "2023-2024"), column="year", reads=lambda text: f"{text[:4]}-20{text[4:]}"),
        published=replace(register_contract.published, dates={"2023-2024": date(2024, 12, 1)}),
    )


def with_year(text: str, *years: str) -> str:
    header, *lines = text.splitlines()
    return "\n".join([f"{header},Year", *(f"{line},{year}" for line, year in zip(lines, years, strict=True))]) + "\n"


def test_the_content_tells_the_period_before_the_name_does(put, yearly, register_text) -> None:
    added = put(with_year(register_text, *["202324"] * 3), "2016-2017.csv", layouts=[yearly])
    assert added.release.period == "2023-2024"


def test_a_year_unknown_to_the_contracts_is_refused(refusal, yearly, register_text) -> None:
    said = refusal(with_year(register_text, *["202930"] * 3), layouts=[yearly])
    assert "No contract covers the period 2029-2030" in said


def test_two_periods_in_one_file_are_refused(refusal, yearly, register_text) -> None:
    assert "speaks of 2" in refusal(with_year(register_text, "202324", "202324", "202223"), layouts=[yearly])


# Recognition -----------------------------------------------------------------------------------------------------


def test_an_unknown_file_names_the_nearest_and_what_differs(refusal) -> None:
    said = refusal("URN,LA (code),Colour,Weight,Height,Length\n100000,850,red,1,2,3\n")
    assert "nearest is Small register, which also has School name, Open date, Phase, FSM %" in said
    assert "does not have colour, weight" in said


def test_a_file_of_nothing_known_is_refused(refusal) -> None:
    assert "No publication that Strandline knows" in refusal("a,b\n1,2\n")


def test_a_file_that_two_contracts_fit_is_ambiguous(refusal, register_text, register_contract) -> None:
    twin = replace(register_contract, name="Twin", kind="twin")
    said = refusal(register_text.replace("Alder", "Ash"), layouts=[register_contract, twin])
    assert "could be any of these: Small register, Twin" in said


def test_a_stated_kind_settles_which_of_two_it_is(put, register_text, register_contract) -> None:
    twin = replace(register_contract, name="Twin", kind="twin")
    assert put(register_text, layouts=[register_contract, twin], kind="twin").release.kind == "twin"


def test_the_content_may_settle_which_of_two_it_is(put, register_text, register_contract) -> None:
    of_850 = replace(register_contract, recognises=lambda rows: set(rows["la_code"]) == {"850"})
    other = replace(register_contract, name="Twin", kind="twin", recognises=lambda rows: set(rows["la_code"]) == {"1"})
    assert put(register_text, layouts=[other, of_850]).release.contract == "Small register"


def test_an_unknown_kind_is_refused(refusal, register_text) -> None:
    assert "No contract has the kind tea" in refusal(register_text, kind="tea")


def _stuffed(container: str) -> bytes:
    """70 MB of noughts in a few kilobytes."""
    noughts = b"0," * (35 << 20)
    if container == "gzip":
        return gzip.compress(noughts)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml" if container == "workbook" else "results.csv", noughts)
    return packed.getvalue()


@pytest.mark.parametrize("container", ["gzip", "zip", "workbook"])
def test_an_archive_that_would_fill_the_memory_is_refused_unpacked(refusal, container) -> None:
    assert "unpacks to over 200 times its size" in refusal(_stuffed(container))


def test_a_pipe_is_refused_and_not_waited_for(store, tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(FilesRefused, match="no ordinary file"):
        add(store, [tmp_path / "pipe.csv"])


@pytest.mark.parametrize(
    ("content", "words"),
    [("[" * 100_000, "nested deeper"), ("URN,LA\n" + "9" * 200_000, "a cell is longer than 131,072 characters")],
)
def test_what_is_beyond_the_readers_is_said_in_words(refusal, content, words) -> None:
    assert words in refusal(content)


# Refused: the columns ----------------------------------------------------------------------------------------------


def test_a_dropped_column_is_refused(refusal, register_text) -> None:
    lines = [line.replace("Cedar, Elm", "Cedar Elm").rpartition(",")[0] for line in register_text.splitlines()]
    assert "not there (register_2025-08-31.csv, row 1, column FSM %)" in refusal("\n".join(lines) + "\n")


def test_a_doubled_column_is_refused(refusal, register_text) -> None:
    lines = [f"{line},{line.split(',')[0]}" for line in register_text.splitlines()]
    assert "stands twice (register_2025-08-31.csv, row 1, column urn)" in refusal("\n".join(lines) + "\n")


def test_a_renamed_column_is_refused_with_a_guess(refusal, register_text) -> None:
    said = refusal(register_text.replace("School name", "Name of school", 1).replace("FSM %", "FSM pct"))
    assert 'column FSM %). Was it renamed to "fsm pct"?' in said
    assert "column name of school" in said


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("12.5", "twelve point five", "not a percentage"),
        ("12.5", "1.2.5", "not a percentage"),
        ("7%", "107%", "out of range"),
        ("01/09/1998", "1998", "not a date"),
        ("01/09/1998", "01/09/98", "not a date"),
        ("01/09/1998", "31/02/1998", "not a date"),
        ("Secondary", "Tertiary", "one of the codes: Primary, Secondary"),
        ("Yes", "Perhaps", "not yes or no"),
        ("100000", "100000.5", "not a whole number"),
        ("100000", "Alder", "not a whole number"),
    ],
)
def test_a_value_of_another_type_is_refused_with_its_place(refusal, register_text, old, new, words) -> None:
    said = refusal(register_text.replace(old, new, 1))
    assert words in said or "not a percentage" in said
    assert "row 2, column" in said or "row 4, column" in said


def test_a_column_of_another_type_is_refused_though_each_cell_might_be_a_mark(refusal, results_text) -> None:
    columns = [line.split(",") for line in results_text.replace('"14,003"', "14003").splitlines()]
    for cells in columns[1:]:
        cells[5:6] = ["many"] if len(cells) > 5 else []
    said = refusal("\r\n".join(map(",".join, columns)), RESULTS)
    assert 'not a percentage (2016-2017_results.csv, row 2, column PTRWM_EXP, value "many")' in said


def test_a_mark_in_a_key_is_refused(refusal, register_text) -> None:
    assert "column URN" in refusal(register_text.replace("100000,", "SUPP,"))


def test_an_empty_key_is_refused(refusal, register_text) -> None:
    assert "must not be empty (register_2025-08-31.csv, row 2, column URN" in refusal(
        register_text.replace("100000,", " ,")
    )


def test_a_key_that_stands_twice_is_refused(refusal, register_text) -> None:
    said = refusal(register_text.replace("100001,", "100000,"))
    assert 'A row stands twice (same URN) (register_2025-08-31.csv, row 3, column URN, value "100000")' in said


def test_cells_beyond_the_header_are_refused(refusal, register_text) -> None:
    said = refusal(register_text.replace("12.5\n", "12.5,surprise\n"))
    assert "1 rows have cells beyond the 7 columns" in said
    assert 'row 2, value "surprise"' in said


def test_every_reason_is_given_at_once(refusal, register_text) -> None:
    text = register_text.replace("Secondary", "Tertiary").replace("01/09/1998", "soon").replace("FSM %", "FSM")
    said = refusal(text.replace("100001,", "100000,").replace("100002,", ","), "register.csv")
    for words in ("Tertiary", "soon", "column FSM %", "stands twice", "must not be empty", "--period"):
        assert words in said


def test_reasons_of_one_column_are_counted_beyond_fifty(refusal, register_text) -> None:
    lines = "".join(f"{200000 + n},850,School,never,No,Primary,1\n" for n in range(80))
    said = refusal(register_text + lines)
    assert "and 1 more" in said


def test_the_reasons_of_every_file_are_given(store, tmp_path, register_contract, register_text) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}_2025-08-31.csv").write_text(register_text[:-9], encoding="utf-8")
    files = [tmp_path / "a_2025-08-31.csv", tmp_path / "b_2025-08-31.csv", tmp_path / "c.csv"]
    with pytest.raises(FilesRefused, match="3 files refused") as refused:
        add(store, files, layouts=[register_contract])
    assert {problem.file for problem in refused.value.problems} == {files[0].name, files[1].name, str(files[2])}


# Refused: the text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("cp437", "garbled|neither|encoded")],
)
def test_a_wrong_encoding_is_refused(refusal, register_text, encoding, words) -> None:
    text = register_text.replace("Alder", "Ålder é ü")
    assert any(word in refusal(text.encode(encoding)) for word in words.split("|"))


def test_text_put_through_utf_8_twice_is_refused(refusal, register_text) -> None:
    twice = register_text.replace("Alder", "St Zoé’s").encode().decode("cp1252").encode()
    assert "twice" in refusal(twice)


def test_an_encoding_that_this_publication_never_has_is_refused(refusal, register_text, register_contract) -> None:
    layout = replace(register_contract, encodings=("utf-8",))
    said = refusal(register_text.replace("Alder", "Zoë").encode("cp1252"), layouts=[layout])
    assert "encoded in cp1252; Small register is published in utf-8" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ".xls"),
        (b"PK\x03\x04broken", "cut short or damaged"),
        (b"\x1f\x8bbroken", "cut short or damaged"),
        (b"PAR1broken", "cut short or damaged"),
        (b'{"100000": {"a"', "begins as JSON but is not"),
        (b'{"a": 1}', "neither a list of records"),
        (b"[]", "neither a list of records"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(refusal, content, words) -> None:
    assert words in refusal(content)


def test_a_file_that_is_not_there_is_refused(store, tmp_path) -> None:
    with pytest.raises(FilesRefused, match="no such file"):
        add(store, [tmp_path / "nowhere.csv"], layouts=[])


# Refused: not the whole file ---------------------------------------------------------------------------------------


def test_a_header_alone_is_refused(refusal, register_text) -> None:
    assert "a header and no rows" in refusal(register_text.splitlines()[0] + "\n")


@pytest.mark.parametrize("seed", range(50))
def test_a_file_cut_inside_a_row_is_refused(refusal, register_text, seed) -> None:
    at = random.Random(seed).choice([n for n in range(1, len(register_text)) if register_text[n - 1] != "\n"])
    refusal(register_text[:at])


@pytest.mark.parametrize("seed", range(50))
def test_a_file_without_a_final_line_break_shows_a_cut_in_its_last_row(refusal, results_text, seed) -> None:
    """Only the last character of the last row could go without a trace; here a blank cell ends the row."""
    at = random.Random(seed).randrange(1, len(results_text))
    refusal(results_text[:at], RESULTS)


def test_a_last_cell_that_has_lost_its_percent_sign_is_seen(refusal, results_text, results_contract) -> None:
    text = "\n".join(line.rpartition(",")[0] if line.count(",") == 6 else line for line in results_text.splitlines())
    layout = inherit(results_contract, drop=("READPROG",))
    said = refusal(text[:-1], RESULTS, layouts=[layout])
    assert "The last cell has no % sign, unlike its column" in said


def test_a_last_row_that_does_not_end_with_the_quote_of_the_others_is_seen(refusal, register_contract) -> None:
    layout = replace(register_contract, expects=replace(register_contract.expects, final_newline=False))
    lines = [
        "URN,LA (code),School name,Open date,Sixth form,Phase,FSM %",
        *(f"{n},850,A,,No,Primary,12" for n in (100000, 100001)),
    ]
    quoted = "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in lines)
    assert "quotation mark" in refusal(quoted.removesuffix('"12"'), layouts=[layout])


def test_a_cut_between_rows_is_seen_by_the_rows_that_close_the_publication(refusal, results_text) -> None:
    lines = results_text.splitlines()
    for kept in range(2, len(lines)):
        said = refusal("\r\n".join(lines[:kept]) + "\r\n", RESULTS)
        assert "cut short" in said


def test_a_last_row_that_is_not_the_publications_is_refused(refusal, put, register_contract, register_text) -> None:
    layout = replace(register_contract, expects=replace(register_contract.expects, last_row={"urn": "100002"}))
    text = "\n".join(register_text.splitlines()[:-1]) + "\n"
    assert "not the one this publication ends with" in refusal(text, layouts=[layout])
    assert put(text, layouts=[layout], part=True).release.rows == 2


def test_an_edition_with_another_number_of_rows_is_refused(refusal, register_contract, register_text) -> None:
    layout = replace(register_contract, expects=replace(register_contract.expects, rows={"2025-08-31": 4}))
    assert "has 3 rows; this edition was published with 4" in refusal(register_text, layouts=[layout])


def national(authorities: int, rows: int) -> str:
    lines = (f"{100000 + n},{201 + n % authorities},School {n},,No,Primary,1" for n in range(rows))
    return "\n".join(["URN,LA (code),School name,Open date,Sixth form,Phase,FSM %", *lines]) + "\n"


def test_a_national_file_has_the_countrys_authorities_and_enough_rows(put) -> None:
    assert put(national(151, 160)).release.coverage == "national"


def test_a_national_file_with_too_few_rows_is_refused(refusal) -> None:
    assert "has 141 rows; a national one has 150 or more" in refusal(national(141, 141))


def test_some_authorities_are_neither_one_nor_the_country(refusal, put) -> None:
    text = national(9, 160)
    assert "covers 9 authorities" in refusal(text)
    assert put(text, part=True).release.coverage == "part"


def test_a_snapshot_much_shorter_than_an_earlier_one_is_refused(refusal, register_text) -> None:
    shorter = "\n".join(register_text.splitlines()[:3]) + "\n"
    assert "has 2 rows where small_register-2020-01-01" in refusal(shorter)


def test_the_key_is_checked_among_ordinary_rows_only(put, rows, results_text) -> None:
    assert rows(put(results_text, RESULTS)).filter(pl.col("row_kind") == "national").height == 2


def test_a_whole_number_column_takes_no_fraction_in_an_indicator(refusal, results_text) -> None:
    said = refusal(results_text.replace("School,30,", "School,30.5,"), RESULTS)
    assert 'not a whole number (2016-2017_results.csv, row 2, column TELIG, value "30.5")' in said


def test_infinity_is_a_mark_and_never_a_number(put, rows, register_text) -> None:
    added = put(register_text.replace("12.5", "inf"))
    assert rows(added)["fsm_percent"][0] is None


def test_contracts_compare_columns_by_kind(register_contract) -> None:
    changed = inherit(register_contract, replace_columns=[Column("URN", kind=INTEGER, lowest=100_000)])
    assert changed.column("urn").lowest == 100_000


def test_infinity_among_indicators_is_a_mark_and_never_a_number(put, rows, results_text) -> None:
    added = put(results_text.replace("-1.5", "inf"), RESULTS)
    first = rows(added, "indicators").filter((pl.col("indicator") == "READPROG") & (pl.col("entity") == 0))
    assert first.select("value", "reason", "token").row(0) == (None, "unknown_token", "inf")
