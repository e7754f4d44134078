"""Fixtures: the made-up shire, ready to run on. A conftest imports them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes.shire import shire

STORES = ("proposals", "measuring", "paper", "explanation")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home."""
    return tmp_path / "home"


@pytest.fixture
def settle(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Put the shire into a home, and let every use case find its releases there."""

    def put(where: Path = home, **changes: Any) -> Path:
        store = shire(where, **changes)
        for module in STORES:
            monkeypatch.setattr(f"strandline.runs.{module}.Store", lambda _home, store=store: store)
        return where

    return put
