"""
Performance tables, column by column, against the publisher's own dictionary of the year.

Every column of every original is accounted for. The differences are these and no others, each stated in the test that
finds it: the case of some headers; nine headers with a doubled underscore in the 2017 dictionary; the order of columns
in 2018 (key stage 2); the provisional file of 2019, which holds 25 of the final dictionary's 505 columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from strandline.sources.results.layouts import Book, Field
from strandline.sources.results.performance_tables import KS2, KS4

pytestmark = pytest.mark.official_data

ORIGINALS = [
    (KS2, "2017", "2016-2017/2016-2017_850_ks2final.csv", "2016-2017/ks2_meta.csv", 290),
    (KS2, "2018", "2017-2018/2017-2018_850_ks2final.csv", "2017-2018/ks2_meta.csv", 326),
    (KS2, "2019", "2018-2019/2018-2019_850_ks2final.csv", "2018-2019/ks2_meta.csv", 318),
    (KS2, "2025", "2024-2025/SAMPLE_TRANSCRIBED_england_ks2final_4rows.csv", "2024-2025/ks2_meta.csv", 311),
    (KS4, "2017", "2016-2017/2016-2017_850_ks4final.csv", "2016-2017/2016-2017_ks4_final_meta.csv", 416),
    (KS4, "2018", "2017-2018/2017-2018_850_ks4final.csv", "2017-2018/2017-2018_ks4_final_meta.csv", 496),
    (KS4, "2018", "2017-2018/815_2018_ks4final.csv", "2017-2018/2017-2018_ks4_final_meta.csv", 496),
]
DICTIONARY_ONLY = [
    (KS4, "2019", "2018-2019/ks4_final_meta.csv", 505),
    (KS4, "2023", "2022-2023/ks4_meta.xlsx", 515),
    (KS4, "2025_provisional", "2024-2025/ks4provisional_meta.xlsx", 497),
]
DOUBLED_UNDERSCORE = {
    "P8PUP_FSM6CLA1A__16", "P8MEA_FSM6CLA1A__16", "P8CILOW_FSM6CLA1A__16", "P8CIUPP_FSM6CLA1A__16",
    "ATT8SCR_NFSM6CLA1A__16", "P8PUP_NFSM6CLA1A__16", "P8MEA_NFSM6CLA1A__16", "P8CILOW_NFSM6CLA1A__16",
    "P8CIUPP_NFSM6CLA1A__16",
}  # fmt: skip


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))


def dictionary(path: Path) -> dict[str, str]:
    """Field name → the publisher's words, as the dictionary prints them (some names end in a line break)."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        with closing(book):
            rows = [[str(c or "") for c in row] for row in book.worksheets[0].iter_rows(values_only=True, max_col=3)]
    else:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    return {row[1].strip(): row[2].strip() for row in rows[1:] if len(row) > 2 and row[1].strip()}


def canonical(book: Book, name: str) -> str:
    return book.aliases.get(name, name).upper()


@pytest.mark.parametrize(("book", "layout", "data", "meta", "columns"), ORIGINALS)
def test_file_dictionary_and_contract_hold_the_same_columns(
    official_data: Path, book: Book, layout: str, data: str, meta: str, columns: int
) -> None:
    stated = set(book.layouts[layout].fields)
    in_file = {name.upper() for name in header(official_data / data)}
    in_dictionary = {canonical(book, name) for name in dictionary(official_data / meta)}
    assert len(header(official_data / data)) == columns
    assert stated == in_file == in_dictionary


@pytest.mark.parametrize(("book", "layout", "data", "meta", "columns"), ORIGINALS)
def test_the_only_differences_in_spelling_are_case_and_a_doubled_underscore(
    official_data: Path, book: Book, layout: str, data: str, meta: str, columns: int
) -> None:
    assert len(book.layouts[layout].fields) == columns
    in_file, in_dictionary = set(header(official_data / data)), set(dictionary(official_data / meta))
    by_case = {name.upper() for name in in_dictionary - in_file} & {name.upper() for name in in_file - in_dictionary}
    others = {name for name in in_dictionary - in_file if name.upper() not in by_case}
    assert by_case <= {"ALPHAIND", "TNOTFSM6CLA1A", "PTNOTFSM6CLA1A"}
    assert others == (DOUBLED_UNDERSCORE if (book.kind, layout) == ("ks4_results", "2017") else set())


@pytest.mark.parametrize(("book", "layout", "meta", "columns"), DICTIONARY_ONLY)
def test_layouts_known_from_the_dictionary_alone_state_every_column(
    official_data: Path, book: Book, layout: str, meta: str, columns: int
) -> None:
    named = {canonical(book, name) for name in dictionary(official_data / meta)}
    assert len(named) == columns
    assert set(book.layouts[layout].fields) == named


def test_the_provisional_file_of_2019_holds_25_of_the_final_dictionarys_columns(official_data: Path) -> None:
    provisional = {name.upper() for name in header(official_data / "2018-2019/england_ks4provisional.csv")}
    final = {name.upper() for name in dictionary(official_data / "2018-2019/ks4_final_meta.csv")}
    assert set(KS4.layouts["2019_provisional"].fields) == provisional
    assert len(provisional) == 25
    assert provisional < final


def says_percentage(words: str) -> bool:
    return bool(re.search(r"percentage|%|coverage", words.replace("95%", ""), re.IGNORECASE))


def says_number(words: str) -> bool:
    return bool(re.match(r"\s*(number|total number|no\. of|published eligible)", words, re.IGNORECASE))


ALL = [(book, layout, meta) for book, layout, _, meta, _ in ORIGINALS] + [
    (b, lay, m) for b, lay, m, _ in DICTIONARY_ONLY
]


def fields_said(
    book: Book, layout: str, words_of: dict[str, str], said: Callable[[str], bool]
) -> dict[str, tuple[Field, str]]:
    stated = book.layouts[layout].fields
    named = {canonical(book, name): words for name, words in words_of.items()}
    return {
        name: (stated[name], words) for name, words in named.items() if said(words) and stated[name].group != "text"
    }


@pytest.mark.parametrize(("book", "layout", "meta"), ALL)
def test_what_the_dictionary_calls_a_percentage_is_one(official_data: Path, book: Book, layout: str, meta: str) -> None:
    """One exception in words: the *difference* of two percentages is in points."""
    said = fields_said(book, layout, dictionary(official_data / meta), says_percentage)
    wrong = {name for name, (field, words) in said.items() if field.group != "percent" and "ifference" not in words}
    assert not wrong


@pytest.mark.parametrize(("book", "layout", "meta"), ALL)
def test_what_the_dictionary_calls_a_number_of_pupils_is_a_count(
    official_data: Path, book: Book, layout: str, meta: str
) -> None:
    said = fields_said(book, layout, dictionary(official_data / meta), says_number)
    wrong = {name for name, (field, _) in said.items() if field.group != "count"}
    assert not wrong


def test_the_census_file_of_2024_25_differs_from_its_dictionary_in_one_spelling_and_one_case(
    official_data: Path,
) -> None:
    in_file = set(header(official_data / "2024-2025/england_census.csv"))
    in_dictionary = set(dictionary(official_data / "2024-2025/census_meta.csv"))
    assert in_file ^ in_dictionary == {"Estab", "ESTAB", "PNUMUNCLF", "PNUMUNCFL"}
