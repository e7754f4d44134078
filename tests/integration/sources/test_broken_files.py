"""Real files, broken in every way we know, are refused, and the store stays byte for byte as it was."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from strandline.sources.adding import FilesRefused, add
from strandline.sources.store import Store

pytestmark = pytest.mark.official_data

CUTS = 50
SMALL = (
    "2016-2017/2016-2017_850_ks2final.csv",
    "2017-2018/2017-2018_850_ks2final.csv",
    "2018-2019/2018-2019_850_ks2final.csv",
    "2016-2017/2016-2017_850_ks4final.csv",
    "2017-2018/815_2018_ks4final.csv",
    "2016-2017/815_2017_census.csv",
    "2016-2017/815_2017_cfr.csv",
    "2018-2019/england_abs.csv",
    "2018-2019/england_ks4provisional.csv",
    "2022-2023/ks2_by_urn_derived.json",
    "inspections/inspection_history_2005-09_to_2020-02.csv",
    "register/gias_hampshire_850.csv",
    "register/groups_2022.csv",
    "register/links_edubasealldata20250422.csv",
    "register/edubasealldata20250422-establishment-types.csv",
    "geo/ctyua_2023_buc.geojson",
    "la/la_code_list.xlsx",
    "la/bds_long_0.parquet",
)
LARGE = ("inspections/state_funded_as_at_2025-08-31.csv", "2024-2025/england_census.csv")
KS2, GIAS, LINKS = (
    "2018-2019/2018-2019_850_ks2final.csv",
    "register/gias_hampshire_850.csv",
    "register/links_edubasealldata20250422.csv",
)
ENCODINGS = {KS2: "utf-8-sig", GIAS: "utf-8", LINKS: "cp1252"}


@pytest.fixture
def refused(tmp_path: Path, official_data: Path):
    """Add broken content under a real file's name. The store holds a release; it must not change by a byte."""
    store = Store(tmp_path / "home")
    add(store, [official_data / "2022-2023/ks4_by_urn_derived.json"])
    before = {path: path.read_bytes() for path in sorted(store.home.rglob("*")) if path.is_file()}

    def run(relative: str, content: bytes) -> str:
        path = tmp_path / relative
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        with pytest.raises(FilesRefused) as refusal:
            add(store, [path])
        assert {p: p.read_bytes() for p in sorted(store.home.rglob("*")) if p.is_file()} == before
        return str(refusal.value)

    return run


@pytest.mark.slow
@pytest.mark.parametrize("relative", SMALL)
def test_a_real_file_cut_at_each_of_fifty_random_bytes_is_refused(relative, refused, official_data) -> None:
    content = (official_data / relative).read_bytes()
    chance = random.Random(relative)
    for at in sorted(chance.sample(range(len(content) - 1), CUTS)):
        refused(relative, content[:at])


@pytest.mark.slow
@pytest.mark.parametrize("relative", LARGE)
def test_a_large_real_file_cut_at_random_bytes_is_refused(relative, refused, official_data) -> None:
    content = (official_data / relative).read_bytes()
    for at in random.Random(relative).sample(range(len(content) - 1), 8):
        refused(relative, content[:at])


@pytest.fixture
def table(official_data: Path):
    """A real file as rows, and the way back to its bytes."""

    def read(relative: str) -> list[list[str]]:
        text = (official_data / relative).read_bytes().decode(ENCODINGS[relative])
        return list(csv.reader(io.StringIO(text, newline="")))

    return read


def written(rows: list[list[str]], encoding: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.mark.parametrize(("relative", "header"), [(KS2, "PTRWM_EXP"), (GIAS, "EstablishmentName"), (LINKS, "LinkType")])
class TestColumns:
    def test_dropped(self, relative, header, refused, table) -> None:
        rows = table(relative)
        at = rows[0].index(header)
        said = refused(relative, written([row[:at] + row[at + 1 :] for row in rows], ENCODINGS[relative]))
        assert "not there" in said
        assert header in said

    def test_doubled(self, relative, header, refused, table) -> None:
        rows = table(relative)
        at = rows[0].index(header)
        width = len(rows[0])
        doubled = [[*row[:width], *[""] * (width - len(row)), *row[at : at + 1]] for row in rows]
        assert "stands twice" in refused(relative, written(doubled, ENCODINGS[relative]))

    def test_renamed(self, relative, header, refused, table) -> None:
        rows = table(relative)
        rows[0][rows[0].index(header)] = "Something else"
        said = refused(relative, written(rows, ENCODINGS[relative]))
        assert header in said
        assert "something else" in said

    def test_wrong_encoding(self, relative, header, refused, table) -> None:
        rows = table(relative)
        assert "UTF-16" in refused(relative, written(rows, "utf-16"))
        rows[1][rows[0].index(header)] = "Zoë’s"
        twice = written(rows, "utf-8").decode("cp1252", errors="ignore").encode()
        assert "twice" in refused(relative, twice)


@pytest.mark.parametrize(
    ("relative", "header", "value"),
    [
        (KS2, "PTRWM_EXP", "sixty"),
        (KS2, "TELIG", "30/06/2019"),
        (GIAS, "OpenDate", "sometime"),
        (GIAS, "URN", "ABC"),
        (LINKS, "LinkEstablishedDate", "2025"),
        (LINKS, "LinkURN", "seven"),
    ],
)
def test_a_retyped_column_is_refused(relative, header, value, refused, table) -> None:
    rows = table(relative)
    at = rows[0].index(header)
    retyped = [rows[0], *([*row[:at], value, *row[at + 1 :]] if len(row) > at and row[at] else row for row in rows[1:])]
    said = refused(relative, written(retyped, ENCODINGS[relative]))
    assert header in said
    assert value in said


def test_a_year_unknown_to_the_contracts_is_refused(refused, official_data) -> None:
    content = (official_data / KS2).read_bytes()
    assert "2030-2031, but its layout is that of" in refused("2030-2031/2030-2031_850_ks2final.csv", content)
    trim = (official_data / "2016-2017/ks2_perf_2017.csv").read_bytes().replace(b",2017\r\n", b",2031\r\n")
    assert "2030-2031" in refused("2016-2017/ks2_perf_2017.csv", trim)
