"""Every real results, context, area and third-party file loads whole, with the rows and figures it is known to hold."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from strandline.sources.adding import add
from strandline.sources.release import Release
from strandline.sources.store import Store

pytestmark = pytest.mark.official_data

# file: (kind, period, status, published, coverage, rows of each kind)
FILES: Mapping[str, tuple[str, str, str, str, str, Mapping[str, int]]] = {
    "2016-2017/2016-2017_850_ks2final.csv": (
        "ks2_results", "2016-2017", "final", "2017-12-14", "authority:850",
        {"school": 328, "authority": 1, "national": 1, "national_state_funded": 1},
    ),
    "2017-2018/2017-2018_850_ks2final.csv": (
        "ks2_results", "2017-2018", "final", "2018-12-13", "authority:850",
        {"school": 328, "authority": 1, "national": 1, "national_state_funded": 1},
    ),
    "2018-2019/2018-2019_850_ks2final.csv": (
        "ks2_results", "2018-2019", "final", "2019-12-13", "authority:850",
        {"school": 331, "authority": 1, "national": 1, "national_state_funded": 1},
    ),
    "2024-2025/SAMPLE_TRANSCRIBED_england_ks2final_4rows.csv": (
        "ks2_results", "2024-2025", "final", "2025-12-11", "authority:919",
        {"school": 1, "authority": 1, "national": 1, "national_state_funded": 1},
    ),
    "2016-2017/2016-2017_850_ks4final.csv": (
        "ks4_results", "2016-2017", "final", "2018-01-25", "authority:850",
        {"school": 123, "authority": 1, "national": 1, "national_state_funded": 1},
    ),
    "2017-2018/2017-2018_850_ks4final.csv": (
        "ks4_results", "2017-2018", "final", "2019-01-24", "authority:850",
        {"school": 121, "authority": 1, "national": 1, "national_state_funded": 1},
    ),
    "2017-2018/815_2018_ks4final.csv": (
        "ks4_results", "2017-2018", "final", "2019-01-24", "authority:815",
        {"school": 70, "authority": 1, "national": 1, "national_state_funded": 1},
    ),
    "2018-2019/england_ks4provisional.csv": (
        "ks4_results", "2018-2019", "provisional", "2019-10-17", "national",
        {"school": 5495, "authority": 155, "national": 1, "national_state_funded": 1},
    ),
    "2016-2017/815_2017_census.csv": (
        "school_census", "2016-2017", "final", "2017-06-29", "authority:815",
        {"school": 388, "authority": 2, "national": 2},
    ),
    "2018-2019/england_census.csv": (
        "school_census", "2018-2019", "final", "2019-06-27", "national", {"school": 23939, "national": 3},
    ),
    "2024-2025/england_census.csv": (
        "school_census", "2024-2025", "final", "2025-06-05", "national", {"school": 24470, "national": 3},
    ),
    "2018-2019/england_abs.csv": (
        "school_absence", "2018-2019", "final", "2020-03-26", "national", {"school": 21214, "national": 3},
    ),
    "2022-2023/england_abs.csv": (
        "school_absence", "2022-2023", "final", "2024-03-21", "national", {"school": 21281, "national": 3},
    ),
    "2016-2017/815_2017_cfr.csv": (
        "school_finance", "2016-2017", "final", "2018-01-25", "authority:815",
        {"school": 324, "authority": 12, "national": 5, "london": 16, "outside_london": 17},
    ),
    "2015-2016/ks2_perf_2016.csv": (
        "ks2_results_trim", "2015-2016", "final", "2016-12-15", "national", {"school": 16162},
    ),
    "2016-2017/ks2_perf_2017.csv": (
        "ks2_results_trim", "2016-2017", "final", "2017-12-14", "national", {"school": 16313},
    ),
    "2015-2016/ks4_perf_2016.csv": (
        "ks4_results_trim", "2015-2016", "final", "2017-01-19", "national", {"school": 5335},
    ),
    "2016-2017/ks4_perf_2017.csv": (
        "ks4_results_trim", "2016-2017", "final", "2018-01-25", "national", {"school": 5399},
    ),
    "2018-2019/eng-schools_england_ks2final_trimmed.csv": (
        "ks2_progress_trim", "2018-2019", "final", "2019-12-13", "national",
        {"school": 16355, "authority": 151, "national": 1, "national_state_funded": 1},
    ),
    "2022-2023/ks2_by_urn_derived.json": (
        "ks2_results_extract", "2022-2023", "", "2023-12-14", "national", {"school": 15755},
    ),
    "2022-2023/ks4_by_urn_derived.json": (
        "ks4_results_extract", "2022-2023", "", "2024-02-01", "national", {"school": 4631},
    ),
    "2024-2025/finance_by_urn_derived.json": (
        "finance_extract", "2024-2025", "", "2026-01-31", "national", {"school": 22080},
    ),
}  # fmt: skip
LISTS = {
    "2018-2019/la_and_region_codes_meta.csv": ("authority_regions", 151),
    "2022-2023/la_and_region_codes_meta.csv": ("authority_regions", 153),
    "la/bds_long_0.parquet": ("lait", 641_070),
    "la/lait_data_dictionary.csv": ("lait_dictionary", 448),
    "la/sn_may_2025.xlsx": ("statistical_neighbours", 1580),
    "la/la_code_list.xlsx": ("authority_codes", 171),
    "geo/ctyua_2023_buc.geojson": ("authority_boundaries", 153),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def releases(store: Store, official_data: Path) -> Mapping[str, Release]:
    names = [*FILES, *LISTS]
    added = add(store, [official_data / name for name in names])
    return {name: found.release for name, found in zip(names, added, strict=True)}


def table(store: Store, release: Release, name: str) -> pl.DataFrame:
    frame = pl.read_parquet(store.table_path(release.release_id, name))
    return frame.with_columns(pl.col("indicator").cast(pl.String)) if "indicator" in frame.columns else frame


def long(store: Store, release: Release) -> pl.DataFrame:
    schools = table(store, release, "schools")
    kinds = "row_kind" if "row_kind" in schools.columns else pl.lit("school").alias("row_kind")
    return table(store, release, "indicators").join(schools.select("entity", kinds), on="entity", how="left")


@pytest.mark.parametrize("name", FILES)
def test_a_file_loads_whole_and_is_dated(store: Store, releases: Mapping[str, Release], name: str) -> None:
    kind, period, status, published, coverage, rows = FILES[name]
    release = releases[name]
    assert (release.kind, release.period, release.status) == (kind, period, status)
    assert (release.published_on.isoformat(), release.coverage) == (published, coverage)
    schools = table(store, release, "schools")
    kinds = dict(schools["row_kind"].value_counts().rows()) if "row_kind" in schools.columns else {}
    assert (kinds or {"school": schools.height}) == dict(rows)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_authorities_loads_whole(store: Store, releases: Mapping[str, Release], name: str) -> None:
    kind, rows = LISTS[name]
    assert releases[name].kind == kind
    assert table(store, releases[name], "table").height == rows


@pytest.mark.parametrize("name", FILES)
def test_no_mark_in_any_official_file_is_unknown(store: Store, releases: Mapping[str, Release], name: str) -> None:
    figures = table(store, releases[name], "indicators")
    assert figures.filter(pl.col("reason") == "unknown_token").height == 0
    assert figures.filter(pl.col("value").is_null() == pl.col("reason").is_null()).height == 0


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".csv") and "perf" not in name])
def test_every_cell_of_the_file_is_in_the_store_with_the_value_printed(
    store: Store, releases: Mapping[str, Release], official_data: Path, name: str
) -> None:
    """The standard library's reader, cell by cell, against what was stored."""
    with (official_data / name).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    stored = table(store, releases[name], "indicators").select("indicator", "entity", "value", "token")
    wide = stored.partition_by("indicator", as_dict=True, include_key=False)
    places = {head.upper(): n for n, head in enumerate(header)}
    seen = 0
    for (indicator,), column in wide.items():
        place = places.get(str(indicator), places.get("PNUMUNCLF", -1))
        for entity, value, token in column.iter_rows():
            row = rows[entity]
            printed = row[place] if place < len(row) else ""
            expected = printed.strip().rstrip("%").replace(",", "")
            assert (token.strip() == printed.strip()) if value is None else float(expected) == value
            seen += 1
    assert seen == len(rows) * len(wide)


