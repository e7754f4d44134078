"""The page on the API and the API itself say the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from strandline.web.api.actions import LONGEST_DAYS
from strandline.web.api.asking import MOST_ITEMS

PAGE = (Path(__file__).resolve().parents[3] / "docs/how-to/use-the-api.md").read_text(encoding="utf-8")


@pytest.fixture
def paths(db: None) -> dict[str, Any]:
    """Every address of the API, as it describes itself."""
    return Client().get("/api/v1/openapi.json").json()["paths"]


def test_every_address_of_the_page_is_one_of_the_api_and_none_is_left_out(paths: dict[str, Any]) -> None:
    said = {found.partition("?")[0] for found in re.findall(r"/api/v1/[a-z]+(?:/\{\w+\})?", PAGE)} - {"/api/v1/openapi"}
    plain = {re.sub(r"\{\w+\}", "{}", path) for path in paths}
    assert {re.sub(r"\{\w+\}", "{}", path) for path in said} == plain


def test_every_parameter_of_a_list_is_named_on_the_page(paths: dict[str, Any]) -> None:
    asked = {
        one["name"] for path in paths.values() for one in path["get"].get("parameters", ()) if one["in"] == "query"
    }
    assert len(asked) >= 9
    assert [name for name in sorted(asked) if f"`{name}`" not in PAGE and f"{name}=" not in PAGE] == []


def test_every_answer_of_the_api_stands_in_the_table_of_refusals(paths: dict[str, Any]) -> None:
    statuses = {int(status) for path in paths.values() for status in path["get"]["responses"]} - {200}
    told = {int(status) for status in re.findall(r"^\| (\d{3}) \|", PAGE, re.MULTILINE)}
    assert told == statuses | {405}


def test_the_limits_on_the_page_are_those_of_the_code() -> None:
    from strandline.web.api.tokens import RATE

    assert f"up to {MOST_ITEMS} (`per`" in PAGE
    assert f"more than {RATE.partition('/')[0]} questions in a minute" in PAGE
    assert LONGEST_DAYS == 366
    assert "a year at most" in PAGE
