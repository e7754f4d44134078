"""Stores of real official files, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from strandline.sources.adding import add
from strandline.sources.store import Store

HISTORY = ("2017-2018/2017-2018_england_spine.xlsx", "inspections/inspection_history_2005-09_to_2020-02.csv")
RESULTS = (
    "2015-2016/ks2_perf_2016.csv",
    "2016-2017/ks2_perf_2017.csv",
    "2016-2017/2016-2017_850_ks2final.csv",
    "2017-2018/2017-2018_850_ks2final.csv",
    "2018-2019/2018-2019_850_ks2final.csv",
)
PRESENT = (
    "inspections/state_funded_as_at_2025-08-31.csv",
    "register/links_edubasealldata20250422.csv",
    "register/england_register_2022_derived.csv",
    "2024-2025/england_census.csv",
)


@pytest.fixture(scope="session")
def history(official_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The register of 2017/18 and the inspection history: the two sources of the published shares."""
    store = Store(tmp_path_factory.mktemp("history"))
    add(store, [official_data / name for name in HISTORY])
    return store


@pytest.fixture(scope="session")
def results(history: Store, official_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same with key stage 2 results of 2016 to 2019."""
    return _with(history, [official_data / name for name in RESULTS], tmp_path_factory.mktemp("results") / "home")


@pytest.fixture(scope="session")
def present(official_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Management information of August 2025, links, the register of 2022, the census of 2025."""
    store = Store(tmp_path_factory.mktemp("present"))
    add(store, [official_data / name for name in PRESENT])
    return store


@pytest.fixture(scope="session")
def everything(history: Store, official_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """History and present together."""
    return _with(history, [official_data / name for name in PRESENT], tmp_path_factory.mktemp("all") / "home")


def _with(base: Store, files: list[Path], home: Path) -> Store:
    shutil.copytree(base.home, home)
    store = Store(home)
    add(store, files)
    return store
