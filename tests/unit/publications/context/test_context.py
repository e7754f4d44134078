"""Census, absence and finance: rows that are not schools, signs that come and go, one spelling that drifted."""

from __future__ import annotations

import polars as pl
import pytest

from strandline.sources import contracts

CENSUS_2017 = "School census in the performance tables 2017"
CENSUS_2019 = "School census in the performance tables 2019"
CENSUS_2023 = "School census in the performance tables 2023"
ABSENCE = "Pupil absence in the performance tables persistent_at_ten_percent"
FINANCE = "Consistent financial reporting 2017"
SCHOOL = {"urn": "100001", "la_code": "815", "establishment_number": "2001"}
NATION = tuple({"urn": "NAT", "establishment_number": phase, "nor": "4000000"} for phase in ("PRI", "SEC", "SPE"))


def value(frame: pl.DataFrame, indicator: str, urn: int) -> object:
    found = frame.filter((pl.col("indicator").cast(pl.String) == indicator) & (pl.col("urn") == urn))
    return found["value"].item()


def kinds(frame: pl.DataFrame) -> list[tuple[str, str]]:
    return frame.select("row_kind", "establishment_number").rows()


def test_census_rows_of_the_nation_stand_under_the_school_number_and_are_not_schools(desk, official_text) -> None:
    text = official_text(contracts()[CENSUS_2019], ({**SCHOOL, "nor": "285", "psenelk": "17.5"}, *NATION))
    added = desk.add(text.csv(), name="2018-2019_census.csv")
    schools = desk.table(added, "schools")
    assert kinds(schools) == [("school", "2001"), ("national", "PRI"), ("national", "SEC"), ("national", "SPE")]
    assert schools["urn"].to_list() == [100001, None, None, None]


def test_census_rows_of_one_authority_are_told_from_those_of_the_nation(desk, official_text) -> None:
    rows = ({**SCHOOL, "nor": "59"}, {"urn": "LA", "la_code": "815", "establishment_number": "PRI"}, *NATION[:2])
    added = desk.add(official_text(contracts()[CENSUS_2017], rows).csv(), name="2016-2017_815_census.csv")
    assert [kind for kind, _ in kinds(desk.table(added, "schools"))] == ["school", "authority", "national", "national"]
    assert added.release.coverage == "authority:815"


@pytest.mark.parametrize(("printed", "read"), [("17.5", 17.5), ("17.54%", 17.54), ("0", 0.0), ("104.17%", 104.17)])
def test_census_percentages_come_with_and_without_the_sign(desk, official_text, printed: str, read: float) -> None:
    rows = ({**SCHOOL, "nor": "24", "psenelse": printed}, *NATION)
    added = desk.add(official_text(contracts()[CENSUS_2023], rows).csv(), name="2024-2025_census.csv")
    assert value(desk.table(added, "indicators"), "PSENELSE", 100001) == read


def test_the_misspelt_census_header_of_2024_25_is_the_dictionarys_field(desk, official_text) -> None:
    text = official_text(contracts()[CENSUS_2023], ({**SCHOOL, "pnumuncfl": "0.049"}, *NATION))
    added = desk.add(text.renamed("PNUMUNCFL", "PNUMUNCLF").csv(), name="2024-2025_census.csv")
    assert value(desk.table(added, "indicators"), "PNUMUNCFL", 100001) == 0.049
    assert any("PNUMUNCFL" in note for note in added.release.notes)


def test_a_census_that_lost_its_national_rows_is_cut(desk, official_text) -> None:
    text = official_text(contracts()[CENSUS_2019], ({**SCHOOL, "nor": "285"},))
    assert "national" in desk.refusal(text.csv(), name="2018-2019_census.csv")


def absence(official_text, *schools: dict[str, str]):
    nation = tuple({"la_code": "NAT", "establishment_number": phase, "pperctot": ""} for phase in ("PRI", "SEC", "SPE"))
    nation = tuple({"la_code": row["la_code"], "establishment_number": row["establishment_number"], "perctot": "5.9",
                    "ppersabs10": "16.2"} for row in nation)  # fmt: skip
    return official_text(contracts()[ABSENCE], (*schools, *nation))


def test_absence_rows_of_the_nation_stand_under_the_authority(desk, official_text) -> None:
    text = absence(official_text, {**SCHOOL, "perctot": "5.2", "ppersabs10": "SUPP"})
    added = desk.add(text.csv(), name="2022-2023_england_abs.csv")
    schools, figures = desk.table(added, "schools"), desk.table(added, "indicators")
    assert kinds(schools)[1:] == [("national", "PRI"), ("national", "SEC"), ("national", "SPE")]
    assert schools["la_code"].to_list() == [815, None, None, None]
    assert figures.filter(pl.col("reason") == "suppressed").height == 1


def test_absence_looks_the_same_every_year_so_the_year_must_be_said(desk, official_text) -> None:
    text = absence(official_text, {**SCHOOL, "perctot": "5.2", "ppersabs10": "9.8"}).csv()
    refusal = desk.refusal(text, name="england_abs.csv")
    assert "2018-2019" in refusal
    assert "--period" in refusal


def finance_rows() -> tuple[dict[str, str], ...]:
    group = {"london_non_london": "Non-London", "median": "Special"}
    return (
        {"la_code": "815", "urn": "121764", "totalincome": "43,866", "pgrantfunding": "98.4%", "t1213cat1": "SUPP!"},
        {"la_code": "LA-SPE", "urn": "North Yorkshire", "totalincome": "31,000"},
        {"la_code": "NAT-SPE", "totalincome": "23,635"},
        {"la_code": "LONDON-SPE", "totalincome": "29,037", "london_non_london": "London"},
        *({"la_code": "NON-LONDON-SPE", "totalincome": "23,943", **group} for _ in range(3)),
    )


def test_finance_reads_thousands_and_keeps_groups_of_schools_apart(desk, official_text) -> None:
    added = desk.add(official_text(contracts()[FINANCE], finance_rows()).csv(), name="2016-2017_815_cfr.csv", part=True)
    schools, figures = desk.table(added, "schools"), desk.table(added, "indicators")
    assert value(figures, "TOTALINCOME", 121764) == 43866.0
    assert schools["row_kind"].to_list() == ["school", "authority", "national", "london", *["outside_london"] * 3]
    assert schools["urn"].to_list() == [121764, *[None] * 6]


def test_a_misprinted_mark_of_suppression_is_suppression_with_the_mark_kept(desk, official_text) -> None:
    added = desk.add(official_text(contracts()[FINANCE], finance_rows()).csv(), name="2016-2017_815_cfr.csv", part=True)
    figures = desk.table(added, "indicators").filter(pl.col("reason") == "suppressed")
    assert figures["token"].cast(pl.String).to_list() == ["SUPP!"]
