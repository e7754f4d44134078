"""Words such as regular and periodic become editable defaults that say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PACKS = ("walsall-2011", "warwickshire-2013", "halton-2014", "cambridgeshire-2014")


@pytest.mark.parametrize("name", PACKS)
def test_a_vague_interval_is_marked_as_our_default(pack: Callable[..., Any], name: str) -> None:
    """INC-30, WAR-14: where a paper says regular or periodic the interval is ours, is marked and can be edited."""
    vague = [part for part in pack(name).cadence if not part.stated]
    assert vague
    assert all(part.citation.status.flagged and part.citation.note for part in vague)
