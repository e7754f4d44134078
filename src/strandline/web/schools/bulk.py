"""Many rows at once: one prepared statement, the same on both databases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models


def insert(model: type[models.Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows of values in the order of `fields`, as the database takes them: JSON as text (`as_json`)."""
    known = {field.name: field.column for field in model._meta.concrete_fields}
    columns = [str(known[name]) for name in fields]
    quote = connection.ops.quote_name
    listed = ", ".join(map(quote, columns))
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({listed}) VALUES ({marks})", rows)


def measure() -> None:
    """Let SQLite note how its tables have grown, so that it chooses its indexes well; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


def as_json(value: object) -> str:
    """A value as the JSON text of a JSON column."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
