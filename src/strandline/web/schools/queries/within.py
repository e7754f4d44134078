"""Rows of schools that were found to be in reach already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

AT_ONCE = 5_000
Row = TypeVar("Row", bound=Model)


def unscoped(model: type[Row]) -> QuerySet[Row]:
    """
    The rows of a model without its scope. Narrow it at once to schools that a scoped query gave.

    A scoped manager joins every row to its school to ask whether it is in reach. Where the schools come from such a
    query already, asking again costs a scan of all schools.
    """
    return QuerySet(model)


def batches(urns: Sequence[int]) -> Iterator[Sequence[int]]:
    """A few thousand URNs at a time: as many as a database takes in one question."""
    for start in range(0, len(urns), AT_ONCE):
        yield urns[start : start + AT_ONCE]