@pytest.mark.parametrize(
    ("name", "percent"),
    [
        ("2016-2017/2016-2017_850_ks2final.csv", 61),
        ("2017-2018/2017-2018_850_ks2final.csv", 64),
        ("2018-2019/2018-2019_850_ks2final.csv", 65),
        ("2024-2025/SAMPLE_TRANSCRIBED_england_ks2final_4rows.csv", 62),
    ],
)
def test_the_national_rows_give_the_published_percentage_at_the_expected_standard(
    store: Store, releases: Mapping[str, Release], name: str, percent: float
) -> None:
    national = long(store, releases[name]).filter(
        (pl.col("indicator") == "PTRWM_EXP") & (pl.col("row_kind") == "national_state_funded")
    )
    assert national["value"].to_list() == [percent]


def test_provisional_figures_are_kept_as_they_were_before_the_revision(
    store: Store, releases: Mapping[str, Release]
) -> None:
    """State-funded schools, 2019: 46.5 in the provisional file; 46.7 was published after the revision."""
    figures = long(store, releases["2018-2019/england_ks4provisional.csv"])
    national = figures.filter((pl.col("indicator") == "ATT8SCR") & (pl.col("row_kind") == "national_state_funded"))
    assert national["value"].to_list() == [46.5]


def test_the_national_row_of_2017_gives_the_published_attainment_8(
    store: Store, releases: Mapping[str, Release]
) -> None:
    figures = long(store, releases["2016-2017/2016-2017_850_ks4final.csv"])
    national = figures.filter((pl.col("indicator") == "ATT8SCR") & (pl.col("row_kind") == "national_state_funded"))
    assert national["value"].to_list() == [46.3]


