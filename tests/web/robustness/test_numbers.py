"""A number that no row can have leads nowhere, whatever the address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from strandline.web.people.roles import Role


def numbered(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every named address that holds a number, with what else it wants."""
    for each in patterns:
        if not isinstance(each, URLPattern):
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from numbered(each.url_patterns, inner)
        elif each.name and any(type(one).__name__ == "IntConverter" for one in each.pattern.converters.values()):
            yield f"{prefix}{each.name}", each.pattern.converters


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_row_can_have_is_not_there(as_role: Callable[..., Client], number: int) -> None:
    client = as_role(Role.HEAD_OF_SERVICE)
    asked = 0
    for name, converters in numbered(get_resolver().url_patterns):
        values = {one: number if type(kind).__name__ == "IntConverter" else "x" for one, kind in converters.items()}
        for answer in (client.get(reverse(name, kwargs=values)), client.post(reverse(name, kwargs=values))):
            assert answer.status_code == 404, f"{name}: {answer.status_code}"
        asked += 1
    assert asked > 60
