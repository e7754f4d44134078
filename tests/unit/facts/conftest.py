"""A small world of schools to state facts about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fakes.stores import FakeStore

from strandline.catalogue import FEATURES
from strandline.kernel.identifiers import LaCode
from strandline.sources.facts import Facts, facts


class Known:
    """Facts with short ways to ask for a value or for why there is none."""

    def __init__(self, stated: Facts) -> None:
        self.facts = stated
        self.urns = stated.values["urn"].to_list()
        self._rows = {row["urn"]: row for row in stated.values.iter_rows(named=True)}
        self._why = {(row["urn"], row["feature"]): row for row in stated.missing.iter_rows(named=True)}

    def __call__(self, urn: int, feature: str) -> Any:
        """The value, or the reason as text in brackets where it is missing."""
        assert feature in FEATURES
        value = self._rows[urn][feature]
        return f"<{self._why[urn, feature]['reason']}>" if value is None else value

    def token(self, urn: int, feature: str) -> str | None:
        """The publisher's mark where the value is missing."""
        return self._why[urn, feature]["token"]

    def source(self, urn: int, group: str) -> str | None:
        """The release behind a group of features of a school."""
        rows = self.facts.provenance.rows(named=True)
        found = [row["release_id"] for row in rows if (row["urn"], row["group"]) == (urn, group)]
        assert len(found) <= 1
        return found[0] if found else None


@pytest.fixture
def store(tmp_path: Path) -> FakeStore:
    """An empty store."""
    return FakeStore(tmp_path)


@pytest.fixture
def know(store: FakeStore) -> Callable[..., Known]:
    """State the facts of the store as at a day."""

    def state(as_at: str, authority: int | None = None, **options: Any) -> Known:
        place = None if authority is None else LaCode(authority)
        return Known(facts(store, as_at=date.fromisoformat(as_at), authority=place, **options))  # type: ignore[arg-type]

    return state


@pytest.fixture
def primary() -> Callable[..., dict[str, Any]]:
    """One register row of an ordinary primary school."""

    def row(urn: int, **changes: Any) -> dict[str, Any]:
        usual = {
            "urn": urn,
            "laestab": 9_370_000 + urn % 10_000,
            "la_code": 937,
            "la_name": "Warwickshire",
            "region": "West Midlands",
            "school_name": f"School {urn}",
            "establishment_type": "Community school",
            "phase": "Primary",
            "status": "Open",
            "opened_on": None,
            "closed_on": None,
            "statutory_low_age": 4,
            "statutory_high_age": 11,
        }
        return usual | changes

    return row
