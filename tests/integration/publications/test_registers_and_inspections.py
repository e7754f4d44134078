"""The real registers and inspection files load with every row, and what is published about them comes out."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from strandline.sources import contracts
from strandline.sources.adding import Added, add
from strandline.sources.inspections.events import INSPECTIONS
from strandline.sources.inspections.frameworks import framework_on
from strandline.sources.store import Store

pytestmark = pytest.mark.official_data

FILES = {
    "mi": "inspections/state_funded_as_at_2025-08-31.csv",
    "history": "inspections/inspection_history_2005-09_to_2020-02.csv",
    "latest": "inspections/latest_by_urn_2026-05-31_with_report_cards_derived.csv",
    "gias": "register/gias_hampshire_850.csv",
    "links": "register/links_edubasealldata20250422.csv",
    "types": "register/edubasealldata20250422-establishment-types.csv",
    "groups": "register/groups_2022.csv",
    "group_links": "register/group_links_2022.csv",
    "register": "register/england_register_2022_derived.csv",
    "spine": "2017-2018/2017-2018_england_spine.xlsx",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def stored(official_data: Path, store: Store) -> dict[str, Added]:
    """Every file, in one call: all are accepted together."""
    added = add(store, [official_data / path for path in FILES.values()])
    return dict(zip(FILES, added, strict=True))


@pytest.fixture(scope="module")
def table(store: Store, stored: dict[str, Added]):
    def read(file: str, name: str) -> pl.DataFrame:
        return pl.read_parquet(store.table_path(stored[file].release.release_id, name))

    return read


@pytest.mark.parametrize(
    ("file", "kind", "rows", "coverage", "as_at"),
    [
        ("mi", "ofsted_mi", 21_990, "national", date(2025, 8, 31)),
        ("history", "inspection_history", 60_134, "national", date(2020, 2, 26)),
        ("latest", "inspections_latest_derived", 22_529, "national", date(2026, 5, 31)),
        ("gias", "gias_establishments", 520, "authority:850", date(2022, 4, 20)),
        ("links", "gias_links", 33_801, "national", date(2025, 4, 22)),
        ("types", "establishment_types", 50, "national", date(2025, 4, 22)),
        ("groups", "gias_groups", 6_883, "national", date(2022, 3, 31)),
        ("group_links", "gias_group_links", 20_395, "national", date(2022, 3, 14)),
        ("register", "register_derived", 20_188, "national", date(2022, 7, 6)),
        ("spine", "school_spine", 26_078, "national", None),
    ],
)
def test_each_real_file_is_recognised_with_every_row(stored, file, kind, rows, coverage, as_at):
    release = stored[file].release
    assert (release.kind, release.rows, release.coverage, release.as_at) == (kind, rows, coverage, as_at)


@pytest.mark.parametrize(
    ("file", "name", "rows"),
    [
        ("mi", "schools", 21_990),
        ("history", "inspections", 60_134),
        ("latest", "inspections", 22_529),
        ("gias", "schools", 520),
        ("links", "links", 33_801),
        ("types", "establishment_types", 50),
        ("groups", "groups", 6_883),
        ("group_links", "group_links", 20_395),
        ("register", "schools", 20_188),
        ("spine", "schools", 26_078),
    ],
)
def test_no_row_is_lost_on_the_way_to_a_table(table, file, name, rows):
    assert table(file, name).height == rows


def test_the_management_information_covers_153_authorities_by_code(table):
    assert table("mi", "schools")["la_code"].n_unique() == 153


def test_the_management_information_counts_as_published_once_its_last_report_was(stored):
    assert stored["mi"].release.published_on == date(2025, 9, 29)


def test_every_inspection_beside_a_school_is_a_row(table):
    inspections = table("mi", "inspections")
    assert inspections.group_by("event", "which").len().sort("event", "which").rows() == [
        ("graded", "latest", 21_887),
        ("graded", "previous", 21_285),
        ("ungraded", "latest", 9_359),
    ]


def test_the_published_shares_of_2024_25_come_out(table):
    """83, 94, 96 and 88 % good or outstanding of 3,269 graded inspections from 1 September 2024 to 31 August 2025."""
    inspections = table("mi", "inspections").filter(
        pl.col("event") == "graded",
        pl.col("inspected_on").is_between(date(2024, 9, 1), date(2025, 8, 31)),
    )
    assert inspections.height == 3_269
    judgements = ("quality_of_education", "behaviour_attitudes", "personal_development", "leadership_management")
    shares = [round(100 * (inspections[name] <= 2).sum() / inspections[name].count()) for name in judgements]
    assert shares == [83, 94, 96, 88]


def test_no_overall_grade_stands_where_the_framework_has_none(table):
    latest = table("mi", "inspections").filter(pl.col("overall_token") == "Not judged")
    assert latest.height == 3_269
    assert latest["overall_grade"].null_count() == 3_269
    assert {framework_on(day) for day in latest["inspected_on"].unique()} == {"R5"}


def test_the_1329_report_cards_are_there_and_begin_in_november_2025(table):
    cards = table("latest", "inspections").filter(pl.col("event") == "report_card")
    assert cards.height == 1_329
    assert cards["inspected_on"].min() == date(2025, 11, 11)
    assert cards["overall_grade"].null_count() == 1_329
    assert cards["rc_inclusion"].null_count() == 0


def test_the_history_keeps_the_words_of_the_time(table):
    history = table("history", "inspections")
    assert history["overall_grade"].null_count() == 0
    assert dict(history["overall_token"].value_counts().rows()) == {
        "Outstanding": 6_630,
        "Good": 32_157,
        "Satisfactory": 9_845,
        "Requires Improvement": 8_451,
        "Inadequate": 3_051,
    }


def test_each_inspections_table_has_the_same_columns(table):
    for file in ("mi", "history", "latest"):
        assert dict(table(file, "inspections").schema) == {name: kind() for name, kind in INSPECTIONS.items()}


def test_names_of_heads_are_not_stored(table):
    for column in table("gias", "schools").columns:
        assert "head" not in column


def test_the_hampshire_register_types_every_school(table):
    schools = table("gias", "schools")
    assert schools["urn"].n_unique() == 520
    assert (schools["laestab"] // 10_000 == 850).all()
    assert schools["status"].value_counts().sort("status").rows() == [("Closed", 93), ("Open", 427)]
    assert schools["pupils_on_roll"].count() == 443
    assert schools["opened_on"].min() > date(1900, 1, 1)


def test_the_accents_of_windows_1252_survive(table):
    names = table("links", "links")["link_name"].drop_nulls()
    assert names.filter(names.str.contains("à|é|’")).len() > 0
    assert names.filter(names.str.contains("\ufffd")).len() == 0


def test_two_independent_files_tell_the_same_inspections(table):
    """The management information and the scraped history overlap until February 2020: same days, same grades."""
    history = table("history", "inspections").select("inspected_urn", "inspected_on", "overall_grade")
    known = history["inspected_urn"].unique().implode()
    graded = table("mi", "inspections").filter(
        pl.col("event") == "graded",
        pl.col("inspected_on") < date(2020, 2, 1),
        pl.col("inspected_urn").is_in(known),
    )
    both = graded.join(history, on=["inspected_urn", "inspected_on"], suffix="_scraped")
    assert graded.height == 24_288
    assert both.select("inspected_urn", "inspected_on").n_unique() == 24_270
    assert (both["overall_grade"] == both["overall_grade_scraped"]).all()


@pytest.mark.parametrize("file", [name for name in FILES if name not in {"spine", "group_links"}])
def test_the_columns_of_a_contract_are_the_publishers_header_in_its_order(official_data, stored, file):
    contract = contracts()[stored[file].release.contract]
    encoding = "cp1252" if file == "links" else "utf-8-sig"
    with (official_data / FILES[file]).open(encoding=encoding, newline="") as lines:
        header = next(csv.reader(lines))
    assert [column.name for column in contract.columns] == header
