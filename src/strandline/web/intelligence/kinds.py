"""Kinds of local intelligence and how they feed a strategy: `kinds.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "kinds.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    One kind of item; its items are reviewed after `review_months` unless said otherwise.

    `outside`: found by somebody outside the school and the service, and kept in hand until it is closed (CAM-28).
    """

    key: str
    title: str
    hint: str
    review_months: int
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A judgement that is worked out from the items in use, where a pack declares it."""

    judgement: str
    measure: str
    kinds: tuple[str, ...] = ()


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its key."""
    return {each["key"]: Kind(**each) for each in _told()["kind"]}


@cache
def feeds() -> Mapping[str, Feed]:
    """Every feed by the name of its judgement."""
    told = (each | {"kinds": tuple(each.get("kinds", ()))} for each in _told()["feed"])
    return {each["judgement"]: Feed(**each) for each in told}


def kind_title(key: str) -> str:
    """A kind in words."""
    known = kinds().get(key)
    return known.title if known else key.replace("_", " ").capitalize()


def _told() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