SAME = [
    ("2016-2017/2016-2017_850_ks2final.csv", "2016-2017/ks2_perf_2017.csv", "", 5000),
    ("2016-2017/2016-2017_850_ks2final.csv", "2015-2016/ks2_perf_2016.csv", "_16", 1800),
    ("2016-2017/2016-2017_850_ks4final.csv", "2016-2017/ks4_perf_2017.csv", "", 900),
    ("2016-2017/2016-2017_850_ks4final.csv", "2015-2016/ks4_perf_2016.csv", "_16", 190),
    ("2018-2019/2018-2019_850_ks2final.csv", "2018-2019/eng-schools_england_ks2final_trimmed.csv", "", 1900),
]


@pytest.mark.parametrize(("original", "trim", "ending", "figures"), SAME)
def test_a_trim_holds_the_figures_of_the_original_under_the_field_it_is_given(
    store: Store, releases: Mapping[str, Release], original: str, trim: str, ending: str, figures: int
) -> None:
    theirs = long(store, releases[original]).filter(pl.col("row_kind") == "school")
    theirs = theirs.filter(pl.col("indicator").str.ends_with(ending)).with_columns(
        pl.col("indicator").str.strip_suffix(ending)
    )
    ours = table(store, releases[trim], "indicators")
    both = theirs.join(ours, on=["urn", "indicator"], suffix="_trim").filter(pl.col("value_trim").is_not_null())
    assert both.height > figures
    assert both.filter(pl.col("value") != pl.col("value_trim")).height == 0


def test_the_trims_basics_of_2016_are_the_a_to_c_of_the_later_table(
    store: Store, releases: Mapping[str, Release]
) -> None:
    later = table(store, releases["2016-2017/2016-2017_850_ks4final.csv"], "indicators")
    later = later.filter(pl.col("indicator") == "PTL2BASICS_16_PTQ_EE").select("urn", "value")
    trim = table(store, releases["2015-2016/ks4_perf_2016.csv"], "indicators")
    trim = trim.filter(pl.col("indicator") == "PTL2BASICS_LL_PTQ_EE").select("urn", "value")
    both = later.join(trim, on="urn").drop_nulls()
    assert both.height == 109
    assert both.filter(pl.col("value") != pl.col("value_right")).height == 0


def test_every_neighbour_is_an_authority_of_the_list(store: Store, releases: Mapping[str, Release]) -> None:
    neighbours = table(store, releases["la/sn_may_2025.xlsx"], "table")
    codes = set(table(store, releases["la/la_code_list.xlsx"], "table")["la_code"])
    assert set(neighbours["neighbour_la_code"]) <= codes
    assert set(neighbours.filter("former")["la_code"]) == {835, 836, 837, 909, 928}


def test_every_measure_of_the_tool_is_in_its_dictionary(store: Store, releases: Mapping[str, Release]) -> None:
    measures = set(table(store, releases["la/bds_long_0.parquet"], "table")["measure"])
    named = set(table(store, releases["la/lait_data_dictionary.csv"], "table")["measure"])
    assert len(measures) == 434
    assert measures <= named


def test_files_of_the_same_year_from_two_makers_live_side_by_side(
    store: Store, releases: Mapping[str, Release]
) -> None:
    assert len(store.releases()) == len(releases) == len(FILES) + len(LISTS)
