"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def official_folder() -> Path:
    """The folder of real official files: STRANDLINE_DATA, or the one beside the checkout."""
    named = os.environ.get("STRANDLINE_DATA")
    return Path(named) if named else ROOT.parent / "shared" / "data" / "official"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs real official files, with the reason, where they are absent."""
    folder = official_folder()
    if folder.is_dir():
        return
    skip = pytest.mark.skip(reason=f"needs the official files: set STRANDLINE_DATA (looked in {folder.name})")
    for item in items:
        if item.get_closest_marker("official_data"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def official_data() -> Path:
    """The folder of real official files; tests that use it carry the mark `official_data`."""
    return official_folder()
