"""Rows of schools that were found to be in reach already."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import BooleanField, F, Func, Model, QuerySet, TextField, Value
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Kind = TypeVar("Kind", bound=Model)


def unscoped(model: type[Kind]) -> QuerySet[Kind]:
    """
    The rows of a model without its scope. Narrow it at once to schools that a scoped query gave.

    A scoped manager joins every row to its school to ask whether it is in reach. Where the schools come from such a
    query already, asking again costs a scan of all schools.
    """
    return QuerySet(model)


def the_one(rows: QuerySet[Any, Row]) -> Row | None:
    """The row of a question that at most one answers: `first()` would have it put in an order before."""
    return next(iter(rows.order_by()[:1]), None)


class Among(Func):
    """
    The condition that a number is one of many: `rows.filter(Among("school", urns))`.

    The numbers go to the database as one text of JSON. `school__in=urns` would prepare and send each by itself, which
    for a page of schools takes longer than finding them.
    """

    output_field = BooleanField()

    def __init__(self, name: str, numbers: Iterable[int]) -> None:
        super().__init__(F(name), Value(json.dumps([*map(int, numbers)]), output_field=TextField()))

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        """Unfold the list as SQLite does."""
        return self.as_sql(
            compiler, connection, template="%(expressions)s))", arg_joiner=" IN (SELECT value FROM json_each(", **extra
        )

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        """Unfold the list as PostgreSQL does."""
        unfolded = " IN (SELECT value::bigint FROM json_array_elements_text("
        return self.as_sql(compiler, connection, template="%(expressions)s::json))", arg_joiner=unfolded, **extra)
